import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import { readAccounting, writtenAccounting } from '../../../src/explain/accounting-file.ts';
import { fileMapOf } from '../../../src/explain/file-map.ts';
import { folderHost } from '../../../src/pipeline/host.ts';
import { reportPage } from '../../../src/report/html/page.ts';
import type { PageInput } from '../../../src/report/html/page-input.ts';
import { REVIEW_FILE, readReviews } from '../../../src/report/review.ts';
import { reportSchema } from '../../../src/report/schema/report.ts';
import { convertSample } from '../../generated.ts';
import { largeInput } from '../browser/large-report.ts';
import { startBrowser } from '../browser/open-page.ts';
import { type Check, type Context, type Result, tally } from '../check.ts';

const LARGE = 1000;
/** What the page promises on an idle machine; a loaded one is slower, so that only many times as much fails. */
const FIRST_VIEW_MS = 1000;
const FILTER_MS = 50;
const HOPELESS = 10;
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** The report's page in a real browser, opened from disk: used as a reader uses it, and measured. */
export const reportPageCheck: Check = { name: 'report-page', needs: ['chromium'], run };

async function run({ root, tools }: Context): Promise<Result> {
  const count = tally();
  const check = (what: string, good: boolean, detail = ''): void =>
    good ? count.pass() : count.fail(`${what}${detail === '' ? '' : `: ${detail}`}`);
  const folder = mkdtempSync(join(tmpdir(), 'dig2argo-page-'));
  const browser = await startBrowser((await tools.program('chromium')).file);
  try {
    const counts = sampleCounts(join(root, 'reports/shop-batch/out/reports/report.json'));
    const sample = join(root, 'reports/shop-batch/out/reports/index.html');
    for (const language of ['en', 'ja'] as const) {
      const { page, complaints } = await browser.open(sample);
      await chooseLanguage(page, language);
      await useAsReader(page, language, counts, check);
      check(`${language}: no complaint of the console and no request`, complaints.length === 0, complaints.join('; '));
    }
    await onPhone(await browser.open(sample, { phone: true }).then(({ page }) => page), check);
    await inJapanese(await browser.open(sample).then(({ page }) => page), check);
    for (const options of [{}, { dark: true }, { phone: true }, { phone: true, dark: true }])
      for (const address of [
        '#/',
        '#/plan',
        '#/job/daily_sales?side=output&file=cron%2Fdaily-sales%2Fbase%2Fworkflow.yaml&line=103',
        '#/job/warehouse_load',
        '#/job/us_store_settlement?now=2027-11-01T00:00:00Z',
      ])
        await checkAccess(
          await browser.open(`${sample}${address}`, options).then(({ page }) => page),
          `${address} ${JSON.stringify(options)}`,
          check,
        );
    const input = await sampleInput();
    const large = join(folder, 'large.html');
    writeFileSync(large, reportPage(largeInput(input, LARGE)));
    const times = await measure(await browser.open(large).then(({ page }) => page));
    check(
      `first view of ${LARGE} jobs under ${FIRST_VIEW_MS * HOPELESS} ms`,
      times.firstView < FIRST_VIEW_MS * HOPELESS,
      `${times.firstView.toFixed(0)} ms`,
    );
    check(
      `filter of ${LARGE} jobs under ${FILTER_MS * HOPELESS} ms`,
      times.filter < FILTER_MS * HOPELESS,
      `${times.filter.toFixed(1)} ms`,
    );
    const megabytes = (path: string): string => (statSync(path).size / 1e6).toFixed(1);
    return count.result(
      `${counts.jobs} jobs in ${megabytes(sample)} MB; ${LARGE} jobs in ${megabytes(large)} MB: first view ${times.firstView.toFixed(0)} ms of ${FIRST_VIEW_MS}, slowest filter ${times.filter.toFixed(1)} ms of ${FILTER_MS}`,
    );
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

interface SampleCounts {
  readonly jobs: number;
  readonly toConfirm: number;
}

/** What the report itself says: the page must show as much. */
function sampleCounts(path: string): SampleCounts {
  const { details, jobs } = reportSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  if (jobs.toConfirm === 0)
    throw new Error('no job of the sample has a decision to confirm: the filter would show nothing');
  return { jobs: details.length, toConfirm: jobs.toConfirm };
}

type Checked = (what: string, good: boolean, detail?: string) => void;

async function chooseLanguage(page: Page, language: 'en' | 'ja'): Promise<void> {
  const now = await page.evaluate('document.documentElement.lang');
  if (now !== language) await page.click('.language');
}

/** Filter, open a job, follow a line both ways, record a review, read it back. */
async function useAsReader(page: Page, language: string, counts: SampleCounts, check: Checked): Promise<void> {
  const rows = page.locator('.jobs tbody tr');
  check(`${language}: every job has a row`, (await rows.count()) === counts.jobs, String(await rows.count()));
  await page.selectOption('#filter-status', 'to-confirm');
  check(
    `${language}: a filter leaves what matches`,
    (await rows.count()) === counts.toConfirm,
    String(await rows.count()),
  );
  check(`${language}: the view is in the address`, page.url().endsWith('#/?status=to-confirm'), page.url());
  await page.reload();
  check(`${language}: a shared address shows the same view`, (await rows.count()) === counts.toConfirm);
  await chooseLanguage(page, language === 'ja' ? 'ja' : 'en');
  await page.selectOption('#filter-status', '');
  await page.fill('#search', 'daily_sales');
  check(`${language}: the search finds a job`, (await rows.count()) === 1);

  // Three clicks from the first view: the job, its lines, the line.
  await page.click('.jobs tbody a');
  await page.click('.sections a[href="#section-code"]');
  await page.locator('#output-lines .has-link', { hasText: 'name: orders' }).first().click();
  const why = page.locator('.why');
  check(
    `${language}: a line of the output says why it is there`,
    /daily_sales\.dig:\d+/.test((await why.textContent()) ?? ''),
    (await why.textContent()) ?? '',
  );
  check(`${language}: its counterpart is shown`, (await page.locator('#legacy-lines .counterpart').count()) > 0);
  await bothInView(page, `${language}: the line and its counterpart are in view`, check);
  const before = await page.locator('#output-lines').getAttribute('data-file');
  await page.focus('#output-lines');
  await page.keyboard.press('Enter');
  check(`${language}: Enter follows to the legacy line`, (await page.locator('#legacy-lines .chosen').count()) === 1);
  check(
    `${language}: from there the output is shown`,
    (await page.locator('#output-lines .counterpart').count()) > 0 && before !== null,
  );
  await page.keyboard.press('ArrowDown');
  check(`${language}: arrow keys move`, (await page.locator('#legacy-lines .chosen').count()) === 1);

  const node = page.locator('figure').first().locator('.node').first();
  await node.hover();
  check(
    `${language}: a step shows what it became`,
    (await page.locator('figure').nth(1).locator('.node.linked').count()) > 0,
  );

  await page.check('input[name=review][value=accepted]');
  await page.fill('#review-note', `fine, 良い: "${language}"`);
  await page.fill('#review-by', 'aki');
  await page.click('button.save');
  const [download] = await Promise.all([page.waitForEvent('download'), page.click('dialog a.button')]);
  const text = readFileSync(await download.path(), 'utf8');
  check(
    `${language}: the review has its file name`,
    download.suggestedFilename() === REVIEW_FILE,
    download.suggestedFilename(),
  );
  const sink = new DiagnosticList();
  const review = readReviews({ path: repoPath(REVIEW_FILE), text }, ['daily_sales'], sink).get('daily_sales');
  check(
    `${language}: the saved review is read back`,
    sink.items.length === 0 &&
      review?.state === 'accepted' &&
      review.note === `fine, 良い: "${language}"` &&
      review.by === 'aki',
    text,
  );
  await page.keyboard.press('Escape');
}

/** Three clicks on a phone, and back to the list as it was left. */
async function onPhone(page: Page, check: Checked): Promise<void> {
  await chooseLanguage(page, 'en');
  await page.fill('#search', 'sales');
  await page.click('.jobs tbody a');
  await page.click('.sections a[href="#section-code"]');
  await page.locator('#output-lines .has-link', { hasText: 'name: orders' }).first().click();
  await bothInView(page, 'phone: the line and its counterpart are in view', check);
  const line = await page.locator('.chosen').textContent();
  await page.goBack();
  await page.waitForSelector('#search');
  check('phone: going back finds the list as it was filtered', (await page.inputValue('#search')) === 'sales');
  await page.goForward();
  await page.waitForSelector('.chosen');
  check('phone: going forward finds the line', (await page.locator('.chosen').textContent()) === line);
  await bothInView(page, 'phone: an address with a line shows it and its counterpart', check);
}

/** Within their panes, and within the window when smooth scrolling has come to rest. */
async function bothInView(page: Page, what: string, check: Checked): Promise<void> {
  const inView = `['.chosen', '.counterpart'].every((name) => {
    const line = document.querySelector(name);
    const [box, pane] = [line?.getBoundingClientRect(), line?.closest('.lines')?.getBoundingClientRect()];
    return box !== undefined && pane !== undefined && box.top >= Math.max(0, pane.top - 1)
      && box.bottom <= Math.min(innerHeight, pane.bottom + 1);
  })`;
  const good = await page.waitForFunction(inView, undefined, { timeout: 5000 }).then(
    () => true,
    () => false,
  );
  check(what, good);
}

/** Nothing but names, code and the legacy platform's own texts is English on the Japanese page. */
async function inJapanese(page: Page, check: Checked): Promise<void> {
  await chooseLanguage(page, 'ja');
  for (const address of ['#/', '#/plan', '#/job/us_store_settlement', '#/job/daily_sales', '#/job/table_export']) {
    await page.evaluate(`location.hash = ${JSON.stringify(address)}`);
    await page.waitForFunction(`document.querySelector('main h1') !== null`);
    const english: readonly string[] = await page.evaluate(`(() => {
      for (const details of document.querySelectorAll('details')) details.open = true;
      const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
      const found = [];
      while (walker.nextNode()) {
        const { data, parentElement } = walker.currentNode;
        if (parentElement.closest('code, pre, select, svg, .lines, .markdown') !== null) continue;
        const text = data.replaceAll(/\`[^\`]*\`|「[^」]*」|\\$\\([^)]*\\)+/g, '');
        if (/(?<![\\w./-])(?:the|an|is|are|was|of|and|or|which|that|its|with|has|by|cannot|not)(?![\\w./-])/i.test(text)) found.push(data);
      }
      return found;
    })()`);
    check(`ja: ${address} mixes no languages`, english.length === 0, english.slice(0, 3).join(' | '));
  }
}

async function checkAccess(page: Page, what: string, check: Checked): Promise<void> {
  await page.addScriptTag({ content: axeSource });
  const found: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: number;
    readonly first: string;
  }[] = await page.evaluate(
    `axe.run().then(({ violations }) => violations.map(({ id, impact, nodes }) => ({ id, impact, nodes: nodes.length, first: nodes[0].html })))`,
  );
  const serious = found.filter(({ impact }) => impact === 'serious' || impact === 'critical');
  check(
    `${what}: no serious violation of accessibility`,
    serious.length === 0,
    serious.map(({ id, nodes, first }) => `${id} × ${nodes} ${first}`).join('; '),
  );
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  check(`${what}: the page does not scroll sideways`, overflow <= 0, `${overflow} px`);
}

/** First paint of the job table since the start of loading, and the slowest of some filters, each until it is painted. */
async function measure(page: Page): Promise<{ readonly firstView: number; readonly filter: number }> {
  await page.waitForSelector('.jobs tbody tr');
  const firstView: number = await page.evaluate(
    `performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? performance.now()`,
  );
  await page.waitForLoadState('load');
  const filter: number = await page.evaluate(`(async () => {
    const search = document.getElementById('search');
    const times = [];
    for (const text of ['s', 'sa', 'sales_1', 'launcher', 'zzz', '']) {
      const start = performance.now();
      search.value = text;
      search.dispatchEvent(new Event('input', { bubbles: true }));
      document.body.getBoundingClientRect();
      times.push(performance.now() - start);
      await new Promise((done) => requestAnimationFrame(done));
    }
    return Math.max(...times);
  })()`);
  return { firstView, filter };
}

async function sampleInput(): Promise<PageInput> {
  const { files, report, units } = await convertSample('shop-batch');
  const outputs = new Map(files.map((file) => [file.path, file]));
  const host = folderHost('samples/shop-batch/legacy');
  const accounting = writtenAccounting(units);
  return {
    report,
    language: 'en',
    legacy: (path) => host.read(path),
    output: (path) => outputs.get(path)?.text,
    map: (path) => {
      const file = outputs.get(path);
      return file === undefined ? undefined : fileMapOf(file);
    },
    units: (file) => readAccounting(accounting, file),
  };
}
