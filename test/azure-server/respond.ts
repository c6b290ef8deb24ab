import type { ServerResponse } from 'node:http';
import type { Disruption } from './disruption.js';
import type { Answer } from './request.js';

/** Sends an answer, as whole as the disruption leaves it. @returns the status that the caller sees; `0` for none. */
export async function respond(
  response: ServerResponse,
  answer: Answer,
  disruption: Disruption | undefined,
): Promise<number> {
  if (disruption?.kind === 'stall') {
    await new Promise(resolve => response.on('close', resolve));
    return 0;
  }
  if (disruption?.kind === 'late') await new Promise(resolve => setTimeout(resolve, disruption.milliseconds));
  if (disruption?.kind === 'reset') {
    response.socket?.destroy();
    return 0;
  }
  if (answer.drips === true) return dripping(response, answer.status);
  const body = bytesOf(answer.body);
  const sent = disruption?.kind === 'cut' || disruption?.kind === 'truncated' ? half(body) : body;
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': disruption?.kind === 'cut' ? body.length : sent.length,
    ...answer.headers,
  });
  if (disruption?.kind !== 'cut') {
    response.end(sent);
    return answer.status;
  }
  await new Promise(resolve => response.write(sent, resolve));
  response.socket?.destroy();
  return 0;
}

function bytesOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body ?? ''));
}

async function dripping(response: ServerResponse, status: number): Promise<number> {
  response.writeHead(status, { 'content-type': 'application/json' });
  const drops = setInterval(() => response.write(' '), 50);
  await new Promise(resolve => response.on('close', resolve));
  clearInterval(drops);
  return 0;
}

function half(body: Buffer): Buffer {
  return body.subarray(0, Math.floor(body.length / 2));
}
