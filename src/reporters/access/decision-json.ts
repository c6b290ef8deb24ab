import type { AccessQuestion } from '../../tenant/access/access-question.js';
import type { Decision, Reason } from '../../tenant/access/decision.js';
import type { CapablePrincipal } from '../../tenant/access/who-can.js';
import type { Notice } from '../../errors.js';
import { noticeObject } from '../../text/notice-json.js';

// `azrbac can` and `azrbac who-can` for scripts. The fields are an interface: role-catalog/schemas/can.v1.json and others.

/** What was asked. */
export type Asked = Pick<AccessQuestion, 'operation' | 'plane' | 'scope' | 'reach'>;

/** `azrbac can` as one JSON object, version 1. */
export function canObject(
  { decision, because }: Decision,
  principal: string,
  asked: Asked,
  notices: readonly Notice[],
): object {
  return {
    version: 1,
    decision,
    because: because.map(reasonObject),
    principal,
    ...askedObject(asked),
    notices: notices.map(noticeObject),
  };
}

/** `azrbac who-can` as one JSON object, version 1. */
export function whoCanObject(
  principals: readonly CapablePrincipal[],
  asked: Asked,
  notices: readonly Notice[],
): object {
  return {
    version: 1,
    ...askedObject(asked),
    principals: principals.map(({ id, type, displayName, decision, because }) => ({
      id,
      type,
      displayName,
      decision,
      because: because.map(reasonObject),
    })),
    notices: notices.map(noticeObject),
  };
}

function askedObject({ operation, plane, scope, reach }: Asked) {
  return { operation, plane, scope: scope.text, reach };
}

/** What a decision rests on. */
export function reasonObject({
  kind,
  id,
  scope,
  role,
  pattern,
  via,
  condition,
  explanation,
}: Reason): object {
  return { kind, id, scope, role, pattern, via, condition, explanation };
}
