import { AccessQuestion } from '../../../src/tenant/access/access-question.js';
import type { KnownAttributes } from '../../../src/tenant/access/condition-truth.js';
import { Decider } from '../../../src/tenant/access/decide.js';
import type { Decision, Question } from '../../../src/tenant/access/decision.js';
import type { Tenant } from '../../../src/tenant/access/tenant.js';
import { parseScope } from '../../../src/rbac/model/scope.js';

/** Whether the principal may do the operation at the scope, and why. */
export function decide(tenant: Tenant, question: Question, attributes?: KnownAttributes): Decision {
  const { operation, plane, scope } = question;
  const asked = new AccessQuestion(tenant, { operation, plane, scope: parseScope(scope), attributes });
  return new Decider(tenant, asked).decide(question.principal);
}
