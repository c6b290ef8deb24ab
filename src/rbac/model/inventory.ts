import type { SourceDocument } from '../../input/source-document.js';
import type { CodeAssignment } from './code-assignment.js';
import type { RoleDefinition } from './role-definition.js';

/** All that a run is about, each object remembering where it came from. */
export interface Inventory {
  readonly documents: readonly SourceDocument[];
  readonly roleDefinitions: readonly RoleDefinition[];
  /** Assignments of code. */
  readonly assignments: readonly CodeAssignment[];
}
