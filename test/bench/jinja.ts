import { join } from 'node:path';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { type RepoPath, repoPath } from '../../src/core/source.ts';
import { type JinjaEnvironment, jinjaPresets } from '../../src/jinja/environment.ts';
import { renderTemplate } from '../../src/jinja/render.ts';
import { renderedToValues } from '../../src/jinja/to-value.ts';
import { loadVariables } from '../../src/jinja/variables.ts';
import { runOrThrow } from '../conformance/run-program.ts';
import { findPython } from '../conformance/tools/python.ts';
import { benchmarkManifest, benchmarkVariables } from './manifests.ts';

const count = 1000;
const warm = 100;
const options = { ...jinjaPresets.library, trimBlocks: true, lstripBlocks: true, keepTrailingNewline: true };

interface Measured {
  readonly seconds: number;
  readonly texts: readonly string[];
}

/** Templates to texts with tags, and on to tagged values, against Python's Jinja2, which stops at the text. */
export async function benchJinja(): Promise<readonly string[]> {
  const templates = Array.from({ length: count }, (_, at) => benchmarkManifest(at));
  const python = await pythonSide(templates);
  ours(templates.slice(0, warm), true);
  const text = ours(templates, false);
  const values = ours(templates, true);
  const different = templates.findIndex((_, at) => text.texts[at] !== python.texts[at]);
  if (different >= 0) throw new Error(`template ${different} renders differently`);
  const lines = text.texts.reduce((sum, each) => sum + each.split('\n').length - 1, 0);
  const line = (name: string, measured: Measured): string =>
    `${name.padEnd(44)} ${measured.seconds.toFixed(2).padStart(6)} s  ${(measured.seconds / python.seconds).toFixed(2)}`;
  return [
    `${count} manifests, ${Math.round(lines / count)} rendered lines on average, equal texts (CPU seconds, ratio)`,
    line('Python Jinja2: parse, render', python),
    line('dig2argo: parse, render with tags', text),
    line('dig2argo: the same, and YAML to tagged values', values),
    values.seconds / python.seconds <= 0.5 ? 'at most half the time of Python' : 'MORE than half the time of Python',
  ];
}

async function pythonSide(templates: readonly string[]): Promise<Measured> {
  const input = JSON.stringify({ templates, variables: benchmarkVariables, warm });
  const { stdout } = await runOrThrow(await findPython(), [join(import.meta.dirname, 'render.py')], { input });
  return JSON.parse(stdout) as Measured;
}

/** CPU time, as other work on the machine must not count; the engine's own threads count. */
function ours(templates: readonly string[], toValues: boolean): Measured {
  const sink = new DiagnosticList();
  const variables = { path: repoPath('vars.yaml'), text: benchmarkVariables };
  const context = loadVariables([variables], 'shallow', sink);
  const environment: JinjaEnvironment = {
    options,
    searchPath: [],
    load: (path: RepoPath) => ({ path, text: templates[Number(path)] ?? '' }),
  };
  const started = process.cpuUsage();
  const texts = templates.map((_, at) => {
    const name = repoPath(String(at));
    const rendered = renderTemplate(name, context, environment, sink);
    if (rendered === undefined) throw new Error(`template ${at}: ${sink.items[0]?.code}`);
    if (toValues && renderedToValues(rendered, name, sink).length !== 1) throw new Error(`template ${at}: no document`);
    return rendered.text;
  });
  const used = process.cpuUsage(started);
  return { seconds: (used.user + used.system) / 1e6, texts };
}
