import type { Catalog } from '../catalog/catalog.js';
import type { Fix } from '../checks/check.js';
import { type JsonArray, type JsonNode, type JsonObject, nodeAt } from '../input/json-node.js';
import { readJson } from '../input/json.js';
import type { SourceDocument } from '../input/source-document.js';
import type { Finding } from '../lint/finding.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import { isProved } from './proof.js';
import { appendItems, applyEdits, insertList, removeItems, type TextEdit } from './text-edit.js';

/** A finding with a fix. */
export type FixableFinding = Finding & { readonly fix: Fix };

/** What became of the fixes of one document. */
export interface FixedDocument {
  readonly text: string;
  readonly applied: readonly FixableFinding[];
  /** Those whose proof failed: applying them would have changed more, or less, than they are for. */
  readonly refused: readonly FixableFinding[];
}

/**
 * Applies fixes to a document and proves them: the text is read again, and what its roles grant may differ from before
 * only in the operations that the fixes name. Where that fails, halves are tried, and the faulty fixes refused.
 */
export function fixDocument(
  document: SourceDocument,
  findings: readonly FixableFinding[],
  tools: { readonly catalog: Pick<Catalog, 'operations'>; readonly index: OperationIndex },
): FixedDocument {
  const applied: FixableFinding[] = [];
  const refused: FixableFinding[] = [];
  const waiting = findings.length === 0 ? [] : [findings];
  for (let batch = waiting.pop(); batch !== undefined; batch = waiting.pop()) {
    const attempt = [...applied, ...batch];
    const middle = batch.length >> 1;
    if (isProved(document, withFixes(document, attempt), attempt, tools)) applied.push(...batch);
    else if (batch.length === 1) refused.push(...batch);
    else waiting.push(batch.slice(middle), batch.slice(0, middle));
  }
  return { text: withFixes(document, applied), applied, refused };
}

/** First what is taken out or replaced, then, in the text that gives, what moves in elsewhere. */
function withFixes(document: SourceDocument, findings: readonly FixableFinding[]): string {
  const gone = new Set<JsonNode>();
  const edits: TextEdit[] = [];
  const moves: Move[] = [];
  for (const { fix, at } of findings) {
    const node = at.range && document.root && nodeAt(document.root, at.range);
    if (node?.parent?.kind !== 'array' || gone.has(node)) continue;
    if (fix.kind === 'replace')
      edits.push({ start: node.start, end: node.end, text: JSON.stringify(fix.text) });
    else gone.add(node);
    if (fix.kind === 'move') moves.push(moveOf(node, node.parent, fix.to));
  }
  for (const array of new Set([...gone].map(node => node.parent as JsonArray))) {
    edits.push(...removeItems(document, array, item => gone.has(item)));
  }
  return withMoves(applyEdits(document.text, edits), document.file, moves);
}

interface Move {
  readonly text: string;
  readonly to: string;
  /** Keys from the root to the permission that holds both lists. */
  readonly path: readonly (string | number)[];
  /** As the document spells the list it comes from. */
  readonly from: string;
}

function moveOf(node: JsonNode, list: JsonArray, to: string): Move {
  const path: (string | number)[] = [];
  for (let at: JsonNode | undefined = list.parent; at?.parent !== undefined; at = at.parent)
    path.unshift(at.key!);
  const from = String(list.key);
  const isPascal = /^[A-Z]/.test(from);
  return {
    text: node.kind === 'string' ? String(node.value).trim() : '',
    to: isPascal ? to.charAt(0).toUpperCase() + to.slice(1) : to,
    path,
    from,
  };
}

function withMoves(text: string, file: string, moves: readonly Move[]): string {
  if (moves.length === 0) return text;
  const document = readJson(text, file);
  const byTarget = new Map<string, Move[]>();
  for (const move of moves) {
    const key = JSON.stringify([move.path, move.to]);
    byTarget.set(key, [...(byTarget.get(key) ?? []), move]);
  }
  return applyEdits(
    text,
    [...byTarget.values()].flatMap(group => moveInto(document, group)),
  );
}

function moveInto(document: SourceDocument, moves: readonly Move[]): TextEdit[] {
  const [{ path, to, from }] = moves as [Move];
  const permission = path.reduce(childOf, document.root);
  if (permission?.kind !== 'object') return [];
  const texts = moves.map(move => move.text);
  const target = listNamed(permission, to);
  if (target?.kind === 'array') return appendItems(document, target, texts);
  const source = listNamed(permission, from);
  return source === undefined || target !== undefined ? [] : insertList(document, source, to, texts);
}

function childOf(node: JsonNode | undefined, key: string | number): JsonNode | undefined {
  if (node?.kind === 'array') return node.items[Number(key)];
  return node?.kind === 'object' ? node.members.findLast(member => member.key === key)?.value : undefined;
}

function listNamed(permission: JsonObject, name: string): JsonNode | undefined {
  return permission.members.findLast(member => member.key.toLowerCase() === name.toLowerCase())?.value;
}
