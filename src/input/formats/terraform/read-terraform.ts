import type { Notice } from '../../../errors.js';
import type { CodeContext, CodeFiles, CodeResource } from '../../code-resource.js';
import { CodeRoot } from '../../code-root.js';
import type { UnknownReason } from '../../located-value.js';
import { positionAt } from '../../position.js';
import type { SourceDocument } from '../../source-document.js';
import { loadYaml } from '../../yaml.js';
import { Budget } from './budget.js';
import { evaluatorFor } from './evaluator-for.js';
import type { YamlLoading } from './functions/files.js';
import { ModuleGraph } from './module-graph.js';
import { ModuleInstance, type Configuration } from './module-instance.js';
import { ModuleSources, type ModuleSource } from './module-source.js';
import { propertiesOf } from './resource-properties.js';
import { withNames } from './scope.js';

/** A file of Terraform that a run is about. */
export interface TerraformFile {
  /** Absolute, with `/`. */
  readonly path: string;
  /** As people see it. */
  readonly shown: string;
  readonly text: string;
  /** The user named it: what is in its folder is looked at, whatever the file itself holds. */
  readonly isNamed: boolean;
}

/** Types of resources that somebody asks for, by what stands in the text of each file that has one. */
export interface WantedResources {
  readonly types: ReadonlySet<string>;
  readonly trace: RegExp;
}

/**
 * Reads the resources of those types in files of Terraform: each module with the values that it is called with, by the modules
 * that call it in these files; one that none of them calls with its defaults. Files without a trace of such a resource are not parsed.
 */
export async function readTerraform(
  files: readonly TerraformFile[],
  wanted: WantedResources,
  cwd: string,
): Promise<CodeFiles> {
  const first = new Reading(files, { wanted, cwd, yaml: { read: undefined, isAskedFor: false } });
  const read = first.read();
  if (!first.options.yaml.isAskedFor) return read;
  return new Reading(files, { wanted, cwd, yaml: { read: await loadYaml(), isAskedFor: false } }).read();
}

interface ReadingOptions {
  readonly wanted: WantedResources;
  readonly cwd: string;
  readonly yaml: YamlLoading;
}

class Reading {
  private readonly graph: ModuleGraph;
  private readonly sources = new Map<string, ModuleSources>();
  private readonly documents = new Set<SourceDocument>();
  private readonly resources: CodeResource[] = [];
  private readonly unread = new Map<string, UnknownReason>();
  private readonly seen = new Set<string>();
  private readonly roots: RootModule[] = [];

  constructor(
    private readonly files: readonly TerraformFile[],
    readonly options: ReadingOptions,
  ) {
    this.graph = new ModuleGraph(files, options.wanted.trace);
  }

  read(): CodeFiles {
    for (const folder of this.graph.roots()) this.readRoot(folder);
    // What calls itself in a circle has no root.
    for (const folder of this.graph.relevant()) if (!this.seen.has(folder)) this.readRoot(folder);
    return {
      documents: [...this.documents],
      resources: this.resources,
      notices: unreadNotices([...this.unread.values()]),
      context: () => this.context(),
    };
  }

  private context(): CodeContext {
    const modules = this.roots.flatMap(withCalled).slice(0, maxModules);
    return {
      places: modules.flatMap(({ module, domain }) => [...module.places(domain)]),
      memberships: modules.flatMap(({ module, domain }) => [...module.memberships(domain)]),
      unread: modules.flatMap(({ module, domain }) => [...module.unread(domain)]),
    };
  }

  private readRoot(folder: string): void {
    const sources = this.sourcesAround(folder);
    const source = sources.module(folder);
    if (source === undefined) return;
    const configuration: Configuration = {
      sources,
      evaluator: evaluatorFor({ root: sources.root, folder, yaml: this.options.yaml }, new Budget()),
      folder,
      onUnread: reason => this.noteUnread(reason),
    };
    const module = new ModuleInstance(configuration, source);
    this.roots.push({ module, domain: sources.root.shown(folder) });
    this.readModule(module, configuration, undefined);
  }

