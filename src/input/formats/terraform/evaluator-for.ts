import { locatedMembers, type LocatedValue } from '../../located-value.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';
import type { Budget } from './budget.js';
import { errorAt, unknownAt } from './code-values.js';
import { Evaluator } from './evaluate.js';
import { fileFunctions, type FilePlace } from './functions/files.js';
import { functionsWith } from './functions/index.js';
import { HclFault } from './hcl-fault.js';
import { parseHclTemplate } from './parse-hcl.js';
import type { Names, Scope } from './scope.js';

/** An evaluator whose functions read files from there. */
export function evaluatorFor(place: FilePlace, budget: Budget): Evaluator {
  const render = (document: SourceDocument, names: LocatedValue, at: DocumentRange): LocatedValue =>
    renderTemplate(evaluator, document, { names, at });
  const evaluator: Evaluator = new Evaluator(budget, functionsWith(fileFunctions(place, render)));
  return evaluator;
}

function renderTemplate(
  evaluator: Evaluator,
  document: SourceDocument,
  { names, at }: { readonly names: LocatedValue; readonly at: DocumentRange },
): LocatedValue {
  const parsed = parseHclTemplate(document.text, { from: 0, to: document.text.length });
  if (parsed instanceof HclFault)
    return errorAt('templatefile()', 'is given a template that cannot be read', at);
  const values = names.kind === 'object' ? locatedMembers(names) : [];
  const scope: Scope = {
    document,
    names: unknownNames(names),
    locals: { values: new Map(values.map(({ key, value }) => [key, value])), outer: undefined },
  };
  const value = evaluator.evaluate(parsed, scope);
  // What a person edits is the call where the text was put together.
  return value.kind === 'string' || value.kind === 'unknown' ? { ...value, at } : value;
}

/** A template knows the names that it is given, and no others. */
function unknownNames(names: LocatedValue): Names {
  return {
    find(root, path, at) {
      const reason =
        names.kind === 'unknown' ? names.reason : names.kind === 'object' ? names.more : undefined;
      const value =
        reason === undefined ? errorAt(root, 'is not given to the template', at) : unknownAt(reason, at);
      return { value, taken: path.length };
    },
  };
}
