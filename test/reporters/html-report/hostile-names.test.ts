import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { assign, groupOf, id, roles, subscription } from '../../tenant/access/tenant-rows.js';
import { projectWith } from '../../commands/project.js';
import { type Audited, audited } from './audited.js';
import { Browser, noBrowser, type OpenedPage } from './browser.js';

const patience = 300_000;

const hostile = [
  '</script><script>window.ran = 1</script>',
  '<img src=x onerror="window.ran = 2">',
  'javascript:window.ran=3',
  '\u2028window.ran = 4\u2029//',
  '<!--<script>',
  '\u202Egnp.eno\u202C "quoted" \'single\' `tick` ${window.ran = 5}',
  '"><svg onload=window.ran=6>',
  `${'long name '.repeat(1_000)}`,
  ']]>{{constructor.constructor("window.ran=7")()}}',
];

const custom = (number: number, name: string): object => {
  const guid = `c0000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
  return {
    id: `${subscription}/providers/Microsoft.Authorization/roleDefinitions/${guid}`,
    name: guid,
    properties: {
      roleName: name,
      type: 'CustomRole',
      description: name,
      assignableScopes: [subscription],
      permissions: [{ actions: ['Microsoft.Authorization/*', name] }],
    },
  };
};

const groupScope = (at: number): string => `/providers/Microsoft.Management/managementGroups/group-${at}`;

/** Names that say what they would do, wherever a tenant has names. */
function hostileTenant(): object {
  const guid = (number: number): string => `c0000000-0000-0000-0000-${String(number).padStart(12, '0')}`;
  return {
    version: 1,
    kind: 'azrbac-snapshot',
    tenantId: hostile[0],
    collectedAt: hostile[1],
    principals: [
      ...hostile.map((displayName, at) => ({
        id: id(at + 1),
        type: 'User',
        displayName,
        memberOf: [id(50)],
      })),
      { ...groupOf(50), displayName: hostile[1] },
    ],
    managementGroups: hostile.map((displayName, at) => ({ id: `group-${at}`, displayName, parent: null })),
    subscriptions: hostile.map((displayName, at) => ({
      id: at === 0 ? subscription.split('/')[2] : guid(at),
      displayName,
      managementGroup: `group-${at}`,
    })),
    roleDefinitions: hostile.map((name, at) => custom(at, name)),
    roleAssignments: [
      ...hostile.map((name, at) => assign(guid(at), id(at + 1), subscription, { condition: `${name}` })),
      ...hostile.map((name, at) =>
        assign(
          roles.owner,
          id(at + 1),
          `${subscription}/resourceGroups/${encodeURIComponent(name).slice(0, 80)}`,
        ),
      ),
      assign(roles.owner, id(50), subscription),
    ],
    gaps: [{ what: hostile[0], scope: hostile[1], reason: hostile[2] }],
  };
}

describe.skipIf(noBrowser !== undefined)('names that would do something do nothing', () => {
  let browser: Browser;
  let audit: Audited;
  let report: OpenedPage;

  beforeAll(async () => {
    browser = await Browser.start();
    audit = await audited(projectWith({ 't.json': hostileTenant() }), '--snapshot', 't.json');
    report = await browser.open(audit.html);
  }, patience);

  afterAll(async () => browser?.close());

  test(
    'on any page',
    async () => {
      const guids = hostile.map((_, at) => `c0000000-0000-0000-0000-${String(at).padStart(12, '0')}`);
      const hashes = [
        ...[
          'overview',
          'changes',
          'findings',
          'findings?view=each',
          'identities',
          'roles',
          'scopes',
          'paths',
        ],
        ...['expectations', 'suppressed', 'not-analysed', `search?text=${encodeURIComponent(hostile[1]!)}`],
        ...hostile.map((_, at) => `identity/${id(at + 1)}`),
        ...guids.map(guid => `role/${guid}`),
        ...audit.json.causes.slice(0, 30).map(cause => `finding/${cause.id}`),
        ...hostile.map(name => `identity/${encodeURIComponent(name)}`),
        ...hostile.map(name => `${encodeURIComponent(name)}/x?text=${encodeURIComponent(name)}`),
        `scope/${encodeURIComponent(subscription)}`,
        ...guids.map(guid => `scope/${encodeURIComponent(`/subscriptions/${guid}`)}`),
        ...hostile.map((_, at) => `scope/${encodeURIComponent(groupScope(at))}`),
        ...hostile.map(name => `scopes?text=${encodeURIComponent(name)}`),
      ];
      for (const hash of hashes) {
        await report.go(`#/${hash}`);
        expect(await report.page.evaluate('window.ran ?? "nothing ran"'), hash).toBe('nothing ran');
      }
      expect(await report.count('main img, main script, main iframe, main svg[onload]')).toBe(0);
    },
    patience,
  );

  test('and are shown as they are', async () => {
    await report.go(`#/identity/${id(1)}`);
    expect(await report.text('h1')).toBe(hostile[0]);
    await report.go(`#/identity/${id(2)}`);
    expect(await report.text('h1')).toBe(hostile[1]);
    await report.go(`#/identity/${id(6)}`);
    expect(await report.text('h1')).toMatch(/^\\u\{202e\}gnp\.eno/);
    await report.go(`#/scope/${encodeURIComponent(subscription)}`);
    expect(await report.text('h1')).toBe(hostile[0]);
    await report.go(`#/scope/${encodeURIComponent(groupScope(5))}`);
    expect(await report.text('h1')).toMatch(/^\\u\{202e\}gnp\.eno/);
  });

  test('a long name does not push anything out of the page', async () => {
    await report.go(`#/identity/${id(8)}`);
    const [width, most] = await report.page.evaluate<[number, number]>(
      '[document.documentElement.scrollWidth, innerWidth]',
    );
    expect(width).toBeLessThanOrEqual(most);
  });

  test('every link leads within the page, or to the web', async () => {
    for (const hash of [
      'overview',
      'findings',
      'identities',
      'roles',
      'scopes',
      `role/c0000000-0000-0000-0000-000000000002`,
    ]) {
      await report.go(`#/${hash}`);
      const hrefs = await report.page.evaluate<string[]>(
        '[...document.querySelectorAll("a")].map(a => a.getAttribute("href"))',
      );
      expect(hrefs.filter(href => !/^#\/|^#main$|^https:\/\//.test(href))).toEqual([]);
    }
  });

  test('nothing but the page itself was asked for', () => {
    const others = report.requests.filter(
      url => url.split('#')[0] !== report.address && !url.startsWith('data:'),
    );
    expect(others).toEqual([]);
    expect(report.requests.length).toBeGreaterThan(0);
  });

  test('and the browser had nothing to complain about', () => {
    expect(report.complaints).toEqual([]);
  });

  test('the policy lets no other code run, and nothing leave', async () => {
    await report.go('#/overview');
    const tried = await report.page.evaluate<object>(`(async () => {
      const broken = [];
      addEventListener('securitypolicyviolation', event => broken.push(event.effectiveDirective));
      const script = document.createElement('script');
      script.textContent = 'window.ran = 8';
      document.body.append(script);
      const image = new Image();
      image.src = 'https://example.com/x.png';
      const button = document.createElement('button');
      button.setAttribute('onclick', 'window.ran = 9');
      document.body.append(button);
      button.click();
      const style = document.createElement('style');
      style.textContent = 'body { color: red }';
      document.head.append(style);
      const fetched = await fetch('https://example.com/').then(() => 'answered', () => 'refused');
      await new Promise(done => setTimeout(done, 300));
      return { ran: window.ran ?? null, fetched, broken: [...new Set(broken)].sort() };
    })()`);
    expect(tried).toEqual({
      ran: null,
      fetched: 'refused',
      broken: ['connect-src', 'img-src', 'script-src-attr', 'script-src-elem', 'style-src-elem'],
    });
  });
});

test('the same audit makes the same page', async () => {
  const cwd = projectWith({ 't.json': hostileTenant() });
  const [once, again] = [
    await audited(cwd, '--snapshot', 't.json'),
    await audited(cwd, '--snapshot', 't.json'),
  ];
  expect(once.html).toBe(again.html);
});

test('no text of the data ends its element', async () => {
  const { html } = await audited(projectWith({ 't.json': hostileTenant() }), '--snapshot', 't.json');
  const elements = [
    ...html.matchAll(/<script type="application\/json" id="data-[a-zA-Z]+">(.*?)<\/script>/gs),
  ];
  expect(elements.length).toBeGreaterThan(20);
  for (const [, text] of elements) {
    expect(text).not.toMatch(/[<\u2028\u2029\u202e]/);
    expect(() => JSON.parse(text!)).not.toThrow();
  }
});
