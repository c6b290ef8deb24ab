import { isRow, own, type Row, textOf } from '../row.js';

/** A tool whose files are none that a snapshot is made of. */
export interface OtherTool {
  readonly name: string;
  /** A command, or what to do, as a sentence without its end. */
  readonly instead: string;
}

/** The tool that wrote a JSON document, told by what is in it. */
export function toolOf(value: unknown): OtherTool | undefined {
  const document = isRow(value) ? value : undefined;
  const [first] = Array.isArray(value) ? value : [];
  return tools.find(
    ({ writes, writesRow }) =>
      (document !== undefined && writes?.(document)) || (isRow(first) && writesRow?.(first)),
  );
}

/** The tool that wrote a table, told by the names of its columns in lower case. */
export function toolOfColumns(columns: ReadonlySet<string>): OtherTool | undefined {
  return tools.find(tool => tool.columns?.some(names => names.every(name => columns.has(name))));
}

interface KnownTool extends OtherTool {
  /** Whether it writes such an object. */
  writes?(document: Row): boolean;
  /** Whether it writes a list of such objects. */
  writesRow?(row: Row): boolean;
  /** Columns of its tables; any of these sets tells. */
  readonly columns?: readonly (readonly string[])[];
}

const exportInstead = 'export with az role assignment list --all -o json, or collect with azrbac collect';

const tools: readonly KnownTool[] = [
  {
    name: 'AzureHound',
    instead: exportInstead,
    writes: row => rowsIn(row, 'data').some(({ kind }) => typeof kind === 'string' && /^AZ[A-Z]/.test(kind)),
    writesRow: ({ kind, data }) => typeof kind === 'string' && /^AZ[A-Z]/.test(kind) && isRow(data),
  },
  {
    name: 'BloodHound',
    instead: exportInstead,
    writes: row =>
      isRow(row['meta']) && Array.isArray(row['data']) && own(row['meta'], 'methods') !== undefined,
  },
  {
    name: 'AzGovViz (Azure Governance Visualizer)',
    instead: exportInstead,
    writes: row => isRow(own(row, 'ManagementGroups')) && textOf(row, 'type') === undefined,
    columns: [
      ['scopetenormgorsuborrgorres'],
      ['tenormgorsuborrgorres'],
      ['mgid', 'mgname', 'objecttype', 'role'],
    ],
  },
  {
    name: 'Prowler',
    instead: exportInstead,
    writesRow: row =>
      textIn(row, 'metadata', 'product', 'name') === 'Prowler' || own(row, 'CheckID') !== undefined,
    columns: [
      ['finding_uid', 'check_id'],
      ['provider', 'check_id', 'status_extended'],
    ],
  },
  {
    name: 'ScoutSuite',
    instead: exportInstead,
    writes: row => own(row, 'provider_code') !== undefined && isRow(own(row, 'services')),
  },
  {
    name: 'Steampipe',
    instead: exportInstead,
    writes: row => Array.isArray(own(row, 'rows')) && Array.isArray(own(row, 'columns')),
  },
  {
    name: 'Checkov',
    instead: exportInstead,
    writes: row => own(row, 'check_type') !== undefined && own(row, 'results') !== undefined,
  },
  {
    name: 'Terraform',
    instead: 'a plan says what will be; export what is with az role assignment list --all -o json',
    writes: row => textOf(row, 'terraform_version') !== undefined,
  },
  {
    name: 'Azure Resource Manager (a template or its parameters)',
    instead: 'a template says what will be; export what is with az role assignment list --all -o json',
    writes: row =>
      /\/(?:\w*deploymentTemplate|deploymentParameters)\.json/i.test(textOf(row, '$schema') ?? ''),
  },
  {
    name: 'a linter (SARIF)',
    instead: 'a report is not a snapshot',
    writes: row => Array.isArray(own(row, 'runs')) && textOf(row, 'version') !== undefined,
  },
  {
    name: 'azrbac (a report)',
    instead: 'a report is not a snapshot; --snapshot takes what azrbac collect wrote',
    writes: row =>
      own(row, 'version') === 1 &&
      ['findings', 'results', 'principals', 'because'].some(name => own(row, name) !== undefined),
  },
];

function rowsIn(row: Row, name: string): Row[] {
  const list = own(row, name);
  return Array.isArray(list) ? list.slice(0, 100).filter(isRow) : [];
}

function textIn(row: Row, ...path: readonly string[]): unknown {
  let value: unknown = row;
  for (const name of path) value = isRow(value) ? own(value, name) : undefined;
  return value;
}
