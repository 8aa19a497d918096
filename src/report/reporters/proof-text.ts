import { Chalk } from 'chalk';
import { limits, type Verification, type VerifiedJob } from '../../verify/proof.ts';
import { countsText, differenceText, groupedReasons, kindText, scheduleText, startText } from './proof-words.ts';
import { table } from './text-table.ts';

/** The verdicts as a matrix of jobs and environments, then why they are not all `proved`. */
export function proofText(proof: Verification, { color }: { readonly color: boolean }): string {
  const chalk = new Chalk({ level: color ? 1 : 0 });
  const environments = [...new Set(proof.jobs.map((job) => job.environment))];
  const names = [...new Set(proof.jobs.map((job) => job.job))].sort();
  const cell = (job: VerifiedJob | undefined): string => {
    if (job === undefined) return chalk.dim('–');
    const text = countsText([job]);
    const schedule = job.schedule.kind === 'differs' ? ', schedule differs' : '';
    const besides = job.aids.length > 0 ? ', differs besides' : '';
    const bad = text.includes('differs') || schedule !== '' || besides !== '';
    if (bad) return chalk.red(`${text}${schedule}${besides}`);
    return text.includes('not provable') ? chalk.yellow(text) : chalk.green(text);
  };
  const rows = names.map((name) => [
    name,
    ...environments.map((environment) =>
      cell(proof.jobs.find((job) => job.job === name && job.environment === environment)),
    ),
  ]);
  return [
    table([['', ...environments], ...rows], { indent: 0 }),
    ...proof.jobs.map(details),
    acceptedText(proof),
    `\n${summary(proof)}\nNot part of any verdict:\n${limits.map((limit) => `  ${limit}\n`).join('')}`,
  ].join('');
}

function summary({ jobs, from }: Verification): string {
  const injected = jobs.reduce((sum, job) => sum + job.injected, 0);
  const fires = jobs.reduce((sum, { schedule }) => sum + ('fires' in schedule ? schedule.fires : 0), 0);
  const runs = jobs.reduce((sum, job) => sum + job.rows.length, 0);
  const apart = jobs.filter((job) => job.schedule.kind === 'differs').length;
  const schedules = apart === 0 ? '' : ` ${apart} schedules differ.`;
  return `${runs} runs from ${from}: ${countsText(jobs)}. ${injected} more with failures and bad parameters, ${fires} fires of a year.${schedules}\n`;
}

/** What is to be read about one job in one environment; nothing where all is proved. */
function details(job: VerifiedJob): string {
  const lines = (['differs', 'not-provable', 'proved-given'] as const).flatMap((kind) =>
    groupedReasons(job, kind).map(({ reason, starts }) => {
      const which =
        starts.length === job.rows.length
          ? 'all runs'
          : (starts[0] === undefined ? '' : startText(starts[0])) + more(starts.length - 1);
      return `  ${kindText(kind)} (${which}): ${reason}`;
    }),
  );
  if (job.schedule.kind === 'differs')
    lines.push(...job.schedule.differences.map((difference) => `  schedule differs: ${differenceText(difference)}`));
  if (job.schedule.kind === 'not-provable') lines.push(`  schedule ${scheduleText(job)}`);
  if (job.unreached.length > 0) lines.push(`  reached by no run: ${job.unreached.join(', ')}`);
  lines.push(...job.aids.map((difference) => `  differs besides: ${differenceText(difference)}`));
  return lines.length === 0 ? '' : `\n${job.job} ${job.environment}\n${lines.join('\n')}\n`;
}

function more(count: number): string {
  return count === 0 ? '' : ` and ${count} more`;
}

/** Accepted differences, pod by pod; the same one of several environments is printed once. */
function acceptedText({ jobs }: Verification): string {
  const lines = new Map<string, Set<string>>();
  for (const { job, environment, accepted } of jobs) {
    for (const { node, path, rule, reason } of accepted) {
      const line = `  ${job} ${node}: ${path}: ${reason} (${rule})`;
      lines.set(line, (lines.get(line) ?? new Set()).add(environment));
    }
  }
  if (lines.size === 0) return '';
  const shown = [...lines].map(([line, environments]) => `${line} [${[...environments].join(', ')}]\n`);
  return `\nAccepted differences, each made by the rule named behind it\n${shown.sort().join('')}`;
}
