import { append } from '../../maps.js';
import type { JsonArray, JsonNode, JsonObject } from '../../input/json-node.js';
import { readJson } from '../../input/json.js';
import type { SourceDocument } from '../../input/source-document.js';
import { actionKey } from '../../rbac/model/action-key.js';
import { placeOfNewList, rankOfList } from './new-list-place.js';
import { membersNamed, type PlannedFix } from './plan.js';
import { appendItems, applyEdits, insertList, entryListOf, removeItems, type TextEdit } from './text-edit.js';

/**
 * The text with fixes, one for each entry: first what is taken out or replaced, then, in the text that gives, what moves
 * in elsewhere. What comes out is not trusted: see `proof.ts`.
 */
export function withFixes(document: SourceDocument, fixes: readonly PlannedFix[]): string {
  const moves = fixes.filter(({ to }) => to !== undefined);
  const text = applyEdits(document.text, [...replacements(fixes), ...removals(document, fixes)]);
  if (moves.length === 0) return text;
  const between = readJson(text, document.file);
  return applyEdits(
    text,
    [...groupedByTarget(moves).values()]
      .sort(([a], [b]) => rankOfList(a?.to ?? '') - rankOfList(b?.to ?? ''))
      .flatMap(group => moveInto(between, group)),
  );
}

/** What is written for an entry that moves. */
export function movedText({ entry }: PlannedFix): string {
  return entry.kind === 'string' ? String(entry.value).trim() : '';
}

function replacements(fixes: readonly PlannedFix[]): TextEdit[] {
  return fixes.flatMap(({ finding: { fix }, entry: { start, end } }) =>
    fix.kind === 'replace' ? [{ start, end, text: JSON.stringify(fix.text) }] : [],
  );
}

function removals(document: SourceDocument, fixes: readonly PlannedFix[]): TextEdit[] {
  const gone = new Map<JsonArray, Set<JsonNode>>();
  for (const { finding, list, entry } of fixes) {
    if (finding.fix.kind === 'replace') continue;
    const entries = gone.get(list);
    if (entries === undefined) gone.set(list, new Set([entry]));
    else entries.add(entry);
  }
  return [...gone].flatMap(([list, entries]) => removeItems(document, list, item => entries.has(item)));
}

function groupedByTarget(moves: readonly PlannedFix[]): Map<string, PlannedFix[]> {
  const groups = new Map<string, PlannedFix[]>();
  for (const move of moves) {
    const key = `${move.permission.start} ${move.to}`;
    append(groups, key, move);
  }
  return groups;
}

function moveInto(document: SourceDocument, moves: readonly PlannedFix[]): TextEdit[] {
  const [{ permission, to = '' }] = moves as [PlannedFix];
  const object = sameObject(document, permission);
  if (object === undefined) return [];
  const target = membersNamed(object, to)[0]?.value;
  const texts = newTexts(moves.map(movedText), target);
  if (texts.length === 0) return [];
  if (target?.kind === 'array') return appendItems(document, target, texts);
  if (target?.kind === 'null') return [{ start: target.start, end: target.end, text: entryListOf(texts) }];
  const place = placeOfNewList(object, to);
  return place === undefined || target !== undefined ? [] : insertList(document, place, to, texts);
}

/** Each once, and none that the list has already. */
function newTexts(texts: readonly string[], target: JsonNode | undefined): string[] {
  const items = target?.kind === 'array' ? target.items : [];
  const known = new Set(
    items.map(item => (item.kind === 'string' ? actionKey(String(item.value)) : undefined)),
  );
  return texts.filter(text => {
    const isNew = !known.has(actionKey(text));
    known.add(actionKey(text));
    return isNew;
  });
}

/** The object that stands where the given one does. By numbers, not keys: those may stand twice. */
function sameObject(document: SourceDocument, object: JsonObject): JsonObject | undefined {
  const path: number[] = [];
  for (let at: JsonNode = object; at.parent !== undefined; at = at.parent)
    path.unshift(numberIn(at.parent, at));
  let found = document.root;
  for (const number of path)
    found =
      found?.kind === 'object'
        ? found.members[number]?.value
        : (found as JsonArray | undefined)?.items[number];
  return found?.kind === 'object' ? found : undefined;
}

function numberIn(parent: JsonObject | JsonArray, child: JsonNode): number {
  if (parent.kind === 'array') return Number(child.key);
  return parent.members.findIndex(({ value }) => value === child);
}
