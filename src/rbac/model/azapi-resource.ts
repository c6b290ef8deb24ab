import type { CodeResource } from '../../input/code-resource.js';
import { locatedMember, type LocatedObject, type LocatedValue } from '../../input/located-value.js';
import { valueOfNode } from '../../input/formats/terraform/functions/encodings.js';
import { readJson } from '../../input/json.js';

/** The type of a resource that says itself what it is to Azure. */
export const azapiType = 'azapi_resource';

/**
 * The resource that an `azapi_resource` sends to Azure as its author wrote it
 * (https://registry.terraform.io/providers/Azure/azapi/latest/docs/resources/resource): `type` names Azure's type and the
 * version of its interface, `parent_id` the scope. Undefined where the type is unknown.
 */
export function resourceOfAzapi(resource: CodeResource): CodeResource | undefined {
  const argument = (name: string): LocatedValue | undefined =>
    locatedMember(resource.properties, name)?.value;
  const type = argument('type');
  if (type?.kind !== 'string') return undefined;
  const scope = argument('parent_id');
  const azureType = type.value.replace(/@.*$/, '');
  return {
    ...resource,
    type: azureType,
    ...(scope !== undefined && { scope }),
    properties: withBody(resource.properties, argument('body')),
  };
}

/** The name and what is in the body: an object, or a text of JSON for the provider's first version. */
function withBody(properties: LocatedObject, written: LocatedValue | undefined): LocatedObject {
  const body = written?.kind === 'string' ? decoded(written) : written;
  const members = properties.members.filter(({ key }) => key === 'name');
  if (body?.kind === 'object') return { ...body, members: [...members, ...body.members] };
  if (body?.kind !== 'unknown') return { ...properties, members };
  return { ...properties, members, more: body.reason };
}

function decoded({ value, at }: LocatedValue & { readonly kind: 'string' }): LocatedValue | undefined {
  const { root } = readJson(value, at.document.file);
  return root && valueOfNode(root, at);
}
