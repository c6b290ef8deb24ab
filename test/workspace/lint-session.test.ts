import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { lint as lintOnce, loadCatalog } from '../../src/index.js';
import { emptyConfig } from '../../src/lint/engine/config.js';
import type { LintResult } from '../../src/lint/engine/finding.js';
import { lintRequest } from '../../src/workspace/lint-request.js';
import { LintSession } from '../../src/workspace/lint-session.js';
import { byPath, readFiles, selectFiles } from '../../src/workspace/lint-input.js';
import { shippedRules } from '../../src/workspace/load-rules.js';
import { openWorkspace } from '../../src/workspace/workspace.js';
import { misspelt, restarter } from '../commands/project.js';

const catalog = loadCatalog();
const rules = shippedRules();

function newSession(documents?: ConstructorParameters<typeof LintSession>[1]): LintSession {
  const parts = { config: emptyConfig, profile: undefined, overrides: [], asOf: '2026-10-01' } as const;
  return new LintSession(lintRequest({ ...parts, rules, catalog, builtInRoles: 'skip' }), documents);
}

function idsIn({ findings }: LintResult): string[] {
  return findings.map(({ rule, at }) => `${at.document.file} ${rule.id}`);
}

const typo = { file: 'roles/restarter.json', text: JSON.stringify(misspelt) };
const mended = { ...typo, text: typo.text.replace('restat', 'restart') };
const clean = {
  file: 'roles/clean.json',
  text: JSON.stringify({ ...restarter, Name: 'VM Restarter at night' }),
};

test('a document that is opened is found fault with, and no more once it is mended', () => {
  const session = newSession();
  session.open(clean);
  expect(session.lint().findings).toEqual([]);
  session.open(typo);
  expect(idsIn(session.lint())).toEqual(['roles/restarter.json action-unknown']);
  session.open(mended);
  expect(session.lint().findings).toEqual([]);
});

test('a change leaves the other documents as they were read', () => {
  const session = newSession();
  const { document } = session.open(clean);
  session.open(typo);
  session.lint();
  session.open(mended);
  expect(session.request.documents[0]).toBe(document);
  expect(session.request.documents.map(({ file }) => file)).toEqual([clean.file, typo.file]);
});

test('what was found is found again without a run until something changes', () => {
  const session = newSession();
  session.open(typo);
  const first = session.lint();
  expect(session.lint()).toBe(first);
  session.close('roles/unknown.json');
  expect(session.lint()).toBe(first);
  session.open(mended);
  expect(session.lint()).not.toBe(first);
});

test('a document that is closed is looked at no more', () => {
  const session = newSession();
  session.open(typo);
  session.open(clean);
  session.close(typo.file);
  expect(session.lint().findings).toEqual([]);
  expect(session.lint().files).toBe(1);
});

test('rules that look at several documents see all that are open', () => {
  const session = newSession();
  session.open(clean);
  session.open({ ...clean, file: 'roles/again.json' });
  expect(idsIn(session.lint())).toContain('roles/again.json role-name-duplicate');
  session.close(clean.file);
  expect(session.lint().findings).toEqual([]);
});

test('a document of a format that is not read is a notice', () => {
  const session = newSession();
  session.open({ file: 'roles.yaml', text: 'assignableScopes: []' });
  session.open({ file: 'main.bicepparam', text: 'param scopes = []' });
  expect(session.lint().notices.map(({ code, file }) => `${code} ${file}`)).toEqual([
    'not-read-alone roles.yaml',
    'not-supported-yet main.bicepparam',
  ]);
});

test('after any changes a session says what a run over the same texts does', () => {
  const texts = [typo, mended, clean].map(({ text }) => text);
  const files = ['a.json', 'b.json', 'c.json'];
  const session = newSession();
  const open = new Map<string, string>();
  let seed = 7;
  const draw = (below: number): number => (seed = (seed * 48_271) % 2_147_483_647) % below;
  for (let step = 0; step < 40; step++) {
    const file = files[draw(files.length)]!;
    if (draw(4) === 0) {
      session.close(file);
      open.delete(file);
    } else {
      const text = texts[draw(texts.length)]!;
      session.open({ file, text });
      open.set(file, text);
    }
    const sources = Array.from(open, ([name, text]) => ({ file: name, text }));
    const { findings, notices } = lintOnce(sources, { catalog, asOf: '2026-10-01' });
    const found = session.lint();
    expect(found.findings.map(({ fingerprint }) => fingerprint)).toEqual(
      findings.map(({ fingerprint }) => fingerprint),
    );
    expect(found.notices).toEqual(notices);
  }
});

const folder = mkdtempSync(join(tmpdir(), 'azrbac-session-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('files of a folder are read once: what is found stays when they are gone', async () => {
  const path = join(folder, 'restarter.json');
  writeFileSync(path, typo.text);
  const surroundings = { cwd: folder, stdin: nothing() };
  const workspace = await openWorkspace({ config: undefined, 'no-config': true }, surroundings);
  const input = await readFiles(selectFiles([], { 'stdin-filename': undefined }, workspace), workspace);
  rmSync(path);
  const session = newSession(byPath(input));
  expect(idsIn(session.lint())).toEqual(['restarter.json action-unknown']);
  session.open({ file: 'restarter.json', text: mended.text }, path);
  expect(session.lint().findings).toEqual([]);
});

test('a workspace loads its catalog once', async () => {
  const options = { config: undefined, 'no-config': true };
  const workspace = await openWorkspace(options, { cwd: folder, stdin: nothing() });
  expect(workspace.catalog).toBe(workspace.catalog);
});

async function* nothing(): AsyncGenerator<string> {}
