import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CapabilityArea } from './capability-area.js';

/** The areas of a folder, one file each. Our own files: the tests check their form. */
export function readCapabilityAreas(folder: string): CapabilityArea[] {
  return readdirSync(folder)
    .filter(name => name.endsWith('.json'))
    .map(name => JSON.parse(readFileSync(join(folder, name), 'utf8')) as CapabilityArea);
}
