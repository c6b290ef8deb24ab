// What the page of a report costs: its size, and how long a browser takes to open it. Left out where there is no Chromium.
import { existsSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { htmlPage } from '../../dist/reporters/html-report/html-report.js';
import { limit, line, ms } from './report.mjs';
import { reportData } from './report-data.mjs';

const executable = '/usr/bin/chromium';
const root = new URL('../../', import.meta.url);

/** Writes pages into the folder first. */
export async function reportPage(folder) {
  const size = ['report-page.js', 'report-page.css'].reduce((sum, name) => sum + statSync(new URL(`dist/${name}`, root)).size, 0);
  line('code and style of the report page', `${Math.round(size / 1000)} kB`, limit(size / 1e6, 1.5, 'MB'));
  const chromium = browser();
  if (chromium === undefined) return line('opening a report', 'not measured', 'no Chromium or playwright-core');
  for (const findings of [10_000, 100_000]) {
    const file = join(folder, `report-${findings}.html`);
    writeFileSync(file, [...htmlPage(reportData(findings))].join(''));
    const times = [];
    for (let run = 0; run < 5; run++) times.push(await open(chromium, file));
    times.sort((a, b) => a - b);
    const most = findings === 10_000 ? [limit(times[2] / 1000, 2, 's')] : [];
    line(`open a report of ${findings.toLocaleString('en-US')} findings, median of 5`, ms(times[2]), ...most);
    line('its size', `${(statSync(file).size / 1e6).toFixed(1)} MB`);
  }
}

function browser() {
  if (!existsSync(executable)) return undefined;
  try {
    return createRequire(new URL('test/tools/package.json', root))('playwright-core').chromium;
  } catch {
    return undefined;
  }
}

/** From the address to the rows of a list of all findings, in a browser that was just started. */
async function open(chromium, file) {
  const profile = mkdtempSync(join(tmpdir(), 'azrbac-bench-browser-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: executable,
    args: ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    const page = await context.newPage();
    const start = performance.now();
    await page.goto(`${pathToFileURL(file).href}#/findings?view=each`);
    await page.waitForSelector('.causes .body .row');
    return performance.now() - start;
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}
