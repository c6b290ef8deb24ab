import { posix } from 'node:path';
import { getOrInsert } from '../../../maps.js';
import { locatedMember, through, type LocatedValue, type UnknownReason } from '../../located-value.js';
import type { CodeMembership, CodePlace, UnreadCode } from '../../code-resource.js';
import type { DocumentRange, SourceDocument } from '../../source-document.js';
import { listAt, numberAt, objectAt, errorAt, textAt, unknownAt } from './code-values.js';
import { asText, keyOf } from './conversions.js';
import type { Evaluator } from './evaluate.js';
import type { HclBlock } from './hcl-syntax.js';
import { instancesOfCount, instancesOfEach, single, type Instance } from './instances.js';
import { idForms } from './id-forms.js';
import { knownId } from './known-ids.js';
import { attributeOf, type InDocument, type ModuleSource, type ModuleSources } from './module-source.js';
import { metaArguments } from './resource-properties.js';
import { withNames, type FoundName, type Names, type PathStep, type Scope } from './scope.js';
import { conform } from './variable-types.js';

/** What all modules of one configuration share. */
export interface Configuration {
  readonly sources: ModuleSources;
  readonly evaluator: Evaluator;
  /** Folder of the root module. Absolute. */
  readonly folder: string;
  /** Told of modules that are not read, each call once. */
  readonly onUnread: (reason: UnknownReason) => void;
}

/** A call of a module, for one round of its loop. */
interface Caller {
  readonly block: InDocument<HclBlock>;
  readonly scope: Scope;
}

/** How a module is used: that of the folder itself is called by none. */
interface ModuleUse {
  /** In front of the addresses of its resources: empty, or `module.roles.` */
  readonly prefix: string;
  readonly caller: Caller | undefined;
  /** Folders of the modules that call it, itself included. */
  readonly callers: readonly string[];
}

/** A module as it is used once: with values for its variables. What is asked for is evaluated, once. */
export class ModuleInstance implements Names {
  readonly prefix: string;
  private readonly caller: Caller | undefined;
  private readonly callers: readonly string[];
  private readonly known = new Map<string, LocatedValue>();
  private readonly inWork = new Set<string>();
  private readonly children = new Map<string, readonly Child[] | UnknownReason>();
  private readonly instances = new Map<InDocument<HclBlock>, readonly Instance[]>();

  constructor(
    private readonly configuration: Configuration,
    readonly source: ModuleSource,
    { prefix, caller, callers }: ModuleUse = { prefix: '', caller: undefined, callers: [source.folder] },
  ) {
    this.prefix = prefix;
    this.caller = caller;
    this.callers = callers;
  }

  /** Resources of its own, without those of the modules that it calls. */
  *resources(): Generator<{ readonly name: string; readonly block: InDocument<HclBlock> }> {
    for (const [name, block] of this.source.resources) yield { name, block };
  }

  /** The modules that it calls, as far as they are read and somebody asks for them. */
  *calls(
    isWanted: (source: ModuleSource) => boolean,
  ): Generator<{ readonly instance: ModuleInstance; readonly presence: UnknownReason | undefined }> {
    for (const name of this.source.calls.keys()) {
      const children = this.childrenOf(name);
      if ('kind' in children) continue;
      for (const { instance, loop } of children) {
        if (isWanted(instance.source)) yield { instance, presence: loop.presence };
      }
    }
  }

  /** What roles may be assigned at among its resources. */
  *places(domain: string): Generator<CodePlace> {
    for (const { address, attribute } of this.instancesOfTypes(type => idForms.has(type))) {
      const id = attribute('id');
      if (id !== undefined) yield { address, domain, id };
    }
  }

  /**
   * Who is in which group by its resources
   * (https://registry.terraform.io/providers/hashicorp/azuread/latest/docs/resources/group).
   */
  *memberships(domain: string): Generator<CodeMembership> {
    for (const [type, wanted] of groupTypes) {
      for (const { attribute } of this.instancesOfTypes(each => each === type)) {
        const [group, members] = [attribute(wanted.group), attribute(wanted.members)];
        if (group !== undefined && members !== undefined) yield { domain, group, members };
      }
    }
  }

