import { type ExitCode, exitSuccess } from '../../cli/exit-codes.js';
import {
  acceptableRoles,
  type ActionSet,
  type AnyActionSet,
  type CompositeActionSet,
  type OperationsByPlane,
} from '../../rbac/action-sets/action-set.js';
import { formatNotice } from '../../text/notice.js';
import type { actionSetsDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import type { Io } from '../../cli/io.js';
import { requireActionSets } from '../../workspace/load-action-sets.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { printNotices, toJson, writeReport } from '../../cli/output.js';

/** `azrbac action-sets` */
export async function run(
  { positionals, options }: CommandLine<typeof actionSetsDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  const { sets, notices } = await requireActionSets(await openWorkspace(options, io));
  const [id] = positionals;
  const report =
    id === undefined ? listReport(sets.all(), options.format) : setReport(sets.get(id), options.format);
  writeReport(report, options, io);
  printNotices(notices.map(formatNotice), options, io);
  return exitSuccess;
}

function listReport(sets: readonly AnyActionSet[], format: 'text' | 'json' | undefined): string {
  if (format === 'json') return toJson({ version: 1, actionSets: sets.map(setObject) });
  const width = Math.max(...sets.map(({ id }) => id.length));
  const lines = (kind: AnyActionSet['kind']): string =>
    sets
      .filter(set => set.kind === kind)
      .map(({ id, title }) => `  ${id.padEnd(width)}  ${title}\n`)
      .join('');
  return [
    `At one scope\n${lines('action-set')}`,
    `Composites: several sets, each at its own scope\n${lines('composite')}`,
    `No permission needed\n${lines('no-permission')}`,
    `${sets.length} action sets. azrbac action-sets ID shows one in full.\n`,
  ].join('\n');
}

function setReport(set: AnyActionSet, format: 'text' | 'json' | undefined): string {
  if (format === 'json') return toJson({ version: 1, actionSet: setObject(set) });
  return [
    set.documentation === '' ? set.id : `${set.id} (${set.basis})`,
    `${set.title}.`,
    '',
    ...(set.kind === 'composite' ? partLines(set) : operationLines(set)),
    ...set.notes.map(note => `note       ${note}`),
    ...(set.documentation === '' ? [] : [`see        ${set.documentation}`]),
    '',
  ].join('\n');
}

function operationLines(set: ActionSet): string[] {
  return [
    `scope      ${set.scope}`,
    `principal  ${set.principal}`,
    ...roleLines(set),
    ...listLines('required', set.required),
    ...listLines('tolerated', set.tolerated),
    ...listLines('forbidden', set.forbidden),
  ];
}

function roleLines({ recommended, recommendedTogether, coveredBy }: ActionSet): string[] {
  return [
    ...(recommended.length === 0 ? [] : [`recommends ${recommended.join(', or ')}`]),
    ...recommendedTogether.map(roles => `recommends ${roles.join(' with ')}`),
    ...(coveredBy.length === 0 ? [] : [`wider      ${coveredBy.join(', ')}`]),
  ];
}

function listLines(title: string, { control = [], data = [] }: OperationsByPlane): string[] {
  if (control.length + data.length === 0) return [];
  return [
    title,
    ...control.map(operation => `  ${operation}`),
    ...data.map(operation => `  ${operation} (data)`),
  ];
}

function partLines({ parts, forbidden }: CompositeActionSet): string[] {
  const listed = parts.map(({ set, at, automatic, optional, when }) => {
    const remarks = [
      automatic && 'granted automatically',
      optional && `only where ${when ?? 'needed'}`,
    ].filter(Boolean);
    return `  ${set} at the ${at}${remarks.length === 0 ? '' : ` (${remarks.join('; ')})`}`;
  });
  return [...listed, ...listLines('forbidden', forbidden)];
}

/** `$schema` is for editors of the file. `roles` are all that it names, as this output had them at first. */
function setObject(set: AnyActionSet): object {
  const { $schema: _, ...rest } = set as AnyActionSet & { $schema?: string };
  if (set.kind === 'composite') return rest;
  return { ...rest, roles: [...new Set([...acceptableRoles(set), ...set.coveredBy])] };
}
