import type { Catalog } from '../../rbac/catalog/catalog.js';
import { bareOperation, type ErrorFacts, operationsIn, readFacts, type TextAround } from './facts.js';
import { type KnownError, namesWhatIsMissing } from './known-errors.js';
import type { PastedText } from './pasted-text.js';

/** An error that was found in a text, and what the text says of it. */
export interface RecognisedError {
  readonly error: KnownError;
  readonly facts: ErrorFacts;
  /** What stands around it. */
  readonly nearby: PastedText;
}

/** Errors that differ, in the order of the text, and whether there were more than anybody reads. */
export interface Recognised {
  readonly errors: readonly RecognisedError[];
  readonly isCut: boolean;
}

/** Explanations of one text: more is a log of thousands of failures. */
const maxErrors = 100;
/** Places that are looked at, of one phrase and of all together. */
const maxPlaces = 1000;
/** What looks like an operation, where nothing else was recognised. */
const maxNames = 50_000;
/** UTF-16 code units around a phrase that may belong to it. */
const reachBefore = 700;
const reachAfter = 2500;
/** Words that make up a phrase together stand that near. */
const together = 700;

/** Finds the known errors in a text, each with what it says, and without repetitions. */
export function recogniseErrors(
  pasted: PastedText,
  errors: readonly KnownError[],
  catalog: Catalog,
): Recognised {
  const places = errors.flatMap(error => placesOf(error, pasted));
  const strong = places.filter(({ strength }) => strength !== 'words');
  const named = new Set(places.map(({ error }) => error.id));
  const kept = places
    .filter(({ error }) => !error.yieldsTo?.some(id => named.has(id)))
    .filter(
      place =>
        place.strength !== 'words' || !strong.some(other => namesOperation(other) && isNear(place, other)),
    )
    .sort((a, b) => a.at - b.at);
  const found = [...kept, ...deniedOperations(kept, pasted, errors, catalog)];
  const specific = found.some(({ error }) => error.lastResort !== true);
  const telling = specific ? found.filter(({ error }) => error.lastResort !== true) : found.slice(0, 1);
  const read = telling
    .slice(0, maxPlaces)
    .map((place, i) => readPlace(place, telling.slice(i + 1, i + 100), pasted, catalog))
    .map(recognised => spoiltByBlank(recognised, errors));
  return distinct(read, telling.length > maxPlaces);
}

interface Place {
  readonly error: KnownError;
  readonly at: number;
  readonly strength: 'sentence' | 'code' | 'words';
}

/** A code says less than the sentence that follows it: it counts where no sentence of that error stands. */
function placesOf(error: KnownError, pasted: PastedText): Place[] {
  const sentences = error.phrases.filter(phrase => typeof phrase === 'string');
  const words = error.phrases.filter(phrase => typeof phrase !== 'string');
  const ofStrength = (strength: Place['strength'], at: readonly number[]): Place[] =>
    at.map(at => ({ error, at, strength }));
  const meets = (at: number): boolean =>
    (error.alsoNeeds === undefined || hasNear(pasted, at, error.alsoNeeds)) &&
    !hasNear(pasted, at, error.unless ?? []);
  const bySentence = sentences.flatMap(phrase => occurrences(phrase, pasted.folded)).filter(meets);
  if (bySentence.length > 0) return ofStrength('sentence', bySentence);
  const byCode = error.codes.flatMap(code => occurrences(code.toLowerCase(), pasted.folded)).filter(meets);
  if (byCode.length > 0) return ofStrength('code', byCode);
  const byWords = words.flatMap(phrase => firstTogether(phrase, pasted) ?? []).filter(meets);
  return ofStrength('words', byWords.slice(0, 1));
}

function hasNear({ folded }: PastedText, at: number, words: readonly string[]): boolean {
  const near = folded.slice(Math.max(0, at - together), at + together);
  return words.some(word => near.includes(word));
}

function firstTogether(
  [first = '', ...others]: readonly string[],
  { folded }: PastedText,
): number | undefined {
  return occurrences(first, folded, 'anywhere').find(at => {
    const near = folded.slice(Math.max(0, at - together), at + together);
    return others.every(word => near.includes(word));
  });
}

