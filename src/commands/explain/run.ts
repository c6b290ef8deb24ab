import { type ExitCode, exitSuccess, exitFindings } from '../../cli/exit-codes.js';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { ActionSets } from '../../rbac/action-sets/action-sets.js';
import { packageFolder, shippedCatalogFolder } from '../../package/package-folder.js';
import { UserError } from '../../errors.js';
import { type Explained, explainText } from '../../analysis/explain/explain.js';
import { loadKnowledge } from '../../analysis/explain/known-errors.js';
import { isAccessToken } from '../../analysis/explain/pasted-text.js';
import { decode } from '../../input/decode.js';
import { loadRuleSet } from '../../lint/engine/rule-file.js';
import { RolePurposes } from '../../rbac/recommendations/role-purposes.js';
import { OperationIndex } from '../../rbac/permissions/operation-index.js';
import { formatNotice } from '../../text/notice.js';
import { colorLevel } from '../../cli/color.js';
import type { explainDeclaration } from './options.js';
import type { CommandLine } from '../../cli/command-spec.js';
import { heldAccess } from './held-access.js';
import { explanationsJson, explanationsText } from './explain-report.js';
import { explainToken } from './explain-token.js';
import type { Io } from '../../cli/io.js';
import { loadTenant } from '../../workspace/load-tenant.js';
import { openWorkspace } from '../../workspace/workspace.js';
import { readNamed } from '../../workspace/read-text.js';
import { printNotices, writeReport } from '../../cli/output.js';
import { today } from '../../cli/today.js';

/** `azrbac explain`: 0 where something was explained, 1 where nothing was recognised. */
export async function run(
  { positionals, options }: CommandLine<typeof explainDeclaration.options>,
  io: Io,
): Promise<ExitCode> {
  if (options.token !== undefined) return explainToken(positionals, { ...options, token: options.token }, io);
  if (options.for !== undefined) throw new UserError('"--for" needs --token - beside it.');
  const asOf = today(options['as-of']);
  const text = await readText(positionals, io);
  refuseToken(text);
  const workspace = await openWorkspace(options, io);
  const { catalog } = workspace;
  const explained = explainText(text, {
    knowledge: loadKnowledge(),
    catalog,
    index: new OperationIndex(catalog),
    sets: new ActionSets(join(shippedCatalogFolder(), 'action-sets')),
    purposes: new RolePurposes(),
    rules: () => loadRuleSet(join(packageFolder(), 'dist', 'rules.json')),
    asOf,
  });
  const loaded =
    options.snapshot === undefined ? undefined : await loadTenant(options.snapshot, workspace, options);
  const held = explained.explanations.map(one =>
    loaded === undefined ? [] : heldAccess(one, loaded.tenant),
  );
  const notices = [...explained.notices, ...(loaded?.notices ?? [])];
  return report({ explained: { ...explained, notices }, held }, options, io);
}

/** What is to be reported: the explanations, and beside each what the snapshot says. */
interface Reported {
  readonly explained: Explained;
  readonly held: readonly (readonly string[])[];
}

async function report(
  { explained, held }: Reported,
  options: CommandLine<typeof explainDeclaration.options>['options'],
  io: Io,
): Promise<ExitCode> {
  const width = options.output === undefined ? io.columns : undefined;
  writeReport(
    options.format === 'json'
      ? explanationsJson(explained, options.snapshot === undefined ? undefined : held)
      : await explanationsText(explained.explanations, {
          color: colorLevel(options, io),
          width,
          language: options.as ?? 'az',
          held,
        }),
    options,
    io,
  );
  printNotices(explained.notices.map(formatNotice), options, io);
  return explained.explanations.length > 0 ? exitSuccess : exitFindings;
}

/** One word may name a file; anything else is the text itself. */
async function readText(positionals: readonly string[], io: Io): Promise<string> {
  const [first = '-'] = positionals;
  if (positionals.length > 1) return positionals.join(' ');
  const path = first === '-' ? first : resolve(io.cwd, first);
  if (first === '-' || existsSync(path))
    return decoded(await readNamed({ path, shown: first, largest: largestText }, io), first);
  if (looksLikePath(first)) throw new UserError(`Cannot read "${first}": it does not exist.`);
  return first;
}

/** Bytes. */
const largestText = 64 * 1024 * 1024;

function decoded(bytes: Uint8Array, file: string): string {
  const { text, notices } = decode(bytes, file);
  if (text === undefined) throw new UserError(notices[0]?.message ?? `"${file}" is not text.`);
  return text;
}

/** A message has blanks, a code has neither dots nor slashes, an operation ends in a verb. */
function looksLikePath(text: string): boolean {
  return (
    /^\S{1,300}$/.test(text) &&
    /[./\\]/.test(text) &&
    !isAccessToken(text) &&
    !/^[{[<]|\/(?:read|write|delete|action)$/i.test(text)
  );
}

function refuseToken(text: string): void {
  if (!isAccessToken(text)) return;
  throw new UserError('This is an access token, not an error.', {
    hint: 'Look at tokens with: azrbac explain --token - (through standard input, where neither the shell nor the list of processes keeps them).',
  });
}
