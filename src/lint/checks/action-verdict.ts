import { providerOf } from '../../rbac/model/provider-of.js';
import { getOrInsert } from '../../maps.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { lowerBound, type Operation } from '../../rbac/catalog/operation-table.js';
import { placeholderIn } from '../../rbac/model/placeholder.js';
import { actionLists } from '../../rbac/model/role-properties.js';
import {
  planeOf,
  type ActionEntry,
  type ActionList,
  type RoleDefinition,
} from '../../rbac/model/role-definition.js';
import type { RolePermissions } from '../../rbac/permissions/role-permissions.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import {
  countStars,
  illegalCharacterIn,
  lastSegmentOf,
  actionSystemOf,
  namedProvider,
  resourceFormOf,
  verbs,
  withoutIllegalCharacters,
} from './action-text.js';
import type { CheckContext } from './check-context.js';
import type { Check } from './check.js';
import type { Evidence, Fix, Match } from './match.js';
import { suggestOperations, suggestPatterns, suggestProviders } from './suggest-operations.js';
import { wrongPlaneOf } from './wrong-plane.js';

/** What can be wrong with one string of a role. A string gets the first that fits, in this order, and no other. */
export const verdicts = [
  'placeholder',
  'other-system',
  'illegal-characters',
  'is-resource-type',
  'multiple-wildcards',
  'wrong-plane',
  'retired',
  'unknown-provider',
  'unknown',
  'bad-verb',
  'matches-nothing',
  'partial-wildcard',
  'casing',
] as const;

export type ActionVerdict = (typeof verdicts)[number];

interface EntryVerdict {
  readonly entry: ActionEntry;
  readonly verdict: ActionVerdict;
  readonly variant?: string;
  readonly evidence: Evidence;
  readonly fix?: Fix;
}

type Finding = Omit<EntryVerdict, 'entry'>;

/** One verdict on each string of a role; a rule picks its own by `verdict`, and by `lists` where it minds the list. */
export const actionVerdict: Check<
  'role-definition',
  { verdict: ActionVerdict; lists?: readonly ActionList[] }
> = {
  subject: 'role-definition',
  optionsSchema: {
    type: 'object',
    properties: {
      verdict: { enum: verdicts },
      lists: { type: 'array', items: { enum: Object.keys(planeOf) }, minItems: 1, uniqueItems: true },
    },
    required: ['verdict'],
    additionalProperties: false,
  },
  *evaluate(role, { verdict, lists }, context) {
    for (const found of verdictsOn(role, context)) {
      if (found.verdict === verdict && (lists === undefined || lists.includes(found.entry.list))) {
        yield toMatch(found, role);
      }
    }
  },
};

function toMatch({ entry, variant, evidence, fix }: EntryVerdict, role: RoleDefinition): Match {
  return {
    at: entry.at,
    role,
    ...(variant === undefined ? {} : { variant }),
    evidence: { action: entry.text, list: listNames[entry.list], ...evidence },
    ...(fix === undefined ? {} : { fix }),
  };
}

/** As Azure's documentation writes them. */
export const listNames: Readonly<Record<ActionList, string>> = {
  actions: 'Actions',
  notActions: 'NotActions',
  dataActions: 'DataActions',
  notDataActions: 'NotDataActions',
};

/** The strings that some verdict calls useless: what else could be said of them is not worth saying. */
export function faultyEntries(role: RoleDefinition, context: CheckContext): ReadonlySet<ActionEntry> {
  const faults = verdictsOn(role, context).filter(
    ({ verdict }) => verdict !== 'casing' && verdict !== 'partial-wildcard',
  );
  return new Set(faults.map(({ entry }) => entry));
}

/** Thirteen rules ask about the same strings; they are looked at once per run. */
const known = new WeakMap<RolePermissions, readonly EntryVerdict[]>();

function verdictsOn(role: RoleDefinition, context: CheckContext): readonly EntryVerdict[] {
  const permissions = context.permissionsOf(role);
  return getOrInsert(known, permissions, () => judgeRole(permissions, context));
}

function judgeRole({ entries }: RolePermissions, context: CheckContext): EntryVerdict[] {
  const found: EntryVerdict[] = [];
  for (const permissions of entries) {
    for (const list of actionLists) {
      const numbers = permissions.numbers(list);
      permissions.permission[list].forEach((entry, i) => {
        const finding = judge(entry, numbers[i]!, context);
        if (finding !== undefined) found.push({ entry, ...finding });
      });
    }
  }
  return found;
}

