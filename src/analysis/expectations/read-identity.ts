import type { AnyActionSet, CompositeActionSet } from '../../rbac/action-sets/action-set.js';
import { didYouMean } from '../../did-you-mean.js';
import { pointerOf, type JsonNode, type JsonObject } from '../../input/json-node.js';
import type { Located } from '../../input/source-document.js';
import type { ConfigReader, Members } from '../../lint/engine/config-reader.js';
import { suggestOperations } from '../../lint/checks/suggest-operations.js';
import { isGuid } from '../../rbac/model/guid.js';
import { isDecidable } from '../../rbac/permissions/action-pattern.js';
import type { AcceptedExcess, ExpectedIdentity, ExpectedNeed, ForbiddenPattern } from './expectations.js';
import type { InputErrors } from './input-errors.js';
import type { ExpectationContext } from './expectation-context.js';
import type { Conditions } from './conditions.js';
import type { ScopeNames } from './scope-names.js';

const identityKeys = ['name', 'principal', 'role', 'needs', 'never', 'accept'] as const;
const needKeys = ['set', 'partOf', 'scope', 'scopes', 'at', 'when'] as const;
const acceptKeys = ['role', 'operations', 'reason'] as const;
const neverKeys = ['actions', 'dataActions'] as const;

/** What the file says beside its identities, and where errors in it go. */
interface IdentityContext {
  readonly scopes: ScopeNames;
  readonly context: ExpectationContext;
  readonly inputErrors: InputErrors;
  readonly conditions: Conditions;
}

/** Reads the entries of `identities`, one by one. */
export class IdentityReader {
  private readonly scopes: ScopeNames;
  private readonly context: ExpectationContext;
  private readonly inputErrors: InputErrors;
  private readonly conditions: Conditions;

  constructor(
    private readonly reader: ConfigReader,
    { scopes, context, inputErrors, conditions }: IdentityContext,
  ) {
    this.scopes = scopes;
    this.context = context;
    this.inputErrors = inputErrors;
    this.conditions = conditions;
  }

  /** Undefined where something in it is wrong. */
  read(node: JsonNode): ExpectedIdentity | undefined {
    const before = this.inputErrors.count;
    const identity = this.inputErrors.attempt(() => this.readIdentity(node));
    if (identity === undefined || this.inputErrors.count > before) return undefined;
    // A scope whose name was given wrongly was reported there.
    const isUnresolved =
      identity.principal !== undefined &&
      identity.needs?.some(({ scope, open }) => scope === undefined && open?.at === undefined);
    return isUnresolved ? undefined : identity;
  }

  private readIdentity(node: JsonNode): ExpectedIdentity {
    const { reader, inputErrors } = this;
    const object = reader.object(node);
    const members = reader.members(object, 'an identity', identityKeys);
    const name = members.required('name', value => this.located(value));
    const principal = inputErrors.attempt(() => members.get('principal', value => this.principal(value)));
    const role = members.get('role', value => this.located(value));
    this.checkSubject(object, members);
    const needs = members.get('needs', value => this.list(value, item => this.needs(item, members)))?.flat();
    const never = members.get('never', value => this.list(value, item => this.never(item)))?.flat() ?? [];
    const accepted = members.get('accept', value => this.list(value, item => this.accepted(item))) ?? [];
    const saysNever =
      members.get('never', value => value.kind !== 'array' || value.items.length > 0) === true;
    if (needs === undefined && !saysNever) {
      throw reader.error(object, 'The identity has neither "needs" nor "never": there is nothing to check.');
    }
    return { name, principal, role, needs, never, accepted };
  }

  /** Every item is read, so that one mistake does not hide another. */
  private list<Item>(node: JsonNode, read: (item: JsonNode) => Item): Item[] {
    return this.reader
      .list(node, item => this.inputErrors.attempt(() => read(item)))
      .filter(item => item !== undefined);
  }

  private checkSubject(object: JsonObject, members: Members<(typeof identityKeys)[number]>): void {
    const [principal, role] = (['principal', 'role'] as const).map(key => members.get(key, node => node));
    if (principal === undefined && role === undefined) {
      throw this.reader.error(object, 'The identity has neither "principal" nor "role".', subjectHint);
    }
    if (principal !== undefined && role !== undefined) {
      throw this.reader.error(object, 'The identity has both "principal" and "role".', subjectHint);
    }
  }

