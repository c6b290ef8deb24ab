import type { Notice } from '../../../errors.js';
import type { CodeResource } from '../../code-resource.js';
import type { DocumentRange } from '../../source-document.js';
import type { LocatedMember, LocatedValue, UnknownReason } from '../../located-value.js';
import { extensionOf } from '../arm/assigned-scope.js';
import { deploymentPieces } from '../arm/functions/resource-ids.js';
import { isRoleType } from '../arm/role-types.js';
import { findMember, objectAt } from '../arm/values.js';
import { placeIn, type BicepEvaluator } from './bicep-evaluator.js';
import { scopeIdOf } from './bicep-ids.js';
import type { BicepFrame } from './bicep-scope.js';
import type { BicepDeclaration, BicepExpression, BicepObject, BicepResource } from './bicep-syntax.js';
import { typeOf } from './scope-of-file.js';

/** What is found in a file and its modules. */
export interface FoundInFiles {
  readonly resources: CodeResource[];
  readonly notices: Notice[];
  readonly modules: string[];
  /** Paths of modules of registries, which are not read, and the first of them. */
  readonly remote: { paths: Set<string>; first: DocumentRange | undefined };
  /** Modules that were not read, with what they are given. */
  readonly unread: { readonly name: string; readonly given: () => readonly LocatedValue[] }[];
}

/** A module as a file uses it: one round of a loop. */
export interface ModuleUse {
  readonly declared: BicepResource;
  readonly body: BicepObject;
  readonly place: Place;
  readonly evaluator: BicepEvaluator;
  readonly home: ReaderHome;
}

/** Where a file stands among those that are deployed with it. */
export interface ReaderHome {
  /** The file that all is deployed by. */
  readonly domain: string;
  /** Absolute; undefined where nobody knows it. */
  readonly path: string | undefined;
  /** Opens modules; undefined where nobody knows where they are. */
  readonly modules: { open(use: ModuleUse): void } | undefined;
  /** How many modules lie around. */
  readonly depth: number;
}

/** Where in the files resources are that are read. */
export interface Place {
  readonly frame: BicepFrame;
  /** What addresses begin with. */
  readonly address: string;
  /** The type of the resource around. */
  readonly parentType?: string;
  readonly presence?: UnknownReason;
}

/** Reads the roles and role assignments among the resources of one file. */
export class ResourceReader {
  constructor(
    private readonly evaluator: BicepEvaluator,
    private readonly found: FoundInFiles,
    private readonly home: ReaderHome,
  ) {}

  file(declarations: readonly BicepDeclaration[], place: Place): void {
    for (const declaration of declarations) {
      if (declaration.kind === 'resource') this.resource(declaration, place);
      else if (declaration.kind === 'module' && this.home.modules !== undefined) {
        const inside = { ...place, address: `${place.address}${declaration.name}` };
        this.body(declaration.value, { declared: declaration, type: '' }, inside);
      }
    }
  }

  private resource(declared: BicepResource, place: Place): void {
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
    const { evaluator, home } = this;
    if (declared.kind === 'module') return home.modules?.open({ declared, body, place, evaluator, home });
    if (isRoleType(type) && !declared.isExisting)
      this.found.resources.push(this.read(body, { declared, type }, place));
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
    const home = frame.scope.home ?? deploymentPieces({ evaluation, at, scope: frame.scope.deployment });
    const object = objectAt(placeIn(frame, body), properties, more);
    const { scope } = extensionOf({ type, properties: object, at }, home);
    return { type, address, domain: this.home.domain, at, properties: object, scope, presence };
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
