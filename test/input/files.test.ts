import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findFiles, type FindOptions } from '../../src/input/files.js';

let cwd: string;

beforeEach(() => {
  cwd = realpathSync(mkdtempSync(join(tmpdir(), 'azrbac-files-')));
});

afterEach(() => {
  rmSync(cwd, { recursive: true, force: true });
});

describe('folders', () => {
  test('are walked for the files of known formats', () => {
    write(
      'roles/scorer.json',
      'roles/deep/er/reader.jsonc',
      'roles/a.json.tmpl',
      'roles/b.tpl',
      'roles/README.md',
      'roles/c.yaml',
      '.azure/d.json',
    );
    expect(shown(['.'])).toEqual([
      '.azure/d.json',
      'roles/a.json.tmpl',
      'roles/c.yaml',
      'roles/deep/er/reader.jsonc',
      'roles/scorer.json',
    ]);
    expect(shown(['roles/deep'])).toEqual(['roles/deep/er/reader.jsonc']);
  });

  test('are walked without .git and node_modules', () => {
    write('.git/a.json', 'node_modules/b.json', 'x/node_modules/c.json', 'x/d.json');
    expect(shown(['.'])).toEqual(['x/d.json']);
  });

  test('inside of one another give each file once', () => {
    write('roles/scorer.json', 'roles/deep/reader.json');
    const { files } = find(['roles/deep/reader.json', '.', 'roles', './roles/scorer.json']);
    expect(files.map(file => [file.shown, file.isNamed])).toEqual([
      ['roles/deep/reader.json', true],
      ['roles/scorer.json', true],
    ]);
  });

  test('beside the working directory are shown relative to it', () => {
    write('roles/scorer.json', 'here/x.json');
    const { files } = findFiles(['../roles'], { cwd: join(cwd, 'here') });
    expect(files.map(file => file.shown)).toEqual(['../roles/scorer.json']);
  });
});

describe('what Git ignores', () => {
  test.each([
    {
      name: 'a name',
      ignore: 'build',
      ignored: ['build/a.json', 'x/build/b.json'],
      kept: ['builds/c.json', 'x/d.json'],
    },
    {
      name: 'a folder',
      ignore: 'out/',
      ignored: ['out/a.json', 'x/out/b.json'],
      kept: ['out.json', 'x/y/out.json'],
    },
    {
      name: 'an extension',
      ignore: '*.tmp.json',
      ignored: ['a.tmp.json', 'x/b.tmp.json'],
      kept: ['tmp.json'],
    },
    {
      name: 'a path',
      ignore: '/x/a.json\ny/b.json',
      ignored: ['x/a.json', 'y/b.json'],
      kept: ['a.json', 'z/x/a.json', 'z/y/b.json'],
    },
    {
      name: 'an exception',
      ignore: '*.json\n!keep.json',
      ignored: ['a.json'],
      kept: ['keep.json', 'x/keep.json'],
    },
    {
      name: 'no exception in an ignored folder',
      ignore: 'x/\n!x/keep.json',
      ignored: ['x/keep.json'],
      kept: ['y.json'],
    },
    {
      name: 'an exception where only the content is ignored',
      ignore: 'x/*\n!x/keep.json',
      ignored: ['x/a.json'],
      kept: ['x/keep.json'],
    },
    {
      name: 'stars',
      ignore: '**/a/*/c.json\nd/**\n**/e',
      ignored: ['a/b/c.json', 'x/a/b/c.json', 'd/f/g.json', 'y/e/h.json'],
      kept: ['a/c.json', 'x/d/k.json'],
    },
    { name: 'a set', ignore: 'role-[0-9].json', ignored: ['role-1.json'], kept: ['role-a.json'] },
    {
      name: 'comments, blanks, escapes',
      ignore: '# a.json\n\n\\#b.json\n\\!c.json\nd.json  \ne.json\\ ',
      ignored: ['#b.json', '!c.json', 'd.json'],
      kept: ['a.json', 'e.json'],
    },
    { name: 'no braces', ignore: '{a,b}.json', ignored: ['{a,b}.json'], kept: ['a.json', 'b.json'] },
    {
      name: 'Windows line ends',
      ignore: 'a.json\r\nb.json\r\n',
      ignored: ['a.json', 'b.json'],
      kept: ['c.json'],
    },
  ])('$name', ({ ignore, ignored, kept }) => {
    mkdirSync(join(cwd, '.git'));
    write(...ignored, ...kept);
    writeFileSync(join(cwd, '.gitignore'), ignore);
    expect(shown(['.'])).toEqual([...kept].sort());
  });

  test('is told by each folder for itself, by the repository and by .git/info/exclude', () => {
    write('x/a.json', 'x/b.json', 'x/c.json', 'x/y/a.json', 'x/y/d.json', '.git/info/exclude', 'b.json');
    writeFileSync(join(cwd, '.git/info/exclude'), 'c.json');
    writeFileSync(join(cwd, '.gitignore'), '/x/b.json\nd.json');
    writeFileSync(join(cwd, 'x/.gitignore'), 'a.json\n!d.json');
    expect(shown(['.'])).toEqual(['b.json', 'x/y/d.json']);
    expect(shown(['x/y'])).toEqual(['x/y/d.json']);
  });

  test('is known in a worktree, whose .git is a file', () => {
    write('tree/a.json', 'tree/b.json', 'main/.git/worktrees/tree/commondir', 'main/.git/info/exclude');
    writeFileSync(join(cwd, 'tree/.git'), 'gitdir: ../main/.git/worktrees/tree\n');
    writeFileSync(join(cwd, 'main/.git/worktrees/tree/commondir'), '../..\n');
    writeFileSync(join(cwd, 'main/.git/info/exclude'), 'a.json');
    expect(shown(['tree'])).toEqual(['tree/b.json']);
  });

  test('is read all the same where it is named', () => {
    write('build/a.json');
    writeFileSync(join(cwd, '.gitignore'), 'build');
    expect(shown(['.'])).toEqual([]);
    expect(shown(['build/a.json'])).toEqual(['build/a.json']);
    expect(shown(['build'])).toEqual(['build/a.json']);
  });
});

