import type { Answer, Service } from './request.js';

// How Azure words what goes wrong.

export function throttled(service: Service, headers: Readonly<Record<string, string>>): Answer {
  const message =
    service === 'graph'
      ? 'Too many requests.'
      : 'The request is being throttled as the limit has been reached for operation type - Read.';
  return { status: 429, headers, body: errorOf(service, 'TooManyRequests', message) };
}

export function unavailable(service: Service, headers: Readonly<Record<string, string>> = {}): Answer {
  const message = 'The service is temporarily unavailable. Please try again later.';
  return { status: 503, headers, body: errorOf(service, 'ServiceUnavailable', message) };
}

export function internalError(service: Service): Answer {
  return { status: 500, body: errorOf(service, 'InternalServerError', 'Encountered internal server error.') };
}

/** What stands before Azure speaks HTML. */
export function badGateway(): Answer {
  const headers = { 'content-type': 'text/html' };
  return { status: 502, headers, body: '<html><head><title>502 Bad Gateway</title></head></html>' };
}

export function gatewayTimeout(service: Service): Answer {
  const message =
    "The gateway did not receive a response from 'Microsoft.Authorization' within the specified time.";
  return { status: 504, body: errorOf(service, 'GatewayTimeout', message) };
}

export function requestDenied(): Answer {
  const message = 'Insufficient privileges to complete the operation.';
  return { status: 403, body: errorOf('graph', 'Authorization_RequestDenied', message) };
}

/** Nobody should answer like that. */
export function quoting(authorization: string): Answer {
  const message = `The request with "Authorization: ${authorization}" is not allowed: ${authorization.slice(7)}.`;
  return { status: 403, body: errorOf('arm', 'AuthorizationFailed', message) };
}

export function subscriptionNotFound(id: string): Answer {
  const message = `The subscription '${id}' could not be found.`;
  return { status: 404, body: errorOf('arm', 'SubscriptionNotFound', message) };
}

function errorOf(service: Service, code: string, message: string): unknown {
  return service === 'authority' ? { error: code, error_description: message } : { error: { code, message } };
}