  private principal(node: JsonNode): Located<string> {
    const { value, at } = this.located(node);
    if (value.startsWith('/')) return { value: this.identityOf(node, value), at };
    const named = this.context.code?.principals(value) ?? [];
    if (named.length === 1) return { value: named[0]!, at };
    if (named.length > 1) {
      const hint = `Name one of them: ${named.join(', ')}.`;
      throw this.reader.error(node, `"${value}" has several identities in the code.`, hint);
    }
    if (!isGuid(value) && this.context.code !== undefined) {
      const message = `The principal "${value}" is not an object ID (a GUID), and the code has no such name for one.`;
      throw this.reader.error(
        node,
        message,
        'Write the address of a resource in Terraform, or a symbol of Bicep.',
      );
    }
    if (!isGuid(value))
      throw this.reader.error(node, `The principal "${value}" is not an object ID (a GUID).`, objectIdHint);
    return { value: value.toLowerCase(), at };
  }

  /** The managed identity of a resource. */
  private identityOf(node: JsonNode, resource: string): string {
    const { identitiesOf } = this.context;
    if (identitiesOf === undefined)
      throw this.reader.error(node, `Whose identity "${resource}" has must be known: give --snapshot.`);
    const [identity, another] = identitiesOf(resource);
    if (identity === undefined)
      throw this.reader.error(node, `The snapshot holds no identity of "${resource}".`, objectIdHint);
    if (another === undefined) return identity;
    const message = `"${resource}" has several identities.`;
    throw this.reader.error(node, message, 'Name the user-assigned identity by its own ARM id.');
  }

  private needs(node: JsonNode, identity: Members<(typeof identityKeys)[number]>): ExpectedNeed[] {
    const object = this.reader.object(node);
    const members = this.reader.members(object, 'a need', needKeys);
    const set = members.required('set', value => this.set(value));
    const isRole = identity.get('role', () => true) === true;
    if (set.kind === 'composite') return this.composite(set, object, members, isRole);
    members.get('scopes', value => {
      throw this.reader.error(value, `"${set.id}" is needed at one scope: use "scope".`);
    });
    const partOf = members.get('partOf', value => this.whole(value));
    const scope = members.get('scope', value => this.scopes.find(value, set.scope, set.id));
    const at = members.get('at', value => this.reader.text(value));
    const saysScope = members.get('scope', () => true) === true;
    if (at !== undefined && saysScope)
      throw this.reader.error(
        object,
        'The need has both "scope" and "at"; "at" is for a scope that is not known.',
      );
    if (at === undefined && !saysScope && !isRole) {
      throw this.reader.error(object, `The key "scope" is missing: it says where "${set.id}" is needed.`);
    }
    return this.conditioned({ set, partOf, scope }, at, members);
  }

  /** A condition that holds makes a need like any other, and one that does not makes none. */
  private conditioned(
    need: ExpectedNeed,
    at: string | undefined,
    members: Members<(typeof needKeys)[number]>,
  ): ExpectedNeed[] {
    const when = members.get('when', value => this.reader.text(value));
    const answer = when === undefined ? 'yes' : this.conditions.ask(when);
    if (answer === 'no') return [];
    if (answer === undefined) return [{ ...need, open: { reason: 'conditional', at, when } }];
    if (at === undefined) return [need];
    return [{ ...need, open: { reason: 'scope-unknown', at, when: undefined } }];
  }

  private whole(node: JsonNode): CompositeActionSet {
    const set = this.set(node);
    if (set.kind === 'composite') return set;
    throw this.reader.error(node, `"${set.id}" is not a composite, so it has no parts.`);
  }

  private set(node: JsonNode): AnyActionSet {
    const id = this.reader.text(node);
    const set = this.context.sets.find(id);
    if (set !== undefined) return set;
    throw this.reader.error(node, `There is no action set "${id}".`, didYouMean(id, this.context.sets.ids()));
  }

