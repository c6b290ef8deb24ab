import { shortSha256 } from '../../sha256.js';
import type { PermissionSet } from './permission-set.js';

/** 16 hexadecimal digits: equal over one catalog exactly if both planes hold the same operations, hash luck aside. */
export function setFingerprint(set: PermissionSet): string {
  const planes = (['control', 'data'] as const).map(plane => [
    [...set[plane].known],
    [...set[plane].unlisted.keys()].sort(),
  ]);
  return shortSha256(JSON.stringify(planes));
}
