import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { Host } from '../core/host.ts';
import { type RepoPath, repoPath, type SourceFile, type SourceSpan } from '../core/source.ts';
import { compileWorkflow } from '../dig/compile-workflow.ts';
import { loadDig } from '../dig/load.ts';
import type { DigWorkflow, LoadedDig } from '../dig/types.ts';
import type { Project } from '../discover/project.ts';
import { analyseText } from '../expr/analyse-text.ts';
import type { Evaluator } from '../expr/evaluator.ts';
import { findExpressions } from '../expr/find.ts';
import { zoneDiffersInGraal } from '../expr/report-opaque.ts';
import { resolveStatic } from '../expr/resolve-static.ts';
import { buildGraph } from '../graph/build.ts';
import type { GraphServices, OperatorStep, StepReading } from '../graph/types.ts';
import type { TaskGraph } from '../ir/graph.ts';
import { narrowProvenance } from '../ir/narrow-provenance.ts';
import type { Provenance, TextValue } from '../ir/value.ts';
import { isContextOperator, readLauncher } from '../launchers/read-launcher.ts';
import type { LauncherContext, LaunchResult } from '../launchers/types.ts';
import type { RuleSet } from '../rules/rule-set.ts';
import { parseSla } from '../session/schedule/sla.ts';
import { scheduleOf } from '../session/schedule/workflow-schedule.ts';
import { checkedReading } from './checked-reading.ts';
import { findClusterObject } from './cluster-objects.ts';
import type { ManifestRenderer } from './manifests.ts';
import { scopedSink } from './scoped-sink.ts';

/** One workflow of one environment, read as far as the legacy tree goes. */
export interface ReadWorkflow {
  readonly environment: string;
  readonly path: RepoPath;
  readonly loaded: readonly LoadedDig[];
  readonly workflow: DigWorkflow;
  /** Files that `call>` inlined. */
  readonly callees: readonly DigWorkflow[];
  readonly graph: TaskGraph;
  /** The graph as it is with further parameters given at start, as `require>` gives them. */
  readonly graphWith: (parameters: ReadonlyMap<string, string>) => TaskGraph;
  /** What launcher scripts did, command by command. */
  readonly commands: LaunchResult['commands'];
  /** Every operator step as the launchers saw it. */
  readonly steps: readonly OperatorStep[];
}

export interface GraphReading {
  readonly host: Host;
  readonly project: Project;
  readonly rules: RuleSet;
  readonly manifests: ManifestRenderer;
  /** Runs `${…}` that are the same in every session. */
  readonly evaluator: Evaluator;
  readonly sink: DiagnosticSink;
}

/** All workflows of all environments, each on its own: one that cannot be read does not stop the others. */
export function readGraphs(reading: GraphReading): readonly ReadWorkflow[] {
  return reading.project.environments.flatMap((environment) =>
    environment.workflows.flatMap((path) => {
      const read = readWorkflow(path, environment, reading);
      return read === undefined ? [] : [read];
    }),
  );
}

export function workflowName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.dig$/, '');
}

function readWorkflow(
  path: RepoPath,
  environment: Project['environments'][number],
  reading: GraphReading,
): ReadWorkflow | undefined {
  const sink = scopedSink(reading.sink, workflowName(path), environment.name);
  const loaded: LoadedDig[] = [];
  const commands: LaunchResult['commands'][number][] = [];
  const workflow = compileFile(path, reading, sink, loaded);
  if (workflow === undefined) return undefined;
  const schedule = scheduleOf(workflow, sink);
  if (zoneDiffersInGraal(workflow.timezone))
    sink.add(
      diagnose('EXPR_ZONE_DIFFERS', { zone: workflow.timezone }, { span: workflow.timezoneSpan ?? workflow.root.span }),
    );
  const callees: DigWorkflow[] = [];
  const steps = new Map<string, OperatorStep>();
  const readText: GraphServices['readText'] = (written, from, scope, timezone) =>
    checkedReading(
      written,
      resolveStatic(analyseText(written, from, scope), scope, timezone, reading.evaluator),
      scope,
      timezone,
      reading.evaluator,
    );
  const services: GraphServices = {
    loadCallee: (path, span) => {
      const callee = loadCallee(path, span, reading, sink, loaded);
      if (callee !== undefined) callees.push(callee);
      return callee;
    },
    readFile: (path) => reading.host.read(path),
    isContext: (operator) => isContextOperator(operator, reading.rules),
    readStep: (step, stepSink) => {
      steps.set(step.task, step);
      return readStep(step, reading, stepSink, commands, (written, from, scope) =>
        readText(written, from, scope, workflow.timezone),
      );
    },
    readText,
  };
  const sla = workflow.sla?.value.kind === 'map' ? parseSla(workflow.sla.value, sink) : undefined;
  const build = (parameters: ReadonlyMap<string, string>, to: DiagnosticSink): TaskGraph =>
    buildGraph({
      workflow,
      environment: environment.name,
      parameters,
      ...(schedule === undefined ? {} : { schedule }),
      ...(sla === undefined ? {} : { sla }),
      services,
      sink: to,
    });
  const graph = build(environment.params, sink);
  const graphWith: ReadWorkflow['graphWith'] = (parameters) =>
    build(new Map([...environment.params, ...parameters]), { add: () => undefined });
  const kept = [...steps.values()].filter((step) => graph.tasks.has(step.task));
  return { environment: environment.name, path, loaded, workflow, callees, graph, graphWith, commands, steps: kept };
}