  /** Parts that are optional, or that Azure grants by itself, are needed where a scope is given for them. */
  private composite(
    set: CompositeActionSet,
    object: JsonObject,
    members: Members<(typeof needKeys)[number]>,
    isRole: boolean,
  ): ExpectedNeed[] {
    members.get('partOf', value => {
      throw this.reader.error(value, `"${set.id}" is a composite, which is part of no other.`);
    });
    for (const key of ['at', 'when'] as const) {
      members.get(key, value => {
        throw this.reader.error(value, `"${key}" is for a set at one scope: name the parts of "${set.id}".`);
      });
    }
    members.get('scope', value => {
      throw this.reader.error(
        value,
        `"${set.id}" is needed at several scopes: use "scopes".`,
        scopesHint(set),
      );
    });
    const given = members.get('scopes', value => this.scopesOf(set, value)) ?? new Map<string, JsonNode>();
    const needs = set.parts.flatMap((part): ExpectedNeed[] => {
      const found = this.context.sets.get(part.set);
      if (found.kind === 'composite')
        throw this.reader.error(object, `"${part.set}" in "${set.id}" is a composite itself.`);
      const node = given.get(part.at);
      if (node !== undefined)
        return [{ set: found, partOf: set, scope: this.scopes.find(node, found.scope, found.id) }];
      if (part.optional || part.automatic) return [];
      if (isRole) return [{ set: found, partOf: set, scope: undefined }];
      const message = `The scope "${part.at}" is missing: "${set.id}" needs "${part.set}" there.`;
      throw this.reader.error(object, message, scopesHint(set));
    });
    if (needs.length > 0) return needs;
    throw this.reader.error(
      object,
      `No part of "${set.id}" would be checked: name the scopes of those that are to be.`,
      scopesHint(set),
    );
  }

  private scopesOf(set: CompositeActionSet, node: JsonNode): Map<string, JsonNode> {
    const names = [...new Set(set.parts.map(({ at }) => at))];
    const object = this.reader.object(node);
    const members = this.reader.members(object, `the scopes of "${set.id}"`, names);
    return new Map(names.flatMap(name => members.get(name, value => [[name, value] as const]) ?? []));
  }

  private never(node: JsonNode): ForbiddenPattern[] {
    if (node.kind !== 'object') return [{ pattern: this.pattern(node), plane: 'both' }];
    const members = this.reader.members(node, 'an entry of "never"', neverKeys);
    const patterns = neverKeys.flatMap(key => {
      const plane = key === 'actions' ? ('control' as const) : ('data' as const);
      return members.get(key, value => this.patterns(value).map(pattern => ({ pattern, plane }))) ?? [];
    });
    if (patterns.length === 0)
      throw this.reader.error(node, 'The entry names neither "actions" nor "dataActions".');
    return patterns;
  }

  private accepted(node: JsonNode): AcceptedExcess {
    const object = this.reader.object(node);
    const members = this.reader.members(object, 'an entry of "accept"', acceptKeys);
    const role = members.get('role', value => this.located(value));
    const operations = members.get('operations', value => this.patterns(value)) ?? [];
    if ((role === undefined) === (operations.length === 0)) {
      throw this.reader.error(object, 'The entry must name either a "role" or "operations".');
    }
    return { role, operations, reason: members.required('reason', value => this.reader.text(value)) };
  }

  /** One pattern, or a list of them. */
  private patterns(node: JsonNode): Located<string>[] {
    return node.kind === 'array' ? this.reader.list(node, item => this.pattern(item)) : [this.pattern(node)];
  }

  private pattern(node: JsonNode): Located<string> {
    const located = this.located(node);
    if (!isDecidable(located.value))
      throw this.reader.error(node, 'The pattern is too long or has too many wildcards.');
    this.refuseMisspelt(located.value, node);
    return located;
  }

  /** What only looks like an operation that there is would look for nothing. */
  private refuseMisspelt(pattern: string, node: JsonNode): void {
    const { catalog } = this.context;
    if (pattern.includes('*') || catalog.findOperation(pattern) !== undefined) return;
    const [nearest] = suggestOperations(pattern, 'control', catalog);
    if (nearest === undefined) return;
    throw this.reader.error(
      node,
      `"${pattern}" is not in the catalog of ${catalog.date}.`,
      `Did you mean "${nearest}"?`,
    );
  }

  private located(node: JsonNode): Located<string> {
    return {
      value: this.reader.text(node).trim(),
      at: { ...this.reader.at(node), pointer: pointerOf(node) },
    };
  }
}

const subjectHint =
  'Give the object id of a principal, or for what is not deployed yet the role that it will get.';
const objectIdHint = 'It is the id of the service principal, user or group itself, not of its application.';

function scopesHint(set: CompositeActionSet): string {
  const names = set.parts.map(({ at, optional, automatic }) =>
    optional || automatic ? `${at} (optional)` : at,
  );
  return `Its scopes: ${[...new Set(names)].join(', ')}.`;
}
