import type { MessageTable } from '../diagnostic.ts';

export interface FlowDiagnostics {
  GRAPH_NOT_STATIC: { readonly directive: string };
  GRAPH_BAD_LOOP: { readonly task: string };
  GRAPH_CALLEE_MISSING: { readonly path: string };
  GRAPH_FILE_ELSEWHERE: { readonly path: string; readonly found: string };
  GRAPH_BAD_CALL: { readonly task: string; readonly target: string };
  GRAPH_NESTED_EXPRESSION: { readonly task: string; readonly name: string };
  GRAPH_STORE_UNREAD: { readonly task: string };
  FLOW_UNTRANSLATED: { readonly expression: string; readonly reason: string };
  FLOW_LOOP_HANDS_ON: { readonly task: string };
  FLOW_UNKNOWN_NAME: { readonly expression: string; readonly task: string };
  FLOW_UNSUPPORTED: { readonly construct: string; readonly task: string };
  FLOW_MESSAGE_TAG: { readonly task: string; readonly tag: string };
  FLOW_NOTHING_TO_RUN: Record<never, never>;
  FLOW_NOT_BOOLEAN: { readonly task: string };
  FLOW_DYNAMIC_LOOP: { readonly task: string };
  FLOW_LOOP_DEPTH: { readonly task: string };
  FLOW_STORED_COMPARED: Record<never, never>;
  FLOW_REQUIRE: { readonly task: string; readonly workflow: string; readonly rerun: 'none' | 'failed' | 'all' };
  FLOW_REQUIRE_UNKNOWN: { readonly task: string; readonly workflow: string; readonly why: string };
  FLOW_REQUIRED: { readonly cache: string };
  FLOW_SLA: { readonly alert: boolean; readonly fail: boolean };
  FLOW_SLA_TASK: { readonly task: string };
  FLOW_ERROR_MESSAGE: { readonly task: string };
  STEP_OTHER_NAMESPACE: { readonly task: string; readonly namespace: string; readonly own: string };
  STEP_OTHER_CLUSTER: { readonly task: string; readonly cluster: string; readonly own: string };
  WORKER_IMAGE_UNKNOWN: { readonly task: string };
  SCHEDULE_SECONDS: { readonly written: string };
  SCHEDULE_UNSUPPORTED: { readonly written: string; readonly reason: string };
  SCHEDULE_DAY_AND_WEEKDAY: { readonly written: string };
  SCHEDULE_LAST_DAY: { readonly written: string };
  SCHEDULE_DST: { readonly zone: string };
  SCHEDULE_TWICE: { readonly zone: string; readonly time: string; readonly date: string };
  SCHEDULE_BEYOND_MIDNIGHT: { readonly written: string };
  SCHEDULE_OPTION_LOST: { readonly option: string };
  SCHEDULE_COMMENTED_OUT: { readonly written: string; readonly environment: string };
  SCHEDULE_MISSED_RUNS: { readonly seconds: number };
}

