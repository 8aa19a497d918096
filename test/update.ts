// Rewrites what is generated and committed: the output of the samples, the rule schema and the table of rules.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import fg from 'fast-glob';
import { generatedFiles, generatedPlaces } from './generated.ts';

const files = await generatedFiles();
for (const path of fg.sync(generatedPlaces, { dot: true })) if (!files.has(path)) rmSync(path);
for (const [path, text] of files) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
console.log(`${files.size} generated files are current`);
