import type { ActionSets } from '../../rbac/action-sets/action-sets.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import type { Notice } from '../../errors.js';
import type { RuleSet } from '../../lint/engine/rules.js';
import type { Grantee } from '../../rbac/model/az-command.js';
import type { Scope } from '../../rbac/model/scope.js';
import type { OperationIndex } from '../../rbac/permissions/operation-index.js';
import type { RolePurposes } from '../../rbac/recommendations/role-purposes.js';
import { administratorMessage } from './administrator-message.js';
import { assignmentScope } from './assignment-scope.js';
import type { RefusedPrincipal } from './facts.js';
import type { ErrorKnowledge } from './known-errors.js';
import type { MissingOperation } from './missing-operation.js';
import { missingFrom, neededBy } from './needed-operations.js';
import { readPastedText } from './pasted-text.js';
import { noProposal, type Proposal, proposeRole } from './proposal.js';
import { type RecognisedError, recogniseErrors } from './recognise.js';
import { judgeRejected, type RejectedAction } from './rejected-action.js';
import { rejectedActionIn } from './rejected-text.js';
import { type AppliedTrap, trapsFor } from './traps.js';

/** What an error means, and what to do about it. */
export interface Explanation extends Omit<Proposal, 'role'> {
  readonly error: string;
  readonly title: string;
  readonly cause: string;
  readonly fix: string;
  readonly missing: readonly MissingOperation[];
  /** Who must hold it, in words, where the text names another or nobody. */
  readonly holder: string | null;
  /** What azrbac assumed; null where the text says it all. */
  readonly guess: string | null;
  readonly principal: RefusedPrincipal | null;
  /** Operations and scopes that belong together, where the text names several of each. */
  readonly pairs: readonly { readonly operation: string; readonly scope: Scope }[];
  readonly scopes: readonly Scope[];
  readonly allowed: { readonly operation: string; readonly scope: Scope | null } | null;
  readonly hosts: readonly string[];
  readonly rejected: readonly RejectedAction[];
  readonly traps: readonly AppliedTrap[];
  /** What to send to somebody who may assign roles; null where no role is missing. */
  readonly message: string | null;
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
  readonly purposes: RolePurposes;
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
  const { operations, holder, guess } = neededBy(recognised, tools.catalog);
  const missing = missingFrom(operations, tools.catalog);
  const names = missing.map(({ name }) => name);
  const at = distinctScopes(facts.scopes.map(scope => assignmentScope(scope, names)));
  const named = error.rolesNamed ?? [];
  const { role, ...proposal } =
    missing.length === 0 || error.proposesNoRole === true
      ? noProposal
      : proposeRole({ needed: operations, named, grantee: granteeOf(holder, facts.principal), at }, tools);
  const { title, cause, fix, reference } = error;
  const places = at.map(({ text }) => text);
  return {
    error: error.id,
    title,
    cause,
    fix,
    missing,
    holder,
    guess,
    principal: facts.principal,
    pairs: pairsOf(facts.operations, facts.scopes),
    scopes: facts.scopes,
    allowed: facts.allowed,
    hosts: facts.hosts,
    rejected: rejectedBy(recognised, tools),
    ...proposal,
    traps: trapsFor(recognised, missing, tools.knowledge.traps),
    message: administratorMessage({
      title,
      missing,
      principal: facts.principal,
      holder,
      role,
      at: places,
      guess,
    }),
    reference,
  };
}

function distinctScopes(scopes: readonly Scope[]): Scope[] {
  return [...new Map(scopes.map(scope => [scope.key, scope])).values()];
}

/** "… (respectively)": the first operation at the first scope, and so on. */
function pairsOf(operations: readonly string[], scopes: readonly Scope[]): Explanation['pairs'] {
  if (operations.length < 2 || operations.length !== scopes.length) return [];
  return operations.map((operation, i) => ({ operation, scope: scopes[i]! }));
}

/** Where the error itself says who must hold the right, it need not be whom the text names. */
function granteeOf(holder: string | null, principal: RefusedPrincipal | null): Grantee {
  if (holder === null) return principal ?? { objectId: null, kind: null };
  return { objectId: null, kind: holder.includes('identity') ? 'ServicePrincipal' : null };
}

function rejectedBy({ error, facts, nearby }: RecognisedError, tools: ExplainTools): RejectedAction[] {
  if (error.rejects === undefined) return [];
  const list = error.rejects;
  const named = rejectedActionIn(nearby.text, facts.operations);
  if (named.length === 0) return [];
  const surroundings = { catalog: tools.catalog, rules: tools.rules(), asOf: tools.asOf };
  return named.map(action => judgeRejected(action, list, surroundings));
}
