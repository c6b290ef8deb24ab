import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Audited, audited, exampleFolder } from './audited.js';
import { Browser, noBrowser, type OpenedPage } from './browser.js';

/** Others may be using the machine. */
const patience = 300_000;

describe.skipIf(noBrowser !== undefined)('the page has the numbers of the JSON report', () => {
  let browser: Browser;
  let audit: Audited;
  let report: OpenedPage;

  beforeAll(async () => {
    browser = await Browser.start();
    audit = await audited(exampleFolder(), '--snapshot', 'tenant.json', '--expect', 'access.yaml');
    report = await browser.open(audit.html);
  }, patience);

  afterAll(async () => browser?.close());

  const whole = (number: number): string => number.toLocaleString('en-US');
  const points = (number: number): string => number.toLocaleString('en-US', { maximumFractionDigits: 1 });
  const figure = (least: number, most: number): string =>
    most > least ? `≥ ${points(least)}` : points(least);

  test('of the score, and of what it is made of', async () => {
    await report.go('#/overview');
    const { score } = audit.json;
    expect(await report.text('#score')).toBe(figure(score.figure, score.upTo));
    expect(await report.text('#sum')).toBe(points(score.sum));
    const bands = [...score.bands].reverse().map(({ identities }) => whole(identities));
    expect(await report.texts('section[aria-labelledby=score-title] td.right')).toEqual(bands);
  });

  test('of findings by severity, and of causes', async () => {
    await report.go('#/overview');
    for (const severity of ['critical', 'high', 'medium', 'low', 'info'])
      expect(await report.text(`[data-count=${severity}]`)).toBe(whole(audit.json.summary[severity]!));
    expect(await report.text('#findings-title')).toBe(
      `${audit.json.findings.length} findings of ${audit.json.causes.length} causes`,
    );
  });

  test('of each cause, in their order', async () => {
    await report.go('#/findings');
    expect(await report.texts('.causes .body .message a')).toEqual(
      audit.json.causes.map(({ message }) => message),
    );
    await report.go('#/findings?view=each');
    const messages = await report.texts('.causes .body .message a');
    expect([...messages].sort()).toEqual(audit.json.findings.map(({ message }) => message).sort());
  });

  test('of each identity, and of each kind of its access', async () => {
    await report.go('#/identities');
    const { identities } = audit.json;
    expect(identities.length).toBeGreaterThan(3);
    expect(await report.texts('.heat-map .body .figure strong')).toEqual(
      identities.map(({ figure: least, upTo }) => figure(least, upTo)),
    );
    for (const { id, figure: least, upTo, cells } of identities) {
      await report.go(`#/identity/${id}`);
      expect(await report.text('#figure')).toBe(figure(least, upTo));
      const shown = await report.page.evaluate<[string, number][]>(
        '[...document.querySelectorAll("[data-kind]")].map(kind => [kind.dataset.kind, Number(kind.dataset.points)])',
      );
      expect(new Map(shown)).toEqual(new Map(cells.map(cell => [cell.kind, cell.points])));
      const sum = shown.reduce((total, [, each]) => total + each, 0);
      expect(sum).toBeCloseTo(least, 6);
    }
  });

  test('of each change, and of its effect', async () => {
    await report.go('#/changes');
    expect(await report.texts('.change .effect strong')).toEqual(
      audit.json.changes.map(({ removed }) => `−${points(removed)}`),
    );
  });

  test('of paths, expectations, and what was not analysed', async () => {
    const numbers = async (): Promise<Record<string, string>> =>
      report.page.evaluate(
        'Object.fromEntries([...document.querySelectorAll("nav a")].map(a => [a.firstChild.textContent, a.querySelector(".number")?.textContent]))',
      );
    await report.go('#/paths');
    const { paths, suppressed, gaps, notices, results } = audit.json;
    expect(await numbers()).toMatchObject({
      Findings: whole(audit.json.findings.length),
      'Paths to control': whole(paths.length),
      Suppressed: whole(suppressed.length),
      'Not analysed': whole(gaps.length + notices.length),
    });
    await report.go('#/expectations');
    const statuses = await report.texts('.results .badge');
    expect(statuses).toEqual(results!.map(({ status }) => status));
    await report.go('#/not-analysed');
    expect(await report.text('main')).toContain(gaps[0]!.scope);
    for (const { message } of notices) expect(await report.text('main')).toContain(message);
  });

  test('of paths, step by step', async () => {
    await report.go('#/paths');
    if (audit.json.paths.length === 0)
      return expect(await report.text('main')).toContain('No identity can take over');
    await report.page.click('.paths .body a');
    await report.page.waitForSelector('.steps .step');
    expect(await report.count('.steps .step')).toBe(audit.json.paths[0]!.stepCount);
    expect(await report.count('.picture svg .node')).toBeGreaterThan(1);
  });

  test('and the browser has nothing to complain about', () => {
    expect(report.complaints).toEqual([]);
  });
});
