import type { OperationsByPlane } from '../../rbac/action-sets/action-set.js';
import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { OperationPlane } from '../../rbac/catalog/operation-table.js';
import type { Notice } from '../../errors.js';
import type { RuleSet } from '../../lint/engine/rules.js';
import { assignmentCommand, type Grantee } from '../../rbac/model/az-command.js';
import { type CustomRole, customRole } from '../../rbac/model/custom-role.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { assignmentScope } from './assignment-scope.js';
import type { RefusedPrincipal } from './facts.js';
import {
  asksForCustomRole,
  bestOf,
  type GrantingRoles,
  grantingRoles,
  setsRequiring,
} from './granting-roles.js';
import type { ErrorKnowledge } from './known-errors.js';
import type { MissingOperation } from './missing-operation.js';
import { readPastedText } from './pasted-text.js';
import { type RecognisedError, recogniseErrors } from './recognise.js';
import { judgeRejected, type RejectedAction } from './rejected-action.js';
import { rejectedActionIn } from './rejected-text.js';
import { type AppliedTrap, trapsFor } from './traps.js';

/** What an error means, and what to do about it. */
export interface Explanation {
  readonly error: string;
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  readonly missing: readonly MissingOperation[];
  /** Who must hold it, in words, where the text names another or nobody. */
  readonly holder: string | null;
  readonly principal: RefusedPrincipal | null;
  readonly scopes: readonly Scope[];
  readonly allowed: { readonly operation: string; readonly scope: Scope | null } | null;
  readonly hosts: readonly string[];
  readonly rejected: readonly RejectedAction[];
  readonly actionSets: readonly string[];
  readonly builtInRoles: GrantingRoles;
  /** Nothing but what is missing. */
  readonly customRole: CustomRole | null;
  /** The built-in roles that fit grant far more: the assignments are of the custom role. */
  readonly prefersCustomRole: boolean;
  /** Command lines, one for each scope. */
  readonly assignments: readonly string[];
  readonly traps: readonly AppliedTrap[];
  readonly reference: string;
}

export interface Explained {
  readonly explanations: readonly Explanation[];
  readonly notices: readonly Notice[];
}

/** What explaining is done with. */
export interface ExplainTools {
  readonly knowledge: ErrorKnowledge;
  readonly catalog: Catalog;
  readonly index: OperationIndex;
  readonly sets: ActionSets;
  /** Read where a string of a role was refused. */
  readonly rules: () => RuleSet;
  readonly asOf: string;
}

/** Explains the errors of Azure's in a text, each once. */
export function explainText(text: string, tools: ExplainTools): Explained {
  const pasted = readPastedText(text);
  const { errors, isCut } = recogniseErrors(pasted, tools.knowledge.errors, tools.catalog);
  if (errors.length === 0) return { explanations: [], notices: [nothingRecognised(tools.knowledge)] };
  const notices = isCut
    ? [
        {
          code: 'too-many-errors',
          message: `Only the first ${errors.length} errors of the text are explained.`,
        },
      ]
    : [];
  return { explanations: errors.map(recognised => explain(recognised, tools)), notices };
}

function nothingRecognised({ errors }: ErrorKnowledge): Notice {
  const codes = errors.flatMap(error => error.codes);
  const message = `No error that azrbac knows was found. It looked for ${codes.length} error codes (${codes.slice(0, 4).join(', ')} and so on), for the sentences Azure writes, for those of Azure Machine Learning, storage, Key Vault and container registries, and for an operation beside a word of refusal.`;
  return { code: 'nothing-recognised', message };
}

