import type { Notice } from '../../../errors.js';
import type { CodeContext, CodeFiles, CodeResource, UnreadCode } from '../../code-resource.js';
import type { JsonNode, JsonObject } from '../../json-node.js';
import type { LocatedMember, LocatedValue, UnknownReason } from '../../located-value.js';
import { positionAt } from '../../position.js';
import type { SourceDocument } from '../../source-document.js';
import { extensionOf } from './assigned-scope.js';
import { deploymentPieces } from './functions/resource-ids.js';
import { isRoleType } from './role-types.js';
import { NodeEvaluator } from './node-evaluator.js';
import { deploymentScopeOf, membersIn, scopeOf, valueIn, type ParameterValues } from './template.js';
import { frameOf, type Frame } from './template-scope.js';
import { findMember, objectAt, piecesOf, unknownAt, type Piece } from './values.js';

/** The roles and role assignments that an ARM template deploys, with those of the deployments inside of it. */
export function readTemplate(document: SourceDocument, given: ParameterValues = new Map()): CodeFiles {
  const reader = new TemplateReader(document);
  const { root } = document;
  if (root?.kind === 'object') reader.root(root, given);
  const { resources, notices, unread } = reader;
  const context = (): CodeContext => ({ places: [], memberships: [], unread });
  return { documents: [document], resources, notices, context };
}

/** Where the resources are that are read. */
interface Place {
  readonly frame: Frame;
  /** What their addresses begin with. */
  readonly address: string;
  /** How many deployments lie around. */
  readonly depth: number;
  /** The type of the resource around, where it is one's child. */
  readonly parentType?: string;
  /** Why nobody knows whether they are deployed. */
  readonly presence?: UnknownReason;
  /** The id of where they are deployed. */
  readonly home: readonly Piece[];
}

/** Azure takes five levels. */
const deepestDeployment = 20;

class TemplateReader {
  readonly evaluator: NodeEvaluator;
  readonly resources: CodeResource[] = [];
  readonly notices: Notice[] = [];
  readonly unread: UnreadCode[] = [];

  constructor(private readonly document: SourceDocument) {
    this.evaluator = new NodeEvaluator(document);
  }

  root(template: JsonObject, given: ParameterValues): void {
    const frame = frameOf(scopeOf(template, this.evaluator, given));
    this.template(template, { frame, address: '', depth: 0, home: this.homeOf(frame, template) });
  }

  private homeOf({ scope }: Frame, template: JsonObject): readonly Piece[] {
    const { evaluation } = this.evaluator;
    return deploymentPieces({ evaluation, at: this.evaluator.placeOf(template), scope: scope.deployment });
  }

  private template(template: JsonObject, place: Place): void {
    this.resourcesIn(valueIn(template, 'resources'), place);
  }

  /** A list, or in version 2.0 of the language an object by symbolic name. */
  private resourcesIn(written: JsonNode | undefined, place: Place): void {
    if (written?.kind === 'array') {
      written.items.forEach((item, i) =>
        this.resource(item, { ...place, address: `${place.address}resources[${i}]` }),
      );
    }
    for (const { key, value } of membersIn(written))
      this.resource(value, { ...place, address: place.address + key });
  }

  private resource(node: JsonNode, place: Place): void {
    if (node.kind !== 'object' || isLiterallyTrue(valueIn(node, 'existing'))) return;
    const written = this.evaluator.text(valueIn(node, 'type'), place.frame) ?? '';
    const type = place.parentType === undefined ? written : `${place.parentType}/${written}`;
    const isDeployment = deploymentType.test(type);
    if (!isDeployment && !isRoleType(type) && valueIn(node, 'resources') === undefined) return;
    const copy = valueIn(node, 'copy');
    if (copy?.kind !== 'object') return this.instance(node, type, place);
    const { frames, open } = this.evaluator.rounds(copy, place.frame);
    frames.forEach((frame, i) =>
      this.instance(node, type, {
        ...place,
        frame,
        address: open === undefined ? `${place.address}[${i}]` : place.address,
        ...presenceOf(place.presence ?? open),
      }),
    );
  }

  private instance(node: JsonObject, type: string, place: Place): void {
    const condition = valueIn(node, 'condition');
    const truth = condition && this.evaluator.evaluate(condition, place.frame);
    if (truth?.kind === 'boolean' && !truth.value) return;
    const presence = place.presence ?? (truth?.kind === 'unknown' ? truth.reason : undefined);
    const inside = { ...place, ...presenceOf(presence) };
    if (deploymentType.test(type)) this.deployment(node, inside);
    else if (isRoleType(type)) this.resources.push(this.read(node, type, inside));
    this.resourcesIn(valueIn(node, 'resources'), {
      ...inside,
      address: `${inside.address}.`,
      parentType: type,
    });
  }

