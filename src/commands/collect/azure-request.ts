import type { ConnectionOptions } from '../../tenant/azure/connection.js';
import { realClock } from '../../tenant/azure/clock.js';
import { endpointsOf } from '../../tenant/azure/clouds.js';
import type { Target } from '../../tenant/azure/collection-request.js';
import { credentialsFor } from '../../tenant/azure/credentials.js';
import { UserError } from '../../errors.js';
import { isGuid } from '../../rbac/model/guid.js';
import { visible } from '../../text/escape.js';
import type { OptionValues } from '../../cli/command-spec.js';
import type { azureOptions } from '../../cli/azure-options.js';
import type { Io } from '../../cli/io.js';

export type AzureOptions = OptionValues<typeof azureOptions>;

/** What the options name. @throws UserError where they name nothing, or more than one kind of thing. */
export function targetOf(options: AzureOptions): Target {
  const { subscription, tenant, 'management-group': group } = options;
  const kinds = [subscription.length > 0, group !== undefined, tenant].filter(Boolean).length;
  if (kinds !== 1) {
    const what = kinds === 0 ? 'Nothing says what to read.' : 'Only one kind of thing can be read at a time.';
    throw new UserError(what, { hint: 'Give --subscription ID, --management-group NAME or --tenant.' });
  }
  if (tenant) return { kind: 'tenant' };
  if (group !== undefined) return { kind: 'management-group', name: groupName(group) };
  return { kind: 'subscriptions', ids: subscription.map(subscriptionId) };
}

/** How to get to Azure. @throws UserError for endpoints and numbers that are none, and where a sign-in lacks something. */
export async function connectionOptionsOf(
  options: AzureOptions,
  io: Io,
  signal: AbortSignal,
): Promise<ConnectionOptions> {
  const endpoints = endpointsOf({
    cloud: options.cloud,
    arm: options['arm-endpoint'],
    graph: options['graph-endpoint'],
    authorityHost: options['authority-host'],
  });
  const method = options.auth ?? 'default';
  const concurrency = concurrencyOf(options.concurrency);
  const clock = realClock(io.env);
  const newCredential = await credentialsFor({
    method,
    endpoints,
    tenantId: options['tenant-id'] ?? io.env['AZURE_TENANT_ID'],
    env: io.env,
    silence: clock.patience,
    prompt: message => io.stderr.write(`${visible(message)}\n`),
  });
  const secrets = secretNames.map(name => io.env[name]);
  return { endpoints, method, concurrency, newCredential, signal, clock, secrets };
}

/** What Azure's libraries sign in with, by the names that they have for it. */
const secretNames = [
  'AZURE_CLIENT_SECRET',
  'AZURE_CLIENT_CERTIFICATE_PASSWORD',
  'AZURE_PASSWORD',
  'IDENTITY_HEADER',
  'MSI_SECRET',
];

function subscriptionId(text: string): string {
  const id = text
    .trim()
    .replace(/^\/subscriptions\//i, '')
    .replace(/\/$/, '');
  if (isGuid(id)) return id.toLowerCase();
  throw new UserError(`"--subscription" needs the id of a subscription, a GUID, not "${text}".`, {
    hint: 'az account list -o table shows the ids.',
  });
}

/** https://learn.microsoft.com/azure/governance/management-groups/create: letters, digits and some signs, 90 at most. */
function groupName(text: string): string {
  const name = text.trim().replace(/^\/providers\/Microsoft\.Management\/managementGroups\//i, '');
  if (/^[\w().-]{1,90}$/.test(name)) return name;
  throw new UserError(`"--management-group" needs the name of a management group, not "${text}".`, {
    hint: 'az account management-group list -o table shows them, under "Name".',
  });
}

function concurrencyOf(text: string | undefined): number {
  if (text === undefined) return 16;
  const number = Number(text);
  if (/^\d{1,2}$/.test(text) && number >= 1 && number <= 64) return number;
  throw new UserError(`"--concurrency" needs a number from 1 to 64, not "${text}".`);
}