  private readModule(
    module: ModuleInstance,
    configuration: Configuration,
    presence: UnknownReason | undefined,
  ): void {
    const { source } = module;
    this.seen.add(source.folder);
    const domain = configuration.sources.root.shown(configuration.folder);
    for (const document of source.documents) this.documents.add(document);
    for (const { name, block } of module.resources()) {
      const type = `${name.startsWith('data.') ? 'data.' : ''}${block.piece.labels[0]?.text ?? ''}`;
      if (!this.options.wanted.types.has(type)) continue;
      for (const instance of module.instancesOf(block)) {
        const scope = withNames(module.scopeIn(block.document), instance.names);
        const at = { document: block.document, start: block.piece.start, end: block.piece.end };
        this.resources.push({
          type,
          address: `${module.prefix}${name}${instance.suffix}`,
          domain,
          at,
          properties: propertiesOf(block.piece.body, at, { scope, evaluator: configuration.evaluator }),
          presence: instance.presence ?? presence,
        });
        if (this.resources.length > maxResources) return;
      }
    }
    for (const call of module.calls(each => this.mayHold(each))) {
      this.readModule(call.instance, configuration, call.presence ?? presence);
      if (this.resources.length > maxResources) return;
    }
  }

  /** Whether a resource that is wanted stands in the module, or in one that it calls. */
  private mayHold(source: ModuleSource): boolean {
    const { types } = this.options.wanted;
    return (
      [...source.resources.values()].some(({ piece }) => types.has(piece.labels[0]?.text ?? '')) ||
      source.calls.size > 0
    );
  }

  private sourcesAround(folder: string): ModuleSources {
    const known = this.sources.get(folder);
    if (known !== undefined) return known;
    const root = CodeRoot.around(folder, this.options.cwd);
    const shared = [...this.sources.values()].find(each => each.root.path === root.path);
    const made = shared ?? new ModuleSources(root, new Map(this.files.map(file => [file.path, file])));
    this.sources.set(folder, made);
    return made;
  }

  private noteUnread(reason: UnknownReason): void {
    const { document, start } = reason.at;
    this.unread.set(`${document.file} ${start}`, reason);
  }
}

interface RootModule {
  readonly module: ModuleInstance;
  /** What is deployed together. */
  readonly domain: string;
}

/** A root with all modules that it calls, whatever these hold. */
function withCalled({ module, domain }: RootModule): RootModule[] {
  const all = [module];
  for (const at of all) {
    for (const { instance } of at.calls(() => all.length < maxModules)) all.push(instance);
  }
  return all.map(each => ({ module: each, domain }));
}

/** As for resources, below. */
const maxModules = 5_000;

/** Modules in loops that call modules in loops make more than anybody deploys. */
const maxResources = 20_000;

/** Modules of registries and repositories share one notice: a configuration may be made of them. */
function unreadNotices(unread: readonly UnknownReason[]): Notice[] {
  const [remote, others] = [unread.filter(isRemote), unread.filter(reason => !isRemote(reason))];
  const [first, second] = remote;
  const notices = (second === undefined ? unread : others).map(noticeOf);
  if (first === undefined || second === undefined) return notices;
  const sources = [...new Set(remote.map(({ detail = '' }) => detail.split('"')[1]))];
  const listed = sources
    .slice(0, 3)
    .map(source => `"${source}"`)
    .join(', ');
  const more = sources.length > 3 ? `, and ${sources.length - 3} more` : '';
  const message = `${remote.length} modules come from elsewhere and were not read: ${listed}${more}. Whether they hold role definitions is not known.`;
  return [{ code: 'module-not-read', message, ...placeOf(first) }, ...notices];
}

function isRemote({ detail = '' }: UnknownReason): boolean {
  return detail.startsWith('comes from');
}

function noticeOf(reason: UnknownReason): Notice {
  const message = `${reason.name} ${reason.detail ?? 'was not read'}. Whether it holds role definitions is not known.`;
  return { code: 'module-not-read', message, ...placeOf(reason) };
}

function placeOf({ at }: UnknownReason): Pick<Notice, 'file' | 'line' | 'column'> {
  return { file: at.document.file, ...positionAt(at.document, at.start) };
}
