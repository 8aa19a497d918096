import { redact } from '../../core/redact.ts';
import type { MapEntry } from '../../explain/file-map.ts';
import { pointerLines } from '../../explain/output-lines.ts';
import type { JobPage, PageGraph, PageLink, PageOutput, PageProof, PageStation } from '../page/data.ts';
import type { JobFlow, JobReport, ReportVerdict } from '../types.ts';
import { pageFindings } from './page-index.ts';
import type { PageInput } from './page-input.ts';

/** Numbers for the legacy files that the page shows. */
export type FileNumbers = ReadonlyMap<string, number>;

/** Everything about one job that is read when its page is opened. */
export function jobPage(job: JobReport, input: PageInput, files: FileNumbers): JobPage {
  const { gains } = job;
  return {
    kind: job.kind,
    backfillable: job.backfillable,
    findings: pageFindings(job.diagnostics),
    manual: job.manual,
    decisions: job.decisions,
    ...(job.flow === undefined ? {} : { before: pageGraph(job.flow) }),
    ...(job.argoFlow === undefined ? {} : { after: pageGraph(job.argoFlow) }),
    steps: job.steps.map(({ task, what, template, rules, span }) => ({
      task,
      what,
      template: template ?? '',
      rules: [...new Set(rules)],
      file: span.file,
      line: span.start.line,
    })),
    sources: job.sources.map(({ file }) => file),
    outputs: job.outputs.flatMap((path) => pageOutput(path, input, files)),
    runbook: redact(input.output(job.outputs.find((path) => path.endsWith('/README.md')) ?? '') ?? ''),
    parameters: job.parameters,
    schedules: job.schedules.map(({ environment, legacy, argo, timezone, suspended, changed, calendar, proof }) => ({
      environment,
      legacy,
      argo,
      timezone,
      suspended,
      changed,
      ...(calendar === undefined ? {} : { calendar }),
      ...(proof === undefined ? {} : { verdict: proof.kind }),
    })),
    launchers: launchersOf(job),
    accepted: job.accepted,
    proof: proofRows(job),
    ...(gains === undefined ? {} : { gains }),
    cutovers: (input.report.plan?.cutovers ?? [])
      .filter((each) => each.job === job.job)
      .map(({ environment, state, why, steps }) => ({ environment, state, why, steps })),
    effort: (job.effort?.findings ?? []).map(({ kind, count, minutes }) => ({ title: kind, count, minutes })),
  };
}

function pageGraph({ nodes, edges }: JobFlow): PageGraph {
  return {
    nodes: nodes.map(({ task, label, template }) => ({
      id: task,
      label,
      ...(template === undefined ? {} : { template }),
    })),
    edges,
  };
}

function pageOutput(path: string, { output, map }: PageInput, files: FileNumbers): readonly PageOutput[] {
  const text = output(path);
  if (text === undefined || !path.endsWith('.yaml')) return [];
  const entries = new Map((map(path)?.entries ?? []).map((entry) => [entry.pointer, entry]));
  const links = pointerLines(text).flatMap(({ pointer, line }): readonly PageLink[] => {
    const entry = entries.get(pointer);
    return entry === undefined || entry.chain.length === 0 ? [] : [link(line, pointer, entry, files)];
  });
  return [{ path, text: redact(text), links: withoutEchoes(links) }];
}

function link(line: number, pointer: string, { source, chain }: MapEntry, files: FileNumbers): PageLink {
  const stations = chain.map(
    ({ via, name, at }): PageStation => [
      via,
      name ?? '',
      at === undefined ? -1 : (files.get(at.file) ?? -1),
      at?.line ?? 0,
    ],
  );
  const file = source === undefined ? -1 : (files.get(source.file) ?? -1);
  return [line, pointer, file, source?.line ?? 0, source?.endLine ?? 0, stations];
}

/** Of values on one line with the same way back the first says it for all. */
function withoutEchoes(links: readonly PageLink[]): readonly PageLink[] {
  const seen = new Set<string>();
  return links.filter(([line, , file, from, to, chain]) => {
    const key = JSON.stringify([line, file, from, to, chain]);
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Each line of a launcher once, with the tasks it served. */
function launchersOf(job: JobReport): JobPage['launchers'] {
  const rows = new Map<string, { deed: JobReport['launchers'][number]; tasks: Set<string> }>();
  for (const deed of job.launchers) {
    const key = [deed.rule, deed.fate, deed.why, deed.span.file, deed.span.start.line].join('\u0000');
    const row = rows.get(key) ?? { deed, tasks: new Set<string>() };
    rows.set(key, row);
    row.tasks.add(deed.task);
  }
  return [...rows.values()].map(({ deed, tasks }) => ({
    what: redact(deed.what),
    fate: deed.fate,
    why: deed.why,
    rule: deed.rule,
    tasks: [...tasks],
    file: deed.span.file,
    line: deed.span.start.line,
  }));
}

/** Sessions first, then the schedule, then what was found besides. */
function proofRows(job: JobReport): readonly PageProof[] {
  const row = (environment: string, start: string, verdict: ReportVerdict): PageProof => ({
    environment,
    start,
    verdict: verdict.kind,
    ...proofDetail(verdict),
  });
  return [
    ...job.proof.map(({ environment, start, verdict }) =>
      row(environment, start.targetDate === undefined ? start.sessionTime : `target_date ${start.targetDate}`, verdict),
    ),
    ...job.schedules.flatMap(({ environment, proof }) =>
      proof === undefined ? [] : [row(environment, 'schedule', proof)],
    ),
    ...(job.otherDifferences ?? []).map(({ environment, differences }) =>
      row(environment, 'others', { kind: 'differs', differences }),
    ),
  ];
}

function proofDetail(verdict: ReportVerdict): Pick<PageProof, 'detail' | 'differences'> {
  switch (verdict.kind) {
    case 'proved':
    case 'observed':
      return { detail: '', differences: [] };
    case 'proved-given':
      return { detail: verdict.assumption, differences: [] };
    case 'not-provable':
      return { detail: verdict.reason, differences: [] };
    case 'differs':
      return {
        detail: '',
        differences: verdict.differences.map(({ path, legacy, argo, rule, legacySource, argoSource }) => ({
          path,
          legacy: redact(legacy),
          argo: redact(argo),
          rule: rule ?? '',
          legacySource: legacySource ?? '',
          argoSource: argoSource ?? '',
        })),
      };
  }
}
