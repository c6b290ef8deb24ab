import type { Catalog } from '../catalog/catalog.js';
import type { Plane } from '../model/role-definition.js';
import type { OperationIndex } from '../permissions/operation-index.js';
import type { RolePurpose, RolePurposes } from './role-purposes.js';

/** A built-in role that grants what is missing. */
export interface GrantingRole {
  readonly name: string;
  readonly id: string;
  /** How many operations it grants, both planes together. */
  readonly operations: number;
  /** Whether it grants what is missing only where its condition holds. */
  readonly conditional: boolean;
  /** Documentation names it for what is missing. */
  readonly recommended: boolean;
  readonly purpose: RolePurpose;
}

/** What ranking is done with. */
export interface RankingTools {
  readonly catalog: Catalog;
  readonly index: OperationIndex;
  readonly purposes: RolePurposes;
}

/** An operation on one plane. */
export type WantedOperation = readonly [operation: string, plane: Plane];
