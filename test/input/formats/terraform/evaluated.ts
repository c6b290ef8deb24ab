import { Budget } from '../../../../src/input/formats/terraform/budget.js';
import { evaluatorFor } from '../../../../src/input/formats/terraform/evaluator-for.js';
import { ModuleInstance } from '../../../../src/input/formats/terraform/module-instance.js';
import { ModuleSources } from '../../../../src/input/formats/terraform/module-source.js';
import { CodeRoot } from '../../../../src/input/code-root.js';
import type { LocatedValue, UnknownReason } from '../../../../src/input/located-value.js';
import { loadYaml } from '../../../../src/input/yaml.js';
import { projectWith } from '../../../commands/project.js';

const yaml = { read: await loadYaml(), isAskedFor: false };

/** The value of `local.x` in a folder with these files, of which one is `main.tf`. */
export function evaluated(main: string, files: Readonly<Record<string, string>> = {}): LocatedValue {
  const folder = projectWith({ ...files, 'main.tf': main });
  const root = CodeRoot.around(folder, folder);
  const sources = new ModuleSources(root);
  const configuration = {
    sources,
    evaluator: evaluatorFor({ root, folder, yaml }, new Budget(200_000)),
    folder,
    onUnread: () => undefined,
  };
  const module = new ModuleInstance(configuration, sources.module(folder)!);
  const at = { document: module.source.documents[0]!, start: 0, end: 0 };
  return module.find('local', [{ name: 'x' }], at)!.value;
}

/** A value as plain data: `{ unknown: name }` for what is unknown, `...` at the end of a list that may go on. */
export function plain(value: LocatedValue): unknown {
  switch (value.kind) {
    case 'list':
      return [...value.items.map(plain), ...(value.more === undefined ? [] : [`... ${value.more.name}`])];
    case 'object': {
      const members = value.members.map(({ key, value: inner }) => [key, plain(inner)] as const);
      const more = value.more === undefined ? [] : [['...', value.more.name] as const];
      return Object.fromEntries([...members, ...more]);
    }
    case 'null':
      return null;
    case 'unknown':
      return value.parts === undefined ? unknown(value.reason) : value.parts.map(partText).join('');
    default:
      return value.value;
  }
}

function partText(part: string | UnknownReason): string {
  return typeof part === 'string' ? part : `<${part.name}>`;
}

function unknown({ kind, name, detail }: UnknownReason): object {
  return kind === 'error' || kind === 'not-read' ? { [kind]: `${name} ${detail}` } : { [kind]: name };
}
