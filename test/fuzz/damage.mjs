/**
 * Damages bytes as accidents and attackers do: flips, cuts, doubles, splices in what is known to hurt.
 * @param {Buffer} bytes
 * @param {() => number} random in [0, 1)
 * @returns {Buffer}
 */
export function damage(bytes, random) {
  let damaged = bytes;
  for (let rounds = 1 + Math.floor(random() * 4); rounds > 0; rounds--) {
    damaged = kinds[Math.floor(random() * kinds.length)](damaged, random);
  }
  return damaged;
}

const kinds = [
  (bytes, random) => {
    const copy = Buffer.from(bytes);
    if (copy.length > 0) copy[at(copy, random)] ^= 1 << Math.floor(random() * 8);
    return copy;
  },
  (bytes, random) => bytes.subarray(0, at(bytes, random)),
  (bytes, random) => splice(bytes, at(bytes, random), Math.floor(random() * 40), Buffer.alloc(0)),
  (bytes, random) => {
    const start = at(bytes, random);
    return splice(bytes, start, 0, bytes.subarray(start, start + Math.floor(random() * 200)));
  },
  (bytes, random) => {
    const token = nasty[Math.floor(random() * nasty.length)];
    return splice(bytes, at(bytes, random), Math.floor(random() * 3), Buffer.from(token, 'latin1'));
  },
];

const nasty = [
  '"__proto__": {"Actions": ["*"]},',
  '"constructor":',
  '\u0000',
  '\xff\xfe',
  '\xef\xbb\xbf',
  '[',
  '{',
  ']',
  '}',
  '"',
  '\\',
  '\\ud800',
  '*',
  '*/*',
  '/*/',
  '**********',
  ',',
  ',,',
  ':',
  'null',
  '-1e999',
  'true',
  '/*',
  '*/',
  '//',
  '\r',
  '\u001b[2J',
  '::error::',
  '##vso[task.complete]',
  '"Actions": "*",',
  '"permissions": [{}],',
  '"AssignableScopes": ["/"],',
  '${var}',
  '{{x}}',
  '<x>',
  '\xe2\x80\xae',
];

function at(bytes, random) {
  return Math.floor(random() * bytes.length);
}

function splice(bytes, start, removed, added) {
  return Buffer.concat([bytes.subarray(0, start), added, bytes.subarray(start + removed)]);
}
