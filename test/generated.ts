import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fg from 'fast-glob';
import { DiagnosticList } from '../src/core/diagnose.ts';
import { repoPath, type SourceFile } from '../src/core/source.ts';
import { folderHost } from '../src/pipeline/host.ts';
import { convert } from '../src/pipeline/run.ts';
import type { Conversion } from '../src/pipeline/types.ts';
import { reportJsonSchema } from '../src/report/schema/report.ts';
import { ruleJsonSchema } from '../src/rules/json-schema.ts';
import { loadRules } from '../src/rules/load.ts';
import { supportTable } from '../src/rules/support-table.ts';

/** The sample platforms whose output is committed below `reports/`. */
export const samples = ['daily-sales', 'shop-batch'] as const;

export type Sample = (typeof samples)[number];

/** The rule files of the package. */
export function packageRules(): readonly SourceFile[] {
  return fg
    .sync('rules/*/*.yaml')
    .sort()
    .map((path) => ({ path: repoPath(`dig2argo:${path}`), text: readFileSync(path, 'utf8') }));
}

const conversions = new Map<Sample, Promise<Conversion>>();

/** A sample converted as `dig2argo convert` does, once per process. */
export function convertSample(sample: Sample): Promise<Conversion> {
  const known = conversions.get(sample);
  if (known !== undefined) return known;
  const made = convert(folderHost(join('samples', sample, 'legacy')), { rules: packageRules() });
  conversions.set(sample, made);
  return made;
}

/** Files below these folders and at these paths are generated; nothing else may stand there. */
export const generatedPlaces = [
  'reports/daily-sales/out/**',
  'reports/shop-batch/out/**',
  'reports/report.schema.json',
  'rules/rule.schema.json',
  'rules/README.md',
];

/** Path → text of everything that is generated and committed. */
export async function generatedFiles(): Promise<ReadonlyMap<string, string>> {
  const files = new Map<string, string>();
  for (const sample of samples)
    for (const file of (await convertSample(sample)).files) files.set(`reports/${sample}/out/${file.path}`, file.text);
  files.set('reports/report.schema.json', reportJsonSchema());
  files.set('rules/rule.schema.json', ruleJsonSchema());
  files.set('rules/README.md', supportTable(loadRules(packageRules(), new DiagnosticList())));
  return files;
}