export const flowMessages: MessageTable<FlowDiagnostics> = {
  GRAPH_NOT_STATIC: {
    severity: 'error',
    text: (a) => `the value of ${a.directive} is no number that is known at conversion`,
    hint: () => 'write the number into the .dig file',
  },
  GRAPH_BAD_LOOP: {
    severity: 'error',
    text: (a) => `the loop of ${a.task} cannot be read`,
    hint: () => 'give it a count, lists or a range, and a `_do`',
  },
  GRAPH_CALLEE_MISSING: {
    severity: 'error',
    text: (a) => `the called file ${a.path} does not exist`,
    hint: () => 'add the file, or remove the call',
  },
  GRAPH_FILE_ELSEWHERE: {
    severity: 'info',
    text: (a) => `${a.path} does not exist; ${a.found} is taken for it`,
    hint: () => 'confirm that the file lies there when the project is pushed',
  },
  GRAPH_BAD_CALL: {
    severity: 'error',
    text: (a) =>
      `${a.task} calls ${a.target}, which is known only at run time, lies outside the project or calls itself`,
    hint: () => 'name a file of the project',
  },
  GRAPH_NESTED_EXPRESSION: {
    severity: 'warning',
    text: (a) =>
      `inside a mapping of ${a.task} Digdag puts in the text of ${a.name} as it is written, and does not evaluate it; so does the workflow`,
    hint: (a) => `write the expression of ${a.name} in the mapping itself if its value was meant`,
  },
  GRAPH_STORE_UNREAD: {
    severity: 'info',
    text: (a) =>
      `what ${a.task} stores is not known: names that no export sets are read from it, all others from the export`,
    hint: () => 'confirm that it overwrites no exported name',
  },
  FLOW_LOOP_HANDS_ON: {
    severity: 'warning',
    text: (a) =>
      `an iteration of ${a.task} reads what the one before it stored; a loop over a list of run time cannot hand that on, and each reads what stood before the loop`,
    hint: () => 'let one program do all iterations, or write the list into the .dig file',
  },
  FLOW_UNKNOWN_NAME: {
    severity: 'warning',
    text: (a) =>
      `nothing sets what \`${a.expression}\` reads: Digdag fails ${a.task}, which sees it, unless it is given at start; the new step does without`,
    hint: () => 'remove it, or export what was given at start',
  },
  FLOW_UNTRANSLATED: {
    severity: 'error',
    text: (a) => `cannot write \`${a.expression}\` for Argo: ${a.reason}`,
    hint: () => 'compute the value in the program from the session date, or simplify the expression',
  },
  FLOW_UNSUPPORTED: {
    severity: 'error',
    text: (a) => `${a.construct} of ${a.task} is not converted`,
    hint: () => 'convert this step by hand, and mark the job `manual: true` in dig2argo.yaml',
  },
  FLOW_MESSAGE_TAG: {
    severity: 'error',
    text: (a) =>
      `the message of ${a.task} holds ${a.tag}, which Argo reads as a tag of its own; it is sent with a blank between the braces`,
    hint: () => 'write the message without double braces',
  },
  FLOW_NOTHING_TO_RUN: {
    severity: 'warning',
    text: () => 'no step of this workflow is left to run',
    hint: () => 'leave it behind, or convert its steps by hand',
  },
  FLOW_NOT_BOOLEAN: {
    severity: 'error',
    text: (a) =>
      `Argo cannot decide the condition of ${a.task}; a step before it has to, and fails until it is written`,
    hint: () => 'write the step whose name ends in -decision, or rewrite the condition as a comparison',
  },
  FLOW_DYNAMIC_LOOP: {
    severity: 'error',
    text: (a) =>
      `Argo cannot compute what ${a.task} loops over; a step before it has to, and fails until it is written`,
    hint: () => 'write the step that stores the list, or write the list into the .dig file',
  },
  FLOW_LOOP_DEPTH: {
    severity: 'info',
    text: (a) =>
      `the loop of ${a.task} calls itself for each item: more than 95 items are too many for Argo, for Digdag more than 1000`,
    hint: () => 'let the items run side by side (`_parallel: true`) where their order does not matter',
  },
  FLOW_STORED_COMPARED: {
    severity: 'info',
    text: () => 'the condition compares the text of a value of run time; Digdag also tells true from the text "true"',
    hint: () => 'confirm that the step before stores texts or numbers',
  },
  FLOW_REQUIRE: {
    severity: 'warning',
    text: (a) =>
      a.rerun === 'all'
        ? `${a.task} runs ${a.workflow} inside this workflow each time, as rerun_on: all asks for; Digdag starts a session of its own`
        : `${a.workflow} runs inside this workflow unless this session of it has succeeded within 30 days${a.rerun === 'none' ? '; one that has failed runs again, where Digdag fails' : ''}`,
    hint: () => 'choose `require: each-time` under `policies` to run it each time',
  },
  FLOW_REQUIRE_UNKNOWN: {
    severity: 'error',
    text: (a) => `${a.task} requires ${a.workflow}: ${a.why}; a step that fails stands in its place`,
    hint: () => 'write the step that starts the workflow or waits for it',
  },
  FLOW_REQUIRED: {
    severity: 'info',
    text: (a) =>
      `another workflow requires this one: a session that has succeeded runs again only after its key is deleted from the ConfigMap ${a.cache}`,
  },
  FLOW_SLA: {
    severity: 'warning',
    text: (a) =>
      `the sla takes a pod for the whole run${a.alert ? "; Digdag's own alert has no channel here" : ''}${a.fail ? '; the workflow fails when the run has ended, not at the time' : ''}`,
    hint: () => 'put the command that tells people into the template sla',
  },
  FLOW_SLA_TASK: {
    severity: 'error',
    text: (a) => `${a.task} of the sla is no command that the pod of the sla could run`,
    hint: () => 'write it as a command in the template sla',
  },
  FLOW_ERROR_MESSAGE: {
    severity: 'info',
    text: (a) => `Argo does not hand the error message to ${a.task}; a fixed text takes its place`,
    hint: () => 'the failures of the run are in the notification that the exit handler sends',
  },
  STEP_OTHER_NAMESPACE: {
    severity: 'error',
    text: (a) => `${a.task} runs its pod in namespace ${a.namespace}, the workflow in ${a.own}`,
    hint: () => 'map both to one namespace under `namespaces`, or make the step a workflow of its own',
  },
  STEP_OTHER_CLUSTER: {
    severity: 'error',
    text: (a) => `${a.task} runs its pod on cluster ${a.cluster}, the controller of this environment on ${a.own}`,
    hint: () => 'name the cluster under `clusters`, or make the step a workflow of that cluster',
  },
  WORKER_IMAGE_UNKNOWN: {
    severity: 'error',
    text: (a) => `${a.task} runs a command on the Digdag worker, and no image holds its tools`,
    hint: () => 'name an image under `worker.image` in dig2argo.yaml',
  },
  SCHEDULE_SECONDS: {
    severity: 'warning',
    text: (a) => `${a.written} has seconds; Argo starts at the full minute before`,
  },
  SCHEDULE_UNSUPPORTED: {
    severity: 'error',
    text: (a) => `schedule ${a.written} has no equal in Argo: ${a.reason}`,
    hint: () => 'give the job a schedule that cron can say',
  },
  SCHEDULE_DAY_AND_WEEKDAY: {
    severity: 'info',
    text: (a) =>
      `${a.written} restricts day of month and weekday: Digdag wants both, cron either; a \`when\` keeps the weekday`,
  },
  SCHEDULE_LAST_DAY: {
    severity: 'info',
    text: (a) =>
      `${a.written} means the last day of the month, which Argo does not know: it fires from the 28th on, and a \`when\` keeps the last day`,
  },
  SCHEDULE_TWICE: {
    severity: 'warning',
    text: (a) =>
      `${a.time} comes twice on the day the clocks of ${a.zone} go back (${a.date}, for example): Argo starts twice, with one session, Digdag once`,
    hint: () =>
      'move the time out of that hour, or suspend the CronWorkflow between the two on that day; else make sure that a second run of one session does no harm',
  },
  SCHEDULE_DST: {
    severity: 'info',
    text: (a) =>
      `${a.zone} changes its clocks: Digdag counts hours from midnight, Argo reads the clock, so starts differ by an hour on those two days`,
  },
  SCHEDULE_BEYOND_MIDNIGHT: {
    severity: 'info',
    text: (a) => `${a.written} runs after the midnight that ends its session's day; the session stays the day before`,
  },
  SCHEDULE_OPTION_LOST: {
    severity: 'warning',
    text: (a) => `schedule option ${a.option} has no equal in Argo`,
    hint: () => 'stop or start the CronWorkflow by hand at that time',
  },
  SCHEDULE_COMMENTED_OUT: {
    severity: 'info',
    text: (a) => `schedule ${a.written} is commented out in ${a.environment}; the CronWorkflow is suspended there`,
  },
  SCHEDULE_MISSED_RUNS: {
    severity: 'info',
    text: (a) =>
      `Digdag starts every session missed during a stop; Argo starts at most the latest, and only within ${a.seconds} s`,
    hint: () => 'repeat missed sessions by hand with target_date, as the runbook shows',
  },
};
