import type { OperationsByPlane } from '../../rbac/action-sets/action-set.js';
import { resourceTypeOf } from '../../rbac/action-sets/resource-kind.js';
import type { Catalog } from '../../rbac/catalog/catalog.js';
import { parseLoggedScope } from './masked-scope.js';

/**
 * The operation that a request needs, from its address and method where the text has both: of a storage account, or of
 * Azure Resource Manager. It is what documentation gives for such calls, not what Azure said.
 */
export function requestOperation(text: string, catalog: Catalog): OperationsByPlane | undefined {
  return storageOperation(text) ?? managementOperation(text, catalog);
}

function storageOperation(text: string): OperationsByPlane | undefined {
  const [, service = '', path = ''] = storageAddress.exec(text) ?? [];
  const method = methodIn(text);
  const action = /[?&]action=(\w+)/i.exec(path)?.[1]?.toLowerCase();
  if (service === '' || (method === undefined && action === undefined)) return undefined;
  const name = operationOf(service.toLowerCase(), method ?? 'PATCH', { path: path.toLowerCase(), action });
  return name === undefined ? undefined : { data: [`Microsoft.Storage/storageAccounts/${name}`] };
}

interface AddressParts {
  readonly path: string;
  readonly action: string | undefined;
}

const blobs = 'blobServices/containers/blobs';
const messages = 'queueServices/queues/messages';
const entities = 'tableServices/tables/entities';
const files = 'fileServices/fileshares/files';

function operationOf(service: string, method: string, { path, action }: AddressParts): string | undefined {
  const isRead = method === 'GET' || method === 'HEAD';
  switch (service) {
    case 'dfs':
    case 'blob':
      if (action?.startsWith('setaccesscontrol')) return `${blobs}/modifyPermissions/action`;
      return isRead ? `${blobs}/read` : method === 'DELETE' ? `${blobs}/delete` : `${blobs}/write`;
    case 'queue':
      if (isRead) return path.includes('peekonly') ? `${messages}/read` : `${messages}/process/action`;
      return method === 'POST'
        ? `${messages}/add/action`
        : `${messages}/${method === 'DELETE' ? 'delete' : 'write'}`;
    case 'table':
      return isRead ? `${entities}/read` : method === 'DELETE' ? `${entities}/delete` : `${entities}/write`;
    default:
      return isRead ? `${files}/read` : method === 'DELETE' ? `${files}/delete` : `${files}/write`;
  }
}

function managementOperation(text: string, catalog: Catalog): OperationsByPlane | undefined {
  const [, path = ''] = managementAddress.exec(text) ?? [];
  const method = methodIn(text);
  if (path === '' || method === undefined) return undefined;
  const [resource = path, action] = method === 'POST' ? splitAction(path) : [path];
  const type = resourceTypeOf(parseLoggedScope(resource));
  const verb = action === undefined ? verbs[method] : `${action}/action`;
  const found =
    type === undefined || verb === undefined ? undefined : catalog.findOperation(`${type}/${verb}`);
  return found && { control: [found.name] };
}

function splitAction(path: string): readonly [string, string] {
  const at = path.lastIndexOf('/');
  return [path.slice(0, at), path.slice(at + 1)];
}

const verbs: Readonly<Record<string, string | undefined>> = {
  GET: 'read',
  HEAD: 'read',
  PUT: 'write',
  PATCH: 'write',
  DELETE: 'delete',
};

function methodIn(text: string): string | undefined {
  return methodText.exec(text)?.[1]?.toUpperCase();
}

const methodText =
  /(?:\bmethod['"]?\s{0,3}[:=]\s{0,3}['"]?|(?<![\w-]))(GET|HEAD|PUT|PATCH|POST|DELETE)(?=['"]|\s{1,3}(?:https?:|request|\/))/;
const storageAddress =
  /https:\/\/[a-z0-9]{3,24}\.(blob|dfs|queue|table|file)\.core\.[a-z.]{5,30}(\/[^\s'"<>]{0,900})?/i;
const managementAddress =
  /https:\/\/management\.(?:azure\.com|usgovcloudapi\.net|chinacloudapi\.cn)(\/subscriptions\/[^\s'"<>?]{1,900})/i;