  /** Modules that it calls and that were not read, and resources that deploy templates. */
  *unread(domain: string): Generator<UnreadCode> {
    const { evaluator } = this.configuration;
    for (const [name, call] of this.source.calls) {
      if (!('kind' in this.childrenOf(name))) continue;
      const given = this.instancesOf(call).flatMap(({ names }) => {
        const scope = withNames(this.scopeIn(call.document), names);
        return call.piece.body.attributes.map(({ value }) => evaluator.evaluate(value, scope));
      });
      yield { name: `${this.prefix}module.${name}`, domain, given, text: textOf(call) };
    }
    for (const { address, block, names } of this.instancesOfTypes(type =>
      type.endsWith('_template_deployment'),
    )) {
      const scope = withNames(this.scopeIn(block.document), names);
      const given = block.piece.body.attributes.map(({ value }) => evaluator.evaluate(value, scope));
      yield { name: address, domain, given, text: textOf(block) };
    }
  }

  private *instancesOfTypes(isWanted: (type: string) => boolean): Generator<ResourceInstance> {
    for (const [name, block] of this.source.resources) {
      const path = name.split('.');
      if (!isWanted(path.slice(0, -1).join('.'))) continue;
      const at = { document: block.document, start: block.piece.start, end: block.piece.end };
      for (const { suffix, presence, names } of this.instancesOf(block)) {
        const key = suffix === '' || presence !== undefined ? [] : [{ index: indexIn(suffix, at) }];
        const steps = [...path.slice(1).map(part => ({ name: part })), ...key];
        const attribute = (wanted: string): LocatedValue | undefined =>
          this.find(path[0]!, [...steps, { name: wanted }], at)?.value;
        yield { address: `${this.prefix}${name}${suffix}`, block, names, attribute };
      }
    }
  }

  scopeIn(document: SourceDocument): Scope {
    return { document, names: this, locals: undefined };
  }

  /** What a block with `for_each` or `count` stands for. */
  instancesOf(block: InDocument<HclBlock>): readonly Instance[] {
    return getOrInsert(this.instances, block, () => this.readInstances(block));
  }

  private readInstances({ piece: block, document }: InDocument<HclBlock>): readonly Instance[] {
    const scope = this.scopeIn(document);
    for (const [name, instances] of [
      ['for_each', instancesOfEach],
      ['count', instancesOfCount],
    ] as const) {
      const attribute = attributeOf(block.body, name);
      if (attribute === undefined) continue;
      const at = { document, start: attribute.value.start, end: attribute.value.end };
      return instances(this.configuration.evaluator.evaluate(attribute.value, scope), at);
    }
    return single;
  }

  find(root: string, path: readonly PathStep[], at: DocumentRange): FoundName | undefined {
    const [first] = path;
    const name = first !== undefined && 'name' in first ? first.name : undefined;
    switch (root) {
      case 'var':
      case 'local':
        return { value: name === undefined ? incomplete(root, at) : this.variable(root, name, at), taken: 1 };
      case 'module':
        return name === undefined
          ? { value: incomplete(root, at), taken: 0 }
          : this.outputOf(name, path.slice(1), at);
      case 'path':
        return { value: this.path(name, at), taken: 1 };
      case 'terraform':
        return { value: unknownAt({ kind: 'input', name: `terraform.${name ?? ''}`, at }, at), taken: 1 };
      case 'each':
      case 'count':
      case 'self':
        return { value: errorAt(root, 'is used where there is no loop', at), taken: path.length };
      default:
        return this.resource(root, path, at);
    }
  }

  private variable(root: 'var' | 'local', name: string, at: DocumentRange): LocatedValue {
    const value = this.once(`${root}.${name}`, at, () =>
      root === 'var' ? this.valueOfVariable(name, at) : this.valueOfLocal(name, at),
    );
    return through(value, { kind: root === 'var' ? 'variable' : 'local', name: `${root}.${name}`, at });
  }