describe('links', () => {
  test('that go in circles end', () => {
    write('roles/scorer.json');
    symlinkSync('..', join(cwd, 'roles/up'));
    symlinkSync('loop', join(cwd, 'roles/loop'));
    symlinkSync('nowhere', join(cwd, 'roles/broken'));
    expect(find(['.'])).toMatchObject({ files: [{ shown: 'roles/scorer.json' }], problems: [], notices: [] });
  });

  test('to a file are read once', () => {
    write('a.json', 'roles/b.json');
    symlinkSync('../a.json', join(cwd, 'roles/link.json'));
    expect(shown(['.'])).toEqual(['a.json', 'roles/b.json']);
    expect(shown(['roles'])).toEqual(['roles/b.json', 'roles/link.json']);
  });

  test('to folders outside are not followed, and that is said', () => {
    write('other/a.json', 'roles/b.json');
    symlinkSync('../other', join(cwd, 'roles/out'));
    expect(find(['roles'])).toMatchObject({
      files: [{ shown: 'roles/b.json' }],
      notices: [
        {
          code: 'link-not-followed',
          message: 'A link to a folder outside of the one named was not followed.',
          file: 'roles/out',
        },
      ],
    });
  });

  test('that are named are followed', () => {
    write('other/a.json');
    symlinkSync('other', join(cwd, 'link'));
    expect(shown(['link'])).toEqual(['link/a.json']);
  });
});

describe('globs', () => {
  beforeEach(() =>
    write(
      'a.json',
      'roles/b.json',
      'roles/c.jsonc',
      'roles/deep/d.json',
      'roles/e.txt',
      'node_modules/f.json',
    ),
  );

  test.each([
    { glob: '*.json', files: ['a.json'] },
    { glob: './roles/*.json', files: ['roles/b.json'] },
    { glob: 'roles/*', files: ['roles/b.json', 'roles/c.jsonc', 'roles/e.txt'] },
    { glob: '**/*.json', files: ['a.json', 'roles/b.json', 'roles/deep/d.json'] },
    { glob: '**/*.{json,jsonc}', files: ['a.json', 'roles/b.json', 'roles/c.jsonc', 'roles/deep/d.json'] },
    { glob: 'r*s/deep/?.json', files: ['roles/deep/d.json'] },
  ])('$glob', ({ glob, files }) => {
    expect(shown([glob])).toEqual(files);
  });

  test('that match nothing are a problem', () => {
    expect(find(['nothing/*.json', '*.xml']).problems.map(problem => problem.message)).toEqual([
      'Cannot read "nothing/*.json": no file matches it.',
      'Cannot read "*.xml": no file matches it.',
    ]);
  });

  test('give way to a file of that very name', () => {
    write('[x].json');
    expect(shown(['[x].json'])).toEqual(['[x].json']);
  });

  test('include and exclude choose in folders, not among what is named', () => {
    expect(shown(['.'], { include: ['roles/**'] })).toEqual([
      'roles/b.json',
      'roles/c.jsonc',
      'roles/deep/d.json',
      'roles/e.txt',
    ]);
    expect(shown(['.'], { exclude: ['roles/deep'] })).toEqual(['a.json', 'roles/b.json', 'roles/c.jsonc']);
    expect(shown(['.'], { exclude: ['*.json'] })).toEqual(['roles/c.jsonc']);
    expect(shown(['.'], { exclude: ['roles/**'] })).toEqual(['a.json']);
    expect(shown(['roles/b.json'], { exclude: ['roles'] })).toEqual(['roles/b.json']);
    expect(shown(['.'], { exclude: ['deep/**'], globFolder: join(cwd, 'roles') })).toEqual([
      'a.json',
      'roles/b.json',
      'roles/c.jsonc',
    ]);
  });
});

