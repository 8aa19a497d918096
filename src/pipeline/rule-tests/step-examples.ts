import type { Effect } from '../../ir/graph.ts';
import type { Loaded } from '../../rules/rule-set.ts';
import type { LauncherRule, NotificationRule } from '../../rules/schema.ts';
import { missing, toPlain } from './plain-value.ts';
import { type ExampleReading, readExampleStep } from './read-step.ts';
import { differs, type ExampleContext } from './types.ts';

type LauncherExample = LauncherRule['examples'][number];

/** What the launcher starts is what the example says. */
export function launcherExample(
  example: LauncherExample,
  rule: Loaded<LauncherRule>,
  { rules }: ExampleContext,
): readonly string[] {
  const reading = readExampleStep(example, rules);
  const taker = reading.result?.launch?.rule;
  if (example.gives === 'nothing') return taker === rule.id ? ['the rule takes the step, and should not'] : [];
  const { gives } = example;
  const jobs = effectsOf(reading, 'job');
  return [
    ...differs('rule that takes the step', rule.id, taker),
    ...(gives.jobs === undefined
      ? []
      : missing(
          gives.jobs,
          jobs.map((job) => toPlain(job.manifest)),
          'jobs',
        )),
    ...jobs.flatMap((job) => [
      ...(gives.cluster === undefined ? [] : differs('cluster', gives.cluster, toPlain(job.cluster))),
      ...(gives.namespace === undefined ? [] : differs('namespace', gives.namespace, toPlain(job.namespace))),
      ...(gives.wait === undefined
        ? []
        : differs('wait', [gives.wait.timeout, gives.wait.failure], [job.wait.timeoutSeconds, job.wait.seesFailure])),
    ]),
    ...(gives.command === undefined ? [] : commandProblems(gives.command, reading)),
    ...(gives.diagnostics === undefined
      ? differs('errors', [], reading.errors)
      : differs('findings', gives.diagnostics, reading.codes)),
  ];
}

function commandProblems(
  wanted: { readonly image?: string | undefined; readonly source: string },
  reading: ExampleReading,
): readonly string[] {
  const [command] = effectsOf(reading, 'command');
  if (command === undefined) return ['no command runs'];
  return [
    ...differs('command', wanted.source, toPlain(command.source)),
    ...differs('image', wanted.image, toPlain(command.image)),
  ];
}

/** The message that the command sends. */
export function notificationExample(
  example: NotificationRule['examples'][number],
  _rule: Loaded<NotificationRule>,
  { rules }: ExampleContext,
): readonly string[] {
  const step = example.step ?? { 'sh>': example.command ?? '' };
  const reading = readExampleStep({ step, parameters: example.parameters, files: example.files }, rules);
  const messages = [
    ...effectsOf(reading, 'notify'),
    ...effectsOf(reading, 'command').flatMap(({ message }) => message ?? []),
  ];
  const sent = messages.map(({ to, body }) => ({ to: toPlain(to), body: toPlain(body) }));
  return differs('message', example.gives === 'nothing' ? [] : [example.gives], sent);
}

function effectsOf<K extends Effect['kind']>(
  reading: ExampleReading,
  kind: K,
): readonly Extract<Effect, { kind: K }>[] {
  return (reading.result?.effects ?? []).filter(
    (effect): effect is Extract<Effect, { kind: K }> => effect.kind === kind,
  );
}
