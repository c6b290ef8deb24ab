import type { Catalog } from '../../rbac/catalog/catalog.js';
import { readJson } from '../../input/json.js';
import { positionAt } from '../../input/position.js';
import { readerFor } from '../../input/readers.js';
import type { SourceDocument } from '../../input/source-document.js';
import { isPlanWithRoles } from '../../rbac/model/find-role-definitions.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { type FixableFinding, planFixes, type Refusal, strongestPerEntry } from './plan.js';
import { unprovedIn } from './proof.js';
import { withFixes } from './with-fixes.js';

export type { FixableFinding, Refusal } from './plan.js';

/** What became of the fixes of one document. */
export interface FixedDocument {
  readonly text: string;
  readonly applied: readonly FixableFinding[];
  readonly refused: readonly Refusal[];
}

interface FixTools {
  readonly catalog: Pick<Catalog, 'operations'>;
  readonly index: OperationIndex;
  /** The text as it comes back from a file: encoded as it will be written, and decoded again. */
  readonly fromDisk?: (text: string) => string | undefined;
}

/**
 * Applies fixes to a document and proves them on the text that will be read from the file. What cannot be proved is
 * refused, and the rest tried without it.
 */
export function fixDocument(
  document: SourceDocument,
  findings: readonly FixableFinding[],
  tools: FixTools,
): FixedDocument {
  const reason = whyNotAtAll(document);
  if (reason !== undefined) return unchanged(document, allRefused(findings, reason));
  const { planned, refused } = planFixes(document, findings);
  for (let waiting = planned, tries = 0; waiting.length > 0; tries++) {
    const fixes = strongestPerEntry(waiting);
    const text = withFixes(document, fixes);
    const onDisk = tools.fromDisk === undefined ? text : tools.fromDisk(text);
    const unproved = tries < maxTries ? unprovedIn(document, onDisk, fixes, tools) : fixes.map(giveUp);
    if (unproved.length === 0) return { text, applied: waiting.map(({ finding }) => finding), refused };
    refused.push(...unproved);
    const dropped = new Set(unproved.map(({ finding }) => finding));
    waiting = waiting.filter(({ finding }) => !dropped.has(finding));
  }
  return unchanged(document, refused);
}

/** Each try finds all that cannot be proved, and leaving it out makes nothing else worse: a few are enough. */
const maxTries = 20;

function giveUp({ finding }: { readonly finding: FixableFinding }): Refusal {
  return { finding, reason: 'no proof was found' };
}

/** In a damaged text, and in a template that is more than its text, an entry may be something else than it seems. */
function whyNotAtAll(document: SourceDocument): string | undefined {
  const name = document.file.slice(document.file.lastIndexOf('/') + 1);
  const reader = readerFor(name);
  if (reader?.isReadTogether || reader?.id === 'bicep' || reader?.id === 'yaml')
    return `fixes are not written into ${reader.title} yet`;
  if (isPlanWithRoles(document)) return 'only Terraform itself writes plans and states';
  const isTemplate = reader?.id === 'json-template';
  if (isTemplate && statement.test(document.text)) return 'the template holds statements';
  const { syntaxProblems } = isTemplate ? readJson(document.text, document.file) : document;
  const [problem] = syntaxProblems;
  if (problem === undefined) return undefined;
  return `the text is not sound JSON (line ${positionAt(document, problem.start).line})`;
}

/** Statements of Jinja, Terraform, Go templates and Handlebars, in comments and strings as well. */
const statement = /\{%|%\{|\{\{[-~]?\s*[#/]?\s*(?:if|else|end|range|with|each|unless|block|define)\b/;

function allRefused(findings: readonly FixableFinding[], reason: string): Refusal[] {
  return findings.map(finding => ({ finding, reason }));
}

function unchanged(document: SourceDocument, refused: readonly Refusal[]): FixedDocument {
  return { text: document.text, applied: [], refused };
}
