import type { Fix } from '../checks/match.js';
import { type JsonArray, type JsonNode, type JsonObject, nodeAt } from '../../input/json-node.js';
import type { SourceDocument } from '../../input/source-document.js';
import type { TextRange } from '../../input/text-range.js';
import type { Finding } from '../engine/finding.js';
import { isActionList } from '../../rbac/model/role-form.js';
import { inCaseOf } from '../../rbac/model/role-properties.js';
import { placeOfNewList } from './new-list-place.js';
import { suppressedStretches } from './suppressed-stretches.js';

/** A finding with a fix. */
export type FixableFinding = Finding & { readonly fix: Fix };

/** A fix that is not done, and why: the end of a sentence. */
export interface Refusal {
  readonly finding: FixableFinding;
  readonly reason: string;
}

/** A fix, and the entry of a list that it is about. */
export interface PlannedFix {
  readonly finding: FixableFinding;
  readonly entry: JsonNode;
  readonly list: JsonArray;
  /** The object that holds the list. */
  readonly permission: JsonObject;
  /** The list's name, as the document spells it. */
  readonly from: string;
  /** The list that a move leads to, spelt like its neighbours. */
  readonly to: string | undefined;
}

/** Finds the entries that fixes are about, and refuses those whose surroundings leave it open what they would mean. */
export function planFixes(
  document: SourceDocument,
  findings: readonly FixableFinding[],
): { readonly planned: PlannedFix[]; readonly refused: Refusal[] } {
  const planned: PlannedFix[] = [];
  const refused: Refusal[] = [];
  const suppressed = suppressedStretches(document);
  for (const finding of findings) {
    const plan = planOf(document, finding);
    const reason = plan === undefined ? 'it is not about an entry of a list' : obstacle(plan, suppressed);
    if (plan !== undefined && reason === undefined) planned.push(plan);
    else refused.push({ finding, reason: reason ?? '' });
  }
  return { planned, refused };
}

/** One fix for each entry: what is taken out need not be moved or replaced. */
export function strongestPerEntry(planned: readonly PlannedFix[]): PlannedFix[] {
  const chosen = new Map<JsonNode, PlannedFix>();
  for (const plan of planned) {
    const rival = chosen.get(plan.entry);
    if (rival === undefined || strength[plan.finding.fix.kind] > strength[rival.finding.fix.kind])
      chosen.set(plan.entry, plan);
  }
  return [...chosen.values()];
}

const strength: Readonly<Record<Fix['kind'], number>> = { replace: 0, move: 1, remove: 2 };

/** The members of an object that are called so, in whatever case. */
export function membersNamed(object: JsonObject, name: string): JsonObject['members'] {
  const folded = name.toLowerCase();
  return object.members.filter(({ key }) => key.toLowerCase() === folded);
}

function planOf(document: SourceDocument, finding: FixableFinding): PlannedFix | undefined {
  const { fix, at } = finding;
  const entry = at.range && document.root && nodeAt(document.root, at.range);
  const list = entry?.parent;
  if (entry?.kind !== 'string' || list?.kind !== 'array' || list.parent?.kind !== 'object') return undefined;
  const from = String(list.key);
  if (!isActionList(from)) return undefined;
  const to = fix.kind === 'move' ? inCaseOf(from, fix.to) : undefined;
  return { finding, entry, list, permission: list.parent, from, to };
}

function obstacle(plan: PlannedFix, suppressed: readonly TextRange[]): string | undefined {
  const { permission, from, to } = plan;
  for (const name of to === undefined ? [from] : [from, to]) {
    if (membersNamed(permission, name).length > 1)
      return `"${name}" stands there more than once, and tools differ in which one counts`;
  }
  const target = to === undefined ? undefined : membersNamed(permission, to)[0]?.value;
  if (target !== undefined && target.kind !== 'array' && target.kind !== 'null')
    return `"${to}" is not a list`;
  const isTouched =
    suppressed.length > 0 &&
    (isEntryOf(plan, suppressed) ||
      (to !== undefined && placesOf(plan, target).some(place => suppressed.some(isAround(place)))));
  return isTouched ? 'a comment that suppresses findings would then speak of another entry' : undefined;
}

function isEntryOf({ finding, entry }: PlannedFix, suppressed: readonly TextRange[]): boolean {
  return finding.fix.kind !== 'replace' && suppressed.some(({ start }) => start === entry.start);
}

function isAround(offset: number): (range: TextRange) => boolean {
  return ({ start, end }) => start <= offset && offset <= end;
}

/** The offsets at which a move may write. */
function placesOf({ permission, to = '' }: PlannedFix, target: JsonNode | undefined): number[] {
  if (target === undefined) return [placeOfNewList(permission, to)!.offset];
  if (target.kind !== 'array') return [target.start];
  return [target.items.at(-1)?.end ?? target.start, target.end - 1];
}
