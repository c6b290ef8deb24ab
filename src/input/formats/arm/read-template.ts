import type { Notice } from '../../../errors.js';
import type { CodeFiles, CodeResource } from '../../code-resource.js';
import type { JsonNode, JsonObject } from '../../json-node.js';
import type { LocatedMember, LocatedValue, UnknownReason } from '../../located-value.js';
import { positionAt } from '../../position.js';
import type { SourceDocument } from '../../source-document.js';
import { isRoleType } from './role-types.js';
import { NodeEvaluator } from './node-evaluator.js';
import { membersIn, scopeOf, valueIn, type ParameterValues } from './template.js';
import { frameOf, type Frame } from './template-scope.js';
import { findMember, objectAt, unknownAt } from './values.js';

/** The roles and role assignments that an ARM template deploys, with those of the deployments inside of it. */
export function readTemplate(document: SourceDocument, given: ParameterValues = new Map()): CodeFiles {
  const reader = new TemplateReader(document);
  const { root } = document;
  if (root?.kind === 'object')
    reader.template(root, { frame: frameOf(scopeOf(root, reader.evaluator, given)), address: '', depth: 0 });
  return { documents: [document], resources: reader.resources, notices: reader.notices };
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
}

/** Azure takes five levels. */
const deepestDeployment = 20;

class TemplateReader {
  readonly evaluator: NodeEvaluator;
  readonly resources: CodeResource[] = [];
  readonly notices: Notice[] = [];

  constructor(private readonly document: SourceDocument) {
    this.evaluator = new NodeEvaluator(document);
  }

  template(template: JsonObject, place: Place): void {
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

  private read(node: JsonObject, type: string, { frame, address, presence }: Place): CodeResource {
    const members = node.members.filter(({ key }) => readProperties.has(key.toLowerCase()));
    const values = members.map(
      ({ key, keyRange, value }): LocatedMember => ({
        key: key.toLowerCase(),
        keyAt: this.evaluator.placeOf(keyRange),
        value: this.evaluator.evaluate(value, frame),
      }),
    );
    const at = this.evaluator.placeOf(node);
    return { type, address, at, properties: objectAt(at, values), presence };
  }

  private deployment(node: JsonObject, place: Place): void {
    const properties = valueIn(node, 'properties');
    const template = valueIn(properties, 'template');
    if (valueIn(properties, 'templatelink') !== undefined) this.linked(node);
    if (template?.kind !== 'object') return;
    if (place.depth === deepestDeployment) return this.tooDeep(template);
    this.template(template, {
      frame: this.innerFrame(template, properties, place.frame) ?? place.frame,
      address: `${place.address}.`,
      depth: place.depth + 1,
      ...presenceOf(place.presence),
    });
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
    if (made.kind === 'unknown') return { ...made, parts: undefined };
    const at = this.evaluator.placeOf(node);
    return unknownAt(at, this.evaluator.evaluation.reason('not-read', 'A parameter of a deployment', at));
  }

  private linked(node: JsonObject): void {
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
