// From a source file to its mutants: small changes that some test should notice.
import { parseAst } from 'vitest/node';

/**
 * The mutants of a file, in the order of its text: each a part of the text, by its place, and what stands there instead.
 * `asStatement` says that the part is a statement, which is left out.
 */
export function findMutants(text, file) {
  const mutants = [];
  const lines = lineStarts(text);
  const add = ({ start, end }, changed, what, asStatement = false) => {
    const line = lines.findLastIndex(at => at <= start) + 1;
    mutants.push({ file, line, start, end, text: changed, what, asStatement });
  };
  visit(parseAst(text, { lang: 'ts' }, file), { text, add, chain: undefined });
  return mutants;
}

/** The loops of a file, to count their rounds: by the place of their bodies. */
export function findLoops(text, file) {
  const loops = [];
  const look = node => {
    if (/^(While|DoWhile|For|ForOf|ForIn)Statement$/.test(node.type)) loops.push(node.body);
    for (const [, child] of children(node)) look(child);
  };
  look(parseAst(text, { lang: 'ts' }, file));
  return loops;
}

const typeParts = new Set(['typeAnnotation', 'returnType', 'typeParameters', 'typeArguments', 'implements']);
const typeless = new Set(['TSAsExpression', 'TSSatisfiesExpression', 'TSNonNullExpression']);

function* children(node) {
  for (const [key, value] of Object.entries(node)) {
    if (typeParts.has(key)) continue;
    for (const child of Array.isArray(value) ? value : [value]) {
      if (typeof child?.type !== 'string') continue;
      if (!child.type.startsWith('TS') || typeless.has(child.type)) yield [key, child];
    }
  }
}

function visit(node, context) {
  mutators[node.type]?.(node, inChain(context));
  for (const [key, child] of children(node)) {
    if (isData(node, key)) continue;
    visit(child, { ...context, chain: chainOf(node, key, context) });
  }
}

/** Option schemas and the names of imports and properties are data: nothing that runs. */
function isData(node, key) {
  if (node.type.startsWith('Import') || node.type.startsWith('Export')) return key !== 'declaration';
  return node.type === 'Property' && (key === 'key' || node.key.name === 'optionsSchema');
}

/** Within `a?.b.c` no part can be put into parentheses without changing what the question mark skips: all of it is replaced. */
function chainOf(node, key, { chain }) {
  if (node.type === 'ChainExpression') return node;
  return chain !== undefined && ['object', 'callee', 'expression'].includes(key) ? chain : undefined;
}

function inChain({ text, add, chain }) {
  return {
    text,
    replace: (node, changed, what) => {
      const whole = chain ?? node;
      const before = text.slice(whole.start, node.start);
      add(whole, `${before}${changed}${text.slice(node.end, whole.end)}`, what);
    },
    leaveOut: node => add(node, '', `left out: ${brief(text.slice(node.start, node.end))}`, true),
  };
}

const swaps = {
  '<': ['<=', '>='],
  '<=': ['<', '>'],
  '>': ['>=', '<='],
  '>=': ['>', '<'],
  '===': ['!=='],
  '!==': ['==='],
  '==': ['!='],
  '!=': ['=='],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '%': ['*'],
  '&': ['|'],
  '|': ['&'],
  '<<': ['>>>'],
  '>>>': ['<<'],
  '>>': ['<<'],
  '&&': ['||'],
  '||': ['&&'],
  '+=': ['-='],
  '-=': ['+='],
  '|=': ['&='],
  '&=': ['|='],
  '||=': ['&&='],
  '&&=': ['||='],
};

/** A method that is another, or, where there is none, is not called. */
const methods = {
  some: 'every',
  every: 'some',
  startsWith: 'endsWith',
  endsWith: 'startsWith',
  min: 'max',
  max: 'min',
  find: 'findLast',
  indexOf: 'lastIndexOf',
  filter: undefined,
  sort: undefined,
  reverse: undefined,
  slice: undefined,
  trim: undefined,
  toLowerCase: undefined,
};