/** Where the phrase stands; not inside a longer word. */
function occurrences(
  phrase: string,
  text: string,
  where: 'whole-words' | 'anywhere' = 'whole-words',
): number[] {
  const found: number[] = [];
  let looked = 0;
  for (
    let at = text.indexOf(phrase);
    at >= 0 && looked < maxPlaces;
    at = text.indexOf(phrase, at + phrase.length)
  ) {
    looked++;
    const isWord = !isWordCharacter(text[at - 1]) && !isWordCharacter(text[at + phrase.length]);
    if (where === 'anywhere' || isWord) found.push(at);
  }
  return found;
}

function isWordCharacter(character: string | undefined): boolean {
  return character !== undefined && /\w/.test(character);
}

function namesOperation({ error }: Place): boolean {
  return error.needs === undefined && error.id !== 'operation-denied' && error.lastResort !== true;
}

function isNear(a: Place, b: Place): boolean {
  return Math.abs(a.at - b.at) < together;
}

/** An operation of the catalog that stands beside a word of refusal, where nothing else was recognised. */
function deniedOperations(
  kept: readonly Place[],
  { text, folded }: PastedText,
  errors: readonly KnownError[],
  catalog: Catalog,
): Place[] {
  const error = errors.find(({ id }) => id === 'operation-denied');
  if (error === undefined || kept.some(place => place.error.lastResort !== true)) return [];
  const places: Place[] = [];
  let looked = 0;
  for (const { 0: name, index: at } of text.matchAll(bareOperation)) {
    if (looked++ >= maxNames) break;
    if (at - (places.at(-1)?.at ?? -Infinity) < together) continue;
    if (
      operationsIn(name, catalog).some(operation => catalog.findOperation(operation)) &&
      isRefused(folded, at)
    ) {
      places.push({ error, at, strength: 'words' });
    }
  }
  return places;
}

function isRefused(folded: string, at: number): boolean {
  return refusal.test(folded.slice(Math.max(0, at - 400), at + 400));
}

const refusal =
  /\b(?:(?:do|does|did) not have|(?:does|do)n't have|not authorized|unauthorized|forbidden|denied|not allowed|not permitted|refused|lacks?|missing|insufficient|no permission)\b/;

function readPlace(
  place: Place,
  next: readonly Place[],
  pasted: PastedText,
  catalog: Catalog,
): RecognisedError {
  const around = surroundings(place, next, pasted);
  const cut = (text: string): string =>
    text.slice(Math.max(0, place.at - reachBefore), place.at + reachAfter);
  const nearby = { text: cut(pasted.text), folded: cut(pasted.folded) };
  return { error: place.error, facts: readFacts(around, catalog), nearby };
}

/** A name with a blank at its end is no resource: what Azure says of rights at it is beside the point. */
function spoiltByBlank(recognised: RecognisedError, errors: readonly KnownError[]): RecognisedError {
  const error = errors.find(({ id }) => id === 'scope-with-blank');
  if (error === undefined || recognised.facts.blankIn === null || !namesWhatIsMissing(recognised.error))
    return recognised;
  return { ...recognised, error };
}

function surroundings(place: Place, following: readonly Place[], { text }: PastedText): TextAround {
  const before = text.slice(Math.max(0, place.at - reachBefore), place.at);
  const next = following.find(other => other.at > place.at && other.error === place.error);
  if (next === undefined) return { before, after: text.slice(place.at, place.at + reachAfter) };
  const between = text.slice(place.at, Math.min(place.at + reachAfter, next.at));
  // The next sentence begins with its own principal.
  const nextClient = between.lastIndexOf("client '");
  return { before, after: nextClient < 0 ? between : between.slice(0, nextClient) };
}

function distinct(found: readonly RecognisedError[], wasCut: boolean): Recognised {
  const byFacts = new Map<string, RecognisedError>();
  for (const recognised of found) {
    const { error, facts } = recognised;
    const { principal, operations, scopes } = facts;
    const who = principal?.objectId ?? principal?.clientId ?? principal?.name ?? null;
    const what = operations.map(name => name.toLowerCase());
    const key = JSON.stringify([error.id, who, what, scopes.map(scope => scope.key)]);
    if (!byFacts.has(key)) byFacts.set(key, recognised);
  }
  const errors = [...byFacts.values()];
  return { errors: errors.slice(0, maxErrors), isCut: wasCut || errors.length > maxErrors };
}
