import { limits, type Verification, type VerifiedJob } from '../../verify/proof.ts';
import { markdownTable, section } from './markdown-table.ts';
import { code, plain } from './markdown-text.ts';
import { countsText, differenceText, groupedReasons, kindText, scheduleText, startText } from './proof-words.ts';

/** The proof as a page: counts, the matrix, what is to be read, job by job, and what no verdict speaks about. */
export function proofMarkdown(proof: Verification): string {
  const environments = [...new Set(proof.jobs.map((job) => job.environment))];
  const names = [...new Set(proof.jobs.map((job) => job.job))].sort();
  const cell = (name: string, environment: string): string => {
    const job = proof.jobs.find((each) => each.job === name && each.environment === environment);
    return job === undefined ? '–' : `${countsText([job])}; ${scheduleText(job)}`;
  };
  return [
    '# Proof\n',
    `\nWhat the legacy platform starts, and what Argo starts, compared for each job, environment and session time. ${proof.jobs.reduce((sum, job) => sum + job.rows.length, 0)} runs: **${countsText(proof.jobs)}**; ${proof.jobs.reduce((sum, job) => sum + job.injected, 0)} more with a failure or a bad parameter put in. Next fires, and a year of fires, from ${code(proof.from)}; the controller's defaults from ${code(proof.workflowDefaults)}.\n`,
    section(
      'Verdicts',
      markdownTable(
        ['job', ...environments],
        names.map((name) => [code(name), ...environments.map((environment) => cell(name, environment))]),
      ),
    ),
    section('Differences', points(proof.jobs, 'differs')),
    section('Not provable', points(proof.jobs, 'not-provable')),
    section('Assumptions', points(proof.jobs, 'proved-given')),
    section('Not reached', unreached(proof.jobs)),
    section('Accepted differences', accepted(proof.jobs)),
    section('Session times', sessions(proof.jobs)),
    section('Not part of any verdict', limits.map((limit) => `- ${limit}`).join('\n')),
  ].join('');
}

function points(jobs: readonly VerifiedJob[], kind: 'differs' | 'not-provable' | 'proved-given'): string {
  const found = jobs.flatMap((job) => {
    const own = groupedReasons(job, kind).map(({ reason, starts }) => {
      const which =
        starts.length === job.rows.length ? 'all runs' : starts.map((start) => code(startText(start))).join(', ');
      return `${plain(reason)} (${which})`;
    });
    const schedule =
      kind === 'differs' && job.schedule.kind === 'differs'
        ? job.schedule.differences.map((difference) => `schedule: ${plain(differenceText(difference))}`)
        : [];
    const aids = kind === 'differs' ? job.aids.map((difference) => plain(differenceText(difference))) : [];
    return [...own, ...schedule, ...aids].map((text) => ({
      cells: [code(job.job), text],
      environment: job.environment,
    }));
  });
  const lines = together(found).map(([job, text, environments]) => `- ${job} ${environments}: ${text}`);
  return lines.length === 0 ? '' : `${kindNote[kind]}\n\n${lines.join('\n')}`;
}

const kindNote = {
  differs: 'The two sides are not the same.',
  'not-provable': 'One side cannot be computed; the reason says why.',
  'proved-given': `${kindText('proved-given')}: equal if the assumption holds.`,
} as const;

function accepted(jobs: readonly VerifiedJob[]): string {
  const rows = jobs.flatMap(({ job, environment, accepted: uses }) =>
    uses.map(({ node, path, rule, reason }) => ({
      cells: [code(job), code(node), code(path), plain(reason), code(rule)],
      environment,
    })),
  );
  if (rows.length === 0) return '';
  return markdownTable(['job', 'pod', 'what', 'why', 'rule', 'environments'], together(rows));
}

function unreached(jobs: readonly VerifiedJob[]): string {
  const lines = together(
    jobs.flatMap(({ job, environment, unreached: names }) =>
      names.length === 0 ? [] : [{ cells: [code(job), names.map(code).join(', ')], environment }],
    ),
  ).map(([job, names, environments]) => `- ${job} ${environments}: ${names}`);
  return lines.length === 0 ? '' : `Templates that none of the runs reaches.\n\n${lines.join('\n')}`;
}

function sessions(jobs: readonly VerifiedJob[]): string {
  const rows = jobs.map(({ job, environment, rows: own }) => {
    const starts = own.map(({ start }) => code(startText(start)));
    return { cells: [code(job), starts.join(', ')], environment };
  });
  const sorted = together(rows).map(([job = '', starts = '', environments = '']) => [job, environments, starts]);
  return markdownTable(['job', 'environments', 'runs'], sorted);
}

/** Rows that are the same in several environments, once, with the environments behind them. */
function together(
  rows: readonly { readonly cells: readonly string[]; readonly environment: string }[],
): readonly (readonly string[])[] {
  const groups = new Map<string, { readonly cells: readonly string[]; readonly environments: string[] }>();
  for (const { cells, environment } of rows) {
    const group = groups.get(cells.join('\u0000')) ?? { cells, environments: [] };
    group.environments.push(environment);
    groups.set(cells.join('\u0000'), group);
  }
  return [...groups.values()].map(({ cells, environments }) => [...cells, [...new Set(environments)].join(', ')]);
}
