import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Exposure } from '../../../src/analysis/exposure/exposed-identity.js';
import { projectWith } from '../../commands/project.js';
import { runCli } from '../../commands/run-cli.js';

/** What the JSON report says, as far as the page shows it. */
export interface AuditJson extends Pick<Exposure, 'score' | 'identities' | 'changes'> {
  readonly summary: Readonly<Record<string, number>>;
  readonly causes: readonly {
    readonly id: string;
    readonly severity: string;
    readonly message: string;
    readonly ruleId: string;
  }[];
  readonly findings: readonly {
    readonly fingerprint: string;
    readonly message: string;
    readonly severity: string;
  }[];
  readonly suppressed: readonly object[];
  readonly notices: readonly { readonly message: string }[];
  readonly gaps: readonly { readonly what: string; readonly scope: string }[];
  readonly paths: readonly { readonly stepCount: number }[];
  readonly results?: readonly { readonly status: string }[];
}

/** The same audit as a page and as JSON. */
export interface Audited {
  readonly html: string;
  readonly json: AuditJson;
}

/** Audits what lies in a folder with the real command, twice. */
export async function audited(cwd: string, ...args: readonly string[]): Promise<Audited> {
  const html = await auditedPage(cwd, ...args);
  return { html, json: JSON.parse(await audit(cwd, args, 'json')) as AuditJson };
}

/** The page alone. */
export function auditedPage(cwd: string, ...args: readonly string[]): Promise<string> {
  return audit(cwd, args, 'html');
}

async function audit(cwd: string, args: readonly string[], format: string): Promise<string> {
  const output = ['--format', format, '--output', `report.${format}`];
  const { stdout, stderr } = await runCli(['audit', ...args, ...output], { cwd });
  if (stdout !== '') throw new Error(`${stdout}${stderr}`);
  return readFileSync(join(cwd, `report.${format}`), 'utf8');
}

/** The small tenant of docs/audit.md: with guests, expectations, and a subscription that could not be read. */
export function exampleFolder(): string {
  const folder = projectWith({});
  cpSync(fileURLToPath(new URL('../../../docs/audit', import.meta.url)), folder, { recursive: true });
  return folder;
}
