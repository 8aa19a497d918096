import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fg from 'fast-glob';
import { mapFiles } from '../src/cli/output/map-files.ts';
import { DiagnosticList } from '../src/core/diagnose.ts';
import type { Host } from '../src/core/host.ts';
import { messageOf } from '../src/core/messages.ts';
import { repoPath, type SourceFile } from '../src/core/source.ts';
import type { OutputFile } from '../src/emit/types.ts';
import { fieldMarkdown } from '../src/k8s/field-markdown.ts';
import { folderHost, memoryHost } from '../src/pipeline/host.ts';
import { convert } from '../src/pipeline/run.ts';
import type { Conversion } from '../src/pipeline/types.ts';
import { verifyOutput } from '../src/pipeline/verify.ts';
import { keptProofsText, PROOF_FILE, readKeptProofs } from '../src/report/kept-proof.ts';
import { reportJsonSchema } from '../src/report/schema/report.ts';
import { withVerdicts } from '../src/report/with-proof.ts';
import { ruleJsonSchema } from '../src/rules/json-schema.ts';
import { loadRules } from '../src/rules/load.ts';
import { supportTable } from '../src/rules/support-table.ts';
import type { Verification } from '../src/verify/proof.ts';
import { diagnosticsDocument } from './diagnostics-document.ts';
import { pageScript } from './page-script.ts';

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

const conversions = new Map<string, Promise<Conversion>>();

/** A sample converted as `dig2argo convert` does, with or without `--dedup`, once per process. */
export function convertSample(sample: Sample, dedup = false): Promise<Conversion> {
  const key = `${sample} ${dedup}`;
  const known = conversions.get(key);
  if (known !== undefined) return known;
  const made = convert(folderHost(join('samples', sample, 'legacy')), { rules: packageRules(), dedup });
  conversions.set(key, made);
  return made;
}

/** Files below these folders and at these paths are generated; nothing else may stand there. */
export const generatedPlaces = [
  'reports/daily-sales/out/**',
  'reports/shop-batch/out/**',
  'reports/report.schema.json',
  'src/templates/report-page.js',
  'rules/diagnostics.md',
  'rules/rule.schema.json',
  'rules/README.md',
  'rules/fields.md',
];

/** The samples' proofs begin here, whatever the day. */
export const proofFrom = Date.parse('2026-11-24T00:00:00Z');

const outputs = new Map<string, Promise<Host>>();

/** A sample's output tree as it lies on disk, with the maps beside it. */
export function sampleOutput(sample: Sample, dedup = false): Promise<Host> {
  const key = `${sample} ${dedup}`;
  const known = outputs.get(key) ?? convertSample(sample, dedup).then(({ files }) => treeHost(files));
  outputs.set(key, known);
  return known;
}

function treeHost(files: readonly OutputFile[]): Host {
  return memoryHost(Object.fromEntries([...files, ...mapFiles(files)].map(({ path, text }) => [path, text])));
}

/** A sample verified as `dig2argo verify` does. */
export async function proveSample(sample: Sample): Promise<Verification> {
  const sink = new DiagnosticList();
  const legacy = folderHost(join('samples', sample, 'legacy'));
  const proof = await verifyOutput(legacy, await sampleOutput(sample), { fromMs: proofFrom }, sink);
  if (proof === undefined) throw new Error(sink.items.map(messageOf).join('\n'));
  return proof;
}

/** Where the proof of a sample is committed. */
export function proofPath(sample: Sample): string {
  return `reports/${sample}/proof.md`;
}

/** A sample's output with the verdicts that are kept beside it, as a second `dig2argo convert` writes it. */
async function outputWithProof(sample: Sample, kept: string | undefined): Promise<readonly OutputFile[]> {
  if (kept === undefined) return (await convertSample(sample)).files;
  const legacy = folderHost(join('samples', sample, 'legacy'));
  return (await convert(legacy, { rules: packageRules(), proofs: readKeptProofs(kept) })).files;
}

/** What `dig2argo verify` keeps in the output of a sample. */
export async function keptProof(sample: Sample, { jobs }: Verification): Promise<string | undefined> {
  const { report } = await convertSample(sample);
  const legacy = folderHost(join('samples', sample, 'legacy'));
  return keptProofsText(withVerdicts(report, jobs), legacy, await sampleOutput(sample));
}

/** Path → text of everything that is generated and committed. `proofs` replaces what is kept of a sample's verdicts. */
export async function generatedFiles(
  proofs: ReadonlyMap<Sample, string | undefined> = new Map(),
): Promise<ReadonlyMap<string, string>> {
  const files = new Map([['src/templates/report-page.js', pageScript()]]);
  for (const sample of samples) {
    const path = `reports/${sample}/out/${PROOF_FILE}`;
    const kept = proofs.get(sample) ?? (existsSync(path) ? readFileSync(path, 'utf8') : undefined);
    for (const file of await outputWithProof(sample, kept)) files.set(`reports/${sample}/out/${file.path}`, file.text);
  }
  files.set('reports/report.schema.json', reportJsonSchema());
  files.set('rules/diagnostics.md', diagnosticsDocument());
  files.set('rules/rule.schema.json', ruleJsonSchema());
  files.set('rules/README.md', supportTable(loadRules(packageRules(), new DiagnosticList())));
  files.set('rules/fields.md', fieldMarkdown());
  return files;
}
