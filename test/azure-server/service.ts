import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:https';
import type { Certificate } from './certificate.js';
import { readRequest, type AzureRequest, type Service } from './request.js';
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface RunningService {
  readonly origin: string;
  close(): Promise<void>;
}

/** One host of Azure's, on a port of its own. */
export async function startService(
  service: Service,
  certificate: Certificate,
  handle: (request: AzureRequest, response: ServerResponse) => Promise<void>,
): Promise<RunningService> {
  const server = createServer({ key: certificate.key, cert: certificate.cert });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const origin = `https://localhost:${(server.address() as AddressInfo).port}`;
  server.on('request', (incoming: IncomingMessage, response: ServerResponse) => {
    readRequest(incoming, service, origin)
      .then(request => handle(request, response))
      // A caller that hangs up is none of our business; what the server itself gets wrong was answered with a 500.
      .catch(() => response.destroy());
  });
  return { origin, close: () => close(server) };
}

function close(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise(resolve => server.close(() => resolve()));
}