/** `number` is that of the operation that the string names, -1 where it names none. */
function judge(entry: ActionEntry, number: number, context: CheckContext): Finding | undefined {
  const hasBlanks = entry.key.length !== entry.text.length;
  if (number >= 0 && !hasBlanks) return judgeOperation(entry, context.catalog.operations.at(number), context);
  const placeholder = placeholderIn(entry.text.trim());
  if (placeholder !== undefined) return { verdict: 'placeholder', evidence: { placeholder } };
  const finding = judgeForm(entry, context);
  if (finding !== undefined) return finding;
  return entry.key.includes('*') ? judgeWildcard(entry, context) : judgeUnlisted(entry, context);
}

function judgeOperation(
  entry: ActionEntry,
  operation: Operation,
  context: CheckContext,
): Finding | undefined {
  const wrongPlane = judgePlane(entry, [operation], context);
  if (wrongPlane !== undefined) return wrongPlane;
  return operation.name === entry.text
    ? undefined
    : { verdict: 'casing', evidence: { spelling: operation.name } };
}

/** What is wrong with the string whatever the catalog holds. */
function judgeForm({ text }: ActionEntry, context: CheckContext): Finding | undefined {
  const { catalog } = context;
  const isAzures = isKnownProvider(namedProvider(text.trim()) ?? '', context);
  const system = isAzures ? undefined : actionSystemOf(text.trim());
  if (system !== undefined) return { verdict: 'other-system', evidence: { system } };
  if (text.trim() === '') return { verdict: 'illegal-characters', variant: 'empty', evidence: {} };
  if (text !== text.trim() && illegalCharacterIn(text.trim()) === undefined) {
    const fix: Fix = { kind: 'replace', text: text.trim(), effect: 'none' };
    return { verdict: 'illegal-characters', variant: 'blanks', evidence: {}, fix };
  }
  const character = illegalCharacterIn(text);
  if (character !== undefined) {
    const cleaned = catalog.findOperation(withoutIllegalCharacters(text))?.name;
    return {
      verdict: 'illegal-characters',
      evidence: { character, ...(cleaned === undefined ? {} : { suggestions: [cleaned] }) },
      ...(cleaned === undefined ? {} : { fix: { kind: 'replace', text: cleaned, effect: 'intended' } }),
    };
  }
  const form = resourceFormOf(text);
  if (form !== undefined) return { verdict: 'is-resource-type', variant: form, evidence: {} };
  const wildcards = countStars(text);
  return wildcards > 1 ? { verdict: 'multiple-wildcards', evidence: { wildcards } } : undefined;
}

function judgePlane(
  entry: ActionEntry,
  operations: readonly Operation[],
  context: CheckContext,
): Finding | undefined {
  const wrong = wrongPlaneOf(entry, operations, context.catalog);
  if (wrong === undefined) return undefined;
  const evidence = { plane: wrong.plane, to: listNames[wrong.to] };
  if (wrong.basis === 'inferred') return { verdict: 'wrong-plane', variant: 'inferred', evidence };
  return { verdict: 'wrong-plane', evidence, fix: { kind: 'move', to: wrong.to, effect: 'intended' } };
}

function judgeWildcard(entry: ActionEntry, context: CheckContext): Finding | undefined {
  const { catalog, index } = context;
  const { text } = entry;
  if (isMachineLearningData(entry)) return undefined;
  const covered = index.expand(text);
  if (!covered.isEmpty) {
    const isPartial: Finding | undefined = isWholeSegmentStar(text)
      ? undefined
      : { verdict: 'partial-wildcard', evidence: {} };
    const rightPlanes = [index.mask(planeOf[entry.list]), index.mask('unknown')];
    if (rightPlanes.some(mask => covered.intersects(mask))) return isPartial;
    return (
      judgePlane(
        entry,
        Array.from(covered, i => catalog.operations.at(i)),
        context,
      ) ?? isPartial
    );
  }
  if (catalog.builtInRoles.mentions(text))
    return { verdict: 'matches-nothing', variant: 'in-built-in-role', evidence: {} };
  const provider = namedProvider(text);
  const suggestions = suggestPatterns(text, index, catalog.operations);
  if (provider !== undefined && !isKnownProvider(provider, context)) {
    return unknownProvider(provider, suggestions, context);
  }
  const lastSegment = lastSegmentOf(text);
  if (!lastSegment.includes('*') && !verbs.has(lastSegment)) {
    return { verdict: 'bad-verb', evidence: { verb: text.slice(text.lastIndexOf('/') + 1) } };
  }
  if (!retiredIndex(catalog).expand(text).isEmpty)
    return { verdict: 'matches-nothing', variant: 'retired', evidence: {} };
  return suggestions.length > 0
    ? { verdict: 'matches-nothing', variant: 'near-match', evidence: { suggestions } }
    : { verdict: 'matches-nothing', evidence: {} };
}

