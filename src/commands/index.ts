import type { CommandCode, CommandDeclaration, OptionTable } from '../cli/command-spec.js';
import { accessDeclaration } from './access/options.js';
import { actionSetsDeclaration } from './action-sets/options.js';
import { auditDeclaration } from './audit/options.js';
import { canDeclaration } from './can/options.js';
import {
  catalogInfoDeclaration,
  catalogSearchDeclaration,
  catalogUpdateDeclaration,
} from './catalog/options.js';
import { checkDeclaration } from './check/options.js';
import { collectDeclaration } from './collect/options.js';
import { completionDeclaration } from './completion/options.js';
import { expandDeclaration } from './expand/options.js';
import { explainDeclaration } from './explain/options.js';
import { initDeclaration } from './init/options.js';
import { lintDeclaration } from './lint/options.js';
import { pathsDeclaration } from './paths/options.js';
import { roleDeclaration } from './role/options.js';
import { rulesDeclaration } from './rules/options.js';
import { testDeclaration } from './test/options.js';
import { whoCanDeclaration } from './who-can/options.js';

// Every command of azrbac: what it takes, as data, and where its code is, which is loaded when it runs.

/** A command of the table. */
export interface Command extends CommandDeclaration {
  load(): Promise<CommandCode>;
}

/** In the order of help. */
export const commands: readonly Command[] = [
  command(lintDeclaration, () => import('./lint/run.js')),
  command(initDeclaration, () => import('./init/run.js')),
  command(expandDeclaration, () => import('./expand/run.js')),
  command(roleDeclaration, () => import('./role/run.js')),
  command(checkDeclaration, () => import('./check/run.js')),
  command(actionSetsDeclaration, () => import('./action-sets/run.js')),
  command(explainDeclaration, () => import('./explain/run.js')),
  command(canDeclaration, () => import('./can/run.js')),
  command(whoCanDeclaration, () => import('./who-can/run.js')),
  command(accessDeclaration, () => import('./access/run.js')),
  command(testDeclaration, () => import('./test/run.js')),
  command(pathsDeclaration, () => import('./paths/run.js')),
  command(collectDeclaration, () => import('./collect/run.js')),
  command(auditDeclaration, () => import('./audit/run.js')),
  command(rulesDeclaration, () => import('./rules/run.js')),
  command(catalogInfoDeclaration, () => import('./catalog/info.js')),
  command(catalogSearchDeclaration, () => import('./catalog/search.js')),
  command(catalogUpdateDeclaration, () => import('./catalog/update.js')),
  command(completionDeclaration, () => import('./completion/run.js')),
];

/** Checks that the code takes the options of the declaration. */
function command<Options extends OptionTable>(
  declaration: CommandDeclaration<Options>,
  load: () => Promise<CommandCode<Options>>,
): Command {
  return { ...declaration, load: load as Command['load'] };
}
