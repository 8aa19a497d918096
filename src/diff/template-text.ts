import { Chalk } from 'chalk';
import { type SideBySideOptions, sideBySide } from './side-by-side.ts';
import type { MemberDiff, SessionDiff, TemplateDiff } from './types.ts';

/** Every member of a shared template: one line where its pods are the legacy platform's, both sides where they are not. */
export function templateText({ template, at, members }: TemplateDiff, options: SideBySideOptions): string {
  const chalk = new Chalk({ level: options.color ? 1 : 0 });
  const places = members.map((member) => (member.kind === 'played' ? member.diff : member));
  const widest = (of: readonly string[]): number => Math.max(...of.map((name) => name.length));
  const [job, environment] = [widest(places.map((each) => each.job)), widest(places.map((each) => each.environment))];
  const jobs = new Set(places.map((each) => each.job)).size;
  const rows = members.map((member, at) => {
    const said = isTouched(member) ? chalk.red(verdictText(member)) : chalk.green(verdictText(member));
    return `  ${(places[at]?.job ?? '').padEnd(job)}  ${(places[at]?.environment ?? '').padEnd(environment)}  ${said}\n`;
  });
  const differing = members.flatMap((member) =>
    member.kind === 'played' && differs(member.diff) ? [member.diff] : [],
  );
  const details = differing.map(
    (diff) => `\n${sideBySide({ ...diff, pairs: diff.pairs.filter((pair) => pair.differences.length > 0) }, options)}`,
  );
  return `${template}: called by ${jobs} ${jobs === 1 ? 'job' : 'jobs'}, session ${at}\n${rows.join('')}${details.join('')}`;
}

/** True where a member is not what the legacy platform starts, or cannot be shown. */
export function isTouched(member: MemberDiff): boolean {
  return member.kind === 'not-played' || differs(member.diff);
}

function differs(diff: SessionDiff): boolean {
  return diff.pairs.some((pair) => pair.differences.length > 0);
}

function verdictText(member: MemberDiff): string {
  if (member.kind === 'not-played') return `not played: ${member.reason}`;
  const { pairs } = member.diff;
  const wrong = pairs.filter((pair) => pair.differences.length > 0);
  const count = `${pairs.length} ${pairs.length === 1 ? 'pod' : 'pods'}`;
  if (wrong.length === 0) return pairs.length === 0 ? 'equal: it starts no pod in this session' : `equal: ${count}`;
  const paths = new Set(wrong.flatMap((pair) => pair.differences.map(({ path }) => path)));
  return `differs: ${wrong.length} of ${count}, in ${[...paths].slice(0, 3).join(', ')}${paths.size > 3 ? ` and ${paths.size - 3} more` : ''}`;
}
