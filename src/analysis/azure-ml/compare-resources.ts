import type { AzureMlFiles } from './azure-ml-files.js';
import { isPlaceholder } from './file-reader.js';
import { problem, type FileProblem } from './problem.js';
import {
  type ManagedIdentity,
  type OnlineEndpoint,
  userAssignedOf,
  type MachineLearningWorkspace,
} from './resource.js';

/** What Azure cannot change in place, or should not without a thought, from the earlier files to these. */
export function compareResources(earlier: AzureMlFiles, files: AzureMlFiles): FileProblem[] {
  return [
    ...pairs(earlier.onlineEndpoints, files.onlineEndpoints).flatMap(endpointChanges),
    ...pairs(earlier.workspaces, files.workspaces).flatMap(workspaceChanges),
  ];
}

interface Pair<Resource> {
  readonly before: Resource;
  readonly after: Resource;
}

/** Pairs of the same name; one of each alone is a pair whatever the names, as long as they do not differ. */
function pairs<Resource extends OnlineEndpoint | MachineLearningWorkspace>(
  earlier: readonly Resource[],
  later: readonly Resource[],
): Pair<Resource>[] {
  const byName = new Map(
    earlier.flatMap(each =>
      each.name === undefined ? [] : [[each.name.value.toLowerCase(), each] as const],
    ),
  );
  return later.flatMap(after => {
    const named = after.name && byName.get(after.name.value.toLowerCase());
    if (named !== undefined) return { before: named, after };
    const [only] = earlier;
    const isOnlyOne = earlier.length === 1 && later.length === 1 && only !== undefined;
    return isOnlyOne && (only.name === undefined || after.name === undefined) ? { before: only, after } : [];
  });
}

function endpointChanges({ before, after }: Pair<OnlineEndpoint>): FileProblem[] {
  const problems: FileProblem[] = [];
  const change = identityChange(before.identity, after.identity);
  if (change !== undefined) {
    const message = `The identity of an online endpoint cannot be changed after its creation, and here it ${change}: delete the endpoint with its deployments, and create it again.`;
    problems.push(problem('endpoint-identity-changed', message, after.identity.at ?? after.at));
  }
  if (before.authMode === 'aad_token' && after.authMode === 'key') {
    const message =
      'The endpoint switches from Microsoft Entra ID tokens to keys: anyone with a key can then call it without a role.';
    problems.push(problem('auth-mode-to-key', message, after.authModeAt ?? after.at));
  }
  return problems;
}

/** As the end of a sentence; undefined where it stays, or nobody can know. */
function identityChange(before: ManagedIdentity, after: ManagedIdentity): string | undefined {
  const [from, to] = [effective(before), effective(after)];
  if (from === undefined || to === undefined) return undefined;
  if (from.kind !== to.kind) return `goes from ${words[from.kind]} to ${words[to.kind]}`;
  const gone = [...from.ids].find(id => !to.ids.has(id));
  const come = [...to.ids].find(id => !from.ids.has(id));
  if (gone === undefined && come === undefined) return undefined;
  return gone === undefined
    ? `gains "${come}"`
    : come === undefined
      ? `loses "${gone}"`
      : `goes from "${gone}" to "${come}"`;
}

const words = {
  none: 'no identity',
  'system-assigned': 'system-assigned',
  'user-assigned': 'user-assigned',
  'system-and-user-assigned': 'system- and user-assigned',
} as const;

/** An online endpoint that says nothing gets a system-assigned identity. */
function effective(
  identity: ManagedIdentity,
): { kind: keyof typeof words; ids: ReadonlySet<string> } | undefined {
  if (identity.kind === 'unknown') return undefined;
  const written = userAssignedOf(identity).map(({ resourceId }) => resourceId.value);
  if (written.some(isPlaceholder)) return undefined;
  const ids = new Set(written.map(id => id.toLowerCase().replace(/\/$/, '')));
  return { kind: identity.kind === 'default' ? 'system-assigned' : identity.kind, ids };
}

function workspaceChanges({ before, after }: Pair<MachineLearningWorkspace>): FileProblem[] {
  const had = userAssignedOf(before.identity).length > 0;
  // A file that says nothing of an identity leaves the workspace the one that it has.
  if (!had || after.identity.kind !== 'system-assigned') return [];
  const message =
    'A workspace that has a user-assigned identity cannot go back to a system-assigned one alone.';
  return [problem('workspace-identity-removed', message, after.identity.at)];
}
