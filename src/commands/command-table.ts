import { accessDeclaration } from './declarations/access.js';
import { actionSetsDeclaration } from './declarations/action-sets.js';
import { auditDeclaration } from './declarations/audit.js';
import { canDeclaration } from './declarations/can.js';
import {
  catalogInfoDeclaration,
  catalogSearchDeclaration,
  catalogUpdateDeclaration,
} from './declarations/catalog.js';
import { checkDeclaration } from './declarations/check.js';
import { collectDeclaration } from './declarations/collect.js';
import { completionDeclaration } from './declarations/completion.js';
import { expandDeclaration } from './declarations/expand.js';
import { explainDeclaration } from './declarations/explain.js';
import { lintDeclaration } from './declarations/lint.js';
import { pathsDeclaration } from './declarations/paths.js';
import { roleDeclaration } from './declarations/role.js';
import { rulesDeclaration } from './declarations/rules.js';
import { testDeclaration } from './declarations/test.js';
import { whoCanDeclaration } from './declarations/who-can.js';

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
