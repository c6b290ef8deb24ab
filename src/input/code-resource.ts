import type { Notice } from '../errors.js';
import type { LocatedObject, LocatedValue, UnknownReason } from './located-value.js';
import type { DocumentRange, SourceDocument } from './source-document.js';

/** A resource that code deploys. A loop gives one for each of its rounds that are known. */
export interface CodeResource {
  /** As the format names it: `azurerm_role_definition`, `Microsoft.Authorization/roleDefinitions`. */
  readonly type: string;
  /** The name by which code speaks of it: `module.roles.azurerm_role_definition.deployer["dev"]`. */
  readonly address: string;
  /** What is deployed together: in it, a name and what only the deployment knows mean one thing. */
  readonly domain: string;
  /** The block or object that declares it. */
  readonly at: DocumentRange;
  readonly properties: LocatedObject;
  /** Where it applies, in formats in which that is more than one of its properties: the id of a scope. */
  readonly scope?: LocatedValue;
  /** Why it may not be deployed at all, or more than once: a condition or a loop that is unknown. */
  readonly presence: UnknownReason | undefined;
}

/** A resource of code by which roles may be assigned, to it or at it. */
export interface CodePlace {
  readonly address: string;
  readonly domain: string;
  readonly id: LocatedValue;
}

/** Principals that code makes the members of a group. */
export interface CodeMembership {
  readonly domain: string;
  /** The object id of the group. */
  readonly group: LocatedValue;
  /** An object id, or a list of such. */
  readonly members: LocatedValue;
}

/** Code that is used and was not read, such as a module of a registry. What it deploys nobody knows. */
export interface UnreadCode {
  /** As code speaks of it: `module.roles`. */
  readonly name: string;
  readonly domain: string;
  /** All that it is told. */
  readonly given: readonly LocatedValue[];
  /** The text that tells it so, where names in it are addresses of the code: functions hide what their values are made of. */
  readonly text?: string;
}

/** What code says beside roles and role assignments, for questions about its principals and places. */
export interface CodeContext {
  /** Places of which the ids are known in part at least. */
  readonly places: readonly CodePlace[];
  readonly memberships: readonly CodeMembership[];
  readonly unread: readonly UnreadCode[];
}

/** What was read of the files of one format. */
export interface CodeFiles {
  /** Files that were named and those that they refer to. */
  readonly documents: readonly SourceDocument[];
  readonly resources: readonly CodeResource[];
  /** On what was not looked at, beside what is unknown in the resources. */
  readonly notices: readonly Notice[];
  /** Worked out when asked for. */
  readonly context?: () => CodeContext;
}