  /** Names that depend on themselves have no value. */
  private once(key: string, at: DocumentRange, evaluate: () => LocatedValue): LocatedValue {
    const known = this.known.get(key);
    if (known !== undefined) return known;
    if (this.inWork.has(key)) return errorAt(key, 'depends on itself', at);
    this.inWork.add(key);
    const value = evaluate();
    this.inWork.delete(key);
    this.known.set(key, value);
    return value;
  }

  private valueOfLocal(name: string, at: DocumentRange): LocatedValue {
    const local = this.source.locals.get(name);
    if (local === undefined) return errorAt(`local.${name}`, 'is not declared', at);
    return this.configuration.evaluator.evaluate(local.piece.value, this.scopeIn(local.document));
  }

  private valueOfVariable(name: string, at: DocumentRange): LocatedValue {
    const { evaluator } = this.configuration;
    const declared = this.source.variables.get(name);
    if (declared === undefined) return errorAt(`var.${name}`, 'is not declared', at);
    const { piece: block, document } = declared;
    const scope = this.scopeIn(document);
    const given = this.givenTo(name) ?? this.defaultOf(block, scope);
    if (given === undefined) {
      const place = { document, start: block.start, end: block.end };
      const identity = `${this.prefix}var.${name}`;
      return { ...unknownAt({ kind: 'input', name: `var.${name}`, at: place }, at), identity };
    }
    const type = attributeOf(block.body, 'type');
    return type === undefined ? given : conform(given, type.value, each => evaluator.evaluate(each, scope));
  }

  /** The value given by whoever calls the module; to the root, by files of values. */
  private givenTo(name: string): LocatedValue | undefined {
    const { evaluator } = this.configuration;
    if (this.caller === undefined) {
      const given = this.source.values.get(name);
      return given && evaluator.evaluate(given.piece.value, this.scopeIn(given.document));
    }
    const { block, scope } = this.caller;
    const argument = attributeOf(block.piece.body, name);
    if (argument === undefined) return undefined;
    const value = evaluator.evaluate(argument.value, scope);
    const { document } = block;
    const at = { document, start: argument.start, end: argument.end };
    return through(value, { kind: 'module', name: this.prefix.replace(/\.$/, ''), at });
  }

  private defaultOf({ body }: HclBlock, scope: Scope): LocatedValue | undefined {
    const attribute = attributeOf(body, 'default');
    return attribute && this.configuration.evaluator.evaluate(attribute.value, scope);
  }

  private path(name: string | undefined, at: DocumentRange): LocatedValue {
    const { folder } = this.configuration;
    if (name === 'module') return textAt(posix.relative(folder, this.source.folder) || '.', at);
    if (name === 'root') return textAt('.', at);
    return unknownAt({ kind: 'input', name: `path.${name ?? ''}`, at }, at);
  }

  private outputOf(name: string, path: readonly PathStep[], at: DocumentRange): FoundName {
    const children = this.childrenOf(name);
    if ('kind' in children) return { value: unknownAt(children, at), taken: path.length + 1 };
    const [first, second] = path;
    const isLoop = children[0]?.loop.suffix !== '';
    if (!isLoop) {
      const output = first !== undefined && 'name' in first ? first.name : undefined;
      if (output === undefined) return { value: allOutputs(children[0]!.instance, at), taken: 1 };
      return { value: children[0]!.instance.output(output, at), taken: 2 };
    }
    const child = first !== undefined && 'index' in first ? childAt(children, first.index) : undefined;
    if (child !== undefined && second !== undefined && 'name' in second) {
      return { value: child.instance.output(second.name, at), taken: 3 };
    }
    return { value: allInstances(children, each => allOutputs(each.instance, at), at), taken: 1 };
  }