  private read(node: JsonObject, type: string, { frame, address, presence, home }: Place): CodeResource {
    const members = node.members.filter(({ key }) => readProperties.has(key.toLowerCase()));
    const values = members.map(
      ({ key, keyRange, value }): LocatedMember => ({
        key: key.toLowerCase(),
        keyAt: this.evaluator.placeOf(keyRange),
        value: this.evaluator.evaluate(value, frame),
      }),
    );
    const at = this.evaluator.placeOf(node);
    const properties = objectAt(at, values);
    const { name, scope } = extensionOf({ type, properties, at }, home);
    const named =
      name === undefined
        ? values
        : values.map(each => (each.key === 'name' ? { ...each, value: name } : each));
    const domain = this.document.file;
    return { type, address, domain, at, properties: objectAt(at, named), scope, presence };
  }

  private deployment(node: JsonObject, place: Place): void {
    const properties = valueIn(node, 'properties');
    const template = valueIn(properties, 'template');
    if (valueIn(properties, 'templatelink') !== undefined) this.linked(node, properties, place);
    if (template?.kind !== 'object') return;
    if (place.depth === deepestDeployment) return this.tooDeep(template);
    this.template(template, {
      frame: this.innerFrame(template, properties, place.frame) ?? place.frame,
      address: `${place.address}.`,
      depth: place.depth + 1,
      home: this.innerHome(node, template, place),
      ...presenceOf(place.presence),
    });
  }

  /** A deployment may go to another resource group, subscription or management group than the one around. */
  private innerHome(node: JsonObject, template: JsonObject, { frame, home }: Place): readonly Piece[] {
    const piecesIn = (name: string): readonly Piece[] | undefined => {
      const written = valueIn(node, name);
      return written && piecesOf(this.evaluator.evaluate(written, frame));
    };
    const { evaluation } = this.evaluator;
    const at = this.evaluator.placeOf(node);
    const scope = deploymentScopeOf(template);
    const own = deploymentPieces({ evaluation, at, scope });
    const [subscription, group, written] = [
      piecesIn('subscriptionid'),
      piecesIn('resourcegroup'),
      piecesIn('scope'),
    ];
    if (scope === 'management-group' && written !== undefined) return ['/providers/', ...written];
    const inSubscription =
      subscription === undefined ? own.slice(0, 2) : ['/subscriptions/', ...subscription];
    if (scope === 'subscription') return inSubscription;
    if (scope !== 'resource-group') return own;
    if (group !== undefined) return [...inSubscription, '/resourceGroups/', ...group];
    // Without one, it goes where the template around goes.
    return subscription === undefined && frame.scope.deployment === 'resource-group' ? home : own;
  }

  /** Undefined where the template inside is evaluated in the scope of the one around, as it is unless told. */
  private innerFrame(
    template: JsonObject,
    properties: JsonNode | undefined,
    outer: Frame,
  ): Frame | undefined {
    const options = valueIn(properties, 'expressionevaluationoptions');
    if (this.evaluator.text(valueIn(options, 'scope'), outer)?.toLowerCase() !== 'inner') return undefined;
    const given = new Map(
      membersIn(valueIn(properties, 'parameters')).map(({ key, value }) => {
        return [key.toLowerCase(), () => this.argument(value, outer)];
      }),
    );
    return frameOf(scopeOf(template, this.evaluator, given));
  }

  /** `{ "value": … }`, or an expression that makes such an object. */
  private argument(node: JsonNode, outer: Frame): LocatedValue {
    const written = valueIn(node, 'value');
    if (written !== undefined) return this.evaluator.evaluate(written, outer);
    const made = this.evaluator.evaluate(node, outer);
    if (made.kind === 'object') {
      const value = findMember(made, 'value')?.value;
      if (value !== undefined) return value;
    }
    if (made.kind === 'unknown') return { ...made, parts: undefined, identity: undefined };
    const at = this.evaluator.placeOf(node);
    return unknownAt(at, this.evaluator.evaluation.reason('not-read', 'A parameter of a deployment', at));
  }

  private linked(node: JsonObject, properties: JsonNode | undefined, { frame, address }: Place): void {
    const parameters = valueIn(properties, 'parameters');
    const given = parameters === undefined ? [] : [this.evaluator.evaluate(parameters, frame)];
    this.unread.push({ name: address, domain: this.document.file, given });
    const message = 'The template that this deployment links to was not read.';
    this.notices.push({ code: 'template-link', message, ...this.positionOf(node) });
  }

  private tooDeep(node: JsonNode): void {
    const message = `A deployment lies in ${deepestDeployment} others here; what is in it was not looked at.`;
    this.notices.push({ code: 'nested-too-deeply', message, ...this.positionOf(node) });
  }

  private positionOf({ start }: JsonNode): Pick<Notice, 'file' | 'line' | 'column'> {
    return { file: this.document.file, ...positionAt(this.document, start) };
  }
}

const deploymentType = /^Microsoft\.Resources\/deployments$/i;

const readProperties: ReadonlySet<string> = new Set(['name', 'scope', 'properties']);

function isLiterallyTrue(node: JsonNode | undefined): boolean {
  return node?.kind === 'boolean' && node.value === true;
}

function presenceOf(presence: UnknownReason | undefined): Pick<Place, 'presence'> {
  return presence === undefined ? {} : { presence };
}