const mutators = {
  BinaryExpression: swapOperator,
  AssignmentExpression: swapOperator,
  LogicalExpression(node, context) {
    const { text, replace } = context;
    swapOperator(node, context);
    replace(
      node,
      text.slice(node.left.start, node.left.end),
      `only: ${brief(text.slice(node.left.start, node.left.end))}`,
    );
    replace(
      node,
      text.slice(node.right.start, node.right.end),
      `only: ${brief(text.slice(node.right.start, node.right.end))}`,
    );
  },
  UnaryExpression(node, { text, replace }) {
    const operand = text.slice(node.argument.start, node.argument.end);
    if (node.operator === '!') replace(node, operand, `without !: ${brief(operand)}`);
    if (node.operator === '-') replace(node, operand, `without -: ${brief(operand)}`);
  },
  UpdateExpression(node, { text, replace }) {
    const [from, to] = node.operator === '++' ? ['++', '--'] : ['--', '++'];
    replace(node, text.slice(node.start, node.end).replace(from, to), `${from} to ${to}`);
  },
  Literal(node, { replace }) {
    if (typeof node.value === 'boolean')
      replace(node, String(!node.value), `${node.value} to ${!node.value}`);
  },
  IfStatement: ({ test }, context) => decide(test, context),
  ConditionalExpression: ({ test }, context) => decide(test, context),
  WhileStatement: ({ test }, { text, replace }) =>
    replace(test, 'false', `never: ${brief(text.slice(test.start, test.end))}`),
  ArrayExpression(node, { text, replace }) {
    if (node.elements.length > 0) replace(node, '[]', `empty: ${brief(text.slice(node.start, node.end))}`);
  },
  ChainExpression(node, { text, replace }) {
    const whole = text.slice(node.start, node.end);
    const at = whole.indexOf('?.');
    if (/^\?\.[[(]/.test(whole.slice(at))) return;
    replace(node, `${whole.slice(0, at)}.${whole.slice(at + 2)}`, `without ?: ${brief(whole)}`);
  },
  CallExpression(node, { text, replace }) {
    const { callee } = node;
    if (
      callee.type !== 'MemberExpression' ||
      callee.computed ||
      !Object.hasOwn(methods, callee.property.name)
    )
      return;
    const { name } = callee.property;
    const receiver = text.slice(node.start, callee.object.end);
    if (methods[name] === undefined) replace(node, receiver, `without .${name}()`);
    else {
      const changed =
        text.slice(node.start, callee.property.start) +
        methods[name] +
        text.slice(callee.property.end, node.end);
      replace(node, changed, `.${name}() to .${methods[name]}()`);
    }
  },
  ExpressionStatement(node, { leaveOut }) {
    if (node.expression.callee?.type !== 'Super') leaveOut(node);
  },
  ContinueStatement: (node, { leaveOut }) => leaveOut(node),
  BreakStatement: (node, { leaveOut }) => leaveOut(node),
  ThrowStatement: (node, { leaveOut }) => leaveOut(node),
};

function decide(test, { text, replace }) {
  const condition = brief(text.slice(test.start, test.end));
  replace(test, 'true', `always: ${condition}`);
  replace(test, 'false', `never: ${condition}`);
}

function swapOperator(node, { text, replace }) {
  if (node.operator === '+' && [node.left, node.right].some(isText)) return;
  const { left, right, operator } = node;
  const [before, after] = [text.slice(node.start, left.end), text.slice(right.start, node.end)];
  for (const other of swaps[operator] ?? []) {
    const between = text.slice(left.end, right.start).replace(operator, other);
    replace(node, before + between + after, `${operator} to ${other}: ${brief(before + between + after)}`);
  }
}

function isText({ type, value }) {
  return type === 'TemplateLiteral' || typeof value === 'string';
}

function lineStarts(text) {
  return [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
}

function brief(text) {
  const line = text.replace(/\s+/g, ' ');
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
