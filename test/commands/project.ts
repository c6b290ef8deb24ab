import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** A folder with these files; what is no text is written as JSON. */
export function projectWith(files: Readonly<Record<string, string | Buffer | object>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'azrbac-'));
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    const isRaw = typeof content === 'string' || Buffer.isBuffer(content);
    writeFileSync(path, isRaw ? content : `${JSON.stringify(content, null, 2)}\n`);
  }
  return folder;
}

/** A role without a fault. */
export const restarter = {
  Name: 'VM Restarter',
  IsCustom: true,
  Description: 'Restarts virtual machines.',
  Actions: ['Microsoft.Compute/virtualMachines/read', 'Microsoft.Compute/virtualMachines/restart/action'],
  NotActions: [],
  AssignableScopes: ['/subscriptions/11111111-2222-3333-4444-555555555555'],
};

/** Its wildcard hands out more than scoring: one finding of severity high. */
export const scorer = {
  ...restarter,
  Name: 'Endpoint Scorer',
  Description: 'Calls online endpoints.',
  Actions: ['Microsoft.MachineLearningServices/workspaces/onlineEndpoints/*/action'],
};

/** One letter is missing in an operation: one finding of severity high. */
export const misspelt = { ...restarter, Actions: ['Microsoft.Compute/virtualMachines/restat/action'] };
