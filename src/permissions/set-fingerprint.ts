import { createHash } from 'node:crypto';
import type { PermissionSet } from './permission-set.js';

/** 16 hexadecimal digits: equal over one catalog exactly if both planes hold the same operations, hash luck aside. */
export function setFingerprint(set: PermissionSet): string {
  const hash = createHash('sha256');
  for (const plane of ['control', 'data'] as const) {
    hash.update(`${plane}\n`);
    hash.update(Uint32Array.from(set[plane].known));
    hash.update([...set[plane].unlisted.keys()].sort().join('\n'));
  }
  return hash.digest('hex').slice(0, 16);
}
