import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';

/** Which of the three hosts is asked; the fourth is a stranger that a link may lead to. */
export type Service = 'arm' | 'graph' | 'authority' | 'stranger';

export interface AzureRequest {
  readonly service: Service;
  readonly method: string;
  /** As it was sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** Of the server that was asked: links to further pages start with it. */
  readonly origin: string;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes and texts are sent as they are, all else as JSON. */
  readonly body?: unknown;
  /** Spaces come instead, one by one, and never an end. */
  readonly drips?: true;
}

/** What was asked and how it was answered, without anything secret. */
export interface RequestRecord {
  readonly service: Service;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** `0` where the connection was closed without an answer. */
  readonly status: number;
  readonly startedAt: number;
}

export async function readRequest(
  incoming: IncomingMessage,
  service: Service,
  origin: string,
): Promise<AzureRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  const target = incoming.url ?? '/';
  const at = target.indexOf('?');
  return {
    service,
    method: incoming.method ?? 'GET',
    path: at < 0 ? target : target.slice(0, at),
    query: new URLSearchParams(at < 0 ? '' : target.slice(at + 1)),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString(),
    origin,
  };
}

/** A parameter whose name is written in any case, as Azure takes it. */
export function parameter(query: URLSearchParams, name: string): string | undefined {
  for (const [key, value] of query) if (key.toLowerCase() === name.toLowerCase()) return value;
  return undefined;
}
