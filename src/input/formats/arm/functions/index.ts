import type { LocatedValue } from '../../../located-value.js';
import { identityOfAll } from '../../../value-identity.js';
import { deepestValue, depthOf, firstUnknown, plainOf, unknownAt, valueOfPlain } from '../values.js';
import { refused, unknownOf, type Call } from './call.js';
import { environmentFunctions } from './environment.js';
import { lambdaFunctions, type LambdaCall } from './lambdas.js';
import { plainFunctions } from './plain.js';
import { resourceIdFunctions } from './resource-ids.js';
import { structureFunctions } from './structure.js';

/** Calls a function by its name. What is not evaluated here is unknown, by that name. */
export function callFunction(call: LambdaCall): LocatedValue {
  const { evaluation, at } = call;
  if (!evaluation.spend(1 + sizeOf(call.args))) return outOfBudget(call);
  const result = resultOf(call);
  if (result === undefined) return refused(call);
  if (depthOf(result) > deepestValue) return outOfBudget(call);
  if (result.kind === 'string' && !evaluation.spend(result.value.length / 16)) return outOfBudget(call);
  if (result !== notEvaluated) return result;
  const kind = atDeployment.test(call.name) ? 'deployment' : 'function';
  const reason = evaluation.reason(kind, `${call.name}()`, at);
  // The same for the same, as far as anybody knows.
  const stable = /^(?:az\.)?(reference|getRoleAssignmentName)$/i.exec(call.name)?.[1];
  const asked = stable === undefined ? undefined : identityOfAll(call.args);
  return { ...unknownAt(at, reason), identity: asked && `${stable}${asked}` };
}

/** What the value of something is that a run has no more work to spend on. */
export function outOfBudget({ evaluation, at }: Pick<Call, 'evaluation' | 'at'>): LocatedValue {
  return unknownAt(at, evaluation.reason('budget', 'This file', at));
}

/** What Azure works out from resources, secrets or the clock. */
const atDeployment =
  /^(?:az\.|sys\.)?(?:references?|list\w*|utcnow|newguid|getsecret|pickzones|providers|fail)$/i;

/** What a function goes through at most: its arguments and what is in them. */
function sizeOf(args: readonly LocatedValue[]): number {
  let size = args.length;
  for (const arg of args) {
    if (arg.kind === 'list') size += arg.items.length;
    else if (arg.kind === 'object') size += arg.members.length;
    else if (arg.kind === 'string') size += arg.value.length / 16;
  }
  return size;
}

const notEvaluated = { kind: 'null' } as LocatedValue;

function resultOf(call: LambdaCall): LocatedValue | undefined {
  const name = call.name.toLowerCase().replace(/^(?:sys|az)\./, '');
  const structural =
    structureFunctions.get(name) ?? resourceIdFunctions.get(name) ?? environmentFunctions.get(name);
  if (structural !== undefined) return structural(call);
  const withLambdas = lambdaFunctions.get(name);
  if (withLambdas !== undefined) return withLambdas(call);
  const plain = plainFunctions.get(name);
  return plain === undefined ? notEvaluated : plainResult(call, plain);
}

/** Names are made of ids by functions that give the same for the same, whatever that is. */
function identityOfCall({ name, args }: Call): { readonly identity?: string } {
  const made = /^(?:az\.|sys\.)?(guid|uniqueString)$/i.exec(name)?.[1]?.toLowerCase();
  const of = made === undefined ? undefined : identityOfAll(args);
  return of === undefined ? {} : { identity: `${made}${of}` };
}

function plainResult(call: Call, plain: (...args: readonly unknown[]) => unknown): LocatedValue | undefined {
  for (const arg of call.args) {
    const cause = firstUnknown(arg);
    if (cause !== undefined) return { ...unknownOf(call, cause), ...identityOfCall(call) };
  }
  const result = plain(...call.args.map(plainOf));
  return result === undefined ? undefined : valueOfPlain(call.at, result);
}
