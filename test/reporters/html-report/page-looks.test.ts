import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Audited, audited, exampleFolder } from './audited.js';
import { Browser, noBrowser, type OpenedPage, type Page } from './browser.js';
import { faintTexts } from './contrast.js';
import { madeUpPage } from './made-up-page.js';
import { portion, someOf } from '../../portion.js';

const patience = 300_000;

describe.skipIf(noBrowser !== undefined)('the page looks', () => {
  let browser: Browser;
  let audit: Audited;
  let report: OpenedPage;
  let viewer: Page;

  beforeAll(async () => {
    browser = await Browser.start();
    audit = await audited(exampleFolder(), '--snapshot', 'tenant.json', '--expect', 'access.yaml');
    report = await browser.open(audit.html);
    viewer = await browser.blank();
  }, patience);

  afterAll(async () => browser?.close());

  /** The pages to look at: in `npm test` every other one for each look, so that each is looked at. */
  const pages = (from: 0 | 1): readonly string[] => someOf(allPages(), { of: 2, from });
  const allPages = (): string[] => [
    ...[
      'overview',
      'changes',
      'findings',
      'identities',
      'roles',
      'scopes',
      'paths',
      'expectations',
      'not-analysed',
    ],
    `finding/${audit.json.causes[0]!.id}`,
    `identity/${audit.json.identities[0]!.id}`,
    'role/8e3af657-a8ff-443c-a75c-2fe8c4bcb635',
  ];

  /** Of so many dots one is looked at. */
  const step = portion({ whole: 1, part: 3 });

  /** How many colours a picture has, and how bright it is on the whole, from 0 to 255. */
  async function look(): Promise<{ readonly colours: number; readonly brightness: number }> {
    const picture = (await report.page.screenshot()).toString('base64');
    return viewer.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob('${picture}'), letter => letter.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
      const canvas = new OffscreenCanvas(image.width, image.height);
      const context = canvas.getContext('2d');
      context.drawImage(image, 0, 0);
      const { data } = context.getImageData(0, 0, image.width, image.height);
      const colours = new Set();
      let sum = 0;
      for (let at = 0; at < data.length; at += 4 * ${step}) {
        colours.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
        sum += (data[at] + data[at + 1] + data[at + 2]) / 3;
      }
      return { colours: colours.size, brightness: sum / (data.length / 4 / ${step}) };
    })()`);
  }

  for (const colorScheme of ['light', 'dark'] as const) {
    test(
      `as they should, ${colorScheme}: bright or dark, and not empty`,
      async () => {
        await report.page.emulateMedia({ colorScheme });
        for (const hash of pages(colorScheme === 'light' ? 0 : 1)) {
          await report.go(`#/${hash}`);
          const { colours, brightness } = await look();
          expect(colours, hash).toBeGreaterThan(60);
          if (colorScheme === 'light') expect(brightness, hash).toBeGreaterThan(215);
          else expect(brightness, hash).toBeLessThan(60);
        }
      },
      patience,
    );

    test(
      `readable, ${colorScheme}: text stands out from what is behind it`,
      async () => {
        await report.page.emulateMedia({ colorScheme });
        for (const hash of pages(colorScheme === 'light' ? 1 : 0)) {
          await report.go(`#/${hash}`);
          expect(await report.page.evaluate(faintTexts), hash).toEqual([]);
        }
        await report.go('#/overview');
        await report.page.keyboard.press('?');
        await report.until('document.querySelector("dialog").open');
        expect(await report.page.evaluate(faintTexts)).toEqual([]);
        await report.page.keyboard.press('Escape');
      },
      patience,
    );
  }

  test(
    'as wide as the window, on a phone too',
    async () => {
      await report.page.setViewportSize({ width: 390, height: 844 });
      for (const hash of pages(0)) {
        await report.go(`#/${hash}`);
        const width = await report.page.evaluate('document.documentElement.scrollWidth');
        expect({ hash, width }).toEqual({ hash, width: 390 });
      }
      await report.page.setViewportSize({ width: 1440, height: 900 });
    },
    patience,
  );

  test('in line: what filters has one height, and stands on one line', async () => {
    for (const hash of [
      'findings?severity=high',
      'identities?type=guest',
      'paths?from=a',
      'expectations',
      'scopes',
    ]) {
      await report.go(`#/${hash}`);
      const boxes = await report.page.evaluate<{ top: number; bottom: number }[]>(
        `[...document.querySelectorAll('.filters input, .filters select, .filters button, .filters .clear')]
          .map(each => each.getBoundingClientRect()).map(({ top, bottom }) => ({ top, bottom }))`,
      );
      expect(boxes.length, hash).toBeGreaterThan(0);
      expect(new Set(boxes.map(({ top }) => top)).size, hash).toBe(1);
      expect(new Set(boxes.map(({ bottom }) => bottom)).size, hash).toBe(1);
    }
  });

  test('severities differ in words, not in colour alone', async () => {
    const made = await browser.open(madeUpPage(60), '#/findings');
    expect(new Set(await made.texts('.causes .body .badge'))).toEqual(
      new Set(['critical', 'high', 'medium', 'low', 'info']),
    );
    await made.page.close();
  });

  test('tables say what they are', async () => {
    await report.go('#/findings');
    const tables = await report.page.evaluate<
      object[]
    >(`[...document.querySelectorAll('[role=table]')].map(table => ({
      label: table.getAttribute('aria-label'),
      headers: table.querySelectorAll('[role=columnheader]').length,
      cells: table.querySelector('[role=rowgroup] [role=row]').querySelectorAll('[role=cell]').length,
    }))`);
    expect(tables).toEqual([{ label: 'Causes', headers: 4, cells: 4 }]);
    const unnamed = await report.page.evaluate(
      `[...document.querySelectorAll('button, input, select, a')].filter(each => !(each.textContent.trim() || each.getAttribute('aria-label') || each.closest('label'))).length`,
    );
    expect(unnamed).toBe(0);
  });
});
