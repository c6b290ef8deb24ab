import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findCauses } from '../../../src/analysis/audit/find-causes.js';
import { type Cause, placeCount } from '../../../src/analysis/audit/cause.js';
import { listCauses } from '../../../src/analysis/audit/listed-causes.js';
import type { Finding, FindingSubject } from '../../../src/lint/engine/finding.js';
import { severities } from '../../../src/lint/engine/rule.js';
import { severityOf } from '../../../src/lint/engine/settings.js';
import {
  tenantOfRows,
  assign,
  groupOf,
  id,
  roles,
  subscription,
  user,
  group,
  corp,
} from '../../tenant/access/tenant-rows.js';
import { worlds } from '../../tenant/access/random-tenant.js';
import { shippedRules } from '../../lint/checks/lint-role.js';
import { catalog } from '../../reporters/lint-result.js';
import { lintOf } from './audit-of.js';
import { runs } from '../../portion.js';

// What must be true of the causes of any findings: such as no run would have, and such as rules find in random tenants.

const tenant = tenantOfRows({
  principals: [groupOf(4), user(1, 4), user(2, 4), user(3)],
  roleAssignments: [
    assign(roles.owner, id(1), subscription),
    assign(roles.owner, id(4), corp),
    assign(roles.reader, id(3), group),
  ],
});

const text = fc.oneof(
  fc.constantFrom(
    'Owner',
    'Reader',
    '__proto__',
    '',
    id(1),
    id(4),
    subscription,
    group,
    corp,
    'the group Group 4',
  ),
  fc.string({ unit: 'binary', maxLength: 4 }),
);

const subject: fc.Arbitrary<FindingSubject | undefined> = fc.option(
  fc.record({
    kind: fc.constantFrom(
      ...(['role-definition', 'role-assignment', 'eligible-assignment', 'deny-assignment'] as const),
      ...(['principal', 'scope'] as const),
    ),
    name: fc.option(text),
    id: fc.option(text),
  }),
  { nil: undefined },
);

const evidence = fc.dictionary(
  fc.constantFrom(
    ...[
      'roleName',
      'principal',
      'principalId',
      'scope',
      'group',
      'through',
      'owners',
      'roles',
      'combination',
    ],
    ...['principalType', 'action', 'because'],
  ),
  fc.oneof(text, fc.nat(3), fc.array(text, { maxLength: 2 })),
);

let made = 0;

const findings = fc.array(
  fc
    .record({
      rule: fc.constantFrom(...shippedRules.rules),
      isVariant: fc.boolean(),
      subject,
      evidence,
      file: fc.constantFrom('s.json', 'roles/a.json'),
      roleGuid: fc.option(fc.constantFrom(roles.owner, roles.reader), { nil: undefined }),
      condition: fc.option(text, { nil: undefined }),
      message: text,
    })
    .map(({ rule, isVariant, file, ...others }): Finding => {
      const variant = isVariant ? Object.keys(rule.variants ?? {})[0] : undefined;
      const severity = severityOf(rule, variant, new Map());
      if (severity === 'off') throw new Error('No rule is off by itself.');
      return {
        ...{ rule, variant, severity, related: [], fix: undefined, ...others },
        at: {
          document: { file, text: '', root: undefined, comments: [], tolerated: [], syntaxProblems: [] },
          pointer: '',
          range: undefined,
        },
        fingerprint: String(made++),
      };
    }),
  { maxLength: 40 },
);

function expectLaws(found: readonly Finding[], causes: readonly Cause[]): void {
  const inCauses = causes.flatMap(cause => cause.findings);
  expect(inCauses).toHaveLength(found.length);
  expect(new Set(inCauses)).toEqual(new Set(found));
  expect(new Set(causes.map(cause => cause.id)).size).toBe(causes.length);
  for (const cause of causes) {
    expect(cause.findings.length).toBeGreaterThan(0);
    for (const { rule, severity, variant } of cause.findings)
      expect([rule, severity, variant]).toEqual([cause.rule, cause.severity, cause.variant]);
    expect(cause.reach.scopes).toBeLessThanOrEqual(placeCount(cause));
    expect(cause.reach.widest === null).toBe(cause.reach.scopes === 0);
  }
  causes.slice(1).forEach((cause, at) => expect(isInOrder(causes[at]!, cause)).toBe(true));
}

