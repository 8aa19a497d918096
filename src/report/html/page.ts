import { createHash } from 'node:crypto';
import { compareText } from '../../core/order.ts';
import { redact } from '../../core/redact.ts';
import { loadTemplate, readText } from '../../templates/load.ts';
import type { PageFile } from '../page/data.ts';
import type { JobReport } from '../types.ts';
import { japaneseTexts } from './japanese-texts.ts';
import { jobPage } from './job-page.ts';
import { pageIndex } from './page-index.ts';
import type { PageInput } from './page-input.ts';

/**
 * The report as one file for a browser. It asks the network for nothing, and runs no script but its own: the policy in
 * its head names the script's hash. The first view's data come first, those of each job behind it, read when needed.
 */
export function reportPage(input: PageInput): string {
  const { report } = input;
  const files = shownFiles(report.details, input);
  const numbers = new Map(files.map((file, at) => [file, at]));
  const index = pageIndex(report, input.language, files);
  const jobs = report.details.map((job) => jobPage(job, input, numbers));
  const shown = files.map((file) => pageFile(file, input));
  const script = readText('report-page.js');
  const style = readText('report-page.css');
  return loadTemplate('report-page.html.njk', {
    language: input.language,
    title: report.environments.length === 0 ? 'dig2argo' : `dig2argo: ${report.details.length} jobs`,
    script,
    scriptHash: sha256(script),
    style,
    styleHash: sha256(style),
    index: data(index),
    japanese: data(japaneseTexts({ report, index, jobs, files: shown })),
    jobs: jobs.map(data),
    files: shown.map(data),
  });
}

/** The files that jobs are made of, and those that their values and findings point into. */
function shownFiles(jobs: readonly JobReport[], { map, legacy }: PageInput): readonly string[] {
  const files = new Set<string>();
  for (const job of jobs) {
    for (const { file } of job.sources) files.add(file);
    for (const { span } of job.diagnostics) if (span !== undefined) files.add(span.file);
    for (const path of job.outputs)
      for (const { source, chain } of map(path)?.entries ?? []) {
        if (source !== undefined) files.add(source.file);
        for (const { at } of chain) if (at !== undefined) files.add(at.file);
      }
  }
  return [...files].filter((file) => legacy(file) !== undefined).sort(compareText);
}

function pageFile(file: string, { legacy, units }: PageInput): PageFile {
  return {
    text: redact(legacy(file) ?? ''),
    fates: units(file).flatMap(({ kind, line, label, fate, by, reason }) =>
      fate === 'consumed' || kind === 'file'
        ? []
        : [{ line, text: label, ...(fate === 'dropped' ? { by, reason } : {}) }],
    ),
  };
}

/** JSON that may stand in a script element: nothing in it ends the element. */
function data(value: object): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c');
}

function sha256(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('base64');
}
