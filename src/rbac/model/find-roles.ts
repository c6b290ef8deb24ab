import { readerFor } from '../../input/readers.js';
import type { SourceDocument } from '../../input/source-document.js';
import {
  findRoleDefinitions,
  isPlanWithRoles,
  isTemplateWithRoles,
  type FilePlace,
  type FoundRoleDefinitions,
} from './find-role-definitions.js';

type RoleReader = (document: SourceDocument, isNamed: boolean) => FoundRoleDefinitions;

/** What reads code; each is undefined until the first file of its kind is met, since few runs meet any. */
const readers: { template?: RoleReader; bicep?: RoleReader; plan?: RoleReader } = {};

/**
 * Finds and reads the role definitions of a document: see `find-role-definitions.ts`; those of ARM templates, of Bicep and
 * of Terraform's plans and states, too.
 */
export async function findRoles(
  document: SourceDocument,
  isNamed: boolean,
  place?: FilePlace,
): Promise<FoundRoleDefinitions> {
  switch (kindOf(document)) {
    case 'template':
      readers.template ??= (await import('./roles-of-template.js')).rolesOfTemplate;
      break;
    case 'bicep': {
      const { rolesOfBicep, rolesOfBicepAt } = await import('./roles-of-bicep.js');
      readers.bicep ??= rolesOfBicep;
      if (place !== undefined) return rolesOfBicepAt(document, isNamed, place);
      break;
    }
    case 'yaml':
      // The parser is loaded when it is needed: a hook is given every file of YAML that changes.
      if (!readerFor(document.file)?.traceOfRole.test(document.text)) return nothingIn(document, isNamed);
      return (await import('./roles-of-yaml.js')).rolesOfYaml(document, isNamed);
    case 'plan':
      readers.plan ??= (await import('./roles-of-plan.js')).rolesOfPlan;
  }
  return findRolesAtOnce(document, isNamed);
}

/** The same without waiting: code is read once {@link findRoles} has met some, or what reads it was provided. */
export function findRolesAtOnce(document: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const kind = kindOf(document);
  if (kind === 'yaml') return notAlone(document);
  const read = kind && readers[kind];
  return (read ?? findRoleDefinitions)(document, isNamed);
}

/** For what cannot wait at all: the library. */
export function provideReaders(provided: Required<typeof readers>): void {
  Object.assign(readers, provided);
}

function kindOf(document: SourceDocument): keyof typeof readers | 'yaml' | undefined {
  if (/\.ya?ml$/i.test(document.file)) return 'yaml';
  if (/\.bicep$/i.test(document.file)) return 'bicep';
  if (isTemplateWithRoles(document)) return 'template';
  return isPlanWithRoles(document) ? 'plan' : undefined;
}

function nothingIn({ file }: SourceDocument, isNamed: boolean): FoundRoleDefinitions {
  const message = 'No role definition was found; the file holds YAML without any.';
  const notices = isNamed ? [{ code: 'no-role-definition', message, file }] : [];
  return { roleDefinitions: [], notices };
}

function notAlone({ file }: SourceDocument): FoundRoleDefinitions {
  const message = 'YAML is read by the command: lint the file by its path.';
  return { roleDefinitions: [], notices: [{ code: 'not-read-alone', message, file }] };
}
