import { readJson } from '../input/json.js';
import type { SourceDocument } from '../input/source-document.js';
import { readYaml } from '../input/yaml.js';
import { type NamedText, readText } from './read-text.js';
import type { Surroundings } from './workspace.js';

/** Reads a file that people write in YAML or JSON, or `-` for standard input. @throws UserError where it cannot be read. */
export async function readDocument(
  file: string,
  stdinFilename: string | undefined,
  surroundings: Surroundings,
): Promise<SourceDocument> {
  return documentOf(await readText(file, stdinFilename, surroundings));
}

/** JSON where the name says so, else YAML. */
export async function documentOf({ shown, text }: NamedText): Promise<SourceDocument> {
  return /\.jsonc?$/i.test(shown) ? readJson(text, shown) : readYaml(text, shown);
}
