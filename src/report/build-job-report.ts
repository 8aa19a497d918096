import { sortDiagnostics } from '../core/diagnose.ts';
import type { Diagnostic } from '../core/diagnostic.ts';
import type { OperatorTask, TaskGraph } from '../ir/graph.ts';
import { staticText } from '../ir/read-value.ts';
import type { MergedJob } from '../merge/types.ts';
import type { ReportInput } from './build-report.ts';
import type { JobReport, JobStatus, LineCount } from './types.ts';

/** Lines before and after by legacy job name. */
export type JobLines = ReadonlyMap<string, LineCount>;

export function jobReport(job: MergedJob, input: ReportInput): JobReport {
  const diagnostics = sortDiagnostics(input.diagnostics.filter((finding) => finding.job === job.job));
  const unaccounted = input.units.some((unit) => unit.fate.kind === 'unaccounted' && unit.jobs.includes(job.job));
  const workflows = [...job.converted.values()];
  const reference = job.converted.get(input.reference) ?? workflows.at(-1);
  const graphs = workflows.map((workflow) => workflow.facts.graph);
  return {
    job: job.job,
    name: job.name,
    kind: job.kind,
    status: statusOf(diagnostics, unaccounted),
    environments: [...job.overlays.keys()],
    sources: graphs.map((graph) => graph.span),
    outputs: input.outputs.get(job.job) ?? [],
    steps: reference?.facts.steps ?? [],
    schedules: input.schedules.get(job.job) ?? [],
    parameters: parametersOf(job),
    launchers: reference === undefined ? [] : launchersOf(reference.facts.graph),
    accepted: distinct(workflows.flatMap((workflow) => workflow.facts.accepted)),
    decisions: input.decisions,
    manual: [
      ...new Set(
        diagnostics.flatMap((finding) =>
          finding.severity === 'error' && finding.hint !== undefined ? [finding.hint] : [],
        ),
      ),
    ],
    backfillable: workflows.every((workflow) => workflow.facts.readsClock.length === 0),
    diagnostics,
    lines: input.lines.byJob.get(job.job) ?? { before: 0, after: 0 },
    proof: [],
  };
}

function statusOf(diagnostics: readonly Diagnostic[], unaccounted: boolean): JobStatus {
  if (unaccounted || diagnostics.some((finding) => finding.severity === 'error')) return 'needs-work';
  return diagnostics.some((finding) => finding.severity === 'warning') ? 'to-confirm' : 'converted';
}

function parametersOf(job: MergedJob): JobReport['parameters'] {
  const [first] = job.overlays.values();
  return [...(first?.parameters.keys() ?? [])].map((name) => ({
    name,
    origin: job.parameterOrigins.get(name) ?? 'the conversion itself',
    values: Object.fromEntries(
      [...job.overlays].map(([environment, overlay]) => [environment, staticText(overlay.parameters.get(name)) ?? '']),
    ),
  }));
}

/** What launchers did beside starting the pod, and what became of it; once where steps share a launcher. */
function launchersOf(graph: TaskGraph): JobReport['launchers'] {
  const tasks = [...graph.tasks.values()].filter(
    (task): task is OperatorTask => task.kind === 'operator' && task.launch !== undefined,
  );
  const seen = new Set<string>();
  return tasks.flatMap((task) =>
    (task.launch?.deeds ?? []).flatMap((deed) => {
      const why = deed.fate.kind === 'kept' ? deed.fate.field : deed.fate.why;
      const key = [task.launch?.rule, deed.what, deed.fate.kind, why, deed.span.file, deed.span.start.offset].join(
        '\u0000',
      );
      if (seen.has(key)) return [];
      seen.add(key);
      return [
        { task: task.id, rule: task.launch?.rule ?? '', what: deed.what, fate: deed.fate.kind, why, span: deed.span },
      ];
    }),
  );
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Map(items.map((item) => [JSON.stringify(item), item])).values()];
}
