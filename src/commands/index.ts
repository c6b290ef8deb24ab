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
import { lintDeclaration } from './lint/options.js';
import { pathsDeclaration } from './paths/options.js';
import { roleDeclaration } from './role/options.js';
import { rulesDeclaration } from './rules/options.js';
import { testDeclaration } from './test/options.js';
import { whoCanDeclaration } from './who-can/options.js';

// Every command and option of azrbac, as data. Nothing here may import more than types: the table is read at every start.

/** In the order of help. */
export const declarations = [
  lintDeclaration,
  expandDeclaration,
  roleDeclaration,
  checkDeclaration,
  actionSetsDeclaration,
  explainDeclaration,
  canDeclaration,
  whoCanDeclaration,
  accessDeclaration,
  testDeclaration,
  pathsDeclaration,
  collectDeclaration,
  auditDeclaration,
  rulesDeclaration,
  catalogInfoDeclaration,
  catalogSearchDeclaration,
  catalogUpdateDeclaration,
  completionDeclaration,
] as const;
