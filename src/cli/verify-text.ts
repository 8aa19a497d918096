import type { PlayedRow } from '../pipeline/verify.ts';
import type { SessionEffect, Start, Verdict } from '../verify/effect.ts';

/** The runs, job by job: how each was started, what Argo starts then, and the verdict. */
export function verifyText(rows: readonly PlayedRow[]): string {
  const lines: string[] = [];
  let heading = '';
  for (const row of rows) {
    const own = `${row.job} ${row.environment}`;
    if (own !== heading) lines.push(...(heading === '' ? [] : ['']), own);
    heading = own;
    lines.push(
      `  ${startText(row.start)}: ${verdictText(row.verdict)}${row.run.status === 'Succeeded' ? '' : ` (${row.run.status}${row.run.message === undefined ? '' : `: ${row.run.message}`})`}`,
    );
    for (const effect of row.run.effects) lines.push(`    ${effect.task}: ${effectText(effect)}`);
  }
  const counts = new Map<string, number>();
  for (const { verdict } of rows) counts.set(verdict.kind, (counts.get(verdict.kind) ?? 0) + 1);
  lines.push(
    '',
    `${rows.length} runs: ${[...counts]
      .sort()
      .map(([kind, count]) => `${count} ${kind}`)
      .join(', ')}`,
  );
  return `${lines.join('\n')}\n`;
}

function startText(start: Start): string {
  if (start.targetDate !== undefined) return `target_date=${start.targetDate}`;
  return `session ${start.sessionTime}, scheduled ${start.scheduledTime ?? 'not'}`;
}

function verdictText(verdict: Verdict): string {
  switch (verdict.kind) {
    case 'proved':
    case 'observed':
      return verdict.kind;
    case 'proved-given':
      return `proved given ${verdict.assumption}`;
    case 'not-provable':
      return `not provable: ${verdict.reason}`;
    case 'differs':
      return `differs: ${verdict.differences.map((each) => `${each.path}: legacy ${each.legacy}, Argo ${each.argo}`).join('; ')}`;
  }
}

/** The pod as its command line; a message as text and channel. */
function effectText(effect: SessionEffect): string {
  switch (effect.kind) {
    case 'job':
      return `pod in ${effect.namespace}: ${commandLine(effect.manifest)}`;
    case 'command':
      return `command: ${effect.source.trim().split('\n')[0] ?? ''}`;
    case 'notify':
      return `message to ${effect.to}: ${effect.body}`;
    case 'wait':
      return `wait ${effect.seconds} s`;
    case 'fail':
      return `fail: ${effect.message}`;
  }
}

function commandLine(pod: unknown): string {
  const containers = at(at(pod, 'spec'), 'containers');
  const main = Array.isArray(containers)
    ? containers.find((container: unknown) => at(container, 'name') === 'main')
    : undefined;
  const words = ['command', 'args'].flatMap((field) => {
    const list = at(main, field);
    return Array.isArray(list) ? list.map(String) : [];
  });
  return words.join(' ').replaceAll('\n', ' ⏎ ');
}

function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && key in value ? value[key as keyof typeof value] : undefined;
}
