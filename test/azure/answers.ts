import { failureOf } from '../../src/azure/azure-failure.js';
import type { AzureHttp, AzureRequest } from '../../src/azure/azure-http.js';
import { endpointsOf } from '../../src/azure/clouds.js';
import type { AzureAnswer } from '../../src/azure/request-outcome.js';

export interface PlainAnswer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Azure as a function: for answers that the local Azure cannot be made to give. */
export function answering(
  answer: (request: AzureRequest) => PlainAnswer,
): AzureHttp & { asked: AzureRequest[] } {
  const asked: AzureRequest[] = [];
  const send = async (request: AzureRequest): Promise<AzureAnswer> => {
    asked.push(request);
    const { status = 200, body, headers = {} } = answer(request);
    if (status >= 300) throw failureOf(status, body);
    return { status, body, header: name => headers[name] };
  };
  const { signal } = new AbortController();
  return { endpoints: endpointsOf({}), signal, send, asked } as unknown as AzureHttp & {
    asked: AzureRequest[];
  };
}
