import { type ExitCode, exitSuccess, exitUnknown } from '../../cli/exit-codes.js';
import { preflight, type Preflight } from '../../tenant/azure/preflight.js';
import type { Area } from '../../tenant/azure/preflight-areas.js';
import { visible } from '../../text/escape.js';
import { type AzureOptions, connectionOptionsOf, targetOf } from './azure-request.js';
import { untilInterrupted } from '../../cli/interruption.js';
import type { Io } from '../../cli/io.js';
import { toJson, writeReport } from '../../cli/output.js';

interface PreflightOptions extends AzureOptions {
  readonly format: string | undefined;
}

/** `--preflight`: 0 if all can be read, 3 if some cannot. `output` is where the report goes, standard output unless told. */
export async function run(options: PreflightOptions, output: string | undefined, io: Io): Promise<ExitCode> {
  const target = targetOf(options);
  const found = await untilInterrupted(async signal =>
    preflight(await connectionOptionsOf(options, io, signal), target),
  );
  const report = options.format === 'json' ? toJson(preflightObject(found)) : preflightText(found);
  writeReport(report, { output, isPrivate: true }, io);
  return found.areas.some(({ status }) => status === 'in part' || status === 'not readable')
    ? exitUnknown
    : exitSuccess;
}

/** The report for scripts: role-catalog/schemas/collect-preflight.v1.json. */
function preflightObject({ caller, areas }: Preflight): object {
  const { objectId, tenantId, applicationId, name } = caller;
  return {
    version: 1,
    caller: { objectId, tenantId, applicationId, name },
    areas: areas.map(({ area, status, detail, missing, ask }) => ({ area, status, detail, missing, ask })),
  };
}

function preflightText({ caller, areas }: Preflight): string {
  const who = [caller.name, caller.objectId, caller.applicationId && `application ${caller.applicationId}`];
  const names = who.filter(part => part !== undefined && part !== '').join(', ');
  const width = Math.max(...areas.map(({ area }) => area.length));
  return [
    `Signed in as ${visible(names || 'an identity without a name in its token')}, tenant ${visible(caller.tenantId ?? 'unknown')}`,
    ...areas.flatMap(area => areaLines(area, width)),
    '',
  ].join('\n');
}

function areaLines({ area, status, detail, ask }: Area, width: number): string[] {
  const line = `  ${status.padEnd(12)}  ${area.padEnd(width)}  ${visible(detail)}`;
  return ask === undefined ? [line] : [line, `${' '.repeat(width + 18)}ask for: ${ask}`];
}
