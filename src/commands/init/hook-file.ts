import { loadYaml, type YamlReader } from '../../input/yaml.js';
import { plainValue } from '../../lint/engine/plain-value.js';
import { type PlannedFile, fileTextIn } from './planned-file.js';

/** The configuration of pre-commit, with an entry for azrbac. */
export async function plannedHook(folder: string): Promise<PlannedFile> {
  const path = '.pre-commit-config.yaml';
  const before = fileTextIn(folder, path);
  if (before === undefined) {
    const text = `repos:\n${entryAt('  ')}`;
    return { path, action: 'create', text, content: text };
  }
  if (/\bazrbac\b/.test(before)) return { path, action: 'keep', text: '' };
  const extended = withEntry(before, await loadYaml());
  if (extended === undefined) return { path, action: 'by-hand', text: entryAt('  ') };
  return { path, action: 'extend', ...extended, before };
}

function entryAt(indent: string): string {
  const lines = [
    '- repo: https://github.com/azrbac/azrbac',
    '  rev: main # better: a tag or a commit',
    '  hooks:',
    '    - id: azrbac',
  ];
  return lines.map(line => `${indent}${line}\n`).join('');
}

/** Undefined where it is not certain that the file would say the same as before, and one entry more. */
function withEntry(before: string, read: YamlReader): { text: string; content: string } | undefined {
  const repos = reposOf(before, read);
  const [first] = repos?.items ?? [];
  const last = repos?.items.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const line = before.slice(before.lastIndexOf('\n', first.start) + 1);
  const text = entryAt(/^ */.exec(line)![0]);
  const newline = before.indexOf('\n', last.end - 1);
  const content =
    newline < 0 ? `${before}\n${text}` : `${before.slice(0, newline + 1)}${text}${before.slice(newline + 1)}`;
  const after = reposOf(content, read)?.value ?? [];
  const isKept = JSON.stringify(after.slice(0, -1)) === JSON.stringify(repos?.value);
  return isKept && after.length === repos!.items.length + 1 ? { text, content } : undefined;
}

function reposOf(text: string, read: YamlReader) {
  const { document, roots } = read(text, '.pre-commit-config.yaml');
  const [root] = roots;
  if (document.syntaxProblems.length > 0 || root?.kind !== 'object') return undefined;
  const repos = root.members.find(({ key }) => key === 'repos')?.value;
  if (repos?.kind !== 'array') return undefined;
  return { items: repos.items, value: plainValue(repos) as readonly unknown[] };
}
