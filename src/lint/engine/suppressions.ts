import { append, getOrInsert } from '../../maps.js';
import type { SuppressionUse } from '../checks/suppression-use.js';
import { positionAt } from '../../input/position.js';
import type { SourceDocument } from '../../input/source-document.js';
import { coversFinding, couldApply, type RunCoverage } from './config-suppressions.js';
import type { PendingFinding } from './pending-finding.js';
import type { KnownRules } from './known-rules.js';
import { namesOfRule } from './settings.js';
import type { ConfigSuppression, InlineSuppression, Suppression } from './suppression.js';
import { anySuppression, isNeverSuppressed, refusalOf } from './suppression-policy.js';

/** Decides which findings are accepted and remembers which suppressions were needed for it. */
export class Suppressions {
  private readonly fromConfig = new Map<string, ConfigSuppression[]>();
  private readonly inline = new Map<SourceDocument, Map<string, InlineSuppression[]>>();
  private readonly used = new Set<Suppression>();
  /** Suppressions that do not hold, each with the reason, as the end of a sentence. */
  readonly refused = new Map<Suppression, string>();

  constructor(
    readonly all: readonly Suppression[],
    private readonly asOf: string,
    private readonly fileKey: (file: string) => string,
    private readonly policy = anySuppression,
  ) {
    for (const suppression of all) {
      const refusal = refusalOf(suppression, policy, asOf);
      if (refusal !== undefined) this.refused.set(suppression, refusal);
      else if (suppression.by === 'inline') this.addInline(suppression);
      else if (!isOver(expiryOf(suppression, asOf))) append(this.fromConfig, suppression.rule, suppression);
    }
  }

  /** The first that accepts the finding. All that do count as used. None accepts a finding about itself. */
  accept(finding: PendingFinding): Suppression | undefined {
    if (this.all.length === 0 || isNeverSuppressed(finding, this.policy)) return undefined;
    const accepting = [...this.inlineFor(finding), ...this.configFor(finding)].filter(
      ({ at }) => at !== finding.match.at,
    );
    for (const suppression of accepting) this.used.add(suppression);
    return accepting[0];
  }

  /** What became of each, once every finding was offered to {@link accept}. */
  uses(coverage: RunCoverage, knownRules: KnownRules): SuppressionUse[] {
    return this.all.map(suppression => ({
      by: suppression.by,
      at: suppression.at,
      rule: suppression.rule,
      isKnownRule: knownRules.has(suppression.rule),
      suggestion: knownRules.nearest(suppression.rule),
      reason: suppression.reason,
      expires: suppression.by === 'config' ? suppression.expires : undefined,
      expiry: expiryOf(suppression, this.asOf),
      use: this.used.has(suppression)
        ? 'used'
        : this.isLookedFor(suppression, coverage, knownRules)
          ? 'unused'
          : 'not-looked-for',
    }));
  }

  private isLookedFor(suppression: Suppression, coverage: RunCoverage, knownRules: KnownRules): boolean {
    if (this.refused.has(suppression)) return false;
    const file = suppression.by === 'inline' ? suppression.at.document.file : undefined;
    if (!knownRules.isLookedFor(suppression.rule, file)) return false;
    return suppression.by === 'inline' || couldApply(suppression, coverage);
  }

  private inlineFor({ rule, match }: PendingFinding): InlineSuppression[] {
    const inDocument = this.inlineIn(match.at.document);
    if (inDocument === undefined || match.at.range === undefined) return [];
    const { line } = positionAt(match.at.document, match.at.range.start);
    return namesOfRule(rule.id, match.variant).flatMap(name => inDocument.get(`${line} ${name}`) ?? []);
  }

  /** A file that others use as a module is read by each of them: the same text has the same comments. */
  private inlineIn(document: SourceDocument): ReadonlyMap<string, InlineSuppression[]> | undefined {
    const own = this.inline.get(document);
    if (own !== undefined || document.text === '') return own;
    for (const [other, found] of this.inline)
      if (other.file === document.file && other.text === document.text) return found;
    return undefined;
  }

  private configFor(finding: PendingFinding): ConfigSuppression[] {
    return namesOfRule(finding.rule.id, finding.match.variant)
      .flatMap(name => this.fromConfig.get(name) ?? [])
      .filter(suppression => coversFinding(suppression, finding, this.fileKey));
  }

  private addInline(suppression: InlineSuppression): void {
    const { document } = suppression.at;
    const inDocument = getOrInsert(this.inline, document, () => new Map());
    append(inDocument, `${suppression.line} ${suppression.rule}`, suppression);
  }
}

/** The day that it ends: the last day counts; what is no date counts as past. */
export function expiryOf(suppression: Suppression, asOf: string): SuppressionUse['expiry'] {
  if (suppression.by === 'inline' || suppression.expires === undefined) return 'none';
  if (!isDate(suppression.expires)) return 'bad-date';
  return asOf <= suppression.expires ? 'to-come' : 'past';
}

/** Whether the text is a day of the calendar as `YYYY-MM-DD`. */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

function isOver(expiry: SuppressionUse['expiry']): boolean {
  return expiry === 'past' || expiry === 'bad-date';
}
