// Rewrites what is generated and committed: the output of the samples, the rule schema and the table of rules; with
// --proofs also the proofs of the samples, which take longer than all the rest.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fg from 'fast-glob';
import { proofMarkdown } from '../src/report/reporters/proof-markdown.ts';
import {
  generatedFiles,
  generatedPlaces,
  keptProof,
  proofPath,
  proveSample,
  type Sample,
  samples,
} from './generated.ts';
import { pageScript } from './page-script.ts';

// The page of each sample holds the script: it comes first.
writeFileSync('src/templates/report-page.js', pageScript());
const proofs = new Map<Sample, string | undefined>();
const pages = new Map<string, string>();
if (process.argv.includes('--proofs'))
  for (const sample of samples) {
    const proof = await proveSample(sample);
    pages.set(proofPath(sample), proofMarkdown(proof));
    proofs.set(sample, await keptProof(sample, proof));
  }
const files = new Map([...(await generatedFiles(proofs)), ...pages]);
for (const path of fg.sync(generatedPlaces, { dot: true })) if (!files.has(path)) rmSync(path);
for (const [path, text] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
console.log(`${files.size} generated files are current`);