/** By severity, then identities, then scopes. */
function isInOrder(a: Cause, b: Cause): boolean {
  const keys = [a, b].map(({ severity, reach }) => [
    severities.indexOf(severity),
    -reach.identities,
    -reach.scopes,
  ]);
  const [first, second] = keys as [number[], number[]];
  const at = first.findIndex((value, i) => value !== second[i]);
  return at < 0 || first[at]! < second[at]!;
}

test('whatever the findings are like, each has one cause', () => {
  fc.assert(
    fc.property(findings, found =>
      expectLaws(found, findCauses({ lint: { findings: found, catalog }, tenant })),
    ),
  );
});

test('the order of findings changes nothing but which of them is named', () => {
  const shuffled = findings.chain(found =>
    fc.tuple(fc.constant(found), fc.shuffledSubarray(found, { minLength: found.length })),
  );
  const withoutOrder = (found: readonly Finding[]) =>
    findCauses({ lint: { findings: found, catalog }, tenant }).map(
      ({ id: name, severity, reach, findings: its }) => ({
        name,
        severity,
        identities: reach.identities,
        scopes: reach.scopes,
        findings: its.map(({ fingerprint }) => fingerprint).sort(),
      }),
    );
  fc.assert(
    fc.property(shuffled, ([found, again]) => {
      const byId = (causes: ReturnType<typeof withoutOrder>) =>
        new Map(causes.map(cause => [cause.name, cause]));
      expect(byId(withoutOrder(again))).toEqual(byId(withoutOrder(found)));
    }),
  );
});

test('a definition and an assignment of one role are one cause in any order', () => {
  const [rule] = shippedRules.rules.filter(({ check }) => check === 'assignment-privileged');
  const shared = { rule: rule!, variant: undefined, severity: 'high', related: [], fix: undefined } as const;
  const kinds = ['role-definition', 'role-assignment'] as const;
  const [first, second] = kinds.map(
    (kind): Finding => ({
      ...shared,
      subject: { kind, name: 'Owner', id: roles.owner },
      evidence: { scope: subscription, principalId: id(1) },
      roleGuid: roles.owner,
      message: kind,
      at: {
        document: {
          ...{ file: 's.json', text: '', root: undefined },
          ...{ comments: [], tolerated: [], syntaxProblems: [] },
        },
        pointer: '',
        range: undefined,
      },
      fingerprint: kind,
    }),
  );
  const reaches = [
    [first!, second!],
    [second!, first!],
  ].map(lint => findCauses({ lint: { findings: lint, catalog }, tenant }).map(({ reach }) => reach));
  expect(reaches[0]).toHaveLength(1);
  expect(reaches[1]).toEqual(reaches[0]);
});

test('what rules find in random tenants has causes, twice the same', () => {
  fc.assert(
    fc.property(worlds, world => {
      const found = tenantOfRows(world);
      const lint = lintOf(found);
      const causes = findCauses({ lint, tenant: found });
      expectLaws(lint.findings, causes);
      expect(findCauses({ lint, tenant: found })).toEqual(causes);
    }),
    runs({ whole: 12, part: 3 }),
  );
});

test('what is listed and what is left are all causes, of each rule the worst', () => {
  fc.assert(
    fc.property(findings, found => {
      const causes = findCauses({ lint: { findings: found, catalog }, tenant });
      const { listed, left } = listCauses(causes);
      expect(listed.length + left.reduce((sum, { causes: more }) => sum + more, 0)).toBe(causes.length);
      const listedFindings = listed.reduce((sum, cause) => sum + cause.findings.length, 0);
      expect(listedFindings + left.reduce((sum, { findings: more }) => sum + more, 0)).toBe(found.length);
      expect(causes.filter(cause => listed.includes(cause))).toEqual(listed);
      for (const rest of left)
        expect(listed.some(({ rule, severity }) => rule === rest.rule && severity === rest.severity)).toBe(
          true,
        );
    }),
  );
});
