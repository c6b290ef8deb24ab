import type { Plane } from '../model/role-definition.js';

/** What can be said in plain words of one kind of resource: `rules/capabilities/<name>.json`. */
export interface CapabilityArea {
  readonly name: string;
  /** As it stands in a heading. */
  readonly area: string;
  /** Areas are spoken of in this order. */
  readonly order: number;
  /** A role that grants an operation starting with one of these touches the area. */
  readonly within: readonly string[];
  /** What it lacks here is worth saying of every broad role. */
  readonly isForBroadRoles?: true;
  readonly capabilities: readonly Capability[];
}

/** Words for a set of operations. They hold if the role grants all of `all`, or one of `any`. */
export interface Capability {
  /** What the holder does: "reads secrets". */
  readonly phrase: string;
  /** The same as the end of "cannot …", said of a role that touches the area and grants none of the operations. */
  readonly cannot?: string;
  readonly plane: Plane;
  /** Operations of the catalog, or patterns that stand for every operation they cover on that plane. */
  readonly all?: readonly string[];
  readonly any?: readonly string[];
  /** Operations, of either plane, that lead to the same by another way: with one of them `cannot` would be wrong. */
  readonly unless?: readonly string[];
  /** The phrase where a condition guards all of it. */
  readonly conditionalPhrase?: string;
  /** Worth saying even of a role that is broad enough for it to go without saying. */
  readonly notable?: true;
}