describe('what cannot be read', () => {
  test.each([
    { path: 'nowhere.json', message: 'Cannot read "nowhere.json": it does not exist.' },
    { path: 'a.json/b.json', message: 'Cannot read "a.json/b.json": it does not exist.' },
    {
      path: `${'x'.repeat(300)}.json`,
      message: `Cannot read "${'x'.repeat(300)}.json": its name is too long.`,
    },
    { path: '\0', message: 'Cannot read "\0": its name holds a NUL.' },
    { path: '', message: 'Cannot read "": it does not exist.' },
  ])('$path', ({ path, message }) => {
    write('a.json');
    const { files, problems } = find([path, 'a.json']);
    expect(problems).toEqual([{ path, message }]);
    expect(files.map(file => file.shown)).toEqual(['a.json']);
  });

  test('a link to itself', () => {
    symlinkSync('loop.json', join(cwd, 'loop.json'));
    expect(find(['loop.json']).problems[0]?.message).toBe(
      'Cannot read "loop.json": its links go in a circle.',
    );
  });

  test.skipIf(process.platform === 'win32')('a pipe of the file system, which might never end', () => {
    execFileSync('mkfifo', [join(cwd, 'pipe.json')]);
    expect(find(['pipe.json']).problems[0]?.message).toBe(
      'Cannot read "pipe.json": it is not a regular file.',
    );
  });

  test.skipIf(process.getuid?.() === 0)('a folder without permission', () => {
    write('closed/a.json', 'b.json');
    chmodSync(join(cwd, 'closed'), 0);
    const found = find(['.']);
    chmodSync(join(cwd, 'closed'), 0o700);
    expect(found).toMatchObject({
      files: [{ shown: 'b.json' }],
      notices: [{ code: 'folder-unreadable', file: 'closed' }],
    });
  });
});

describe('formats to come', () => {
  test('are one notice per format where they hold a role', () => {
    writeFileSync(
      join(cwd, 'role.bicepparam'),
      "using './role.bicep'\nparam role = { assignableScopes: [] }\n",
    );
    expect(find(['.'])).toMatchObject({
      files: [],
      notices: [
        {
          code: 'not-supported-yet',
          file: 'role.bicepparam',
          message: expect.stringMatching(/^A Bicepparam file with role definitions was not read: /),
        },
      ],
    });
  });

  test('are files like others where they are named', () => {
    write('a.bicepparam');
    expect(find(['a.bicepparam'])).toMatchObject({
      files: [{ shown: 'a.bicepparam', isNamed: true }],
      notices: [],
    });
  });
});

test('standard input is named once', () => {
  expect(find(['-', '-']).files).toEqual([{ path: '-', shown: '-', isNamed: true }]);
  expect(find(['-'], { stdinFilename: 'role.jsonc' }).files).toEqual([
    { path: '-', shown: 'role.jsonc', isNamed: true },
  ]);
});

test('names that JavaScript knows are names like others', () => {
  write('__proto__/constructor.json', '__proto__.json', 'toString/valueOf.json');
  expect(shown(['.'])).toEqual(['__proto__.json', '__proto__/constructor.json', 'toString/valueOf.json']);
});

function write(...paths: string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(join(cwd, path)), { recursive: true });
    writeFileSync(join(cwd, path), '{}');
  }
}

function find(paths: readonly string[], options: Omit<FindOptions, 'cwd'> = {}) {
  return findFiles(paths, { cwd, ...options });
}

function shown(paths: readonly string[], options: Omit<FindOptions, 'cwd'> = {}): string[] {
  return find(paths, options).files.map(file => file.shown);
}
