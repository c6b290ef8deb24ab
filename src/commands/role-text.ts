import { shorten, visible } from '../reporters/escape.js';
import { type Paint, paintFor } from '../reporters/paint.js';
import type { ReportOptions } from '../reporters/reporter.js';
import type { RoleDescription } from './role-description.js';

export interface RoleTextOptions {
  readonly color: ReportOptions['color'];
  /** Of the terminal; undefined where there is none. */
  readonly width: number | undefined;
  readonly extent: 'main-points' | 'everything';
  readonly catalogDate: string;
}

/** For people: plain words first, then what is sensitive, what the wildcards hide, and the operations. */
export async function roleText(description: RoleDescription, options: RoleTextOptions): Promise<string> {
  const paint = await paintFor(options.color);
  const sections = [
    heading(description, options, paint),
    phrases('Can', description.summary.can, options, paint),
    phrases('Cannot', description.summary.cannot, options, paint),
    sensitive(description, options, paint),
    wildcards(description, options, paint),
    conditions(description, paint),
    operations('control', description, options, paint),
    operations('data', description, options, paint),
  ];
  return sections
    .filter(lines => lines.length > 0)
    .map(lines => `${lines.join('\n')}\n`)
    .join('\n');
}

/** How many of each are shown unless everything is asked for. */
const most = { sensitive: 10, wildcards: 15, operations: 15 } as const;

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

function phrases(
  title: string,
  summary: RoleDescription['summary']['can'],
  { width = defaultWidth }: RoleTextOptions,
  paint: Paint,
): string[] {
  const byArea = new Map<string, string[]>();
  for (const { area, phrase, conditional } of summary) {
    const said = conditional === true ? `${phrase} (where the condition holds)` : phrase;
    const ofArea = byArea.get(area);
    if (ofArea === undefined) byArea.set(area, [said]);
    else ofArea.push(said);
  }
  if (byArea.size === 0) return [];
  const lines = [...byArea].flatMap(([area, said]) =>
    wrap(`${area}: ${said.map(untrusted).join('; ')}`, width),
  );
  return [paint.place(title), ...lines];
}

function sensitive({ sensitive }: RoleDescription, options: RoleTextOptions, paint: Paint): string[] {
  if (sensitive.length === 0) return [];
  const shown = firstOf(sensitive, most.sensitive, options);
  return [
    paint.place(`Sensitive (${sensitive.length})`),
    ...shown.items.flatMap(({ operation, severity, reason, pattern, isLiteral, isConditional }) => [
      `  ${paint.severity(severity, severity.padEnd(8))} ${operation}`,
      paint.muted(
        `           ${isLiteral ? '' : `through "${untrusted(pattern)}": `}${isConditional ? 'where the condition holds, ' : ''}whoever may do this ${reason}`,
      ),
    ]),
    ...shown.more,
  ];
}

function wildcards({ wildcards }: RoleDescription, options: RoleTextOptions, paint: Paint): string[] {
  if (wildcards.length === 0) return [];
  const shown = firstOf(wildcards, most.wildcards, options);
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

function conditions({ conditions }: RoleDescription, paint: Paint): string[] {
  if (conditions.length === 0) return [];
  const lines = conditions.map(({ condition }) => `  ${untrusted(condition.replace(/\s+/g, ' ').trim())}`);
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
  const shown = firstOf(names, most.operations, options);
  return [
    paint.place(`${plane === 'control' ? 'Control' : 'Data'} plane (${names.length})`),
    ...shown.items.map(name => `  ${untrusted(name)}`),
    ...shown.more,
    ...(unknown === 0
      ? []
      : [paint.muted(`  and perhaps ${unknown} whose plane is unknown (see --format json)`)]),
  ];
}

function firstOf<Item>(
  items: readonly Item[],
  limit: number,
  { extent }: RoleTextOptions,
): { items: readonly Item[]; more: string[] } {
  if (extent === 'everything' || items.length <= limit) return { items, more: [] };
  return { items: items.slice(0, limit), more: [`  … and ${items.length - limit} more (--all shows them)`] };
}

const defaultWidth = 100;

/** Breaks a line at blanks; what follows the first line stands further in. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = ' ';
  for (const word of text.split(' ')) {
    if (line.length + 1 + word.length > Math.max(width, 40) && line.trim() !== '') {
      lines.push(line);
      line = '   ';
    }
    line += ` ${word}`;
  }
  return [...lines, line];
}

function counted(count: number): string {
  return `${count === 0 ? 'no' : count} ${count === 1 ? 'operation' : 'operations'}`;
}

function untrusted(text: string): string {
  return visible(shorten(text));
}
