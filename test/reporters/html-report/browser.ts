import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// Chromium as Debian has it, driven by playwright-core, which is among the tools: too heavy for everybody who installs azrbac.

const executable = '/usr/bin/chromium';
const tools = new URL('../../tools/package.json', import.meta.url);

/** Of playwright-core what is used here. */
interface Playwright {
  readonly chromium: {
    launchPersistentContext(folder: string, options: object): Promise<BrowserContext>;
  };
}

interface BrowserContext {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

export interface Page {
  goto(url: string): Promise<unknown>;
  reload(): Promise<unknown>;
  evaluate<Result>(script: string): Promise<Result>;
  waitForSelector(selector: string): Promise<unknown>;
  fill(selector: string, text: string): Promise<void>;
  click(selector: string): Promise<void>;
  selectOption(selector: string, value: string): Promise<unknown>;
  emulateMedia(media: { colorScheme?: 'light' | 'dark'; media?: 'print' | 'screen' }): Promise<void>;
  setViewportSize(size: { width: number; height: number }): Promise<void>;
  screenshot(): Promise<Buffer>;
  url(): string;
  close(): Promise<void>;
  readonly keyboard: { press(key: string): Promise<void> };
  on(event: 'request', listener: (request: { url(): string }) => void): void;
  on(event: 'console', listener: (message: { type(): string; text(): string }) => void): void;
  on(event: 'pageerror', listener: (error: Error) => void): void;
  on(event: 'dialog', listener: (dialog: { dismiss(): Promise<void> }) => void): void;
}

/** Why there is no browser to test with; undefined where there is one. */
export const noBrowser: string | undefined = whyNot();

if (noBrowser !== undefined) {
  if (process.env['AZRBAC_BROWSER_TESTS'] === 'required') throw new Error(noBrowser);
  console.warn(`The report is not tested in a browser: ${noBrowser}`);
}

function whyNot(): string | undefined {
  if (!existsSync(executable)) return `there is no ${executable} (apt-get install chromium)`;
  try {
    createRequire(tools).resolve('playwright-core');
    return undefined;
  } catch {
    return 'playwright-core is missing (npm install --prefix test/tools)';
  }
}

/** One browser with a profile of its own. */
export class Browser {
  private constructor(
    private readonly context: BrowserContext,
    private readonly folder: string,
  ) {}

  static async start(): Promise<Browser> {
    const { chromium } = createRequire(tools)('playwright-core') as Playwright;
    const folder = mkdtempSync(join(tmpdir(), 'azrbac-browser-'));
    const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
      executablePath: executable,
      viewport: { width: 1440, height: 900 },
      args: [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    return new Browser(context, folder);
  }

  /** A page with that text, and all that goes on in it. */
  async open(html: string, hash = ''): Promise<OpenedPage> {
    const file = join(this.folder, `${++files}.html`);
    writeFileSync(file, html);
    const page = await this.context.newPage();
    const opened = new OpenedPage(page, pathToFileURL(file).href);
    await opened.go(hash);
    return opened;
  }

  /** An empty page without any policy. */
  blank(): Promise<Page> {
    return this.context.newPage();
  }

  async close(): Promise<void> {
    await this.context.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

let files = 0;

/** A report in the browser. */
export class OpenedPage {
  /** Addresses that it asked for, itself included. */
  readonly requests: string[] = [];
  /** What the browser complained about. */
  readonly complaints: string[] = [];

  constructor(
    readonly page: Page,
    readonly address: string,
  ) {
    page.on('request', request => this.requests.push(request.url()));
    page.on('console', message => {
      if (message.type() !== 'log') this.complaints.push(message.text());
    });
    page.on('pageerror', error => this.complaints.push(error.message));
    page.on('dialog', dialog => {
      this.complaints.push('a dialog was opened');
      void dialog.dismiss();
    });
  }

  async go(hash: string): Promise<void> {
    await this.page.goto(`${this.address}${hash}`);
    await this.page.waitForSelector('h1');
    // Keys are listened to once it was drawn.
    await this.page.evaluate('new Promise(done => requestAnimationFrame(() => setTimeout(done, 20)))');
  }

  /** The text of the first element. */
  text(selector: string): Promise<string> {
    return this.page.evaluate(`document.querySelector(${JSON.stringify(selector)})?.textContent ?? ''`);
  }

  texts(selector: string): Promise<string[]> {
    return this.page.evaluate(
      `[...document.querySelectorAll(${JSON.stringify(selector)})].map(element => element.textContent)`,
    );
  }

  count(selector: string): Promise<number> {
    return this.page.evaluate(`document.querySelectorAll(${JSON.stringify(selector)}).length`);
  }

  /** Waits for it to be so. Not with playwright's own way, which the page's policy refuses. */
  async until(script: string): Promise<void> {
    for (let tries = 0; tries < 300; tries++) {
      if (await this.page.evaluate<boolean>(script)) return;
      await new Promise(done => setTimeout(done, 50));
    }
    throw new Error(`it never came to be: ${script}`);
  }

  hash(): Promise<string> {
    return this.page.evaluate('location.hash');
  }
}
