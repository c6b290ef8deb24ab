import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { didYouMean } from '../../did-you-mean.js';
import { UserError } from '../../errors.js';
import type { AnyActionSet } from './action-set.js';

/** The action sets of a folder, each read when it is asked for: a check needs one of 55. */
export class ActionSets {
  constructor(
    private readonly folder: string,
    private readonly own: ReadonlyMap<string, AnyActionSet> = new Map(),
  ) {}

  /** These and others, by id. */
  with(own: ReadonlyMap<string, AnyActionSet>): ActionSets {
    return new ActionSets(this.folder, new Map([...this.own, ...own]));
  }

  /** Sorted. */
  ids(): string[] {
    const files = readdirSync(this.folder).filter(file => file.endsWith('.json'));
    return [...files.map(file => basename(file, '.json')), ...this.own.keys()].sort();
  }

  /** @throws UserError where there is none of that id. */
  get(id: string): AnyActionSet {
    const found = this.find(id);
    if (found !== undefined) return found;
    throw new UserError(`There is no action set "${id}".`, {
      hint: `${didYouMean(id, this.ids()) ?? ''} azrbac action-sets lists them.`.trim(),
    });
  }

  /** The same object each time. */
  find(id: string): AnyActionSet | undefined {
    const known = this.own.get(id) ?? this.read.get(id);
    if (known !== undefined) return known;
    const set = this.readSet(id);
    if (set !== undefined) this.read.set(id, set);
    return set;
  }

  private readonly read = new Map<string, AnyActionSet>();

  private readSet(id: string): AnyActionSet | undefined {
    if (!/^[a-z0-9-]+$/.test(id)) return undefined;
    let text: string;
    try {
      text = readFileSync(join(this.folder, `${id}.json`), 'utf8');
    } catch {
      return undefined;
    }
    return JSON.parse(text) as AnyActionSet;
  }

  all(): AnyActionSet[] {
    return this.ids().map(id => this.get(id));
  }
}
