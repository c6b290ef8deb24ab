/**
 * What Azure's `guid` makes of texts: a UUID of version 5 of them, joined by hyphens, in a namespace of Azure's own.
 * https://learn.microsoft.com/azure/azure-resource-manager/bicep/bicep-functions-string#guid
 */
export function nameGuid(texts: readonly string[]): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  const digest = createHash('sha1').update(namespace).update(texts.join('-')).digest();
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  const digits = digest.toString('hex');
  return groups.map(([from, to]) => digits.slice(from, to)).join('-');
}

const namespace = Uint8Array.from([
  0x11, 0xfb, 0x06, 0xfb, 0x71, 0x2d, 0x4d, 0xdd, 0x98, 0xc7, 0xe7, 0x1b, 0xbd, 0x58, 0x88, 0x30,
]);

const groups = [
  [0, 8],
  [8, 12],
  [12, 16],
  [16, 20],
  [20, 32],
] as const;
