import { whoCan } from '../access/who-can.js';
import { formatNotice } from '../reporters/notice.js';
import { visible } from '../reporters/escape.js';
import { count } from '../reporters/summary.js';
import { accessQuery } from './access-query.js';
import type { whoCanDeclaration } from './command-table.js';
import type { CommandLine } from './declaration.js';
import { principalName, reasonLines, verdictWords } from './decision-text.js';
import type { Io } from './io.js';
import { loadConfiguredCatalog } from './load-catalog.js';
import { loadTenant } from './load-tenant.js';
import { jsonPieces, say, writeReport } from './report.js';

/** `azrbac who-can` */
export async function run(
  { options }: CommandLine<typeof whoCanDeclaration.options>,
  io: Io,
): Promise<number> {
  const catalog = loadConfiguredCatalog(options, io);
  const loaded = await loadTenant(options.snapshot, catalog, io);
  const { tenant } = loaded;
  const { question, notices: asked } = accessQuery(options, tenant);
  const found = whoCan(tenant, question);
  const notices = [...loaded.notices, ...asked, ...found.notices];
  const { operation, plane, scope } = question;
  if (options.format === 'json') {
    const { principals } = found;
    writeReport(
      jsonPieces({ version: 1, operation, plane, scope: scope.text, principals, notices }),
      options,
      io,
    );
  } else {
    const blocks = found.principals.map(principal => [
      `${verdictWords[principal.decision]}: ${principalName(principal.id, tenant)}, ${visible(principal.type)}`,
      ...reasonLines(principal, tenant).map(line => `  ${line.replaceAll('\n', '\n  ')}`),
    ]);
    const total = `${count(found.principals.length, 'principal')} may do ${visible(operation)} (${plane} plane) at ${visible(scope.text)}.`;
    writeReport(`${[...blocks.map(lines => lines.join('\n')), total].join('\n')}\n`, options, io);
  }
  say(notices.map(formatNotice), options, io);
  return 0;
}
