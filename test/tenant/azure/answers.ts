import { failureOf } from '../../../src/tenant/azure/azure-failure.js';
import type { AzureHttp, AzureRequest } from '../../../src/tenant/azure/azure-http.js';
import { endpointsOf } from '../../../src/tenant/azure/clouds.js';
import { type ListLimits, ListsUnderWay } from '../../../src/tenant/azure/list-bounds.js';
import type { AzureAnswer } from '../../../src/tenant/azure/request-outcome.js';

export interface PlainAnswer {
  readonly status?: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes that the body is said to have come in. */
  readonly size?: number;
}

/** Azure as a function: for answers that the local Azure cannot be made to give. */
export function answering(
  answer: (request: AzureRequest) => PlainAnswer,
  limits?: ListLimits,
): AzureHttp & { asked: AzureRequest[] } {
  const asked: AzureRequest[] = [];
  const send = async (request: AzureRequest): Promise<AzureAnswer> => {
    asked.push(request);
    const { status = 200, body, headers = {}, size = 100 } = answer(request);
    if (status !== 200) throw failureOf(status, body);
    return { status, body, size, header: name => headers[name] };
  };
  const { signal } = new AbortController();
  const lists = new ListsUnderWay(limits);
  return { endpoints: endpointsOf({}), signal, lists, send, asked } as unknown as AzureHttp & {
    asked: AzureRequest[];
  };
}
