import { describe, expect, test } from 'vitest';
import type { JobPage, PageIndex } from '../../../src/report/page/data.ts';
import { convertSample } from '../../generated.ts';

/** Words that no name or command is, outside of code, frames, links, the legacy's own texts and what is quoted. */
const english = /(?<![\w./-])(?:the|an|is|are|was|of|and|or|which|that|its|with|has|by|cannot|not)(?![\w./-])/i;
const code = /```[\s\S]*?```|`[^`\n]*`|「[^」]*」|\]\([^)]*\)|\[[^\]]*\]|"[^"]*"|\$\([^\n]*?\) は/g;

// The sample is a Japanese one: what is written for people is in the language of its comments.
const { files } = await convertSample('shop-batch');
const read = (path: string): string => files.find((file) => file.path === path)?.text ?? '';
const markdown = files.filter(({ path }) => path.startsWith('reports/') && path.endsWith('.md'));

describe('a Japanese report', () => {
  test.each(markdown.map(({ path }) => path))('%s mixes no languages', (path) => {
    const prose = read(path).replaceAll(code, '').split('\n');
    expect(prose.length).toBeGreaterThan(20);
    expect(prose.filter((line) => english.test(line))).toEqual([]);
  });

  const html = read('reports/index.html');
  const data = <T>(id: string): T =>
    JSON.parse(new RegExp(`<script type="application/json" id="${id}">(.*?)</script>`).exec(html)?.[1] ?? '') as T;
  const texts = data<Readonly<Record<string, string>>>('japanese');
  const index = data<PageIndex>('index');
  const jobs = index.jobs.map((_, at) => data<JobPage>(`job-${at}`));

  test('has a page that is Japanese from the start', () => expect(html).toContain('<html lang="ja"'));

  test.each<[string, readonly string[]]>([
    ['finding', jobs.flatMap(({ findings }) => findings.flatMap(({ message, hint = message }) => [message, hint]))],
    ['task for a person', jobs.flatMap(({ manual }) => manual)],
    ['decision', jobs.flatMap(({ decisions }) => decisions.map(({ text }) => text))],
    ['change of a schedule', jobs.flatMap(({ schedules }) => schedules.flatMap(({ changed }) => changed || []))],
    ['deed of a launcher', jobs.flatMap(({ launchers }) => launchers.flatMap(({ what, why }) => [what, why]))],
    ['accepted difference', jobs.flatMap(({ accepted }) => accepted.map(({ reason }) => reason))],
    ['step of a cut-over', jobs.flatMap(({ cutovers }) => cutovers.flatMap(({ why, steps }) => [why, ...steps]))],
    ['reason of the order', (index.plan?.groups ?? []).flatMap(({ because }) => because)],
    ['way to fail', (index.forecast?.gains.failureModes ?? []).map(({ what }) => what)],
  ])('says every %s in Japanese', (what, english) => {
    if (what !== 'task for a person') expect(english.length).toBeGreaterThan(0);
    // A flag is a name.
    expect(english.filter((text) => texts[text] === undefined && !/^--\S+$/.test(text))).toEqual([]);
  });
});
