import {
  createDefaultHttpClient,
  createEmptyPipeline,
  createPipelineRequest,
  proxyPolicy,
} from '@azure/core-rest-pipeline';
import { UserError } from '../../errors.js';

/** Asks a host for nothing. @returns why it cannot be reached; undefined if it answers, whatever it says. */
export async function whyUnreachable(url: string, milliseconds: number): Promise<unknown> {
  const pipeline = createEmptyPipeline();
  pipeline.addPolicy(proxyPolicy());
  try {
    const request = createPipelineRequest({ url: `${url}/`, method: 'HEAD', timeout: milliseconds });
    await pipeline.sendRequest(createDefaultHttpClient(), request);
    return undefined;
  } catch (cause) {
    return cause;
  }
}

/** Whether nothing will be different the next time: the host is none, or it is not to be trusted. */
export function isUnreachable(cause: unknown): boolean {
  const code = codeOf(cause);
  return code === 'ENOTFOUND' || isCertificate(code);
}

export function unreachable(url: string, cause: unknown): UserError {
  const code = codeOf(cause);
  const reason = reasons.get(code) ?? (isCertificate(code) ? 'its certificate is not trusted' : code);
  return new UserError(`${new URL(url).host} cannot be reached: ${reason}.`, {
    hint: 'Behind a proxy set HTTPS_PROXY; NODE_EXTRA_CA_CERTS names certificates of an authority of your own.',
  });
}

function isCertificate(code: string): boolean {
  return /CERT|UNABLE_TO_|SELF_SIGNED|ERR_TLS/.test(code);
}

function codeOf(cause: unknown): string {
  const { code } = cause as { code?: unknown };
  return typeof code === 'string' ? code : 'no reason is given';
}

const reasons: ReadonlyMap<string, string> = new Map([
  ['ENOTFOUND', 'no such host is known'],
  ['EAI_AGAIN', 'its name cannot be looked up'],
  ['ECONNREFUSED', 'it refuses the connection'],
  ['ETIMEDOUT', 'it does not answer'],
]);