  /** What an output of the module comes to, for the one that calls it. */
  output(name: string, at: DocumentRange): LocatedValue {
    const output = this.source.outputs.get(name);
    const address = `${this.prefix}${name}`;
    if (output === undefined) return errorAt(address, 'is not declared', at);
    const value = this.once(`output.${name}`, at, () =>
      this.configuration.evaluator.evaluate(output.piece, this.scopeIn(output.document)),
    );
    return through(value, { kind: 'output', name: address, at });
  }

  private childrenOf(name: string): readonly Child[] | UnknownReason {
    let children = this.children.get(name);
    if (children === undefined) {
      // What is asked for while it is being made depends on itself.
      const call = this.source.calls.get(name);
      const at = call && { document: call.document, start: call.piece.start, end: call.piece.end };
      if (call !== undefined && at !== undefined) {
        this.children.set(name, { kind: 'error', name: `module.${name}`, detail: 'depends on itself', at });
      }
      children = this.readChildren(name, call);
      this.children.set(name, children);
    }
    return children;
  }

  private readChildren(
    name: string,
    call: InDocument<HclBlock> | undefined,
  ): readonly Child[] | UnknownReason {
    const { sources, evaluator, onUnread } = this.configuration;
    if (call === undefined) {
      const document = this.source.documents[0]!;
      return {
        kind: 'error',
        name: `module.${name}`,
        detail: 'is not declared',
        at: { document, start: 0, end: 0 },
      };
    }
    const { piece: block, document } = call;
    const at = {
      document,
      start: block.typeRange.start,
      end: block.labels.at(-1)?.end ?? block.typeRange.end,
    };
    const attribute = attributeOf(block.body, 'source');
    const written = attribute && asText(evaluator.evaluate(attribute.value, this.scopeIn(document)));
    const unread = (detail: string): UnknownReason => {
      const reason: UnknownReason = { kind: 'not-read', name: `module.${name}`, detail, at };
      onUnread(reason);
      return reason;
    };
    if (written === undefined) return unread('has a source that is unknown and was not read');
    if (!/^\.\.?(?:\/|$)/.test(written))
      return unread(`comes from "${written.slice(0, 200)}" and was not read`);
    const folder = posix.join(this.source.folder, written).replace(/\/$/, '');
    if (this.callers.includes(folder)) return unread('calls itself and was not read again');
    if (this.callers.length >= deepestModule) return unread('lies in too many others and was not read');
    const source = sources.module(folder);
    if (source === undefined)
      return unread(`lies in "${written.slice(0, 200)}", which is not there or outside of the repository`);
    return this.instancesOf(call).map((loop): Child => {
      const scope = withNames(this.scopeIn(document), loop.names);
      const prefix = `${this.prefix}module.${name}${loop.suffix}.`;
      const caller = { block: call, scope };
      return {
        loop,
        instance: new ModuleInstance(this.configuration, source, {
          prefix,
          caller,
          callers: [...this.callers, folder],
        }),
      };
    });
  }

  /** An argument of a resource; what Azure answers for it is known only after deployment. */
  private resource(root: string, path: readonly PathStep[], at: DocumentRange): FoundName | undefined {
    const isData = root === 'data';
    const [type, rest] = isData ? [nameAt(path, 0), path.slice(1)] : [root, path];
    const name = nameAt(rest, 0);
    if (type === undefined || name === undefined) return undefined;
    const key = `${isData ? 'data.' : ''}${type}.${name}`;
    const block = this.source.resources.get(key);
    if (block === undefined) return { value: errorAt(key, 'is not declared', at), taken: path.length };
    const index = rest[1] !== undefined && 'index' in rest[1] ? rest[1].index : undefined;
    const attribute = nameAt(rest, index === undefined ? 1 : 2);
    const taken = (isData ? 1 : 0) + 1 + (index === undefined ? 0 : 1) + (attribute === undefined ? 0 : 1);
    const declared = { document: block.document, start: block.piece.start, end: block.piece.end };
    const reason: UnknownReason = { kind: 'deployment', name: key, at: declared };
    const resource = this.addressOf(key, index);
    const asked = { key, type: isData ? `data.${type}` : type, block, reason, at };
    if (attribute === undefined) {
      const whole =
        index === undefined ? this.instancesIn(asked) : this.instanceIn({ ...asked, index, resource });
      return { value: whole, taken };
    }
    const value = this.attributeOf(attribute, { ...asked, index, resource });
    return { value: through(value, { kind: 'resource', name: `${key}.${attribute}`, at }), taken };
  }

