import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

/** All that a journal holds, unpacked, without the code under test. */
export function journalText(file: string): string {
  const bytes = readFileSync(file);
  let text = '';
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\n', at) + 1;
    if (end === 0) break;
    const line = bytes.subarray(at, end).toString();
    text += line;
    const [, length] = line.split(' ', 2);
    const { parts = [] } = JSON.parse(line.slice(line.indexOf('{'))) as { parts?: { bytes: number }[] };
    let offset = end;
    for (const part of parts) {
      if (offset + part.bytes > bytes.length) return text;
      text += gunzipSync(bytes.subarray(offset, offset + part.bytes)).toString('utf8');
      offset += part.bytes;
    }
    at = end + Number(length) + 1;
  }
  return text;
}
