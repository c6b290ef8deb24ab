import type { Notice } from '../../../errors.js';
import type { CodeFiles, CodePlace, CodeResource } from '../../code-resource.js';
import { locatedItems, type LocatedMember, type UnknownReason } from '../../located-value.js';
import { positionAt } from '../../position.js';
import type { SourceDocument } from '../../source-document.js';
import { Evaluation } from '../arm/evaluation.js';
import { isRoleType } from '../arm/role-types.js';
import { findMember, objectAt } from '../arm/values.js';
import { BicepEvaluator, placeIn } from './bicep-evaluator.js';
import { extensionOf } from '../arm/assigned-scope.js';
import { deploymentPieces } from '../arm/functions/resource-ids.js';
import { scopeIdOf } from './bicep-ids.js';
import type { BicepFrame, BicepSymbol } from './bicep-scope.js';
import type { BicepDeclaration, BicepExpression, BicepObject, BicepResource } from './bicep-syntax.js';
import { parseBicep } from './parse-bicep.js';
import { scopeOfFile, typeOf } from './scope-of-file.js';

/** The roles and role assignments that a file of Bicep deploys. */
export function readBicep(document: SourceDocument): CodeFiles {
  const { declarations, comments, problems } = parseBicep(document.text);
  const read: SourceDocument = { ...document, comments, syntaxProblems: problems };
  const evaluator = new BicepEvaluator(new Evaluation());
  const scope = scopeOfFile(read, declarations, evaluator);
  const reader = new ResourceReader(evaluator);
  const frame = { scope, locals: new Map() };
  for (const declaration of declarations) {
    if (declaration.kind === 'resource') reader.resource(declaration, { frame, address: '' });
  }
  return {
    documents: [read],
    resources: reader.resources,
    notices: notRead(read, declarations),
    places: () => [...scope.symbols].flatMap(([name, symbol]) => placesOf(name, symbol, read.file)),
  };
}

/** Modules are files of their own; here is said that what they deploy was not looked at. */
function notRead(document: SourceDocument, declarations: readonly BicepDeclaration[]): Notice[] {
  const modules = declarations.flatMap(each => (each.kind === 'module' ? [each] : []));
  const [first] = modules;
  if (first === undefined) return [];
  const paths = [...new Set(modules.map(({ of }) => JSON.stringify(of?.texts[0] ?? '')))];
  const shown =
    paths.length > 3 ? `${paths.slice(0, 3).join(', ')} and ${paths.length - 3} more` : paths.join(', ');
  const message = `What modules deploy is not read with the file that names them: ${shown}.`;
  return [{ code: 'module-not-read', message, file: document.file, ...positionAt(document, first.start) }];
}

/** A resource, or those of a loop. */
function placesOf(name: string, symbol: BicepSymbol, domain: string): CodePlace[] {
  const value = symbol.kind === 'resource' ? symbol.definition.value() : undefined;
  const all = value?.kind === 'list' ? locatedItems(value) : value === undefined ? [] : [value];
  return all.flatMap((each, i): CodePlace[] => {
    const id = each.kind === 'object' ? findMember(each, 'id')?.value : undefined;
    const address = value?.kind === 'list' ? `${name}[${i}]` : name;
    return id === undefined ? [] : [{ address, domain, id }];
  });
}

interface Place {
  readonly frame: BicepFrame;
  /** What addresses begin with. */
  readonly address: string;
  /** The type of the resource around. */
  readonly parentType?: string;
  readonly presence?: UnknownReason;
}

class ResourceReader {
  readonly resources: CodeResource[] = [];

  constructor(private readonly evaluator: BicepEvaluator) {}

  resource(declared: BicepResource, place: Place): void {
    const own = typeOf(declared);
    const type = place.parentType === undefined ? own : `${place.parentType}/${own}`;
    const inside = { ...place, address: `${place.address}${declared.name}` };
    if (isRoleType(type) || holdsResources(declared.value))
      this.body(declared.value, { declared, type }, inside);
  }

  private body(value: BicepExpression, of: Declared, place: Place): void {
    switch (value.kind) {
      case 'loop': {
        const { frames, open } = this.evaluator.rounds(value, place.frame);
        frames.forEach((frame, i) => {
          const address = open === undefined ? `${place.address}[${i}]` : place.address;
          this.body(value.body, of, { ...place, frame, address, ...presenceOf(place.presence ?? open) });
        });
        return;
      }
      case 'conditional': {
        const truth = this.evaluator.evaluate(value.condition, place.frame);
        if (truth.kind === 'boolean' && !truth.value) return;
        const open = truth.kind === 'unknown' ? truth.reason : undefined;
        return this.body(value.body, of, { ...place, ...presenceOf(place.presence ?? open) });
      }
      case 'object':
        return this.instance(value, of, place);
    }
  }

  private instance(body: BicepObject, { declared, type }: Declared, place: Place): void {
    if (isRoleType(type) && !declared.isExisting)
      this.resources.push(this.read(body, { declared, type }, place));
    for (const inner of body.resources) {
      this.resource(inner, { ...place, address: `${place.address}::`, parentType: type });
    }
  }

  private read(
    body: BicepObject,
    { declared, type }: Declared,
    { frame, address, presence }: Place,
  ): CodeResource {
    const value = this.evaluator.evaluate(body, frame);
    const properties: LocatedMember[] = [];
    for (const name of ['name', 'scope', 'properties']) {
      const found = value.kind === 'object' ? findMember(value, name) : undefined;
      if (found === undefined) continue;
      const own = name === 'scope' ? scopeIdOf(found.value) : found.value;
      properties.push({ ...found, key: name, value: own });
    }
    const more = value.kind === 'object' ? value.more : value.kind === 'unknown' ? value.reason : undefined;
    const at = placeIn(frame, declared);
    const { evaluation } = this.evaluator;
    const home = deploymentPieces({ evaluation, at, scope: frame.scope.deployment });
    const object = objectAt(placeIn(frame, body), properties, more);
    const { scope } = extensionOf({ type, properties: object, at }, home);
    return { type, address, domain: at.document.file, at, properties: object, scope, presence };
  }
}

interface Declared {
  readonly declared: BicepResource;
  readonly type: string;
}

/** Whether resources lie inside of one. */
function holdsResources(value: BicepExpression): boolean {
  if (value.kind === 'loop' || value.kind === 'conditional') return holdsResources(value.body);
  return value.kind === 'object' && value.resources.length > 0;
}

function presenceOf(presence: UnknownReason | undefined): Pick<Place, 'presence'> {
  return presence === undefined ? {} : { presence };
}