  /** All instances of a resource: with `for_each` an object by key, with `count` a list. */
  private instancesIn(asked: AskedResource): LocatedValue {
    // Loops may ask for it in each of their rounds.
    return this.once(`${asked.key}[*]`, asked.at, () => this.makeInstances(asked));
  }

  private makeInstances(asked: AskedResource): LocatedValue {
    const { key, block, reason, at } = asked;
    const instances = this.instancesOf(block);
    const resource = `${this.prefix}${key}`;
    if (instances === single) return this.instanceIn({ ...asked, index: undefined, resource });
    const isKnown = instances.every(({ presence }) => presence === undefined);
    if (!isKnown) return { ...unknownAt(reason, at), identity: resource, resource };
    const values = instances.map(({ suffix }) => {
      const index = indexIn(suffix, at);
      return {
        key: asText(index) ?? '',
        keyAt: at,
        value: this.instanceIn({ ...asked, index, resource: `${resource}${suffix}` }),
      };
    });
    const isMap = attributeOf(block.piece.body, 'for_each') !== undefined;
    return isMap
      ? objectAt(values, at)
      : listAt(
          values.map(({ value }) => value),
          at,
        );
  }

  /** One of them: its arguments and its id; what else Azure answers for it is unknown, and named by it. */
  private instanceIn(asked: AskedInstance): LocatedValue {
    const { block, reason, resource, at } = asked;
    if (resource === undefined) return unknownAt(reason, at);
    const written = block.piece.body.attributes.map(({ name }) => name);
    const names = [...written.filter(name => !metaArguments.has(name)), 'id'];
    const members = names.map(name => ({ key: name, keyAt: at, value: this.attributeOf(name, asked) }));
    return objectAt(members, at, { ...reason, identity: resource, resource });
  }

  private attributeOf(attribute: string, asked: AskedInstance): LocatedValue {
    const { key, type, block, index, reason, resource, at } = asked;
    const own = { ...reason, name: `${key}.${attribute}` };
    const identity = resource && `${resource}.${attribute}`;
    const argument = (wanted: string): LocatedValue | undefined =>
      this.argument(key, block, { wanted, index });
    return (
      argument(attribute) ??
      knownId(
        { type, attribute, reason: own, resource, subscription: this.subscriptionOf(block) },
        argument,
        at,
      ) ?? { ...unknownAt(own, at), identity, resource }
    );
  }

  /** Undefined where nobody knows which instance is meant. */
  private addressOf(key: string, index: LocatedValue | undefined): string | undefined {
    if (index === undefined) return `${this.prefix}${key}`;
    const known = keyOf(index);
    return known === undefined ? undefined : `${this.prefix}${key}[${known}]`;
  }

  /** Equal for what is deployed to one subscription: that of its provider. */
  private subscriptionOf({ piece, document }: InDocument<HclBlock>): string {
    const { caller } = this;
    const home =
      caller !== undefined && attributeOf(caller.block.piece.body, 'providers') !== undefined
        ? this.prefix
        : '';
    const provider = attributeOf(piece.body, 'provider')?.value;
    const name = provider === undefined ? 'azurerm' : document.text.slice(provider.start, provider.end);
    return `subscription of ${name === 'azurerm' ? home : this.prefix}${name}`;
  }

