import { byDefault, byRule, runtimeText, text, textOf } from '../../../ir/build-value.ts';
import { runtimeKey } from '../../../ir/canonical.ts';
import type { Effect, Task, TaskId } from '../../../ir/graph.ts';
import type { MapValue, TextPart, TextValue } from '../../../ir/value.ts';
import { type Placed, stepsCall, uniqueNames } from './layout.ts';
import { notifyCall } from './operator.ts';
import { placeTask, taskOf } from './place.ts';
import { StepScope } from './scope.ts';
import { sessionIdentity, sessionText } from './session.ts';
import { flowBody } from './steps-body.ts';
import type { Argument, FlowContext, Step } from './types.ts';

const RULE = 'flow-exit-handler';

/** Quoted, because an unquoted empty text would be a syntax error. */
const FAILED = "'{{workflow.status}}' != 'Succeeded'";

/**
 * Root `_error` as `onExit`: it runs whatever failed, also when `main` itself could not start. A notification also
 * gets the state, the session, the failures and the command that repeats the session. Undefined where nothing of it is left.
 */
export function exitHandlerBody(task: Task, jobName: string, context: FlowContext): MapValue | undefined {
  const groups = uniqueNames(handlerSteps(task, jobName, context));
  if (groups.length === 0) return undefined;
  const settled = withKnownSession(groups, context);
  const steps = settled.flat().some(readsSession) ? [[sessionStep(task, groups, context)]] : settled;
  const guarded = steps.map((group) => group.map((step): Step => ({ ...step, when: constant(FAILED) })));
  return flowBody({ kind: 'steps', groups: guarded }, new StepScope(context), undefined, new Map(), {
    via: 'literal',
    span: task.span,
  });
}

/** A text that says the session itself is computed where it stands; only arithmetic on it needs an input to start from. */
function withKnownSession(groups: Placed, context: FlowContext): Placed {
  const identity = runtimeKey({ kind: 'session', ast: sessionIdentity(context.session) });
  const known = sessionText(context.graph, context.session);
  const settle = (value: TextValue): TextValue =>
    textOf(
      value.parts.map((part) =>
        part.kind === 'runtime' && runtimeKey(part.expr) === identity
          ? { kind: 'literal', text: known, from: part.from }
          : part,
      ),
      value.from,
    );
  return groups.map((group) =>
    group.map((step) => ({
      ...step,
      call: { ...step.call, args: step.call.args.map((arg) => ({ ...arg, value: settle(arg.value) })) },
    })),
  );
}

/** The exit handler has no inputs: steps that need the session get a template of their own, and it computes the session for them. */
function sessionStep(task: Task, groups: Placed, context: FlowContext): Step {
  const { call } = stepsCall('on-error', groups, task, context);
  const session = constant(sessionText(context.graph, context.session));
  const args = call.args.filter((arg) => arg.name === context.session.name).map((arg) => ({ ...arg, value: session }));
  return { name: 'on-error', call: { ...call, args } };
}

function readsSession(step: Step): boolean {
  const args = [...step.call.args, ...(step.onError?.args ?? [])];
  return step.when !== undefined || args.some((arg) => arg.value.parts.some(isSession));
}

function isSession(part: TextPart): boolean {
  return part.kind === 'runtime' && part.expr.kind === 'session';
}

function handlerSteps(task: Task, jobName: string, context: FlowContext): Placed {
  const groups = notificationGroups(task.id, context);
  // Beside other steps a notification says as much as it does alone.
  if (groups.length === 0) return placeTask(task.id, { ...context, recovery: recoveryArguments(jobName, context) });
  let sent = 0;
  return groups.map((group) =>
    group.map(({ effect, task: owner }): Step => {
      context.steps.push({
        task: owner.id,
        span: owner.span,
        what: 'notification',
        template: 'exit-handler',
        rules: [RULE],
      });
      const call = notifyCall(effect, owner, context);
      sent += 1;
      return {
        name: sent === 1 ? 'slack-notify-failed' : `slack-notify-failed-${sent}`,
        call: { ...call, args: [...call.args, ...recoveryArguments(jobName, context)] },
      };
    }),
  );
}

interface Notification {
  readonly task: Task;
  readonly effect: Extract<Effect, { kind: 'notify' }>;
}

/**
 * The notifications of an `_error` that does nothing else, those of one group side by side; empty where it does more.
 */
function notificationGroups(id: TaskId, context: FlowContext): readonly (readonly Notification[])[] {
  const task = taskOf(id, context);
  if (task.kind === 'operator') {
    const notifies = task.effects.filter((effect) => effect.kind === 'notify' && effect.via === 'slack');
    return notifies.length === task.effects.length
      ? notifies.map((effect) => [{ task, effect: effect as Notification['effect'] }])
      : [];
  }
  if (task.kind !== 'group') return [];
  const below = task.children.map((child) => notificationGroups(child, context));
  if (below.some((groups) => groups.length === 0)) return [];
  if (task.order.kind === 'serial') return below.flat();
  const sideBySide = task.order.kind === 'parallel' && task.order.limit === undefined;
  return sideBySide && below.every((groups) => groups.length === 1) ? [below.flat(2)] : [];
}

/** What the shared template makes the recovery of: where the job came from, and which session it was. */
function recoveryArguments(jobName: string, context: FlowContext): readonly Argument[] {
  const from = byRule(RULE);
  const cron = context.graph.schedule !== undefined;
  const source = cron ? `cronwf/${jobName}` : `workflowtemplate/${jobName}`;
  return [
    {
      name: 'environment',
      value: textOf(
        [{ kind: 'variable', text: context.environment, variable: 'env', from: byDefault('name of the environment') }],
        from,
      ),
    },
    { name: 'source', value: constant(source) },
    { name: 'session', value: runtimeText({ kind: 'session', ast: sessionIdentity(context.session) }, from) },
    // The linter knows the failures in an exit handler only, not in the shared template itself.
    { name: 'failures', value: constant('{{workflow.failures}}') },
  ];
}

function constant(value: string): TextValue {
  return text(value, byRule(RULE));
}
