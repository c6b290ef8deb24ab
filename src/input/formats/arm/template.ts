import { memberOf, type JsonMember, type JsonNode, type JsonObject } from '../../json-node.js';
import { through, type LocatedValue } from '../../located-value.js';
import type { OriginStep } from '../../source-document.js';
import type { DeploymentScope } from './functions/call.js';
import type { Lambda } from './functions/lambdas.js';
import { loopsIn, type NodeEvaluator } from './node-evaluator.js';
import { Definition, frameOf, type TemplateScope } from './template-scope.js';
import { nullAt, unknownAt } from './values.js';

/** Values for the parameters of a template, by folded name. */
export type ParameterValues = ReadonlyMap<string, () => LocatedValue>;

/** What the expressions of a template may speak of. */
export function scopeOf(
  template: JsonObject,
  evaluator: NodeEvaluator,
  given: ParameterValues,
): TemplateScope {
  const variables = new Map<string, Definition>();
  const scope: TemplateScope = {
    deployment: deploymentScopeOf(template),
    parameters: parametersOf(template, evaluator, { given, scope: () => scope }),
    variables,
    functions: functionsOf(template, evaluator),
  };
  for (const [name, definition] of variablesOf(template, evaluator, scope)) variables.set(name, definition);
  return scope;
}

/** The scope by the schema that a template names. */
export function deploymentScopeOf(template: JsonObject): DeploymentScope {
  const schema = memberOf(template, '$schema');
  const name = /(subscription|managementGroup|tenant)DeploymentTemplate\.json/i.exec(
    String(schema?.kind === 'string' ? schema.value : '').slice(0, 1_000),
  );
  switch (name?.[1]?.toLowerCase()) {
    case 'subscription':
      return 'subscription';
    case 'managementgroup':
      return 'management-group';
    case 'tenant':
      return 'tenant';
    default:
      return 'resource-group';
  }
}

/** The value of a member by its name without regard to case, the last of equals. */
export function valueIn(object: JsonNode | undefined, name: string): JsonNode | undefined {
  return membersIn(object).findLast(({ key }) => key.toLowerCase() === name)?.value;
}

export function membersIn(object: JsonNode | undefined): readonly JsonMember[] {
  return object?.kind === 'object' ? object.members : [];
}

interface ParameterSource {
  readonly given: ParameterValues;
  /** Defaults may speak of other parameters. */
  readonly scope: () => TemplateScope;
}

function parametersOf(
  template: JsonObject,
  evaluator: NodeEvaluator,
  { given, scope }: ParameterSource,
): Map<string, Definition> {
  const parameters = new Map<string, Definition>();
  for (const { key, keyRange, value } of membersIn(valueIn(template, 'parameters'))) {
    const name = key.toLowerCase();
    const known = given.get(name);
    const evaluate = (): LocatedValue => {
      const at = evaluator.placeOf(keyRange);
      const step = { kind: 'default', name: `parameters('${key}')`, at } as const;
      // Modules hand on what nobody gave them as an empty value: `if(empty(parameters('x')), createArray(), …)`.
      if (known !== undefined) return withDefault(known(), step);
      const written = valueIn(value, 'defaultvalue');
      if (written !== undefined) return withDefault(evaluator.evaluate(written, frameOf(scope())), step);
      if (isTrue(valueIn(value, 'nullable'))) return withDefault(nullAt(at), step);
      return evaluator.evaluation.input(`parameters('${key}')`, at);
    };
    parameters.set(name, new Definition(evaluate));
  }
  return parameters;
}

/** An empty default is one that whoever deploys the template is to replace: that it is one is kept with the value. */
export function withDefault(value: LocatedValue, step: OriginStep): LocatedValue {
  return isEmpty(value) ? through(value, step) : value;
}

function isEmpty(value: LocatedValue): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  if (value.kind === 'object') return value.members.length === 0;
  return value.kind === 'null' || (value.kind === 'string' && value.value === '');
}

function isTrue(node: JsonNode | undefined): boolean {
  return node?.kind === 'boolean' && node.value === true;
}

function* variablesOf(
  template: JsonObject,
  evaluator: NodeEvaluator,
  scope: TemplateScope,
): Generator<readonly [string, Definition]> {
  for (const member of membersIn(valueIn(template, 'variables'))) {
    const loops = loopsIn(member);
    if (loops === undefined) {
      const { key, value } = member;
      yield [key.toLowerCase(), new Definition(() => evaluator.evaluate(value, frameOf(scope)))];
      continue;
    }
    for (const loop of loops) {
      const name = valueIn(loop, 'name');
      const key = String(name?.kind === 'string' ? name.value : '');
      yield [key.toLowerCase(), new Definition(() => evaluator.looped(loop, frameOf(scope)))];
    }
  }
}

/** Functions of users see their own parameters and nothing else but other functions. */
function functionsOf(template: JsonObject, evaluator: NodeEvaluator): Map<string, Lambda> {
  const functions = new Map<string, Lambda>();
  const declared = valueIn(template, 'functions');
  for (const namespace of declared?.kind === 'array' ? declared.items : []) {
    const of = valueIn(namespace, 'namespace');
    for (const { key, value } of membersIn(valueIn(namespace, 'members'))) {
      const name = `${of?.kind === 'string' ? of.value : ''}.${key}`.toLowerCase();
      functions.set(name, functionOf(value, { evaluator, functions, template }));
    }
  }
  return functions;
}

interface FunctionHome {
  readonly evaluator: NodeEvaluator;
  readonly functions: ReadonlyMap<string, Lambda>;
  readonly template: JsonObject;
}

function functionOf(declared: JsonNode, { evaluator, functions, template }: FunctionHome): Lambda {
  const parameters = valueIn(declared, 'parameters');
  const names = (parameters?.kind === 'array' ? parameters.items : []).map(parameter => {
    const name = valueIn(parameter, 'name');
    return String(name?.kind === 'string' ? name.value : '').toLowerCase();
  });
  const output = valueIn(valueIn(declared, 'output'), 'value');
  return (...args) => {
    const at = evaluator.placeOf(declared);
    if (output === undefined || args.length > names.length)
      return unknownAt(
        at,
        evaluator.evaluation.reason('error', 'A function', at, 'does not take what it is given'),
      );
    const given = names.map((name, i): [string, Definition] => [
      name,
      new Definition(() => args[i] ?? nullAt(at)),
    ]);
    return evaluator.evaluate(
      output,
      frameOf({
        deployment: deploymentScopeOf(template),
        parameters: new Map(given),
        variables: new Map(),
        functions,
      }),
    );
  };
}
