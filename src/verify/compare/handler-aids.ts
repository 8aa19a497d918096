import type { ArgoRun } from '../argo/play.ts';
import type { Difference, Plain, SessionEffect, Start } from '../effect.ts';
import { asList, isMap } from './plain-differences.ts';

/** What is known of a run that failed, and how it would look if it were repeated by hand. */
export interface FailedRun {
  readonly run: ArgoRun;
  readonly job: string;
  readonly namespace: string;
  readonly kind: 'cronwf' | 'workflowtemplate';
  readonly environment: string;
  /** The run that a command with this `target_date` makes, when all goes well. */
  readonly repeat: (targetDate: string) => ArgoRun;
  /** The same run, had all gone well. */
  readonly good: ArgoRun;
}

/**
 * What a message of the exit handler tells people beside its text: the environment, how the run ended, which it was, its session,
 * what failed, and a command that repeats the session. The command is played; it must do what the run should have done.
 */
export function handlerAids(failed: FailedRun): readonly Difference[] {
  return failed.run.effects.flatMap((effect) => {
    if (effect.kind !== 'notify' || effect.more === undefined || !effect.task.startsWith('exit-handler')) return [];
    return messageAids(effect, failed).map((difference) => ({
      ...difference,
      path: `${effect.task}: ${difference.path}`,
    }));
  });
}

const command = /^argo submit -n (\S+) --from (\w+)\/(\S+) -p target_date=(\S+)$/;

function messageAids(effect: Extract<SessionEffect, { kind: 'notify' }>, failed: FailedRun): readonly Difference[] {
  const texts = textsIn(effect.more ?? null);
  const found: Difference[] = [];
  const expect = (path: string, legacy: string, holds: boolean, argo: string): void => {
    if (!holds) found.push({ path, legacy, argo });
  };
  const said = texts.join(' | ');
  expect('environment', failed.environment, texts.includes(failed.environment), said);
  expect('status', failed.run.status, texts.includes(failed.run.status), said);
  const { workflow = '' } = failed.run;
  expect(
    'workflow',
    workflow,
    texts.some((text) => text.includes(workflow)),
    said,
  );
  expect(
    'failures',
    'the nodes that failed',
    texts.some((text) => text.includes('displayName')),
    said,
  );
  const repeat = texts.map((text) => command.exec(text)).find((match) => match !== null);
  if (repeat === undefined || repeat === null)
    return [...found, { path: 'command to repeat the session', legacy: 'argo submit …', argo: said }];
  const [, namespace = '', kind = '', job = '', targetDate = ''] = repeat;
  expect('namespace of the command', failed.namespace, namespace === failed.namespace, namespace);
  expect(
    'job of the command',
    `${failed.kind}/${failed.job}`,
    kind === failed.kind && job === failed.job,
    `${kind}/${job}`,
  );
  expect('session', targetDate, texts.includes(targetDate), said);
  const same = podsOf(failed.repeat(targetDate)) === podsOf(failed.good);
  expect('what the command starts', 'the session again', same, `something else with target_date=${targetDate}`);
  return found;
}

function textsIn(value: Plain): readonly string[] {
  if (typeof value === 'string') return [value];
  if (isMap(value)) return Object.values(value).flatMap(textsIn);
  return asList(value).flatMap(textsIn);
}

/** Effects without what only says when they were started. */
function podsOf(run: ArgoRun): string {
  return JSON.stringify([run.status, run.effects.map(({ task: _task, after: _after, ...effect }) => effect)]);
}

/** The start of the same session by hand. */
export function repeated(start: Start, targetDate: string): Start {
  const { scheduledTime: _scheduled, ...rest } = start;
  return { ...rest, targetDate };
}
