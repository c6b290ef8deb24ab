import { nearestWord } from '../../did-you-mean.js';
import { askedLeaves } from './asked-leaves.js';
import type { ProblemList } from './condition-problem.js';
import type { Attribute, ConditionExpression, Leaf } from './expression.js';
import { unnamedAction } from './guarded-actions.js';
import {
  assignmentSources,
  isOfKnownProvider,
  isSameAttribute,
  knownAttribute,
  knownPaths,
} from './known-attributes.js';
import { attributesOf, leavesOf } from './leaves.js';
import { printValue } from './print-condition.js';
import { brief } from './quoted.js';

/** Whether the attributes are ones that there are, where they are looked for. */
export function checkAttributes(expression: ConditionExpression, problems: ProblemList): void {
  for (const leaf of leavesOf(expression)) {
    for (const attribute of attributesOf(leaf)) checkAttribute(attribute, problems);
  }
  checkAssignmentSources(expression, problems);
}

function checkAttribute(attribute: Attribute, problems: ProblemList): void {
  const { source, sourceText, path } = attribute;
  if (source === undefined)
    return problems.add('source-unknown', attribute, () => {
      const nearest = nearestWord(sourceText, ['Request', 'Resource', 'Principal', 'Environment']);
      const hint = nearest === undefined ? '' : ` Did you mean "@${nearest}"?`;
      return `There is no attribute source ${brief(`@${sourceText}`)}.${hint}`;
    });
  if (source === 'Context')
    return problems.add(
      'source-undocumented',
      attribute,
      () => 'No page documents the attribute source "@Context".',
    );
  const known = knownAttribute(path);
  if (known === undefined) {
    if (!isOfKnownProvider(path) || source === 'Principal') return;
    return problems.add('attribute-unknown', attribute, () => {
      const nearest = nearestWord(path, knownPaths());
      return `No page lists the attribute ${brief(path)}.${nearest === undefined ? '' : ` Did you mean "${nearest}"?`}`;
    });
  }
  if (!known.sources.includes(source)) {
    const right = known.sources.map(name => `"@${name}"`).join(' and ');
    problems.add(
      'source-wrong',
      attribute,
      () => `${brief(path)} is an attribute of ${right}, not of "@${source}".`,
    );
  }
}

/**
 * Attributes of a role assignment come from the request when it is added and from the resource when it is removed. Where
 * the guard of one of these actions asks for the other's attribute, nobody can do it. What stands outside of all guards
 * is left alone, as the role may grant only one of the two.
 */
function checkAssignmentSources(expression: ConditionExpression, problems: ProblemList): void {
  const unguarded = askedLeaves(expression, unnamedAction);
  const reported = new Set<Attribute>();
  for (const [action, right] of assignmentSources) {
    const attributes = ofAssignments(askedLeaves(expression, action), unguarded);
    for (const attribute of attributes) {
      const isRight = (other: Attribute): boolean =>
        other.source === right &&
        isSameAttribute({ source: right, path: other.path }, { source: right, path: attribute.path });
      if (attribute.source === right || reported.has(attribute) || attributes.some(isRight)) continue;
      reported.add(attribute);
      problems.add('source-wrong', attribute, () => {
        const doing = right === 'Request' ? 'adding' : 'removing';
        return `In a guard of ${doing} role assignments, ${brief(printValue(attribute))} must be "@${right}[…]".`;
      });
    }
  }
}

function ofAssignments(leaves: ReadonlySet<Leaf>, unguarded: ReadonlySet<Leaf>): readonly Attribute[] {
  return [...leaves]
    .filter(leaf => !unguarded.has(leaf))
    .flatMap(attributesOf)
    .filter(
      ({ source, path }) =>
        (source === 'Request' || source === 'Resource') &&
        path.toLowerCase().startsWith('microsoft.authorization/roleassignments:'),
    );
}
