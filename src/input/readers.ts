import { readJson, readJsonTemplate } from './json.js';
import type { SourceDocument } from './source-document.js';
import type { ValueRoom } from './value-room.js';

/**
 * A format that files come in. To add one, write its `read` (text to tree of values with places) and list it in
 * {@link readers}: nothing else asks what a document was written in.
 */
export interface Reader {
  readonly id: string;
  /** As it stands in a sentence. */
  readonly title: string;
  /** Tells a format by the file's name alone, in lower case. */
  recognises(name: string): boolean;
  /** Which of its files are looked at where a folder was named: those that may hold a role. */
  isFoundInFolders(name: string): boolean;
  /**
   * Whether its files are read together, for one says what another means: then `read` gives the text alone, and what
   * is in it is looked for when all are there.
   */
  readonly isReadTogether?: true;
  /** Undefined for a format that is known but not read yet. Never throws. */
  readonly read: ((text: string, file: string, room?: ValueRoom) => SourceDocument) | undefined;
  /** What only a text with a role definition has; lets a walk over a big folder pass over other files. */
  readonly traceOfRole: RegExp;
}

/** What a name that says nothing is taken for, too. */
export const json: Reader = {
  id: 'json',
  title: 'JSON',
  recognises: name => /\.jsonc?$/.test(name),
  isFoundInFolders: () => true,
  read: readJson,
  // "\u00" stands for all who write a property's name in escapes.
  traceOfRole: /actions|permissions|assignableScopes|roleDefinition|\\u00/i,
};

/** The first that recognises a name reads the file. */
export const readers: readonly Reader[] = [
  {
    id: 'terraform',
    title: 'Terraform',
    recognises: name => /\.(tf|tofu)(\.json)?$|\.tfvars(\.json)?$/.test(name),
    isFoundInFolders: () => true,
    isReadTogether: true,
    read: textAlone,
    // A module may get its role's values from the one that calls it.
    traceOfRole:
      /azurerm_role_(?:definition|assignment)|azurerm_pim_|Microsoft\.Authorization\/role\w+@|\bsource"?[ \t]*[=:][ \t]*"\.\.?[/"]/i,
  },
  {
    id: 'bicep',
    title: 'Bicep',
    recognises: name => name.endsWith('.bicep'),
    isFoundInFolders: () => true,
    read: textAlone,
    // A file that uses modules may deploy what these define.
    traceOfRole:
      /Microsoft\.Authorization\/role(?:Definitions|Assignments|(?:Eligibility|Assignment)ScheduleRequests)@|\bmodule[ \t]+\w+[ \t]+'(?!br|ts)[^'\n]{1,300}\.bicep'/i,
  },
  {
    id: 'bicep-parameters',
    title: 'Bicepparam',
    recognises: name => name.endsWith('.bicepparam'),
    isFoundInFolders: () => true,
    read: undefined,
    traceOfRole: /assignableScopes|notActions|dataActions/i,
  },
  {
    id: 'yaml',
    title: 'YAML',
    recognises: name => /\.ya?ml$/.test(name),
    isFoundInFolders: () => true,
    read: textAlone,
    traceOfRole: /assignable_?scopes|\bnot_?(?:data_?)?actions|\bdata_?actions|azure_rm_roledefinition/i,
  },
  {
    id: 'json-template',
    title: 'JSON template',
    recognises: name => /\.(tmpl|tpl|tftpl|j2|jinja2?)$/.test(name),
    isFoundInFolders: name => /\.jsonc?\.[a-z0-9]+$/.test(name),
    read: readJsonTemplate,
    traceOfRole: /actions|permissions|assignableScopes|roleDefinition/i,
  },
  json,
];

/** Text alone, of a language of code: see `src/input/formats/` for what is read in it. */
function textAlone(text: string, file: string): SourceDocument {
  const plain = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  return { file, text: plain, root: undefined, comments: [], tolerated: [], syntaxProblems: [] };
}

/** Undefined for a name that says nothing, such as `role.txt`. */
export function readerFor(fileName: string): Reader | undefined {
  const name = fileName.toLowerCase();
  return readers.find(reader => reader.recognises(name));
}

/** Whether a file is looked at where a folder was named. */
export function isFoundInFolders(fileName: string): boolean {
  return readerFor(fileName)?.isFoundInFolders(fileName.toLowerCase()) === true;
}
