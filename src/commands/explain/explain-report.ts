import type { Explained, Explanation } from '../../analysis/explain/explain.js';
import type { RefusedPrincipal } from '../../analysis/explain/facts.js';
import { definitionCommand } from '../../rbac/model/az-command.js';
import { shorten, visible } from '../../text/escape.js';
import { type Paint, paintFor } from '../../reporters/paint.js';
import type { ReportOptions } from '../../reporters/reporter.js';
import { toJson } from '../../cli/output.js';

/** The same for scripts. */
export function explanationsJson({ explanations, notices }: Explained): string {
  return toJson({ version: 1, explanations: explanations.map(jsonExplanation), notices });
}

/** For people: what it is, what was missing and where, how to mend it, and what leads astray. */
export async function explanationsText(
  explanations: readonly Explanation[],
  {
    color,
    width = defaultWidth,
  }: { readonly color: ReportOptions['color']; readonly width: number | undefined },
): Promise<string> {
  const paint = await paintFor(color);
  return explanations.map(explanation => `${linesOf(explanation, paint, width).join('\n')}\n`).join('\n');
}

const defaultWidth = 100;

type Row = readonly [title: string, text: string, wrapping?: 'as-is'];

function linesOf(explanation: Explanation, paint: Paint, width: number): string[] {
  const { error, title, cause, fix, traps, reference } = explanation;
  const rows: Row[] = [
    ...whatAndWhere(explanation),
    ['cause', cause],
    ['fix', fix],
    ...rejectedRows(explanation),
    ...remedyRows(explanation),
    ['read', reference, 'as-is'],
  ];
  const traced = traps.flatMap(({ sentence, reference: link }): Row[] => [
    ['trap', sentence],
    ['', link, 'as-is'],
  ]);
  return [
    paint.place(`${title} (${error})`),
    ...[...rows, ...traced].flatMap(row => rowLines(row, paint, width)),
  ];
}

function whatAndWhere({ missing, holder, principal, scopes, allowed, hosts }: Explanation): Row[] {
  return [
    ...missing.map(
      ({ name, plane, inCatalog }): Row => [
        'missing',
        `${name} (${inCatalog ? planeNames[plane] : 'not in the catalog'})`,
        'as-is',
      ],
    ),
    ...(holder === null ? [] : [['for', holder] as const]),
    ...(principal === null ? [] : [['who', described(principal)] as const]),
    ...scopes.map((scope): Row => ['scope', `${scope.text} (${scope.kind})`, 'as-is']),
    ...(allowed === null
      ? []
      : [
          [
            'allowed',
            `${allowed.operation}${allowed.scope === null ? '' : ` on ${allowed.scope.text}`}`,
            'as-is',
          ] as const,
        ]),
    ...(hosts.length === 0 ? [] : [['resource', hosts.join(', '), 'as-is'] as const]),
  ];
}

const planeNames = {
  control: 'control plane',
  data: 'data plane',
  both: 'control and data plane',
  unknown: 'plane unknown',
} as const;

function described({ objectId, clientId, name, kind }: RefusedPrincipal): string {
  const parts = [
    name,
    objectId === null ? null : `object id ${objectId}`,
    clientId === null ? null : `client id ${clientId}`,
    kind === null ? null : kind === 'User' ? 'a user' : 'a service principal or managed identity',
  ];
  return parts.filter(part => part !== null).join(', ');
}

function rejectedRows({ rejected }: Explanation): Row[] {
  return rejected.flatMap(({ action, list, findings }): Row[] => [
    [
      'refused',
      `${action} in ${list === 'actions' ? 'Actions or NotActions' : 'DataActions or NotDataActions'}`,
      'as-is',
    ],
    ...(findings.length === 0
      ? [
          [
            'lint',
            'has nothing against it: the catalog lists it, and this cloud or subscription does not take it',
          ] as const,
        ]
      : findings.map(({ ruleId, message }): Row => ['lint', `${message} (${ruleId})`])),
  ]);
}

function remedyRows({
  actionSets,
  builtInRoles,
  assignments,
  customRole,
  prefersCustomRole,
}: Explanation): Row[] {
  const { roles, count } = builtInRoles;
  const more = count - roles.length;
  const assign = assignments.map((command): Row => ['assign', command, 'as-is']);
  const custom =
    customRole === null
      ? []
      : customRows(
          customRole,
          prefersCustomRole
            ? roles.length === 0
              ? 'a role with nothing else:'
              : 'every role above grants far more; rather one with nothing else:'
            : 'or a role with nothing else:',
        );
  return [
    ...(actionSets.length === 0 ? [] : [['sets', actionSets.join(', ')] as const]),
    ...roles.map((role): Row => ['role', roleText(role), 'as-is']),
    ...(more > 0 ? [['', `and ${more} more that grant more`] as const] : []),
    ...(prefersCustomRole ? [...custom, ...assign] : [...assign, ...custom]),
  ];
}

function roleText({
  name,
  operations,
  conditional,
  recommended,
}: Explanation['builtInRoles']['roles'][number]): string {
  const notes = [
    `grants ${operations} ${operations === 1 ? 'operation' : 'operations'}`,
    ...(conditional ? ['this one only where its condition holds'] : []),
    ...(recommended ? ['documented for this'] : []),
  ];
  return `${name} (${notes.join(', ')})`;
}

function customRows(role: NonNullable<Explanation['customRole']>, why: string): Row[] {
  return [
    ['custom', why],
    ['', definitionCommand(role), 'as-is'],
  ];
}

function rowLines([title, text, wrapping]: Row, paint: Paint, width: number): string[] {
  const shown = visible(shorten(text));
  const lines = wrapping === 'as-is' ? [shown] : wrapped(shown, Math.max(width, 60) - indent);
  return lines.map((line, i) => `  ${paint.muted((i === 0 ? title : '').padEnd(indent - 2))}${line}`);
}

const indent = 12;

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

function jsonExplanation({ scopes, allowed, ...rest }: Explanation): object {
  const scopeOf = ({ text, kind }: { text: string; kind: string }): object => ({ id: text, kind });
  return {
    ...rest,
    scopes: scopes.map(scopeOf),
    allowed:
      allowed === null
        ? null
        : { operation: allowed.operation, scope: allowed.scope === null ? null : scopeOf(allowed.scope) },
  };
}
