// Compares this repository's claims with the real programs:
// `npm run conformance -- [--only CHECK]… [--vectors DIR] [--root DIR]`.
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Check, Context, Result } from './check.ts';
import { argoVectors } from './checks/argo-vectors.ts';
import { cluster } from './checks/cluster.ts';
import { deepCheck } from './checks/deep-check.ts';
import { flowFuzz } from './checks/flow-fuzz.ts';
import { jinjaFuzz } from './checks/jinja-fuzz.ts';
import { kubernetesFields } from './checks/kubernetes-fields.ts';
import { kustomizeVectors } from './checks/kustomize-vectors.ts';
import { operatorScripts } from './checks/operator-scripts.ts';
import { podFields } from './checks/pod-fields.ts';
import { podSpecPatch } from './checks/pod-spec-patch.ts';
import { record } from './checks/record.ts';
import { reportPageCheck } from './checks/report-page.ts';
import { samplesKustomizeLint } from './checks/samples-kustomize-lint.ts';
import { variablesFuzz } from './checks/variables-fuzz.ts';
import { createTools, type ToolName, type Tools } from './tools.ts';

const checks: readonly Check[] = [
  samplesKustomizeLint,
  record,
  deepCheck,
  argoVectors,
  podFields,
  podSpecPatch,
  kustomizeVectors,
  flowFuzz,
  jinjaFuzz,
  variablesFuzz,
  operatorScripts,
  kubernetesFields,
  cluster,
  reportPageCheck,
];

const shownDetails = 30;
const shownLines = 40;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: 'string', multiple: true }, vectors: { type: 'string' }, root: { type: 'string' } },
  });
  const selected = checks.filter(({ name }) => values.only?.includes(name) ?? true);
  const unknown = (values.only ?? []).filter((name) => !checks.some((check) => check.name === name));
  if (unknown.length > 0)
    throw new Error(`no such check: ${unknown.join(', ')} (${checks.map(({ name }) => name).join(', ')})`);

  const root = resolve(values.root ?? join(import.meta.dirname, '../..'));
  const tools = createTools(import.meta.dirname);
  const context: Context = { root, tools, vectors: resolve(values.vectors ?? join(root, 'test/vectors')) };

  let failed = await reportTools(tools, [...new Set(selected.flatMap(({ needs }) => needs))]);
  let passed = 0;
  for (const check of selected) {
    const result = await runCheck(check, context);
    passed += result.passed;
    failed += result.failed;
  }
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

/** Prints a line per tool and returns how many are missing. */
async function reportTools(tools: Tools, names: readonly ToolName[]): Promise<number> {
  let missing = 0;
  for (const name of names) {
    const tool = await tools.find(name);
    if (tool.kind === 'missing') missing += 1;
    console.log(
      tool.kind === 'found' ? `tool ${name}: ${tool.description}` : `tool ${name}: MISSING\n${indent(tool.reason)}`,
    );
  }
  return missing;
}

async function runCheck(check: Check, context: Context): Promise<Result> {
  const started = performance.now();
  let result: Result;
  try {
    result = await check.run(context);
  } catch (error) {
    result = {
      passed: 0,
      failed: 1,
      summary: 'could not run',
      details: [error instanceof Error ? error.message : String(error)],
    };
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${check.name}: ${result.passed} passed, ${result.failed} failed (${result.summary}; ${seconds} s)`);
  for (const detail of result.details.slice(0, shownDetails)) console.log(indent(shorten(detail)));
  if (result.details.length > shownDetails) console.log(indent(`… and ${result.details.length - shownDetails} more`));
  return result;
}

function shorten(text: string): string {
  const lines = text.split('\n');
  if (lines.length <= shownLines) return text;
  return [...lines.slice(0, shownLines), `… ${lines.length - shownLines} more lines`].join('\n');
}

function indent(text: string): string {
  return text.replace(/^/gm, '  ');
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
