import { formatNotice } from '../reporters/notice.js';
import { describeAccess } from './access-description.js';
import { doubtsOf } from './access-doubts.js';
import { accessJson } from './access-json.js';
import { placeOf } from './access-query.js';
import { accessText } from './access-text.js';
import { colorLevel } from './color.js';
import type { accessDeclaration } from './declarations/access.js';
import type { CommandLine } from './declaration.js';
import type { Io } from './io.js';
import { loadConfiguredCatalog } from './load-catalog.js';
import { findPrincipal, loadTenant } from './load-tenant.js';
import { jsonPieces, say, writeReport } from './report.js';

/** `azrbac access` */
export async function run(
  { positionals, options }: CommandLine<typeof accessDeclaration.options>,
  io: Io,
): Promise<number> {
  const at = options.scope === undefined ? undefined : placeOf(options.scope);
  const catalog = loadConfiguredCatalog(options, io);
  const { tenant, notices: loaded } = await loadTenant(options.snapshot, catalog, io);
  const description = describeAccess(tenant, findPrincipal(positionals[0] ?? '', tenant), at);
  const doubts = doubtsOf(description, tenant, at);
  const notices = [...loaded, ...doubts.notices];
  if (options.format === 'json') {
    const extent = options.all || at !== undefined ? 'lists' : 'counts';
    writeReport(jsonPieces(accessJson(description, notices, tenant, extent)), options, io);
  } else {
    const text = await accessText(description, tenant, {
      color: colorLevel(options, io),
      width: options.output === undefined ? io.columns : undefined,
      extent: options.all ? 'everything' : 'main-points',
    });
    writeReport(text, options, io);
  }
  say(notices.map(formatNotice), options, io);
  return doubts.isPartial ? 3 : 0;
}
