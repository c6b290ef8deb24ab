import { createReadStream } from 'node:fs';
import { reasonOf, type Notice } from '../errors.js';
import { decode } from './decode.js';
import { notYet, type InputFile, type InputProblem } from './files.js';
import { readJson } from './json.js';
import { json, readerFor } from './readers.js';
import { FileRefusal, isOpenPipe, readRegularFile } from './regular-file.js';
import type { SourceDocument } from './source-document.js';
import type { ValueRoom } from './value-room.js';

/** What one file held. A file that was found in a folder and has no trace of a role gives nothing at all. */
export interface ReadSource {
  readonly document: SourceDocument | undefined;
  readonly notices: readonly Notice[];
  /** The user named the file and it cannot be opened. */
  readonly problem: InputProblem | undefined;
}

/** Reads a file by the reader for its name; what has no telling name is read as JSON. Bad content is no error. */
export async function readSource(file: InputFile, stdin: ByteStream, room?: ValueRoom): Promise<ReadSource> {
  const reader = readerFor(file.shown.slice(file.shown.lastIndexOf('/') + 1));
  if (reader !== undefined && reader.read === undefined) {
    return noticed({
      code: 'not-supported-yet',
      message: `The file was not read: ${notYet(reader)}`,
      file: file.shown,
    });
  }
  const bytes = await bytesOf(file, stdin);
  if (!(bytes instanceof Uint8Array)) return bytes;
  const { text, notices } = decode(bytes, file.shown);
  if (text === undefined) return { ...nothing, notices };
  if (!file.isNamed && !(reader ?? json).traceOfRole.test(text)) return nothing;
  if (reader === undefined && file.path !== '-' && !beginsLikeJson(text)) {
    return file.isNamed ? noticed(unknownFormat(file)) : nothing;
  }
  return {
    document: ((reader ?? json).read ?? readJson)(text, file.shown, room),
    notices,
    problem: undefined,
  };
}

/** Standard input, or a file's stream. */
export type ByteStream = AsyncIterable<Uint8Array | string>;

const nothing: ReadSource = { document: undefined, notices: [], problem: undefined };

/** Bytes. Far below the longest string that JavaScript has, and above any list of roles there is. */
export const largestFile = 256 * 1024 * 1024;

function noticed(notice: Notice): ReadSource {
  return { ...nothing, notices: [notice] };
}

/** The bytes of a file or of standard input, or what is to be said instead. */
async function bytesOf(file: InputFile, stdin: ByteStream): Promise<Uint8Array | ReadSource> {
  try {
    return await readBytes(file.path, stdin);
  } catch (error) {
    if (!(error instanceof FileRefusal))
      return failure(file, error instanceof Error && 'code' in error ? String(error.code) : String(error));
    return noticed(error.kind === 'too large' ? tooLarge(file) : notAFile(file));
  }
}

/**
 * What a path of the command line holds: a file, the pipe of a shell's `<(command)`, or `-` for standard input.
 * @throws FileRefusal where it is anything else or too large; else the system's error.
 */
export async function readBytes(path: string, stdin: ByteStream, largest = largestFile): Promise<Uint8Array> {
  if (path === '-') return collect(stdin, largest);
  try {
    return readRegularFile(path, largest);
  } catch (error) {
    if (!(error instanceof FileRefusal) || error.kind !== 'pipe' || !isOpenPipe(path)) throw error;
    return collect(createReadStream(path), largest);
  }
}

async function collect(stream: ByteStream, largest: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > largest) throw FileRefusal.tooLarge(largest);
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function failure(file: InputFile, code: string): ReadSource {
  const message = `Cannot read "${file.shown}": ${reasonOf(code)}.`;
  if (file.isNamed) return { ...nothing, problem: { path: file.shown, message } };
  return noticed({
    code: 'file-unreadable',
    message: `The file cannot be opened: ${reasonOf(code)}.`,
    file: file.shown,
  });
}

function beginsLikeJson(text: string): boolean {
  return /^\s*([{["]|\/[/*])/.test(text);
}

function unknownFormat(file: InputFile): Notice {
  const message = 'Neither its name nor its beginning is that of JSON; the file was not read.';
  return { code: 'unknown-format', message, file: file.shown };
}

function tooLarge(file: InputFile): Notice {
  const message = `The file is larger than ${largestFile / 1024 / 1024} MB and was not read.`;
  return { code: 'file-too-large', message, file: file.shown };
}

function notAFile(file: InputFile): Notice {
  return {
    code: 'not-a-regular-file',
    message: 'This is not a regular file and was not read.',
    file: file.shown,
  };
}
