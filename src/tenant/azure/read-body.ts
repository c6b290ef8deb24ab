import { AzureFailure } from './azure-failure.js';

/**
 * The bytes of an answer, read as they come.
 * @throws AzureFailure where it is larger than any answer of Azure's; another error where it breaks off.
 */
export async function readBody(
  stream: NodeJS.ReadableStream | undefined,
  signal: AbortSignal,
  onData: () => void,
): Promise<Buffer> {
  if (stream === undefined) return Buffer.alloc(0);
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    const fail = (reason: unknown): void => {
      // Whatever comes behind it is of no interest.
      (stream as { destroy?(): void }).destroy?.();
      reject(reason);
    };
    const abort = (): void => fail(new Error('no answer came in time'));
    if (signal.aborted) return abort();
    signal.addEventListener('abort', abort, { once: true });
    stream.on('data', (chunk: Buffer) => {
      onData();
      size += chunk.length;
      chunks.push(chunk);
      if (size > largest)
        fail(new AzureFailure('unsupported', `the answer is larger than ${largest >> 20} MiB`));
    });
    stream.on('error', reject);
    stream.on('close', () => reject(new Error('the connection was closed in the middle')));
    stream.on('end', () => {
      signal.removeEventListener('abort', abort);
      resolve();
    });
  });
  return Buffer.concat(chunks, size);
}

/** Bytes. The operations of all providers are 13 MB, pages end at 16, and nothing that is asked for is more. */
const largest = 32 << 20;
