import { AccessQuestion } from '../../../src/tenant/access/access-question.js';
import type { KnownAttributes } from '../../../src/tenant/access/condition-truth.js';
import { Decider } from '../../../src/tenant/access/decide.js';
import type { Decision } from '../../../src/tenant/access/decision.js';
import type { Tenant } from '../../../src/tenant/access/tenant.js';
import { parseScope } from '../../../src/rbac/model/scope.js';
import type { Plane } from '../../../src/rbac/model/role-definition.js';

/** One question: may this principal do this here? */
export interface Question {
  /** Object id, in lower case. */
  readonly principal: string;
  /** One operation; no wildcard. */
  readonly operation: string;
  readonly plane: Plane;
  readonly scope: string;
}

/** Whether the principal may do the operation at the scope, and why. */
export function decide(tenant: Tenant, question: Question, attributes?: KnownAttributes): Decision {
  const { operation, plane, scope } = question;
  const asked = new AccessQuestion(tenant, { operation, plane, scope: parseScope(scope), attributes });
  return new Decider(tenant, asked).decide(question.principal);
}
