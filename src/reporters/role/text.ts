import { type Paint, paintFor } from '../paint.js';
import type { ReportOptions } from '../reporter.js';
import {
  countedOperations as counted,
  type Extent,
  firstOf,
  phraseLines,
  sensitiveLines,
  untrusted,
  wrapGrant,
} from '../access/grant-lines.js';
import type { RoleDescription } from '../../analysis/effective-access/role-description.js';

export interface RoleTextOptions {
  readonly color: ReportOptions['color'];
  /** The width of the terminal; undefined where there is none. */
  readonly width: number | undefined;
  readonly extent: Extent;
  readonly catalogDate: string;
}

/** For people: plain words first, then what is sensitive, what the wildcards hide, and the operations. */
export async function roleText(description: RoleDescription, options: RoleTextOptions): Promise<string> {
  const paint = await paintFor(options.color);
  const sections = [
    heading(description, options, paint),
    phraseLines('Can', description.summary.can, { ...options, paint }),
    phraseLines('Cannot', description.summary.cannot, { ...options, paint }),
    sensitiveLines(description.sensitive, options.extent, paint),
    wildcards(description, options, paint),
    conditions(description, options, paint),
    operations('control', description, options, paint),
    operations('data', description, options, paint),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

/** How many of each are shown unless everything is asked for. */
const most = { wildcards: 15, operations: 15 } as const;

function heading(
  { role, operations }: RoleDescription,
  { catalogDate }: RoleTextOptions,
  paint: Paint,
): string[] {
  const kind = role.roleType === 'BuiltInRole' ? 'built-in role' : 'custom role';
  const id = role.guid ?? role.id?.value;
  const counts = `${counted(operations.control.length)} on the control plane, ${counted(operations.data.length)} on the data plane`;
  return [
    paint.place(untrusted(role.name?.value ?? '(unnamed)')),
    `${kind}${id === undefined ? '' : ` ${untrusted(id)}`}: ${counts} (catalog of ${catalogDate})`,
  ];
}

function wildcards({ wildcards }: RoleDescription, options: RoleTextOptions, paint: Paint): string[] {
  if (wildcards.length === 0) return [];
  const shown = firstOf(wildcards, most.wildcards, options.extent);
  return [
    paint.place('Wildcards'),
    ...shown.items.map(({ pattern, list, count, subtracted, unknownPlane, sensitive }) => {
      const details = [
        counted(count),
        ...(subtracted === 0 ? [] : [`${subtracted} more taken away`]),
        ...(unknownPlane === 0 ? [] : [`${unknownPlane} more of unknown plane`]),
        ...(sensitive.length === 0 ? [] : [`${sensitive.length} sensitive, such as ${sensitive[0]}`]),
      ];
      return `  ${untrusted(pattern)}${list === 'dataActions' ? ' (data)' : ''}: ${details.join(', ')}`;
    }),
    ...shown.more,
  ];
}

function conditions({ conditions }: RoleDescription, { width }: RoleTextOptions, paint: Paint): string[] {
  if (conditions.length === 0) return [];
  const lines = conditions.flatMap(({ condition, meaning }) => [
    ...meaning.flatMap(words => wrapGrant(untrusted(words), width)),
    paint.muted(`    ${untrusted(condition.replace(/\s+/g, ' ').trim())}`),
  ]);
  return [paint.place('Conditions'), ...lines];
}

function operations(
  plane: 'control' | 'data',
  { operations, unknownPlane }: RoleDescription,
  options: RoleTextOptions,
  paint: Paint,
): string[] {
  const names = operations[plane];
  const unknown = unknownPlane[plane].length;
  if (names.length === 0 && unknown === 0) return [];
  const shown = firstOf(names, most.operations, options.extent);
  return [
    paint.place(`${plane === 'control' ? 'Control' : 'Data'} plane (${names.length})`),
    ...shown.items.map(name => `  ${untrusted(name)}`),
    ...shown.more,
    ...(unknown === 0
      ? []
      : [paint.muted(`  and perhaps ${unknown} whose plane is unknown (see --format json)`)]),
  ];
}
