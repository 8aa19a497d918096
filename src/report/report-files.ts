import type { SourceFile } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';
import { reportPage } from './html/page.ts';
import type { PageInput } from './html/page-input.ts';
import { reportName } from './report-names.ts';
import { jobJson, reportJson } from './reporters/json.ts';
import { jobMarkdown } from './reporters/markdown-job.ts';
import { summaryMarkdown } from './reporters/markdown-summary.ts';
import { reportSarif } from './reporters/sarif.ts';

/** The report as files of the output tree. */
export function reportFiles(input: PageInput, source: (path: string) => SourceFile | undefined): readonly OutputFile[] {
  const { report, language } = input;
  const file = (path: string, text: string, job?: string): OutputFile => ({
    path: `reports/${path}`,
    text,
    origins: new Map(),
    ...(job === undefined ? {} : { job }),
  });
  return [
    file('index.html', reportPage(input)),
    file('report.json', reportJson(report)),
    file('dig2argo.sarif', reportSarif(report)),
    file('summary.md', summaryMarkdown(report, source, language)),
    ...report.details.flatMap((job) => [
      file(`${reportName(job)}.json`, jobJson(job), job.job),
      file(`${reportName(job)}.md`, jobMarkdown(job, source, language), job.job),
    ]),
  ];
}