  private argument(
    key: string,
    block: InDocument<HclBlock>,
    { wanted, index }: { readonly wanted: string; readonly index: LocatedValue | undefined },
  ): LocatedValue | undefined {
    const attribute = attributeOf(block.piece.body, wanted);
    if (attribute === undefined || wanted === 'for_each' || wanted === 'count') return undefined;
    const at = { document: block.document, start: attribute.start, end: attribute.end };
    const suffix = index === undefined ? '' : (keyOf(index) ?? '?');
    return this.once(`${key}[${suffix}].${wanted}`, at, () => {
      const instances = this.instancesOf(block);
      const instance =
        index === undefined ? instances[0] : instances.find(each => each.suffix === `[${suffix}]`);
      if (instance === undefined) return errorAt(`${key}[${suffix}]`, 'is not there', at);
      const scope = withNames(this.scopeIn(block.document), instance.names);
      return this.configuration.evaluator.evaluate(attribute.value, scope);
    });
  }
}

/** A resource of which something is asked. */
interface AskedResource {
  readonly key: string;
  readonly type: string;
  readonly block: InDocument<HclBlock>;
  readonly reason: UnknownReason;
  readonly at: DocumentRange;
}

interface AskedInstance extends AskedResource {
  /** Undefined without a loop. */
  readonly index: LocatedValue | undefined;
  /** The address of the instance; undefined where nobody knows which instance is meant. */
  readonly resource: string | undefined;
}

function textOf({ piece, document }: InDocument<HclBlock>): string {
  return document.text.slice(piece.start, piece.end);
}

interface ResourceInstance {
  readonly address: string;
  readonly block: InDocument<HclBlock>;
  /** What a loop calls its rounds by. */
  readonly names: ReadonlyMap<string, LocatedValue>;
  readonly attribute: (name: string) => LocatedValue | undefined;
}

/** Resources by which principals come into groups, and the names of their arguments. */
const groupTypes = [
  ['azuread_group', { group: 'object_id', members: 'members' }],
  ['azuread_group_member', { group: 'group_object_id', members: 'member_object_id' }],
] as const;

function indexIn(suffix: string, at: DocumentRange): LocatedValue {
  const key: unknown = JSON.parse(suffix.slice(1, -1));
  return typeof key === 'number' ? numberAt(key, at) : textAt(String(key), at);
}

interface Child {
  readonly instance: ModuleInstance;
  readonly loop: Instance;
}

/** Modules that call modules that call modules. */
const deepestModule = 20;

function nameAt(path: readonly PathStep[], index: number): string | undefined {
  const step = path[index];
  return step !== undefined && 'name' in step ? step.name : undefined;
}

function incomplete(root: string, at: DocumentRange): LocatedValue {
  return errorAt(root, 'needs a name behind a dot', at);
}

function childAt(children: readonly Child[], index: LocatedValue): Child | undefined {
  const key = keyOf(index);
  return key === undefined ? undefined : children.find(({ loop }) => loop.suffix === `[${key}]`);
}

function allOutputs(instance: ModuleInstance, at: DocumentRange): LocatedValue {
  const members = [...instance.source.outputs.keys()].map(key => ({
    key,
    keyAt: at,
    value: instance.output(key, at),
  }));
  return objectAt(members, at);
}

/** All instances: of a module with `count` a list, of one with `for_each` a map. */
function allInstances(
  children: readonly Child[],
  valueOf: (child: Child) => LocatedValue,
  at: DocumentRange,
): LocatedValue {
  const more = children.find(({ loop }) => loop.presence !== undefined)?.loop.presence;
  const known = children.filter(({ loop }) => loop.presence === undefined);
  if (known.some(({ loop }) => loop.names.has('each'))) {
    const members = known.flatMap(child => {
      const each = child.loop.names.get('each');
      const key = each?.kind === 'object' ? asText(locatedMember(each, 'key')?.value) : undefined;
      return key === undefined ? [] : [{ key, keyAt: at, value: valueOf(child) }];
    });
    return objectAt(members, at, more);
  }
  return listAt(known.map(valueOf), at, more);
}
