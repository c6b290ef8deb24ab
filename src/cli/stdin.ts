import type { Io } from './io.js';

/** All of standard input, unless it is larger than that many bytes; the rest of such is not read. */
export async function readStdin(
  { stdin }: Pick<Io, 'stdin'>,
  largest: number,
): Promise<Uint8Array | 'too large'> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stdin) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > largest) return 'too large';
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** The first line of standard input, as a person at a terminal answers. */
export async function readLine({ stdin }: Pick<Io, 'stdin'>): Promise<string> {
  let text = '';
  for await (const chunk of stdin) {
    text += typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString();
    const end = text.indexOf('\n');
    if (end >= 0) return text.slice(0, end);
    if (text.length > longestLine) break;
  }
  return text;
}

const longestLine = 1_000;
