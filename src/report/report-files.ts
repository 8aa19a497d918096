import type { SourceFile } from '../core/source.ts';
import type { OutputFile } from '../emit/types.ts';
import { jobMarkdown } from './reporters/markdown-job.ts';
import { summaryMarkdown } from './reporters/markdown-summary.ts';
import type { Report } from './types.ts';

/** The report as files of the output tree. */
export function reportFiles(report: Report, source: (path: string) => SourceFile | undefined): readonly OutputFile[] {
  const file = (path: string, text: string, job?: string): OutputFile => ({
    path: `reports/${path}`,
    text,
    origins: new Map(),
    ...(job === undefined ? {} : { job }),
  });
  return [
    file('report.json', toJson(report)),
    file('summary.md', summaryMarkdown(report, source)),
    ...report.details.flatMap((job) => [
      file(`${job.name}.json`, toJson(job), job.job),
      file(`${job.name}.md`, jobMarkdown(job, source), job.job),
    ]),
  ];
}

function toJson(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
