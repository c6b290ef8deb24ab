import type { Explained, Explanation } from '../../analysis/explain/explain.js';
import type { RefusedPrincipal } from '../../analysis/explain/facts.js';
import { knownClients } from '../../analysis/explain/known-clients.js';
import { isMasked } from '../../analysis/explain/masked-scope.js';
import type { AssignmentLanguage } from '../../rbac/model/assignment-code.js';
import { definitionCommand } from '../../rbac/model/az-command.js';
import { shorten, visible } from '../../text/escape.js';
import { type Paint, paintFor } from '../../reporters/paint.js';
import type { ReportOptions } from '../../reporters/reporter.js';
import { toJson } from '../../cli/output.js';

/** The same for scripts. */
export function explanationsJson(
  { explanations, notices }: Explained,
  held: readonly (readonly string[])[] | undefined,
): string {
  const shown = explanations.map((explanation, i) => ({
    ...jsonExplanation(explanation),
    snapshot: held?.[i] ?? null,
  }));
  return toJson({ version: 1, explanations: shown, notices });
}

/** For people: what it is, what was missing and where, how to fix it, and what leads astray. */
export async function explanationsText(
  explanations: readonly Explanation[],
  {
    color,
    width = defaultWidth,
    language,
    held,
  }: {
    readonly color: ReportOptions['color'];
    readonly width: number | undefined;
    readonly language: AssignmentLanguage;
    /** What a snapshot says of the principal of each; nothing without one. */
    readonly held: readonly (readonly string[])[];
  },
): Promise<string> {
  const paint = await paintFor(color);
  const textOf = (explanation: Explanation, i: number): string => {
    const rows = rowsOf(explanation, language, held[i] ?? []);
    const title = paint.place(`${explanation.title} (${explanation.error})`);
    return `${[title, ...rows.flatMap(row => rowLines(row, paint, width))].join('\n')}\n`;
  };
  return explanations.map(textOf).join('\n');
}

const defaultWidth = 80;

type Row = readonly [title: string, text: string, wrapping?: 'as-is'];

function rowsOf(explanation: Explanation, language: AssignmentLanguage, held: readonly string[]): Row[] {
  const { cause, fix, traps, reference, message } = explanation;
  return [
    ...whatAndWhere(explanation),
    ...held.map((line, i): Row => [i === 0 ? 'snapshot' : '', line, 'as-is']),
    ['cause', cause],
    ['fix', fix],
    ...rejectedRows(explanation),
    ...remedyRows(explanation, language),
    ['read', reference, 'as-is'],
    ...traps.flatMap(({ sentence, reference: link }): Row[] => [
      ['trap', sentence],
      ['', link, 'as-is'],
    ]),
    ...(message === null ? [] : [['send', message] as const]),
  ];
}

function whatAndWhere({
  missing,
  holder,
  guess,
  principal,
  pairs,
  scopes,
  allowed,
  hosts,
}: Explanation): Row[] {
  return [
    ...missing.map(
      ({ name, plane, inCatalog }): Row => [
        'missing',
        `${name} (${inCatalog ? planeNames[plane] : 'not in the catalog'})`,
        'as-is',
      ],
    ),
    ...(guess === null ? [] : [['guess', guess] as const]),
    ...(holder === null ? [] : [['for', holder] as const]),
    ...(principal === null ? [] : [['who', described(principal)] as const]),
    ...scopes.map((scope): Row => ['scope', `${scope.text} (${kindOf(scope)})`, 'as-is']),
    ...pairs.flatMap(({ operation, scope }): Row[] => [
      ['pair', operation, 'as-is'],
      ['', `at ${scope.text}`, 'as-is'],
    ]),
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
    clientId === null ? null : clientText(clientId),
    kind === null ? null : kind === 'User' ? 'a user' : 'a service principal or managed identity',
  ];
  return parts.filter(part => part !== null).join(', ');
}

/** The client of a user is the tool that the user signed in with. */
function clientText(clientId: string): string {
  const tool = knownClients.get(clientId);
  return `client id ${clientId}${tool === undefined ? '' : ` (${tool})`}`;
}

function kindOf(scope: Explanation['scopes'][number]): string {
  return isMasked(scope) ? 'masked in the log' : scope.kind;
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

function remedyRows(
  { actionSets, builtInRoles, code, customRole, prefersCustomRole }: Explanation,
  language: AssignmentLanguage,
): Row[] {
  const { roles, count } = builtInRoles;
  const more = count - roles.length;
  const assign = code[language].flatMap(text =>
    text.split('\n').map((line, i): Row => [i === 0 ? 'assign' : '', line, 'as-is']),
  );
  const custom =
    customRole === null
      ? []
      : customRows(
          customRole,
          prefersCustomRole
            ? roles.length === 0
              ? 'a role with nothing else:'
              : 'every role above grants far more; better a role with nothing else:'
            : 'or a role with nothing else:',
        );
  return [
    ...(actionSets.length === 0 ? [] : [['sets', actionSets.join(', ')] as const]),
    ...roles.map((role): Row => ['role', roleText(role), 'as-is']),
    ...(more > 0 ? [['', `and ${more} more`] as const] : []),
    ...(prefersCustomRole ? [...custom, ...assign] : [...assign, ...custom]),
  ];
}

function roleText({
  name,
  operations,
  conditional,
  recommended,
  purpose,
}: Explanation['builtInRoles']['roles'][number]): string {
  const notes = [
    `grants ${operations} ${operations === 1 ? 'operation' : 'operations'}`,
    ...(conditional ? ['this one only where its condition holds'] : []),
    ...(recommended ? ['documented for this'] : []),
    ...(purpose === 'service' ? ['made for a service of Microsoft, not for people'] : []),
    ...(purpose === 'deprecated' ? ['deprecated'] : []),
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

function jsonExplanation({ scopes, allowed, pairs, ...rest }: Explanation): object {
  const scopeOf = ({ text, kind }: { text: string; kind: string }): object => ({ id: text, kind });
  return {
    ...rest,
    scopes: scopes.map(scopeOf),
    pairs: pairs.map(({ operation, scope }) => ({ operation, scope: scopeOf(scope) })),
    allowed:
      allowed === null
        ? null
        : { operation: allowed.operation, scope: allowed.scope === null ? null : scopeOf(allowed.scope) },
  };
}
