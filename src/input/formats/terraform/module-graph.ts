import { posix } from 'node:path';

interface ModuleFile {
  readonly path: string;
  readonly text: string;
  /** Whether its folder is looked at in any case. */
  readonly isNamed: boolean;
}

/** Which folders call which as modules, and in which of them something is looked for, by a scan of their texts. */
export class ModuleGraph {
  private readonly callers = new Map<string, Set<string>>();
  private readonly found = new Set<string>();

  constructor(files: readonly ModuleFile[], trace: RegExp) {
    const holding = new Set<string>();
    for (const { path, text, isNamed } of files) {
      const folder = posix.dirname(path);
      if (isNamed || trace.test(text)) holding.add(folder);
      for (const [, source] of text.matchAll(localSource)) this.addCall(folder, posix.join(folder, source!));
    }
    for (const folder of holding) this.addWithCallers(folder);
  }

  /** Folders that hold what is looked for or were named, and those that call one of these; sorted. */
  relevant(): readonly string[] {
    return [...this.found].sort();
  }

  /** Modules of them that none of the others calls. */
  roots(): readonly string[] {
    const isCalled = (folder: string): boolean =>
      [...(this.callers.get(folder) ?? [])].some(caller => caller !== folder && this.found.has(caller));
    return this.relevant().filter(folder => !isCalled(folder));
  }

  private addCall(caller: string, called: string): void {
    const folder = called.replace(/\/$/, '');
    const known = this.callers.get(folder);
    if (known === undefined) this.callers.set(folder, new Set([caller]));
    else known.add(caller);
  }

  private addWithCallers(folder: string): void {
    const waiting = [folder];
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (this.found.has(next)) continue;
      this.found.add(next);
      waiting.push(...(this.callers.get(next) ?? []));
    }
  }
}

/** In HCL and in JSON. */
const localSource = /\bsource"?[ \t]*[=:][ \t]*"(\.\.?(?:\/[^"\n]{0,500})?)"/g;