/** A string without a star that the catalog does not have. */
function judgeUnlisted(entry: ActionEntry, context: CheckContext): Finding | undefined {
  const { catalog } = context;
  const { text } = entry;
  const retired = catalog.retiredOperations.find(text);
  if (retired !== undefined) {
    const wrong = judgePlane(entry, [retired], context);
    return wrong === undefined ? { verdict: 'retired', evidence: {} } : withoutFix(wrong);
  }
  if (isMachineLearningData(entry) || catalog.builtInRoles.mentions(text)) return undefined;
  const below = operationsBelow(text, context);
  if (below.length > 0) return { verdict: 'is-resource-type', evidence: { suggestions: below } };
  const suggestions = suggestOperations(text, planeOf[entry.list], catalog);
  const provider = namedProvider(text)!;
  if (!isKnownProvider(provider, context)) return unknownProvider(provider, suggestions, context);
  if (suggestions.length > 0)
    return { verdict: 'unknown', evidence: { suggestions }, ...replacement(suggestions) };
  const verb = text.slice(text.lastIndexOf('/') + 1);
  if (!verbs.has(verb.toLowerCase())) return { verdict: 'bad-verb', evidence: { verb } };
  return { verdict: 'unknown', variant: 'no-near-match', evidence: {} };
}

function unknownProvider(
  namespace: string,
  suggestions: readonly string[],
  { catalog }: CheckContext,
): Finding {
  if (suggestions.length > 0) {
    return {
      verdict: 'unknown-provider',
      variant: 'near-match',
      evidence: { suggestions },
      ...replacement(suggestions),
    };
  }
  const providers = suggestProviders(namespace, catalog.operations)
    .slice(0, 3)
    .map(near => providerOf(catalog.operations.provider(near)!.names[0]!));
  return providers.length > 0
    ? { verdict: 'unknown-provider', variant: 'near-provider', evidence: { suggestions: providers } }
    : { verdict: 'unknown-provider', evidence: {} };
}

function replacement(suggestions: readonly string[]): { fix?: Fix } {
  return suggestions.length === 1
    ? { fix: { kind: 'replace', text: suggestions[0]!, effect: 'intended' } }
    : {};
}

function withoutFix({ verdict, variant, evidence }: Finding): Finding {
  return { verdict, ...(variant === undefined ? {} : { variant }), evidence };
}

/** The provider has no data operations: what stands in its name in DataActions is the business of `ml-data-action`. */
function isMachineLearningData({ list, text }: ActionEntry): boolean {
  return planeOf[list] === 'data' && namedProvider(text) === 'microsoft.machinelearningservices';
}

/** Known from operations, retired operations and built-in roles. In lower case. */
function isKnownProvider(namespace: string, { catalog }: CheckContext): boolean {
  return (
    catalog.operations.provider(namespace) !== undefined ||
    catalog.retiredOperations.provider(namespace) !== undefined ||
    catalog.builtInRoles.mentionsProvider(namespace)
  );
}

/** The operations directly on what the string names, if that is a provider or resource type: reads first, at most three. */
function operationsBelow(text: string, { catalog }: CheckContext): string[] {
  const lower = text.toLowerCase().replace(/\/$/, '');
  const section = catalog.operations.provider(namedProvider(lower)!);
  if (section === undefined) return [];
  if (section.provider === lower) return [`${providerOf(section.names[0]!)}/*/read`];
  // U+0030 comes right behind the slash.
  const [start, end] = [`${lower}/`, `${lower}0`].map(bound => lowerBound(section.lowerNames, bound));
  const below = section.names.slice(start, end);
  const direct = below.filter(name => name.indexOf('/', lower.length + 1) < 0);
  const order = [...verbs];
  const rank = (name: string): number => order.indexOf(lastSegmentOf(name));
  if (direct.length === 0) return below.slice(0, 3);
  return direct.sort((a, b) => rank(a) - rank(b)).slice(0, 3);
}

function retiredIndex(catalog: Catalog): OperationIndex {
  return getOrInsert(
    retiredIndexes,
    catalog,
    () => new OperationIndex({ operations: catalog.retiredOperations }),
  );
}

const retiredIndexes = new WeakMap<Catalog, OperationIndex>();

/** Whether the one star fills what stands between two slashes, as in every built-in role. */
function isWholeSegmentStar(text: string): boolean {
  const star = text.indexOf('*');
  const isStart = star === 0 || text[star - 1] === '/';
  return isStart && (star === text.length - 1 || text[star + 1] === '/');
}
