import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { shortSha256 } from '../src/sha256.js';
import { seededRandom } from './seeded.js';

describe('shortSha256', () => {
  it('gives the digits that FIPS 180-4 shows', () => {
    expect(shortSha256('abc')).toBe('ba7816bf8f01cfea');
    expect(shortSha256('')).toBe('e3b0c44298fc1c14');
  });

  it('is what node:crypto gives for every length around the ends of blocks', () => {
    for (let length = 0; length < 260; length++) {
      expect(shortSha256('a'.repeat(length))).toBe(reference('a'.repeat(length)));
    }
  });

  it('is what node:crypto gives for any text, lone surrogates and long ones too', () => {
    const random = seededRandom(1);
    for (let i = 0; i < 2000; i++) {
      const length = Math.floor(i % 100 === 0 ? 20_000 * random() : 300 * random());
      const units = Array.from({ length }, () => Math.floor(random() * (random() < 0.5 ? 128 : 65_536)));
      const text = units.map(unit => String.fromCharCode(unit)).join('');
      expect(shortSha256(text)).toBe(reference(text));
    }
  });
});

function reference(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex').slice(0, 16);
}
