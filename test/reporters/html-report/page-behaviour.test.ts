import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Audited, audited, exampleFolder } from './audited.js';
import { Browser, noBrowser, type OpenedPage } from './browser.js';
import { madeUpPage } from './made-up-page.js';

const patience = 300_000;

describe.skipIf(noBrowser !== undefined)('the page', () => {
  let browser: Browser;
  let audit: Audited;
  let report: OpenedPage;

  beforeAll(async () => {
    browser = await Browser.start();
    audit = await audited(exampleFolder(), '--snapshot', 'tenant.json', '--expect', 'access.yaml');
    report = await browser.open(audit.html);
  }, patience);

  afterAll(async () => browser?.close());

  const rows = '.causes .body .row';

  describe('opens at what a link names', () => {
    test('a cause, and a finding of it', async () => {
      const [cause] = audit.json.causes;
      await report.go(`#/finding/${cause!.id}`);
      expect(await report.text('.message-full')).toContain(cause!.message);
      await report.go(`#/finding/${audit.json.findings[0]!.fingerprint}`);
      expect(await report.text('.findings .body')).toContain(audit.json.findings[0]!.message);
    });

    test('an identity, and its kind of access', async () => {
      const [identity] = audit.json.identities;
      await report.go(`#/identity/${identity!.id.toUpperCase()}`);
      expect(await report.text('h1')).toBe(identity!.displayName);
      await report.go(`#/identities?kind=grants-access`);
      expect(await report.count('.heat-map .body .row')).toBe(
        audit.json.identities.filter(({ cells }) =>
          cells.some(({ kind, points }) => kind === 'grants-access' && points > 0),
        ).length,
      );
    });

    test('a role, a scope', async () => {
      await report.go('#/role/8e3af657-a8ff-443c-a75c-2fe8c4bcb635');
      expect(await report.text('h1')).toBe('Owner');
      await report.go(`#/scope/${encodeURIComponent('/subscriptions/11111111-2222-3333-4444-555555555555')}`);
      expect(await report.text('h1')).toBe('Shop');
      expect(await report.text('.lead')).toContain('/subscriptions/11111111-2222-3333-4444-555555555555');
      expect(await report.count('.assignments .body .row')).toBeGreaterThan(0);
    });

    test('what is not there is said', async () => {
      await report.go('#/finding/0000000000000000');
      expect(await report.text('h1')).toBe('Not in this report');
    });
  });

  describe('filters', () => {
    test('by severity, and the address says so', async () => {
      await report.go('#/findings');
      await report.page.click('.toggle.critical');
      const critical = audit.json.causes.filter(({ severity }) => severity === 'critical');
      expect(await report.texts(`${rows} .badge`)).toEqual(critical.map(() => 'critical'));
      expect(await report.hash()).toBe('#/findings?severity=critical');
      await report.page.reload();
      await report.page.waitForSelector(rows);
      expect(await report.count(rows)).toBe(critical.length);
    });

    test('by rule', async () => {
      await report.go('#/findings');
      const { ruleId } = audit.json.causes[0]!;
      await report.page.selectOption('select[name=rule]', ruleId);
      expect(await report.count(rows)).toBe(
        audit.json.causes.filter(cause => cause.ruleId === ruleId).length,
      );
    });

    test('by text, by scope and by identity', async () => {
      await report.go('#/findings');
      await report.page.fill('input[name=text]', 'DEPLOY-WEB');
      expect(await report.count(rows)).toBeGreaterThan(0);
      for (const text of await report.texts(`${rows} .message`)) expect(text).toBeTruthy();
      expect(await report.count(rows)).toBeLessThan(audit.json.causes.length);
      await report.page.fill('input[name=text]', 'no cause says this');
      expect(await report.text('.empty')).toBe('No cause is left by these filters.');
      await report.go('#/findings?scope=resourcegroups%2Fshop');
      const inShop = await report.count(rows);
      expect(inShop).toBeGreaterThan(0);
      expect(inShop).toBeLessThan(audit.json.causes.length);
      await report.go('#/findings?identity=deploy-web');
      expect(await report.count(rows)).toBeGreaterThan(0);
      expect(await report.count(rows)).toBeLessThan(audit.json.causes.length);
    });

    test('by what a subscription is called, or by its id', async () => {
      const id = '11111111-2222-3333-4444-555555555555';
      const renamed = await browser.open(audit.html.replace('"displayName":"Shop"', '"displayName":"Zebra"'));
      for (const [page, filter] of [
        ['findings', 'scope'],
        ['paths', 'to'],
        ['expectations', 'text'],
      ]) {
        const found = async (text: string): Promise<string[]> => {
          await renamed.go(`#/${page}?${filter}=${text}`);
          return renamed.texts('.causes .body .message, .paths .body .message, .results .result');
        };
        const byId = await found(id);
        expect(byId.length).toBeGreaterThan(0);
        expect(await found('zebra')).toEqual(byId);
      }
      await renamed.page.close();
      for (const text of [id, 'archive']) {
        await report.go(`#/scopes?text=${text}`);
        const scopes = await report.texts('.scopes .body a');
        expect(scopes).toContain(
          text === id
            ? `subscription Shop ${id}`
            : 'subscription Archive 11111111-2222-3333-4444-666666666666',
        );
        await report.go(`#/search?text=${text}`);
        expect(await report.texts('a.scope')).toEqual(scopes);
      }
    });

    test('and search finds all kinds of things', async () => {
      await report.go('#/overview');
      await report.page.fill('#search', 'owner');
      await report.page.waitForSelector('main[data-page=search] a.name');
      expect(await report.texts('main a.name')).toContain('Owner');
    });
  });

  describe('keys', () => {
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await report.page.keyboard.press(key);
    };

    test('/ searches, and Escape leaves', async () => {
      await report.go('#/overview');
      await press('/');
      expect(await report.page.evaluate('document.activeElement.id')).toBe('search');
      await press('Escape');
      expect(await report.page.evaluate('document.activeElement.id')).not.toBe('search');
    });

    test('j and k move, Enter opens', async () => {
      await report.go('#/findings');
      await press('j', 'j', 'j', 'k');
      await report.until('document.querySelector(".row.active")?.getAttribute("aria-rowindex") === "3"');
      await press('Enter');
      expect(await report.hash()).toBe(`#/finding/${audit.json.causes[1]!.id}`);
    });

    test('arrows move where the table has the focus', async () => {
      await report.go('#/identities');
      await report.page.evaluate('document.querySelector(".rows .body").focus()');
      await press('ArrowDown', 'ArrowDown');
      await report.until('document.querySelector(".row.active")?.getAttribute("aria-rowindex") === "3"');
    });

    test('? helps', async () => {
      await report.go('#/overview');
      await press('?');
      await report.until('document.querySelector("dialog").open');
      await press('Escape');
      await report.until('!document.querySelector("dialog").open');
    });

    test('numbers turn pages', async () => {
      await report.go('#/overview');
      await press('4');
      await report.page.waitForSelector('main[data-page=identities]');
      expect(await report.hash()).toBe('#/identities');
    });

    test('the first Tab offers to skip what is on all pages', async () => {
      await report.go('#/overview');
      await report.page.reload();
      await report.page.waitForSelector('h1');
      await press('Tab');
      expect(await report.page.evaluate('document.activeElement.className')).toBe('skip');
      await press('Enter');
      expect(await report.page.evaluate('document.activeElement.id')).toBe('main');
      expect(await report.hash()).toBe('#/overview');
    });
  });

  describe('has a light and a dark side', () => {
    const background = (): Promise<string> =>
      report.page.evaluate('getComputedStyle(document.documentElement).backgroundColor');

    test('as the system has it, or as somebody chose', async () => {
      await report.page.emulateMedia({ colorScheme: 'light' });
      await report.go('#/overview');
      const light = await background();
      await report.page.emulateMedia({ colorScheme: 'dark' });
      const dark = await background();
      expect(dark).not.toBe(light);
      await report.page.keyboard.press('t');
      await report.until('document.documentElement.dataset.theme === "light"');
      expect(await background()).toBe(light);
      await report.until('localStorage.getItem("azrbac-theme") === "light"');
      await report.page.reload();
      await report.page.waitForSelector('h1');
      expect(await background()).toBe(light);
      await report.page.evaluate('localStorage.clear()');
      await report.page.emulateMedia({ colorScheme: 'light' });
      await report.page.reload();
      await report.page.waitForSelector('h1');
    });
  });

  describe('on paper', () => {
    test('has all causes, with what to do, and the gaps', async () => {
      await report.go('#/overview');
      await report.page.emulateMedia({ media: 'print' });
      await report.page.waitForSelector('main[data-page=print]');
      expect(await report.count('.printed-cause')).toBe(audit.json.causes.length);
      expect(await report.text('main')).toContain(audit.json.causes.at(-1)!.message);
      expect(await report.text('main')).toContain(audit.json.gaps[0]!.scope);
      expect(await report.count('header.top')).toBe(0);
      await report.page.emulateMedia({ media: 'screen' });
      await report.page.waitForSelector('main[data-page=overview]');
    });
  });

  describe('of very many findings', () => {
    test.each([10_000, 100_000])(
      'has few rows at a time, of %d',
      async findings => {
        const large = await browser.open(madeUpPage(findings), '#/findings?view=each');
        expect(await large.count('*')).toBeLessThan(1_500);
        expect(await large.count(rows)).toBeLessThan(80);
        expect(
          await large.page.evaluate('document.querySelector(".rows").getAttribute("aria-rowcount")'),
        ).toBe(`${findings + 1}`);
        await large.page.evaluate('scrollTo(0, document.body.scrollHeight)');
        await large.until(`document.querySelector('${rows}[aria-rowindex="${findings + 1}"]') !== null`);
        expect(await large.count(rows)).toBeLessThan(80);
        await large.page.fill('input[name=text]', '(finding 777)');
        await large.until(`document.querySelectorAll('${rows}').length < 10`);
        expect(large.complaints).toEqual([]);
        await large.page.close();
      },
      patience,
    );

    test('prints so many, and says how many it does not', async () => {
      const large = await browser.open(madeUpPage(2_400, { causes: 1_200 }), '#/overview');
      await large.page.emulateMedia({ media: 'print' });
      await large.page.waitForSelector('main[data-page=print]');
      expect(await large.count('.printed-cause')).toBe(1_000);
      expect(await large.texts('.cap')).toContain(
        '200 more causes not printed. The page on the screen and the JSON report have all of them.',
      );
      await large.page.close();
    });
  });

  test('and the browser has nothing to complain about', () => {
    expect(report.complaints).toEqual([]);
  });
});
