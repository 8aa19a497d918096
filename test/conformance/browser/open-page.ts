import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';

interface Browser {
  /** Opens a file of the disk; what the page says on its console, and every request beside the file, is kept. */
  open(path: string, options?: { readonly phone?: boolean; readonly dark?: boolean }): Promise<OpenPage>;
  close(): Promise<void>;
}

interface OpenPage {
  readonly page: Page;
  /** Console messages, errors of scripts, and requests for anything but the file. */
  readonly complaints: readonly string[];
}

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A browser with a profile of its own. */
export async function startBrowser(executablePath: string): Promise<Browser> {
  const folder = mkdtempSync(join(tmpdir(), 'dig2argo-browser-'));
  const contexts: BrowserContext[] = [];
  return {
    open: async (path, { phone = false, dark = false } = {}) => {
      const context = await chromium.launchPersistentContext(join(folder, String(contexts.length)), {
        executablePath,
        args: flags,
        acceptDownloads: true,
        viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 900 },
        colorScheme: dark ? 'dark' : 'light',
        // axe is put into the page by the test; a reader's browser holds to the policy.
        bypassCSP: true,
      });
      contexts.push(context);
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on('console', (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
      page.on('request', (request) => {
        if (!/^(?:file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
      });
      await page.goto(`file://${path}`);
      return { page, complaints };
    },
    close: async () => {
      for (const context of contexts) await context.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
