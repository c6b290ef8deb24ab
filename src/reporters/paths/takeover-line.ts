import { count } from '../lint/summary.js';

/** What is said of paths, by `azrbac paths` and by an audit alike. */
export interface Takeover {
  readonly paths: readonly { readonly from: { readonly id: string }; readonly to: string }[];
  readonly targets: readonly unknown[];
}

/** `35 identities can take over 12 of 2100 scopes (39 paths).` Of paths that have a step. */
export function takeoverLine({ paths, targets }: Takeover): string {
  const scopes = count(targets.length, 'scope');
  if (paths.length === 0) return `No path to control of ${scopes} was found.`;
  const people = new Set(paths.map(({ from }) => from.id)).size;
  const reached = new Set(paths.map(({ to }) => to)).size;
  const who = people === 1 ? '1 identity' : `${people} identities`;
  return `${who} can take over ${reached} of ${scopes} (${count(paths.length, 'path')}).`;
}
