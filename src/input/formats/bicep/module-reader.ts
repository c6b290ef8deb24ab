import { dirname, resolve } from 'node:path';
import type { CodeRoot } from '../../code-root.js';
import { through, type LocatedValue } from '../../located-value.js';
import { positionAt } from '../../position.js';
import type { SourceDocument } from '../../source-document.js';
import type { YamlReader } from '../../yaml.js';
import { piecesOf, type Piece } from '../arm/values.js';
import { BicepEvaluator, placeIn } from './bicep-evaluator.js';
import { scopeIdOf } from './bicep-ids.js';
import type { BicepDeclaration } from './bicep-syntax.js';
import { specialFunctions } from './file-functions.js';
import { parseBicep } from './parse-bicep.js';
import { ResourceReader, type FoundInFiles, type ModuleUse } from './resource-reader.js';
import { scopeOfFile } from './scope-of-file.js';

interface ParsedFile {
  readonly document: SourceDocument;
  readonly declarations: readonly BicepDeclaration[];
}

/** Opens the files that code uses as modules, each as often as it is used, and parses it once. */
export class ModuleReader {
  private readonly parsed = new Map<SourceDocument, ParsedFile>();

  constructor(
    private readonly root: CodeRoot,
    private readonly domain: string,
    private readonly found: FoundInFiles,
    private readonly yaml?: YamlReader | undefined,
  ) {}

  open(use: ModuleUse): void {
    const { declared, home } = use;
    const written = declared.of?.expressions.length === 0 ? (declared.of.texts[0] ?? '') : undefined;
    if (written === undefined) return this.unread(use, 'has no path that is known, and was not read');
    const shown = JSON.stringify(written.slice(0, 200));
    if (/^(?:br|ts)[:/]/.test(written)) return this.remote(use, written);
    if (home.depth >= deepestModule) return this.unread(use, 'lies in too many others and was not read');
    if (!/\.bicep$/i.test(written))
      return this.unread(use, `is ${shown}, which is no Bicep and was not read`);
    const path = resolve(dirname(home.path ?? ''), written);
    const document = this.root.document(path);
    if ('reason' in document) return this.unread(use, `lies in ${shown}, which ${document.reason}`);
    if (!this.found.modules.includes(document.file)) this.found.modules.push(document.file);
    // What has no trace of a role is turned away without being parsed.
    if (holdsRoles.test(document.text)) this.read(this.parse(document), path, use);
  }

  private remote(use: ModuleUse, path: string): void {
    const { declared, place } = use;
    const { frame } = place;
    this.noteUnread(use);
    const { remote } = this.found;
    remote.first ??= placeIn(frame, declared);
    remote.paths.add(path.slice(0, 200));
  }

  private read({ document, declarations }: ParsedFile, path: string, use: ModuleUse): void {
    const { place, evaluator: outer, home } = use;
    const address = `${place.address}.`;
    const elsewhere = this.homeOf(use);
    const evaluation = outer.evaluation.within(address, elsewhere === undefined ? 'here' : 'elsewhere');
    const evaluator = new BicepEvaluator(
      evaluation,
      specialFunctions({ root: this.root, path, yaml: this.yaml }),
    );
    const inherited = elsewhere ?? place.frame.scope.home;
    const scope = scopeOfFile(document, declarations, evaluator, { given: givenBy(use), home: inherited });
    const inside = { domain: this.domain, path, modules: this, depth: home.depth + 1 };
    const presence = place.presence === undefined ? {} : { presence: place.presence };
    new ResourceReader(evaluator, this.found, inside).file(declarations, {
      frame: { scope, locals: new Map() },
      address,
      ...presence,
    });
  }

  /** The id of where the module says that it is deployed. */
  private homeOf({ body, place, evaluator }: ModuleUse): readonly Piece[] | undefined {
    const scope = memberOf(body, 'scope');
    return scope && piecesOf(scopeIdOf(evaluator.evaluate(scope, place.frame)));
  }

  private parse(document: SourceDocument): ParsedFile {
    let parsed = this.parsed.get(document);
    if (parsed === undefined) {
      const { declarations, comments, problems } = parseBicep(document.text);
      parsed = { declarations, document: { ...document, comments, syntaxProblems: problems } };
      this.parsed.set(document, parsed);
    }
    return parsed;
  }

  private noteUnread(use: ModuleUse): void {
    const given = (): LocatedValue[] => [...givenBy(use).values()].map(value => value());
    this.found.unread.push({ name: `module ${use.place.address}`, given });
  }

  private unread(use: ModuleUse, why: string): void {
    const { declared, place } = use;
    const { frame } = place;
    this.noteUnread(use);
    const { document, start } = placeIn(frame, declared);
    const message = `Module "${declared.name}" ${why}. Whether it holds role definitions is not known.`;
    const notice = { code: 'module-not-read', message, file: document.file, ...positionAt(document, start) };
    const isKnown = this.found.notices.some(
      each => each.message === message && each.file === notice.file && each.line === notice.line,
    );
    if (!isKnown) this.found.notices.push(notice);
  }
}

/** What a module is given for its parameters. */
function givenBy({ declared, body, place, evaluator }: ModuleUse): ReadonlyMap<string, () => LocatedValue> {
  const params = memberOf(body, 'params');
  if (params?.kind !== 'object') return new Map();
  return new Map(
    params.members.flatMap(({ name, value }) => {
      if (name === undefined || name.texts.length !== 1) return [];
      const at = placeIn(place.frame, value);
      const step = { kind: 'module', name: `module ${declared.name}`, at } as const;
      return [[name.texts[0]!, () => through(evaluator.evaluate(value, place.frame), step)]];
    }),
  );
}

function memberOf({ members }: ModuleUse['body'], wanted: string) {
  return members.find(({ name }) => name?.texts[0] === wanted && name.texts.length === 1)?.value;
}

const holdsRoles = /Microsoft\.Authorization\/role|\bmodule[ \t]/i;

/** Modules that use modules that use modules. A module that uses itself ends there, too. */
const deepestModule = 12;
