import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { didYouMean } from '../did-you-mean.js';
import { UserError } from '../errors.js';
import type { AnyActionSet } from './action-set.js';

/** The action sets of a folder, each read when it is asked for: a check needs one of 55. */
export class ActionSets {
  constructor(private readonly folder: string) {}

  /** Sorted. */
  ids(): string[] {
    return readdirSync(this.folder)
      .filter(file => file.endsWith('.json'))
      .map(file => basename(file, '.json'))
      .sort();
  }

  /** @throws UserError where there is none of that id. */
  get(id: string): AnyActionSet {
    const found = this.find(id);
    if (found !== undefined) return found;
    throw new UserError(`There is no action set "${id}".`, {
      hint: `${didYouMean(id, this.ids()) ?? ''} azrbac action-sets lists them.`.trim(),
    });
  }

  find(id: string): AnyActionSet | undefined {
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
