import type { OptionTable } from './command-spec.js';

/** Options of the commands that read from Azure: what is read, and as whom. */
export const azureOptions = {
  subscription: {
    type: 'string',
    multiple: true,
    argument: 'ID',
    describe: 'Read this subscription, by its id (repeatable)',
  },
  'management-group': {
    type: 'string',
    argument: 'NAME',
    describe: 'Read this management group and everything below it',
  },
  tenant: { type: 'boolean', describe: 'Read all subscriptions and management groups that can be seen' },
  'tenant-id': {
    type: 'string',
    argument: 'ID',
    describe: 'The directory to sign in to; default: that of the credential, or AZURE_TENANT_ID',
  },
  auth: {
    type: 'string',
    choices: ['default', 'cli', 'managed-identity', 'workload', 'env', 'device-code'],
    argument: 'HOW',
    describe:
      'Sign in with: default (what @azure/identity finds), cli (az login), managed-identity, workload (federated token), env (AZURE_CLIENT_ID and so on), device-code',
  },
  cloud: {
    type: 'string',
    choices: ['public', 'usgov', 'china'],
    argument: 'CLOUD',
    describe: 'The cloud: public (default), usgov, china',
  },
  'arm-endpoint': {
    type: 'string',
    argument: 'URL',
    describe: 'Azure Resource Manager of another cloud (https)',
  },
  'graph-endpoint': { type: 'string', argument: 'URL', describe: 'Microsoft Graph of another cloud (https)' },
  'authority-host': {
    type: 'string',
    argument: 'URL',
    describe: 'Where to sign in to another cloud (https)',
  },
  engine: {
    type: 'string',
    choices: ['auto', 'arm', 'graph'],
    argument: 'ENGINE',
    describe:
      'Read through Azure Resource Manager (arm), Azure Resource Graph (graph), or what suits the number of subscriptions (auto, default)',
  },
  concurrency: {
    type: 'string',
    argument: 'N',
    describe: 'Requests at the same time, 1 to 64; default: 16, of them at most 8 per subscription',
  },
  resume: { type: 'boolean', describe: 'Go on where an interrupted run with the same options stopped' },
  preflight: {
    type: 'boolean',
    describe: 'Only tell, in seconds, what the signed-in identity can read and which permissions it lacks',
  },
} as const satisfies OptionTable;
