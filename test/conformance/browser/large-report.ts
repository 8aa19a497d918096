import type { PageInput } from '../../../src/report/html/page-input.ts';
import type { JobReport, Report } from '../../../src/report/types.ts';

/** The page input of a platform of `count` jobs, made by repeating the jobs of a real one under other names. */
export function largeInput(input: PageInput, count: number): PageInput {
  const { details } = input.report;
  const copies = Array.from({ length: count }, (_, at): JobReport => {
    const job = details[at % details.length];
    if (job === undefined) throw new Error('there is no job to repeat');
    const round = Math.floor(at / details.length);
    return round === 0 ? job : renamed(job, round);
  });
  const rounds = Math.ceil(count / details.length);
  const byStatus = (status: JobReport['status']): number => copies.filter((job) => job.status === status).length;
  const report: Report = {
    ...input.report,
    details: copies,
    jobs: { converted: byStatus('converted'), toConfirm: byStatus('to-confirm'), needsWork: byStatus('needs-work') },
  };
  return {
    ...input,
    report,
    legacy: (path) => input.legacy(original(path)),
    output: (path) => input.output(original(path)),
    map: (path) => {
      const map = input.map(original(path));
      // The legacy files of a copy are its own too, as they are on a real platform.
      const round = /~(\d+)\//.exec(path)?.[1];
      if (map === undefined || round === undefined || Number(round) >= rounds) return map;
      return {
        file: path,
        accepted: map.accepted,
        entries: map.entries.map((entry) =>
          entry.source === undefined
            ? entry
            : { ...entry, source: { ...entry.source, file: copyOf(entry.source.file, round) } },
        ),
      };
    },
    units: (file) => input.units(original(file)),
  };
}

function renamed(job: JobReport, round: number): JobReport {
  return {
    ...job,
    job: `${job.job}_${round}`,
    name: `${job.name}-${round}`,
    outputs: job.outputs.map((path) => path.replace(/^(\w+\/[^/]+)\//, `$1~${round}/`)),
    sources: job.sources.map((span) => ({ ...span, file: copyOf(span.file, String(round)) })),
  };
}

/** Workflows and templates are copied per job; scripts, macros and variables are shared. */
function copyOf(file: string, round: string): string {
  return /^digdag\/[^/]+\/[^/]+\.dig$|\/templates\//.test(file)
    ? file.replace(/(\.[^./]+(?:\.j2)?)$/, `~${round}$1`)
    : file;
}

function original(path: string): string {
  return path.replace(/~\d+/, '');
}
