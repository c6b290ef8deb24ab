import { providerOf } from '../../rbac/model/provider-of.js';
import { compareText } from '../../compare-text.js';
import { join } from 'node:path';
import { AccessEvaluator, type HeldAccess, type HeldRole } from '../../tenant/access/held-access.js';
import type { Tenant } from '../../tenant/access/tenant.js';
import { packageFolder } from '../../package/package-folder.js';
import { compileRules } from '../../lint/engine/rules.js';
import { SensitiveAccess, type HeldSensitiveOperation } from '../../lint/engine/sensitive-access.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { CapabilityArea } from '../../rbac/permissions/capability-area.js';
import { ProviderCounter, type ProviderCount } from '../../rbac/permissions/provider-counts.js';
import { readCapabilityAreas } from '../../rbac/permissions/read-capability-areas.js';
import { summarizeSets } from '../../rbac/permissions/role-summary.js';
import type { Phrase } from '../../rbac/permissions/wording.js';
import { conditionTexts } from './access-names.js';
import { outermostFirst } from './scope-order.js';

/** What a principal holds at one scope, in total. */
export interface ScopeAccess extends HeldAccess {
  readonly scope: Scope;
  /** In plain words. */
  readonly can: readonly Phrase[];
  readonly sensitive: readonly HeldSensitiveOperation[];
  readonly providers: readonly ProviderAccess[];
}

/** How much of what is held, conditional or not, belongs to a provider. */
export interface ProviderAccess extends ProviderCount {
  readonly sensitive: number;
}

/** Works out what principals hold at scopes. */
export class ScopeDescriber {
  private readonly evaluator: AccessEvaluator;
  private readonly sensitive: SensitiveAccess;
  private readonly counter: ProviderCounter;
  private readonly areas: readonly CapabilityArea[];
  private readonly summaries = new Map<string, readonly Phrase[]>();

  constructor(private readonly tenant: Tenant) {
    const rulesFolder = join(packageFolder(), 'rules');
    this.evaluator = new AccessEvaluator(tenant);
    this.sensitive = new SensitiveAccess(compileRules(rulesFolder), tenant);
    this.counter = new ProviderCounter(tenant.catalog);
    this.areas = readCapabilityAreas(join(rulesFolder, 'capabilities'));
  }

  /** The rest is worked out when it is asked for, each time anew: there may be thousands of scopes. */
  at(scope: Scope, principal: string): ScopeAccess {
    const found = this.evaluator.at(scope, principal);
    const held = { ...found, roles: [...found.roles].sort((a, b) => this.inOrder(a, b)) };
    const { sensitive } = this;
    const can = (): readonly Phrase[] => this.can(held, scope);
    const providers = (): ProviderAccess[] => this.providers(held, sensitive.of(held));
    return {
      ...held,
      scope,
      get can() {
        return can();
      },
      get sensitive() {
        return sensitive.of(held);
      },
      get providers() {
        return providers();
      },
    };
  }

  /** Scopes with the same roles are alike, unless a condition or a deny assignment tells them apart. */
  private can({ roles, denials, ...held }: HeldAccess, scope: Scope): readonly Phrase[] {
    const isGuarded = roles.some(
      ({ assignment, role }) => assignment.condition !== undefined || conditionTexts(role).length > 0,
    );
    const guids = [...new Set(roles.map(({ assignment }) => assignment.roleGuid))].sort();
    const { kind } = this.tenant.reach.at(scope);
    const signature = [kind, ...guids, ...(isGuarded || denials.length > 0 ? [scope.key] : [])].join(' ');
    let phrases = this.summaries.get(signature);
    if (phrases === undefined) {
      const { catalog, index } = this.tenant;
      if (this.summaries.size >= maxKept) this.summaries.clear();
      phrases = summarizeSets(held, this.areas, catalog, index).can;
      this.summaries.set(signature, phrases);
    }
    return phrases;
  }

  private providers(
    { definite, conditional }: HeldAccess,
    sensitive: readonly HeldSensitiveOperation[],
  ): ProviderAccess[] {
    const counts = new Map<string, number>();
    for (const { operation } of sensitive) {
      const provider = providerOf(operation).toLowerCase();
      counts.set(provider, (counts.get(provider) ?? 0) + 1);
    }
    return this.counter
      .count(definite.union(conditional))
      .map(count => ({ ...count, sensitive: counts.get(count.provider.toLowerCase()) ?? 0 }));
  }

  /** The order of the snapshot says nothing. */
  private inOrder(a: HeldRole, b: HeldRole): number {
    const [scopeA, scopeB] = [a, b].map(({ assignment }) => this.tenant.scopeOf(assignment));
    return (
      outermostFirst(this.tenant.tree)(scopeA!, scopeB!) ||
      compareText(a.assignment.id, b.assignment.id) ||
      compareText(a.assignment.roleGuid, b.assignment.roleGuid)
    );
  }
}

/** Few combinations of roles are held at many scopes. */
const maxKept = 200;