function compileFile(
  path: RepoPath,
  reading: GraphReading,
  sink: DiagnosticSink,
  loaded: LoadedDig[],
): DigWorkflow | undefined {
  const file = loadDig(path, (name) => reading.host.read(name), sink);
  if (file === undefined) return undefined;
  loaded.push(file);
  return compileWorkflow(file, workflowName(path), sink);
}

function loadCallee(
  path: RepoPath,
  span: SourceSpan,
  reading: GraphReading,
  sink: DiagnosticSink,
  loaded: LoadedDig[],
): DigWorkflow | undefined {
  if (reading.host.read(path) === undefined) {
    sink.add(diagnose('GRAPH_CALLEE_MISSING', { path }, { span }));
    return undefined;
  }
  return compileFile(path, reading, sink, loaded);
}

function readStep(
  step: OperatorStep,
  reading: GraphReading,
  sink: DiagnosticSink,
  commands: LaunchResult['commands'][number][],
  read: TextReader,
): StepReading | undefined {
  const result = readLauncher(step, launcherContext(reading, step, sink, read));
  if (result === undefined) return undefined;
  commands.push(...result.commands);
  return { effects: result.effects, ...(result.launch === undefined ? {} : { launch: result.launch }) };
}

/** What the reading of a step may ask of the project. */
export function launcherContext(
  reading: Pick<GraphReading, 'host' | 'project' | 'rules' | 'manifests'>,
  step: OperatorStep,
  sink: DiagnosticSink,
  read: TextReader = analyseText,
): LauncherContext {
  return {
    rules: reading.rules,
    config: reading.project.config,
    read: (path) => readFile(path, reading.host, step, sink),
    renderManifest: (request) => reading.manifests.render(request, sink),
    findObject: (kind, name, environment) => findClusterObject(kind, name, environment, reading.host),
    expandDigdag: (value, scope) => expandDigdag(value, scope, read),
    sink,
  };
}

/**
 * A file that a step names. Projects are pushed to Digdag from another folder than they lie in here, so a path that does
 * not exist is looked for by its last folders, and the guess is said.
 */
function readFile(path: RepoPath, host: Host, step: OperatorStep, sink: DiagnosticSink): SourceFile | undefined {
  const text = host.read(path);
  if (text !== undefined) return { path, text };
  const found = fileElsewhere(path, host);
  const elsewhere = found === undefined ? undefined : host.read(found);
  if (found === undefined || elsewhere === undefined) return undefined;
  sink.add(diagnose('GRAPH_FILE_ELSEWHERE', { path, found }, { span: step.commandSpan }));
  return { path: repoPath(found), text: elsewhere };
}

/** The one file that shares at least folder and name with the path. */
function fileElsewhere(path: RepoPath, host: Host): string | undefined {
  const parts = path.split('/');
  for (let skip = 1; parts.length - skip >= 2; skip++) {
    const tail = parts.slice(skip).join('/');
    const matches = host.list().filter((file) => file === tail || file.endsWith(`/${tail}`));
    if (matches.length > 0) return matches.length === 1 ? matches[0] : undefined;
  }
  return undefined;
}

type TextReader = (written: string, from: Provenance, scope: OperatorStep['scope']) => TextValue;

/** Digdag's `${…}` in the text of a file it reads: literal text only, each expression at its own place. */
function expandDigdag(value: TextValue, scope: OperatorStep['scope'], read: TextReader): TextValue {
  return {
    ...value,
    parts: value.parts.flatMap((part) =>
      part.kind === 'literal'
        ? findExpressions(part.text).flatMap(
            ({ start, end }) =>
              read(part.text.slice(start, end), narrowProvenance(part.from, part.text, start, end), scope).parts,
          )
        : [part],
    ),
  };
}
