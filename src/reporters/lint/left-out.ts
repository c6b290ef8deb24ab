import type { LintResult, SuppressedFinding } from '../../lint/engine/finding.js';
import type { LeftOut } from '../../lint/engine/left-out.js';
import { count } from '../../text/count.js';

/** All sentences on what a run did not report, for the end of a summary. Nothing in them comes from a file. */
export function leftOutSentences(result: Pick<LintResult, 'suppressed' | 'leftOut'>): string[] {
  const { leftOut = {} } = result;
  return [
    ...acceptedSentences(result.suppressed),
    ...notShown(leftOut),
    ...notLinted(leftOut),
    ...leniency(leftOut),
  ];
}

/** `3 suppressed (1 in comments, 2 by the configuration). 4 in the baseline.` */
export function acceptedSentences(suppressed: LintResult['suppressed']): string[] {
  const [comments, configuration, baseline] = (['inline', 'config', 'baseline'] as const).map(by =>
    numberBy(suppressed, by),
  ) as [number, number, number];
  const parts = [
    ...(comments > 0 ? [`${comments} in comments`] : []),
    ...(configuration > 0 ? [`${configuration} by the configuration`] : []),
  ];
  const [first, second] = parts;
  const sentences =
    first === undefined
      ? []
      : second === undefined
        ? [`${first.replace(' ', ' suppressed ')}.`]
        : [`${comments + configuration} suppressed (${parts.join(', ')}).`];
  return baseline === 0 ? sentences : [...sentences, `${baseline} in the baseline.`];
}

/** How many findings were accepted there. */
export function numberBy(suppressed: LintResult['suppressed'], where: SuppressedFinding['by']): number {
  return suppressed.filter(({ by }) => by === where).length;
}

/** `3 below high not shown.` */
function notShown({ milder }: LeftOut): string[] {
  return milder === undefined || milder.number === 0
    ? []
    : [`${milder.number} below ${milder.least} not shown.`];
}

/** `Not linted: 2 files excluded by the configuration, 1 built-in role.` */
function notLinted(leftOut: LeftOut): string[] {
  const { excludedFiles = 0, excludedFolders = 0, ignoredFiles = 0, ignoredFolders = 0 } = leftOut;
  const { notIncludedFiles = 0, nodeModulesFiles = 0, builtInRoles = 0, templateStrings = 0 } = leftOut;
  const { unreadablePaths = 0 } = leftOut;
  const parts = [
    ...filesAndFolders(excludedFiles, excludedFolders, 'excluded by the configuration'),
    ...filesAndFolders(notIncludedFiles, 0, 'not included by the configuration'),
    ...filesAndFolders(ignoredFiles, ignoredFolders, 'ignored by Git'),
    ...filesAndFolders(nodeModulesFiles, 0, 'in node_modules'),
    ...(unreadablePaths > 0 ? [`${count(unreadablePaths, 'path')} that cannot be read`] : []),
    ...(builtInRoles > 0 ? [count(builtInRoles, 'built-in role')] : []),
    ...(templateStrings > 0 ? [`${count(templateStrings, 'string')} with placeholders in templates`] : []),
  ];
  return parts.length === 0 ? [] : [`Not linted: ${parts.join(', ')}.`];
}

function filesAndFolders(files: number, folders: number, why: string): string[] {
  const parts = [
    ...(files > 0 ? [count(files, 'file')] : []),
    ...(folders > 0 ? [count(folders, 'folder')] : []),
  ];
  return parts.length === 0 ? [] : [`${parts.join(' and ')} ${why}`];
}

/** `The configuration turns off 2 rules, makes 1 milder and fails the run from critical on.` */
function leniency({ configuration }: LeftOut): string[] {
  if (configuration === undefined) return [];
  const { rulesOff, rulesMilder, failOn } = configuration;
  const parts = [
    ...(rulesOff > 0 ? [`turns off ${count(rulesOff, 'rule')}`] : []),
    ...(rulesMilder > 0 ? [`makes ${count(rulesMilder, 'rule')} milder`] : []),
    ...(failOn === undefined
      ? []
      : [failOn === 'never' ? 'never fails the run' : `fails the run from ${failOn} on`]),
  ];
  const last = parts.pop()!;
  return [`The configuration ${parts.length === 0 ? last : `${parts.join(', ')} and ${last}`}.`];
}
