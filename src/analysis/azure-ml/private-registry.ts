import { idNamed, type NamedScopes } from './need.js';

/** A registry as an image or a connection names it, and its id where an option gives it. */
export interface NamedRegistry {
  readonly name: string;
  readonly scope: string | undefined;
}

/**
 * The Azure registry that an image or an address names, unless it is the workspace's own, on which Azure assigns AcrPull itself.
 * Undefined for other hosts, such as Microsoft's public registry.
 */
export function privateRegistryIn(
  text: string | undefined,
  { privateRegistries, 'container-registry': own }: NamedScopes,
): NamedRegistry | undefined {
  const name = /^(?:https?:\/\/)?([a-z0-9]{5,50})\.azurecr\.(?:io|us|cn)(?:[/:]|$)/i.exec(
    text?.trim() ?? '',
  )?.[1];
  if (name === undefined || (own !== undefined && idNamed(name, [own]) !== undefined)) return undefined;
  return { name: name.toLowerCase(), scope: idNamed(name, privateRegistries) };
}
