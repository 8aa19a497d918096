import type { Host } from '../core/host.ts';
import type { SourceSpan } from '../core/source.ts';
import type { OperatorTask } from '../ir/graph.ts';
import { spanOf } from '../ir/read-value.ts';
import { linesOf } from '../report/count-lines.ts';
import type { LegacyText } from '../report/report-input.ts';
import type { ConvertedPlatform } from './convert-platform.ts';
import type { ReadWorkflow } from './read-graphs.ts';

/**
 * The text that a reader of the legacy platform has before them: .dig files, manifests as each environment renders them,
 * and manifests that a script or plug-in holds itself.
 */
export function legacyTexts(platform: ConvertedPlatform, host: Host): readonly LegacyText[] {
  const texts = platform.read.flatMap((read) => [...digTexts(read, host), ...manifestTexts(read, platform, host)]);
  const launched = new Set(texts.map((text) => text.key));
  const others = renderedTexts(platform).filter((text) => !launched.has(text.key));
  return [...texts, ...others];
}

/** A file that several environments share counts once: it is one file. */
function digTexts(read: ReadWorkflow, host: Host): readonly LegacyText[] {
  const files = new Set(read.loaded.flatMap((loaded) => loaded.files));
  return [...files].map((file) => ({
    key: file,
    environment: read.environment,
    job: read.graph.job,
    lines: linesOf(host.read(file) ?? ''),
  }));
}

interface RenderedText extends LegacyText {
  readonly template: string;
}

function renderedTexts({ manifests }: ConvertedPlatform): readonly RenderedText[] {
  return manifests.manifests().map(({ template, environment, variables, rendered }) => ({
    template,
    key: [environment, template, ...variables].join('\u0000'),
    environment,
    lines: linesOf(rendered.text),
  }));
}

/** The manifests that the steps of a workflow start. */
function manifestTexts(read: ReadWorkflow, platform: ConvertedPlatform, host: Host): readonly LegacyText[] {
  const rendered = renderedTexts(platform).filter((text) => text.environment === read.environment);
  return [...read.graph.tasks.values()].flatMap((task) => {
    if (task.kind !== 'operator') return [];
    const own = rendered.filter((text) => text.template === task.launch?.manifest);
    const texts = own.length > 0 ? own : heldTexts(task, read, host);
    return texts.map(({ key, environment, lines }) => ({ key, environment, job: read.graph.job, lines }));
  });
}

/** A manifest file that needs no rendering, or the lines of a script that hold one; one in a .dig file is counted with it. */
function heldTexts(task: OperatorTask, read: ReadWorkflow, host: Host): readonly LegacyText[] {
  const files = new Set<string>(read.loaded.flatMap((loaded) => loaded.files));
  return task.effects.flatMap((effect) => {
    if (effect.kind !== 'job') return [];
    const span = spanOf(effect.manifest.from);
    const file = task.launch?.manifest ?? span?.file;
    if (file === undefined || files.has(file)) return [];
    const whole = task.launch?.script === file ? undefined : host.read(file);
    const lines = whole === undefined ? spanLines(span) : linesOf(whole);
    const part = whole === undefined ? `:${span?.start.line ?? 0}` : '';
    return [{ key: [read.environment, file + part].join('\u0000'), environment: read.environment, lines }];
  });
}

function spanLines(span: SourceSpan | undefined): number {
  return span === undefined ? 0 : span.end.line - span.start.line + 1;
}
