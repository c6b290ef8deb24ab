import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readSource } from '../../src/input/read-source.js';

const role = '{"Name": "Scorer", "Actions": ["Microsoft.Storage/storageAccounts/read"]}';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'azrbac-read-'));
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe('a named file', () => {
  test.each([
    { name: 'role.json', text: role, tolerated: 0 },
    { name: 'role.jsonc', text: `// one\n${role}`, tolerated: 1 },
    { name: 'role.JSON', text: role, tolerated: 0 },
    { name: 'role.txt', text: role, tolerated: 0 },
    { name: 'role', text: ` ${role}`, tolerated: 0 },
    { name: 'role.json.tmpl', text: '{"Actions": ${actions}}', tolerated: 0 },
  ])('$name is read', async ({ name, text, tolerated }) => {
    const { document, notices } = await read(name, text);
    expect(document).toMatchObject({ file: name, text, syntaxProblems: [] });
    expect(document?.tolerated).toHaveLength(tolerated);
    expect(notices).toEqual([]);
  });

  test.each([{ name: 'role.bicepparam', title: 'Bicepparam' }])(
    '$name is not read yet',
    async ({ name, title }) => {
      expect(await read(name, role)).toEqual({
        document: undefined,
        problem: undefined,
        notices: [
          {
            code: 'not-supported-yet',
            message: `The file was not read: ${title} is not supported yet. Export the deployed role with: az role definition list --name NAME -o json`,
            file: name,
          },
        ],
      });
    },
  );

  test('of another format is not taken for broken JSON', async () => {
    expect(await read('README.md', '# Roles\n"Actions": []')).toMatchObject({
      document: undefined,
      notices: [{ code: 'unknown-format' }],
    });
  });

  test('that holds nothing of a role is read all the same', async () => {
    expect((await read('package.json', '{}')).document?.root?.kind).toBe('object');
  });

  test('that is gone by now is a problem', async () => {
    const file = { path: join(folder, 'gone.json'), shown: 'gone.json', isNamed: true };
    expect(await readSource(file, empty())).toEqual({
      document: undefined,
      notices: [],
      problem: { path: 'gone.json', message: 'Cannot read "gone.json": it does not exist.' },
    });
  });

  test('too large is a notice', async () => {
    const path = join(folder, 'large.json');
    writeFileSync(path, '');
    truncateSync(path, 256 * 1024 * 1024 + 1);
    expect((await readSource({ path, shown: 'large.json', isNamed: true }, empty())).notices).toEqual([
      {
        code: 'file-too-large',
        message: 'The file is larger than 256 MB and was not read.',
        file: 'large.json',
      },
    ]);
  });

  test('of UTF-16, as PowerShell 5 writes it', async () => {
    const { document } = await read('role.json', Buffer.from(`\ufeff${role}`, 'utf16le'));
    expect(document).toMatchObject({ text: role, syntaxProblems: [] });
  });
});

describe('a file that was found in a folder', () => {
  test('is passed over in silence if it has no trace of a role', async () => {
    expect(await read('tsconfig.json', '{"compilerOptions": {broken', false)).toEqual({
      document: undefined,
      notices: [],
      problem: undefined,
    });
  });

  test('is read if it has one', async () => {
    expect((await read('role.json', role, false)).document?.text).toBe(role);
    expect((await read('role.json', '{"\\u0041ctions": []}', false)).document).toBeDefined();
  });

  test('that cannot be opened is a notice', async () => {
    const file = { path: join(folder, 'broken-link.json'), shown: 'broken-link.json', isNamed: false };
    expect(await readSource(file, empty())).toMatchObject({
      notices: [{ code: 'file-unreadable' }],
      problem: undefined,
    });
  });

  test.skipIf(process.platform === 'win32')('that is a pipe is a notice', async () => {
    const path = join(folder, 'pipe.json');
    execFileSync('mkfifo', [path]);
    expect(await readSource({ path, shown: 'pipe.json', isNamed: false }, empty())).toMatchObject({
      notices: [{ code: 'not-a-regular-file' }],
    });
  });

  test('that became a folder is a notice', async () => {
    const path = join(folder, 'role.json');
    mkdirSync(path);
    expect(await readSource({ path, shown: 'role.json', isNamed: false }, empty())).toMatchObject({
      notices: [{ code: 'not-a-regular-file' }],
    });
  });
});

describe('standard input', () => {
  async function* chunks(...parts: (string | Uint8Array)[]): AsyncGenerator<string | Uint8Array> {
    yield* parts;
  }

  test('is read to its end, a character cut in two included', async () => {
    const bytes = Buffer.from('{"Name": "Prüfer"}');
    const cut = bytes.indexOf(0xc3) + 1;
    const source = await readSource(
      { path: '-', shown: '-', isNamed: true },
      chunks(bytes.subarray(0, cut), bytes.subarray(cut)),
    );
    expect(source.document).toMatchObject({ file: '-', text: '{"Name": "Prüfer"}', syntaxProblems: [] });
  });

  test('is of the format that its name says', async () => {
    const source = await readSource({ path: '-', shown: 'role.bicepparam', isNamed: true }, chunks(role));
    expect(source.notices).toMatchObject([{ code: 'not-supported-yet', file: 'role.bicepparam' }]);
  });

  test('that is empty is a text without a value', async () => {
    const source = await readSource({ path: '-', shown: '-', isNamed: true }, empty());
    expect(source.document?.syntaxProblems).toEqual([
      { start: 0, end: 0, message: 'The text holds no value.' },
    ]);
  });
});

async function* empty(): AsyncGenerator<Uint8Array> {}

function read(name: string, content: string | Uint8Array, isNamed = true) {
  const path = join(folder, name);
  writeFileSync(path, content);
  return readSource({ path, shown: name, isNamed }, empty());
}
