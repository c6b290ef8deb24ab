import { request as send } from 'node:https';
import type { AzureServer } from './index.js';

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks into it as it likes.
  readonly body: any;
}

export interface Asked {
  readonly method?: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request as it is written: no library puts anything right. */
export async function ask(azure: Pick<AzureServer, 'ca'>, url: string, asked: Asked = {}): Promise<Reply> {
  const text = typeof asked.body === 'string' ? asked.body : JSON.stringify(asked.body);
  const { method = asked.body === undefined ? 'GET' : 'POST', headers = {} } = asked;
  const { text: received, ...head } = await new Promise<Received>((resolve, reject) => {
    const outgoing = send(url, { method, headers, ca: azure.ca, agent: false }, incoming => {
      const chunks: Buffer[] = [];
      incoming.on('data', chunk => chunks.push(chunk as Buffer));
      incoming.on('error', reject);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        resolve({ status: incoming.statusCode!, headers: incoming.headers, text });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(text);
  });
  return { ...head, body: received === '' ? undefined : JSON.parse(received) };
}

type Received = Omit<Reply, 'body'> & { readonly text: string };

/** Signs in and asks: `path` is that of ARM where it does not start with `/v1.0`. */
export async function askSignedIn(azure: AzureServer, path: string, asked: Asked = {}): Promise<Reply> {
  const endpoint = path.startsWith('/v1.0') ? azure.graphEndpoint : azure.armEndpoint;
  const authorization = `Bearer ${azure.tokens.issue(endpoint).access_token}`;
  return ask(azure, endpoint + path, { ...asked, headers: { authorization, ...asked.headers } });
}

/** All pages of a list. */
export async function everyPage(
  azure: AzureServer,
  path: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply['body'][]> {
  const rows: Reply['body'][] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const { status, body } = await askSignedIn(azure, next, { headers });
    if (status !== 200) throw new Error(`${next}: ${status} ${JSON.stringify(body)}`);
    rows.push(...body.value);
    const link: string | undefined = body.nextLink ?? body['@odata.nextLink'];
    next = link?.replace(/^https:\/\/[^/]+/, '');
  }
  return rows;
}
