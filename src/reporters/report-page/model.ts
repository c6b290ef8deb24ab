import type {
  CauseData,
  FindingData,
  IdentityData,
  PathData,
  ReportData,
} from '../html-report/report-data.js';

/** The data of the report, found by what they are about. Each index is made when it is first asked for. */
export class Model {
  constructor(readonly data: ReportData) {}

  readonly causeById = once(() => by(this.data.causes, ({ id }) => id));
  readonly pathById = once(() => by(this.data.paths, ({ id }) => id));
  readonly findingByFingerprint = once(() => by(this.data.findings, ({ fingerprint }) => fingerprint));
  readonly identityByPrincipal = once(() => by(this.data.identities, ({ principal }) => principal));
  readonly principalById = once(() => numbersBy(this.data.principals, ({ id }) => id));
  readonly roleByGuid = once(() => numbersBy(this.data.roles, ({ guid }) => guid));
  readonly scopeByText = once(() => numbersBy(this.data.scopes, ({ text }) => scopeKey(text)));
  readonly assignmentsOfRole = once(() => lists(this.data.assignments, ({ role }) => role));
  readonly assignmentsOfPrincipal = once(() => lists(this.data.assignments, ({ principal }) => principal));
  readonly assignmentsAtScope = once(() => lists(this.data.assignments, ({ scope }) => scope));
  readonly denialsAtScope = once(() => lists(this.data.denials, ({ scope }) => scope));
  readonly findingsOfRole = once(() => lists(this.data.findings, ({ role }) => role));
  readonly findingsOfPrincipal = once(() => lists(this.data.findings, ({ principal }) => principal));
  readonly findingsAtScope = once(() => lists(this.data.findings, ({ scope }) => scope));
  readonly childrenOfScope = once(() =>
    lists(numbers(this.data.scopes.length), scope => this.data.scopes[scope]!.parent),
  );

  readonly causeOfFinding = once(() => {
    const causes = new Map<FindingData, CauseData>();
    for (const cause of this.data.causes)
      for (const number of cause.findings) causes.set(this.data.findings[number]!, cause);
    return causes;
  });

  readonly pathsFrom = once(() => {
    const paths = new Map<number, PathData[]>();
    for (const path of this.data.paths) for (const principal of path.from) push(paths, principal, path);
    return paths;
  });

  /** What a text filter looks into, in lower case. */
  readonly causeTexts = once(() => {
    const { rules, findings, causes } = this.data;
    return causes.map(cause => {
      const texts = cause.findings.map(number => findings[number]!.message);
      const rule = rules[cause.rule]!;
      return [cause.message, cause.subject.name, cause.subject.id ?? '', rule.id, rule.title, ...texts]
        .join('\n')
        .toLowerCase();
    });
  });

  /** The same of scopes: their ids, and what the subscription or management group is called. */
  readonly scopeTexts = once(() =>
    this.data.scopes.map(({ text }) => `${text}\n${this.nameAround(text) ?? ''}`.toLowerCase()),
  );

  /** The principal's name, or its id where it has none. */
  principalName(number: number): string {
    const principal = this.data.principals[number];
    return principal === undefined ? 'someone' : principal.name || principal.id;
  }

  scopeText(number: number): string {
    return this.data.scopes[number]?.text ?? '';
  }

  /** What people call it, or the last part of its id. */
  scopeName(number: number): string {
    const scope = this.data.scopes[number];
    return scope?.displayName ?? scope?.name ?? '/';
  }

  /** What the subscription or management group is called that a scope is, or lies in. */
  nameAround(text: string): string | undefined {
    const parts = text.split('/', 5);
    const key = parts.slice(0, parts[1]?.toLowerCase() === 'subscriptions' ? 3 : 5).join('/');
    return this.data.scopes[this.scopeByText().get(scopeKey(key)) ?? -1]?.displayName;
  }

  /** With what is around it, for whoever points at it: `/subscriptions/1111… (Production)`. */
  scopeTitle(text: string): string {
    const name = this.nameAround(text);
    return name === undefined ? text : `${text} (${name})`;
  }

  /** The scopes around one, from the root on. */
  around(scope: number): number[] {
    const found: number[] = [];
    for (
      let at = this.data.scopes[scope]?.parent ?? -1;
      at >= 0 && !found.includes(at);
      at = this.data.scopes[at]!.parent
    )
      found.unshift(at);
    return found;
  }

  causesOf(findings: readonly FindingData[]): CauseData[] {
    const wanted = new Set(findings.map(finding => this.causeOfFinding().get(finding)));
    return this.data.causes.filter(cause => wanted.has(cause));
  }

  identityOf(principal: number): IdentityData | undefined {
    return this.identityByPrincipal().get(principal);
  }
}

/** Equal for equal scopes. */
export function scopeKey(text: string): string {
  return text.length > 1 ? text.toLowerCase().replace(/\/$/, '') : text;
}

function once<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

function by<Item, Key>(items: readonly Item[], key: (item: Item) => Key): ReadonlyMap<Key, Item> {
  return new Map(items.map(item => [key(item), item]));
}

function numbersBy<Item>(items: readonly Item[], key: (item: Item) => string): ReadonlyMap<string, number> {
  return new Map(items.map((item, number) => [key(item), number]));
}

function lists<Item>(
  items: Iterable<Item>,
  key: (item: Item) => number,
): ReadonlyMap<number, readonly Item[]> {
  const found = new Map<number, Item[]>();
  for (const item of items) push(found, key(item), item);
  return found;
}

function push<Item>(lists: Map<number, Item[]>, key: number, item: Item): void {
  const known = lists.get(key);
  if (known === undefined) lists.set(key, [item]);
  else known.push(item);
}

function numbers(count: number): number[] {
  return Array.from({ length: count }, (_, number) => number);
}
