// A local Azure in a process of its own, so that it shares neither a core nor a heap with what is measured.
// Its one argument is JSON: { sizes, options }. It says where it listens in one line of JSON, and ends with its input.
import { generateTenant, type TenantSizes } from './generate-tenant.js';
import { type AzureServerOptions, startAzureServer } from './index.js';

interface Wanted {
  readonly sizes?: Partial<TenantSizes>;
  readonly options?: AzureServerOptions;
}

const { sizes, options } = JSON.parse(process.argv[2] ?? '{}') as Wanted;
const tenant = generateTenant(sizes);
const azure = await startAzureServer(tenant, { remember: 'refusals', ...options });
const { armEndpoint, graphEndpoint, authorityHost, environment } = azure;
const { tenantId } = tenant;
process.stdout.write(
  `${JSON.stringify({ armEndpoint, graphEndpoint, authorityHost, environment, tenantId })}\n`,
);
process.stdin.resume().on('end', async () => {
  process.stdout.write(`${JSON.stringify({ refusals: azure.refusals.slice(0, 10) })}\n`);
  await azure.close();
});
