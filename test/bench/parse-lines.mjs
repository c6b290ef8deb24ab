// node test/bench/parse-lines.mjs FILE: unpacks NDJSON, parses each line and throws it away. Nobody can do with less.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';

let rows = 0;
for await (const text of createInterface({ input: createReadStream(process.argv[2]).pipe(createGunzip()) }))
  if (JSON.parse(text).value !== undefined) rows++;
if (rows === 0) throw new Error('There were no rows.');
