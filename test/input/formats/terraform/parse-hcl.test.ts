import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { HclBody } from '../../../../src/input/formats/terraform/hcl-syntax.js';
import { parseHcl } from '../../../../src/input/formats/terraform/parse-hcl.js';
import { seededRandom } from '../../../seeded.js';
import { nodesOf } from './nodes-of.js';

interface Answer {
  readonly text: string;
  /** Null where HashiCorp's parser refuses the text. */
  readonly nodes: readonly string[] | null;
}

const answers = readFileSync(new URL('hashicorp/answers.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map(line => JSON.parse(line) as Answer);

test.each(answers)('$text is to us what it is to HashiCorp’s parser', ({ text, nodes }) => {
  const { body, problems } = parseHcl(text);
  expect(problems.length > 0).toBe(nodes === null);
  if (nodes !== null) expect(nodesOf(text, body)).toEqual(nodes);
});

test('functions of providers are known, which that parser’s version does not know', () => {
  const { body, problems } = parseHcl('id = provider::azurerm::normalise_resource_id(var.id)');
  expect(problems).toEqual([]);
  expect(body.attributes[0]?.value).toMatchObject({
    kind: 'call',
    name: 'provider::azurerm::normalise_resource_id',
  });
});

test('what Terraform refuses and everybody can read is read', () => {
  for (const text of ['a = <<EOT\nx\nEOT', 'b { a = 1\n}', 'b { c {} }', 'a = b.*.c.*.d']) {
    expect(parseHcl(text).problems).toEqual([]);
  }
});

test('places count UTF-16 code units', () => {
  const text = 'name = "😀é" # 😀\nscope = "x"';
  const { body, comments } = parseHcl(text);
  const [name, scope] = body.attributes;
  expect(text.slice(name!.value.start, name!.value.end)).toBe('"😀é"');
  expect(text.slice(scope!.start, scope!.end)).toBe('scope = "x"');
  expect(comments).toEqual([{ start: 13, end: 17, text: '# 😀' }]);
});

test('comments of all three kinds are kept, without their line ends', () => {
  const { comments } = parseHcl('# one\r\na = [ // two\n  1, /* three\n  */ 2,\n]\n#four');
  expect(comments.map(({ text }) => text)).toEqual(['# one', '// two', '/* three\n  */', '#four']);
});

const before = 'resource "azurerm_role_definition" "before" {\n  name = "Before"\n}\n';
const after = 'resource "azurerm_role_definition" "after" {\n  name = "After"\n}\n';
const role = (permissions: string): string =>
  `resource "azurerm_role_definition" "damaged" {\n  name = "Damaged"\n  permissions {\n${permissions}\n  }\n  scope = "/"\n}\n`;

test.each([
  [
    'a quote in a list',
    role('    actions = [\n      "*/read,\n      "*/write",\n    ]'),
    'name scope actions',
  ],
  [
    'a quote in a list on one line',
    role('    actions = ["*/read, "*/write"]\n    not_actions = []'),
    'name scope actions not_actions',
  ],
  [
    'a bracket',
    role('    actions = [\n      "*/read",\n    not_actions = ["*/write"]'),
    'name scope actions not_actions',
  ],
  ['a bracket at the end', role('    actions = [\n      "*/read"'), 'name scope actions'],
  [
    'a comma',
    role('    actions = [\n      "*/read"\n      "*/write"\n    ]\n    not_actions = []'),
    'name scope actions not_actions',
  ],
  ['a value', role('    actions =\n    not_actions = []'), 'name scope actions not_actions'],
  ['an equals sign', role('    actions ["*/read"]\n    not_actions = []'), 'name scope not_actions'],
  ['a brace that opens', role('    actions = []').replace('permissions {', 'permissions'), 'name actions'],
  ['a brace that closes', role('    actions = []').replace(/ {2}\}\n/, ''), 'name actions scope'],
  [
    'a brace of a template',
    role('    actions = ["${local.read", "*/write"]\n    not_actions = []'),
    'name scope actions not_actions',
  ],
  ['the end of a heredoc', role('    actions = [<<EOT\n      */read\n    ]'), 'name actions'],
  [
    'a parenthesis',
    role('    actions = concat(["*/read"], local.more\n    not_actions = []'),
    'name scope actions not_actions',
  ],
])('a missing %s costs no other block', (_, damaged, names) => {
  const { body, problems } = parseHcl(before + damaged + after);
  expect(problems.length).toBeGreaterThan(0);
  const outside = problems.filter(
    ({ start }) => start < before.length || start >= before.length + damaged.length,
  );
  expect(outside).toEqual([]);
  expect(body.blocks.map(({ labels }) => labels[1]?.text)).toEqual(['before', 'damaged', 'after']);
  expect(argumentsOf(body.blocks[1]!.body).sort().join(' ')).toBe(names.split(' ').sort().join(' '));
  expect(body.blocks[2]?.body.attributes.map(({ name }) => name)).toEqual(['name']);
});

function argumentsOf({ attributes, blocks }: HclBody): string[] {
  return [...attributes.map(({ name }) => name), ...blocks.flatMap(({ body }) => argumentsOf(body))];
}

test('an item that is damaged leaves the others in their list', () => {
  const text = role('    actions = [\n      "a/read",\n      "b/read,\n      "c/read",\n    ]');
  const { value } = parseHcl(text).body.blocks[0]!.body.blocks[0]!.body.attributes[0]!;
  const items = value.kind === 'tuple' ? value.items : [];
  expect(items.map(({ start, end }) => text.slice(start, end))).toEqual(['"a/read"', '"c/read"']);
});

test('an argument that is set twice is a problem, and both are kept', () => {
  const { body, problems } = parseHcl('a = 1\na = 2\n');
  expect(problems).toEqual([{ start: 6, end: 7, message: 'The argument "a" is set twice.' }]);
  expect(body.attributes).toHaveLength(2);
});

test.each([
  ['brackets', '['.repeat(100_000)],
  ['braces', 'a = ' + '{a='.repeat(100_000)],
  ['parentheses', 'a = ' + '('.repeat(100_000)],
  ['minus signs', 'a = ' + '-'.repeat(100_000) + '1'],
  ['exclamation marks', 'a = ' + '!'.repeat(100_000) + 'true'],
  ['blocks', 'a {\n'.repeat(20_000)],
  ['closed blocks', 'a {\n'.repeat(10_000) + '}\n'.repeat(10_000)],
  ['sequences', 'a = ' + '"${'.repeat(100_000)],
  ['heredocs', 'a = ' + '<<E\n${'.repeat(10_000)],
  ['operators', 'a = ' + '1+'.repeat(10_000) + '1'],
  ['conditionals', 'a = ' + 'a ? b : '.repeat(10_000) + 'c'],
  ['calls', 'a = ' + 'f('.repeat(100_000)],
  ['for', 'a = ' + '[for x in '.repeat(10_000)],
  ['indexes', 'a = b' + '[0]'.repeat(10_000)],
  ['splats', 'a = b' + '[*]'.repeat(10_000)],
  ['directives', 'a = "' + '%{ if x }'.repeat(10_000) + '"'],
  ['quotes', '"'.repeat(100_000)],
  ['lines of quotes', 'a = [\n' + '"\n'.repeat(10_000)],
  ['lines of equals signs', 'a =\n'.repeat(10_000)],
  ['comments', '/*'.repeat(100_000)],
  ['names', 'a '.repeat(10_000)],
  ['arguments of one name', 'a = 1\n'.repeat(10_000)],
])('thousands of %s are read or refused, and nothing is thrown', (_, text) => {
  expect(() => parseHcl(text)).not.toThrow();
});

test('damaged files are read without a throw, and places lie in them', () => {
  const random = seededRandom(16);
  const texts = answers.map(({ text }) => text).filter(text => text.length > 20);
  const signs = ['"', '{', '}', '[', ']', '${', '%{', '<<E\n', '\n', '(', '~}', '\\', '/*', '', '=', 'é'];
  for (let i = 0; i < 1_000; i++) {
    let text = texts[Math.floor(random() * texts.length)]!;
    for (let cuts = 1 + Math.floor(random() * 3); cuts > 0; cuts--) {
      const at = Math.floor(random() * text.length);
      text =
        text.slice(0, at) +
        signs[Math.floor(random() * signs.length)] +
        text.slice(at + Math.floor(random() * 3));
    }
    const { problems, comments } = parseHcl(text);
    for (const { start, end } of [...problems, ...comments]) {
      expect(start >= 0 && start <= end && end <= text.length, JSON.stringify(text)).toBe(true);
    }
  }
});
