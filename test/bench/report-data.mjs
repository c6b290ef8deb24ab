// What a page is made from, made up: as many findings as somebody wants, three to a cause.
const severities = ['critical', 'high', 'medium', 'low', 'info'];

export function reportData(findings, { identities = 2_000, causes = Math.ceil(findings / 3) } = {}) {
  const at = (list, number) => list[number % list.length];
  const principals = Array.from({ length: Math.max(identities, 1) }, (_, number) => ({
    id: `b0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
    type: number % 3 === 0 ? 'ServicePrincipal' : 'User',
    name: `Identity ${number}`,
  }));
  const scopes = [
    { text: '/', name: null, kind: 'root', parent: -1, assignments: 0 },
    ...Array.from({ length: 50 }, (_, number) => ({
      text: `/subscriptions/a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      name: `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
      kind: 'subscription',
      parent: 0,
      assignments: 3,
    })),
  ];
  const kinds = Array.from({ length: 12 }, (_, number) => ({
    id: `kind-${number}`,
    title: `Kind of access ${number}`,
    weight: 8,
    why: 'does something',
  }));
  const rules = Array.from({ length: 40 }, (_, number) => ({
    id: `rule-${number}`,
    title: `Rule ${number}`,
    category: 'assignments',
    why: 'It matters.',
    fix: 'Change it.',
    helpUri: 'https://example.com/rule',
  }));
  const listed = Array.from({ length: findings }, (_, number) => ({
    fingerprint: number.toString(16).padStart(16, '0'),
    rule: number % rules.length,
    severity: at(severities, number % causes),
    message: `The principal "Identity ${number % identities}" holds a role at ${at(scopes, number).text}, which nobody needs there (finding ${number}).`,
    at: `tenant.json#/roleAssignments/${number}`,
    subject: { kind: 'role-assignment', name: null, id: `assignment ${number}` },
    principal: number % principals.length,
    role: 0,
    scope: number % scopes.length,
    related: [],
  }));
  const byCause = Array.from({ length: causes }, (_, number) => ({
    id: `c${number.toString(16).padStart(15, '0')}`,
    rule: number % rules.length,
    severity: at(severities, number),
    message: `Cause ${number}: roles that nobody needs, at ${at(scopes, number).text}.`,
    subject: { kind: 'role', name: 'Owner', id: null },
    identities: 3,
    scopes: 3,
    widest: '/',
    places: 3,
    findings: [],
    commands: [],
  }));
  for (let number = 0; number < findings; number++) byCause[number % causes].findings.push(number);
  const rank = ({ severity }) => severities.indexOf(severity);
  byCause.sort((a, b) => rank(a) - rank(b));
  const counts = Object.fromEntries(severities.map(severity => [severity, listed.filter(each => each.severity === severity).length]));
  return {
    version: 1,
    tool: '0.0.0',
    tenant: {
      source: 'tenant.json',
      tenantId: '99999999-8888-7777-6666-555555555555',
      collectedAt: '2026-08-22T06:00:00Z',
      isComplete: true,
      managementGroups: 0,
      subscriptions: 50,
      principals: principals.length,
      roleAssignments: findings,
    },
    summary: { ...counts, findings, causes, suppressed: 0, paths: 0, files: 0, roleDefinitions: 1, catalogDate: '2026-08-22' },
    score: {
      figure: 80,
      upTo: 80,
      of: 20,
      sum: identities * 40,
      bands: [{ from: 0, to: 0, identities: 0 }, { from: 0, to: 20, identities }],
      identities,
      withoutAccess: 0,
      open: 0,
    },
    kinds,
    rules,
    scopes,
    principals,
    roles: [
      {
        guid: '8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
        name: 'Owner',
        description: null,
        isCustom: false,
        isKnown: true,
        control: 10,
        data: 0,
        assignments: 1,
        principals: 1,
        kinds: [],
        permissions: [],
        assignableScopes: [],
        sensitive: [],
        sensitiveCount: 0,
      },
    ],
    assignments: [{ id: 'one', scope: 0, role: 0, principal: 0 }],
    denials: [],
    patterns: [[{ pattern: '*', list: 'actions', count: 3, operations: ['Microsoft.Compute/virtualMachines/write'] }]],
    givings: [{ assignment: 0, reach: 'tenant', patterns: 0 }],
    causes: byCause,
    findings: listed,
    identities: principals.slice(0, identities).map((_, number) => ({
      principal: number,
      figure: 40,
      upTo: 40,
      cells: kinds.map((_, kind) => ({ kind, points: 3.3, because: [0] })),
    })),
    changes: [],
    paths: [],
    cuts: [],
    targets: [],
    suppressed: [],
    gaps: [],
    open: [],
    notices: [],
    left: [],
    unlisted: { assignments: 0, eligible: 0, denials: 0, paths: 0, targets: 0 },
  };
}