function explain(recognised: RecognisedError, tools: ExplainTools): Explanation {
  const { error, facts } = recognised;
  const { catalog, sets } = tools;
  const grantee = granteeOf(recognised);
  const needed = neededBy(recognised, catalog);
  const missing = missingFrom(needed, catalog);
  const scopes = facts.scopes;
  const requiring = setsRequiring(needed, sets);
  const builtInRoles = grantingRoles(needed, requiring, tools);
  const at = scopes.map(assignmentScope);
  const custom = missing.length === 0 ? null : roleWithNothingBut(needed, at[0]);
  const prefersCustomRole = custom !== null && asksForCustomRole(builtInRoles);
  const role = prefersCustomRole ? custom.Name : bestOf(builtInRoles)?.name;
  return {
    error: error.id,
    title: error.title,
    cause: error.cause,
    fix: error.fix,
    missing,
    holder: error.needs?.holder ?? null,
    principal: facts.principal,
    scopes,
    allowed: facts.allowed,
    hosts: facts.hosts,
    rejected: rejectedBy(recognised, tools),
    actionSets: requiring.map(({ id }) => id),
    builtInRoles,
    customRole: custom,
    prefersCustomRole,
    assignments:
      role === undefined
        ? []
        : (at.length === 0 ? [undefined] : at).map(scope => assignmentCommand(role, grantee, scope)),
    traps: trapsFor(recognised, missing, tools.knowledge.traps),
    reference: error.reference,
  };
}

/** Where the error itself says who must hold the right, it need not be whom the text names. */
function granteeOf({ error, facts }: RecognisedError): Grantee {
  const holder = error.needs?.holder;
  if (holder === undefined) return facts.principal ?? { objectId: null, kind: null };
  return { objectId: null, kind: holder.includes('identity') ? 'ServicePrincipal' : null };
}

/** A role that grants what is missing. */
function roleWithNothingBut(needed: OperationsByPlane, scope: Scope | undefined): CustomRole {
  const operations = [...(needed.control ?? []), ...(needed.data ?? [])];
  const name = `Custom ${operations[0]?.split('/').slice(-3).join(' ') ?? ''}`;
  const description = `Allows ${operations.join(', ')} and nothing else.`;
  return customRole({ name, description }, needed, scope);
}

/** Some errors never name an operation, others name it in the text. */
function neededBy({ error, facts }: RecognisedError, catalog: Catalog): OperationsByPlane {
  if (noRoleHelps(error)) return {};
  const named = facts.operations;
  if (named.length === 0 || (error.needs !== undefined && !error.id.startsWith('key-vault')))
    return withoutRest(error.needs);
  const planes = named.map(
    name => [catalog.findOperation(name)?.name ?? name, planeIn(name, catalog)] as const,
  );
  return {
    control: planes.filter(([, plane]) => plane !== 'data').map(([name]) => name),
    data: planes.filter(([, plane]) => plane === 'data').map(([name]) => name),
  };
}

function noRoleHelps({ needs, id }: RecognisedError['error']): boolean {
  return (
    needs === undefined &&
    !['authorization-failed', 'linked-authorization-failed', 'operation-denied'].includes(id)
  );
}

function withoutRest(needs: RecognisedError['error']['needs']): OperationsByPlane {
  return { control: needs?.control ?? [], data: needs?.data ?? [] };
}

function planeIn(name: string, catalog: Catalog): OperationPlane {
  return catalog.findOperation(name)?.plane ?? 'unknown';
}

function missingFrom({ control = [], data = [] }: OperationsByPlane, catalog: Catalog): MissingOperation[] {
  return [...control, ...data].map(name => {
    const operation = catalog.findOperation(name);
    return {
      name: operation?.name ?? name,
      inCatalog: operation !== undefined,
      plane: operation?.plane ?? 'unknown',
    };
  });
}

function rejectedBy({ error, facts, nearby }: RecognisedError, tools: ExplainTools): RejectedAction[] {
  if (error.rejects === undefined) return [];
  const list = error.rejects;
  const named = rejectedActionIn(nearby.text, facts.operations);
  if (named.length === 0) return [];
  const surroundings = { catalog: tools.catalog, rules: tools.rules(), asOf: tools.asOf };
  return named.map(action => judgeRejected(action, list, surroundings));
}
