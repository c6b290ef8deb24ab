import { refusal } from './azure-error.js';
import { parameter, type AzureRequest } from './request.js';

/** A request to ARM, taken apart. */
export interface ArmQuestion {
  readonly request: AzureRequest;
  /** Decoded, without a slash at its end. */
  readonly path: string;
  readonly apiVersion: string;
  readonly filter: string | undefined;
}

/** @throws AzureError where the path or a parameter is not as ARM wants it. */
export function readArmRequest(request: AzureRequest): ArmQuestion {
  if (request.path.includes('//')) throw refusal(400, 'InvalidUri', `The path holds "//": ${request.path}`);
  const apiVersion = request.query.get('api-version');
  if (apiVersion === null)
    throw refusal(
      400,
      'MissingApiVersionParameter',
      'The api-version query parameter (?api-version=) is required for all requests.',
    );
  if (request.query.getAll('api-version').length > 1)
    throw refusal(400, 'InvalidApiVersionParameter', 'There are several api-versions.');
  return {
    request,
    path: decodeURIComponent(request.path).replace(/\/$/, ''),
    apiVersion,
    filter: parameter(request.query, '$filter'),
  };
}

/** @throws AzureError unless the version is one of those. */
export function requireVersion({ apiVersion, path }: ArmQuestion, ...supported: readonly string[]): void {
  if (!supported.includes(apiVersion))
    throw refusal(
      400,
      'InvalidResourceType',
      `The api-version '${apiVersion}' is not one of ${path}: ${supported.join(', ')}.`,
    );
}

/** @throws AzureError where a parameter was sent that is none of those. */
export function requireParameters({ request: { query } }: ArmQuestion, ...known: readonly string[]): void {
  const allowed = ['api-version', '$skiptoken', ...known.map(name => name.toLowerCase())];
  const unknown = [...query.keys()].find(key => !allowed.includes(key.toLowerCase()));
  if (unknown !== undefined)
    throw refusal(400, 'InvalidQueryParameter', `The parameter '${unknown}' is not known here.`);
}

export function unsupportedFilter(filter: string): Error {
  return refusal(400, 'UnsupportedQuery', `The filter '${filter}' is not supported. Supported filters are …`);
}
