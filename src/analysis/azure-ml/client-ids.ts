import { type AzureMlFiles, deploymentsOf } from './azure-ml-files.js';
import { isPlaceholder } from './file-reader.js';
import { problem, type FileProblem } from './problem.js';
import { userAssignedOf } from './resource.js';

/** The variables from which code takes the client id of its identity. */
export const clientIdVariables = ['UAI_CLIENT_ID', 'AZURE_CLIENT_ID'] as const;

/**
 * Client ids in deployments that none of the endpoint's user-assigned identities has: Azure refuses them a token. `clientOf` knows
 * the client id of an identity by its ARM id, as far as anybody does.
 */
export function clientIdMismatches(
  { onlineEndpoints, onlineDeployments }: Pick<AzureMlFiles, 'onlineEndpoints' | 'onlineDeployments'>,
  clientOf: (identity: string) => string | undefined,
): FileProblem[] {
  return onlineEndpoints.flatMap(endpoint => {
    const identities = userAssignedOf(endpoint.identity).map(({ resourceId }) => resourceId.value);
    const clients = identities.map(clientOf);
    // One whose client id nobody knows may be the one.
    if (identities.length === 0 || clients.includes(undefined)) return [];
    return deploymentsOf(endpoint, onlineDeployments).flatMap(({ environmentVariables }) =>
      clientIdVariables.flatMap(name => {
        const given = environmentVariables.get(name);
        const value = given?.value?.trim().toLowerCase();
        if (given === undefined || value === undefined || value === '' || isPlaceholder(value)) return [];
        if (clients.includes(value)) return [];
        const message = `"${name}" is "${given.value}", and the identity of the endpoint has the client id ${clients.join(' or ')}: Azure refuses the code a token.`;
        return [problem('client-id-mismatch', message, given.at)];
      }),
    );
  });
}
