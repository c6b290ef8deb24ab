import type {
  HclBody,
  HclExpression,
  HclStep,
  HclTemplatePart,
} from '../../../../src/input/formats/terraform/hcl-syntax.js';
import type { TextRange } from '../../../../src/input/text-range.js';

/** The nodes of a tree as HashiCorp's parser has them, one a string: kind, first and last UTF-8 byte, value. Sorted. */
export function nodesOf(text: string, body: HclBody): string[] {
  const nodes = new Nodes(text);
  nodes.body(body);
  return nodes.all.sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
}

class Nodes {
  readonly all: string[] = [];
  constructor(private readonly text: string) {}

  body({ attributes, blocks }: HclBody): void {
    for (const { name, value, ...range } of attributes) {
      this.add('attribute', range, JSON.stringify(name));
      this.expression(value);
    }
    for (const block of blocks) {
      this.add('block', block, JSON.stringify([block.type, ...block.labels.map(({ text }) => text)]));
      for (const label of block.labels) this.add('label', label);
      this.body(block.body);
    }
  }

  private add(kind: string, { start, end }: TextRange, value = ''): void {
    const bytes = (to: number): number => Buffer.byteLength(this.text.slice(0, to));
    this.all.push(`${kind} ${bytes(start)} ${bytes(end)} ${value}`);
  }

  private expression(node: HclExpression): void {
    switch (node.kind) {
      case 'literal':
        return this.add('literal', node, JSON.stringify(node.value));
      case 'template':
        return this.template(node, node.parts, emptyText(this.text, node));
      case 'interpolation':
        this.add('interpolation', node);
        return this.expression(node.value);
      case 'variable':
        return this.add('variable', node, JSON.stringify(node.name));
      case 'access':
        return this.access(node.source, node.steps, undefined);
      case 'call':
        this.add('call', node, `${JSON.stringify(node.name)} ${node.expandsLast}`);
        return node.args.forEach(each => this.expression(each));
      case 'unary':
        this.add('unary', node);
        return this.expression(node.operand);
      case 'binary':
        this.add('binary', node);
        return [node.left, node.right].forEach(each => this.expression(each));
      case 'conditional':
        this.add('conditional', node);
        return [node.condition, node.then, node.otherwise].forEach(each => this.expression(each));
      case 'tuple':
        this.add('tuple', node, String(node.items.length));
        return node.items.forEach(each => this.expression(each));
      case 'object':
        this.add('object', node, String(node.items.length));
        return node.items.forEach(({ key, value }) => [key, value].forEach(each => this.expression(each)));
      case 'for': {
        const { keyName = '', valueName, groups, collection, key, value, condition } = node;
        this.add('for', node, `${JSON.stringify([keyName, valueName])} ${groups}`);
        return [collection, key, value, condition].forEach(each => each && this.expression(each));
      }
      case 'parentheses':
        this.add('parentheses', node);
        return this.expression(node.value);
      case 'invalid':
        return this.add('invalid', node);
    }
  }

  private template(range: TextRange, parts: readonly HclTemplatePart[], empty: TextRange): void {
    this.add('template', range, String(Math.max(parts.length, 1)));
    if (parts.length === 0) this.add('literal', empty, '""');
    for (const part of parts) this.part(part);
  }

  private part(part: HclTemplatePart): void {
    if (part.kind === 'template-if') {
      this.add('conditional', part);
      this.expression(part.condition);
      this.directive(part.then);
      this.directive(part.otherwise);
    } else if (part.kind === 'template-for') {
      this.add('for', part, `${JSON.stringify([part.keyName ?? '', part.valueName])} false`);
      this.expression(part.collection);
      this.directive(part.parts);
    } else this.expression(part);
  }

  /** Where a directive holds nothing, the Go parser has an empty text; which place it gives that is left out. */
  private directive(parts: readonly HclTemplatePart[]): void {
    const [first, last] = [parts[0], parts.at(-1)];
    if (first !== undefined) this.template({ start: first.start, end: last!.end }, parts, first);
  }

  /** The Go parser has a node for each run of names and known indexes, each other index, and each splat. */
  private access(source: HclExpression, steps: readonly HclStep[], item: TextRange | undefined): void {
    const { start } = item ?? source;
    let root = item === undefined && source.kind === 'variable' ? source : undefined;
    if (item === undefined && root === undefined) this.expression(source);
    let isItem = item !== undefined;
    let run: HclStep[] = [];
    const endRun = (): void => {
      const end = run.at(-1)?.end;
      const names = run.map(nameOf).join('');
      if (root !== undefined)
        this.add('variable', { start, end: end ?? root.end }, JSON.stringify(root.name + names));
      else if (end !== undefined && !isItem) this.add('access', { start, end }, JSON.stringify(names));
      run = [];
      root = undefined;
      isItem = false;
    };
    for (let at = 0; at < steps.length; at++) {
      const step = steps[at]!;
      if (nameOf(step) !== undefined) run.push(step);
      else if (step.kind === 'index') {
        endRun();
        this.add('index', { start, end: step.end });
        this.expression(step.key);
      } else if (step.kind === 'splat' && step.reach === 'full') {
        endRun();
        const rest = steps.slice(at + 1);
        this.add('splat', { start, end: (rest.at(-1) ?? step).end });
        return this.access(source, rest, step);
      } else {
        endRun();
        while (['attribute', 'legacy-index'].includes(steps[at + 1]?.kind ?? '')) at++;
        this.add('splat', { start, end: steps[at]!.end });
      }
    }
    endRun();
  }
}

function nameOf(step: HclStep): string | undefined {
  if (step.kind === 'attribute') return `.${step.name}`;
  if (step.kind === 'legacy-index') return `[${step.index}]`;
  if (step.kind !== 'index') return undefined;
  const { key } = step;
  if (key.kind === 'literal') return `[${JSON.stringify(key.value)}]`;
  if (key.kind !== 'template' || key.parts.length > 1 || key.parts.some(part => part.kind !== 'literal'))
    return undefined;
  const [part] = key.parts;
  return `[${JSON.stringify(part?.kind === 'literal' ? part.value : '')}]`;
}

/** Behind the quotes of `""`; of an empty heredoc, where it ends. */
function emptyText(text: string, { start, end }: TextRange): TextRange {
  const at = text[start] === '"' ? start + 2 : end;
  return { start: at, end: at };
}
