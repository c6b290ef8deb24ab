import { describe, expect, test } from 'vitest';
import { decode } from '../../src/input/decode.js';

const text = '{"Name": "Prüfer \u{1f600}"}';

describe('encodings', () => {
  test.each([
    { name: 'UTF-8', bytes: Buffer.from(text) },
    { name: 'UTF-8 with its mark', bytes: Buffer.from(`\ufeff${text}`) },
    { name: 'UTF-16 little-endian with its mark', bytes: Buffer.from(`\ufeff${text}`, 'utf16le') },
    { name: 'UTF-16 little-endian', bytes: Buffer.from(text, 'utf16le') },
    { name: 'UTF-16 big-endian with its mark', bytes: Buffer.from(`\ufeff${text}`, 'utf16le').swap16() },
    { name: 'UTF-16 big-endian', bytes: Buffer.from(text, 'utf16le').swap16() },
  ])('$name', ({ bytes }) => {
    expect(decode(bytes, 'role.json')).toEqual({ text, notices: [] });
  });

  test('an empty file is empty text', () => {
    expect(decode(new Uint8Array(), 'role.json')).toEqual({ text: '', notices: [] });
  });

  test('a NUL in a text stays', () => {
    expect(decode(Buffer.from('{"Name": "a\0b"}'), 'role.json').text).toBe('{"Name": "a\0b"}');
  });
});

describe('what is not clean text', () => {
  test('bytes that are no UTF-8 are replaced, and that is said', () => {
    const { text: read, notices } = decode(Buffer.from([0x22, 0xe9, 0x22]), 'role.json');
    expect(read).toBe('"\u{fffd}"');
    expect(notices).toEqual([
      {
        code: 'encoding-damaged',
        message: 'The file is not clean UTF-8; what could not be decoded was read as "\u{fffd}".',
        file: 'role.json',
      },
    ]);
  });

  test('half a pair at the end of UTF-16', () => {
    const bytes = Buffer.concat([Buffer.from('\ufeff{}', 'utf16le'), Buffer.from([0x20])]);
    expect(decode(bytes, 'role.json')).toMatchObject({
      text: '{}\u{fffd}',
      notices: [{ code: 'encoding-damaged' }],
    });
  });

  test.each([
    { name: 'NUL only', bytes: new Uint8Array(5_000) },
    {
      name: 'gzip',
      bytes: Buffer.from([
        0x1f, 0x8b, 0x08, 0, 0, 0, 0, 0, 0, 0x03, 0xab, 0x56, 0xca, 0x4b, 0xcc, 0x4d, 0x55, 0xb2,
      ]),
    },
  ])('$name is not read', ({ bytes }) => {
    expect(decode(bytes, 'role.json')).toEqual({
      text: undefined,
      notices: [
        { code: 'binary-file', message: 'The file holds no text and was not read.', file: 'role.json' },
      ],
    });
  });
});
