import type { MessageTable } from '../diagnostic.ts';

export interface LauncherDiagnostics {
  LAUNCHER_CLOCK: { readonly command: string };
  LAUNCHER_CONDITIONAL: { readonly condition: string };
  LAUNCHER_COMMAND_LOST: { readonly command: string };
  LAUNCHER_CLUSTER_GUESSED: { readonly cluster: string };
  LAUNCHER_CLUSTER_UNKNOWN: { readonly environment: string };
  LAUNCHER_ENV_UNDESCRIBED: { readonly name: string };
  LAUNCHER_FAILURE_IGNORED: Record<never, never>;
  LAUNCHER_FAILURE_SEEN_LATE: { readonly seconds: number | undefined };
  LAUNCHER_FLAG_UNKNOWN: { readonly flag: string; readonly program: string };
  LAUNCHER_MACRO_LEFT: { readonly macro: string; readonly where: string };
  LAUNCHER_MACRO_UNDEFINED: { readonly macro: string; readonly where: string };
  LAUNCHER_MACRO_BREAKS: { readonly macro: string; readonly character: string };
  LAUNCHER_MANIFEST_EMPTY: { readonly manifest: string };
  LAUNCHER_MANIFEST_INVALID: { readonly manifest: string; readonly problem: string };
  LAUNCHER_MANIFEST_MISSING: { readonly manifest: string; readonly named: string };
  LAUNCHER_MANIFEST_PER_ITEM: { readonly named: string };
  LAUNCHER_MANIFEST_UNKNOWN: { readonly named: string };
  LAUNCHER_NAMESPACE_CONFLICT: { readonly flag: string; readonly manifest: string };
  LAUNCHER_NOT_A_JOB: { readonly object: string };
  LAUNCHER_NOT_UNDERSTOOD: { readonly what: string };
  LAUNCHER_OBJECT_BESIDE: { readonly object: string };
  LAUNCHER_ORDER_STRICTER: Record<never, never>;
  LAUNCHER_FILE_NOT_SHIPPED: { readonly file: string };
  LAUNCHER_SCRIPT_INLINED: { readonly script: string };
  LAUNCHER_SCRIPT_MISSING: { readonly script: string };
  LAUNCHER_STARTS_NOTHING: Record<never, never>;
  LAUNCHER_STAYS_COMMAND: { readonly objects: readonly string[] };
  LAUNCHER_UNSUPPORTED: { readonly what: string; readonly remedy: string };
  NOTIFY_KEPT: { readonly title: string; readonly via: string };
  NOTIFY_NOT_UNDERSTOOD: { readonly problem: string };
  WORKER_ENV_UNKNOWN: { readonly name: string };
  WORKER_SECRET_UNUSED: { readonly name: string; readonly secret: string; readonly key: string };
  WORKER_SECRET: { readonly name: string; readonly secret: string; readonly key: string };
}

export const launcherMessages: MessageTable<LauncherDiagnostics> = {
  LAUNCHER_CLOCK: {
    severity: 'warning',
    text: (a) => `the launcher asks the worker's clock: ${a.command}`,
    hint: () =>
      'pass the date as an argument of the step, such as ${session_date}, and take it from there in the script',
  },
  LAUNCHER_CONDITIONAL: {
    severity: 'error',
    text: (a) => `whether the Job is started depends on ${a.condition}, which is known only at run time`,
    hint: () => 'move the decision to an `if>` in the workflow',
  },
  LAUNCHER_COMMAND_LOST: {
    severity: 'warning',
    text: (a) => `the launcher also runs \`${a.command}\`; the workflow does not`,
    hint: () => 'move it to a step of its own if it is still needed',
  },
  LAUNCHER_CLUSTER_GUESSED: {
    severity: 'info',
    text: (a) =>
      `the launcher does not say which cluster it starts the Job in; taken as ${a.cluster} from the configuration`,
  },
  LAUNCHER_CLUSTER_UNKNOWN: {
    severity: 'warning',
    text: (a) =>
      `which cluster the Job runs in is known neither from the launcher nor from the configuration for ${a.environment}`,
    hint: (a) => `add \`clusters: {${a.environment}: <name>}\` to dig2argo.yaml`,
  },
  LAUNCHER_ENV_UNDESCRIBED: {
    severity: 'info',
    text: (a) => `the launcher reads ${a.name}, which nothing in the tree sets; the workflow does not need it`,
    hint: (a) => `add \`${a.name}: {unneeded: <why>}\` under worker.env in dig2argo.yaml to confirm`,
  },
  LAUNCHER_FAILURE_IGNORED: {
    severity: 'warning',
    text: () => 'the launcher succeeds when the Job fails; in Argo a failed pod fails its step',
    hint: () => 'decide whether a failure may be ignored; if so, let the step continue on failure',
  },
  LAUNCHER_FAILURE_SEEN_LATE: {
    severity: 'info',
    text: (a) =>
      a.seconds === undefined
        ? 'the launcher waits for completion alone and never notices that the Job failed; Argo notices at once'
        : `the launcher waits for completion alone: it notices a failed Job only after ${a.seconds} s and leaves it behind; Argo notices at once`,
  },
  LAUNCHER_FLAG_UNKNOWN: {
    severity: 'error',
    text: (a) => `${a.program} is given ${a.flag}, which the rule does not know`,
    hint: (a) => `add ${a.flag.replace(/^-+/, '')} to the rule's flags`,
  },
  LAUNCHER_MACRO_LEFT: {
    severity: 'warning',
    text: (a) => `${a.macro} is replaced by nobody and reaches the container as it is (${a.where})`,
    hint: () => 'give it a value in the launcher, or take it out of the manifest',
  },
  LAUNCHER_MACRO_UNDEFINED: {
    severity: 'warning',
    text: (a) => `nothing sets ${a.macro}: envsubst replaces it by an empty text (${a.where})`,
    hint: (a) => `export ${a.macro} in the workflow, describe it under worker.env, or take it out of the manifest`,
  },
  LAUNCHER_MACRO_BREAKS: {
    severity: 'error',
    text: (a) => `the value of ${a.macro} holds ${JSON.stringify(a.character)}, which ends or changes the sed command`,
    hint: () => 'use another delimiter in the sed command',
  },
  LAUNCHER_MANIFEST_EMPTY: {
    severity: 'error',
    text: (a) => `${a.manifest} holds no Job`,
  },
  LAUNCHER_MANIFEST_INVALID: {
    severity: 'error',
    text: (a) => `${a.manifest} is no valid YAML: ${a.problem}`,
  },
  LAUNCHER_MANIFEST_MISSING: {
    severity: 'error',
    text: (a) =>
      a.manifest === a.named
        ? `the manifest ${a.manifest} is missing`
        : `the manifest ${a.manifest} is missing; the launcher names it ${a.named}`,
    hint: () => 'restore the file, or correct `manifests` in dig2argo.yaml',
  },
  LAUNCHER_MANIFEST_PER_ITEM: {
    severity: 'error',
    text: (a) => `which manifest is started differs per loop item: ${a.named}`,
    hint: () => 'make the list of the loop a constant of the workflow',
  },
  LAUNCHER_MANIFEST_UNKNOWN: {
    severity: 'error',
    text: (a) => `nothing says what makes the manifest ${a.named}`,
    hint: () =>
      'add an entry under `manifests` in dig2argo.yaml: `from` with {env} and {job}, and `template` with `variables`, or `rendered`',
  },
  LAUNCHER_NAMESPACE_CONFLICT: {
    severity: 'error',
    text: (a) => `the launcher applies to namespace ${a.flag}, the manifest says ${a.manifest}; kubectl refuses that`,
  },
  LAUNCHER_NOT_A_JOB: {
    severity: 'warning',
    text: (a) => `the launcher starts ${a.object}, which is no Job; it is not converted`,
  },
  LAUNCHER_NOT_UNDERSTOOD: {
    severity: 'error',
    text: (a) => `the launcher cannot be read: ${a.what}`,
    hint: () => 'simplify the script, or write a launcher rule that says what it starts',
  },
  LAUNCHER_OBJECT_BESIDE: {
    severity: 'warning',
    text: (a) => `the launcher applies ${a.object} beside the Job; the workflow does not`,
    hint: () => 'apply it with the platform if the Job needs it',
  },
  LAUNCHER_ORDER_STRICTER: {
    severity: 'warning',
    text: () =>
      'the launcher starts this without waiting for all that it started before, as far as its text tells; the workflow waits for all of it',
    hint: () => 'move what may run side by side to tasks of its own under a group with `_parallel: true`',
  },
  LAUNCHER_FILE_NOT_SHIPPED: {
    severity: 'warning',
    text: (a) => `the command reads ${a.file} of the project; the workflow does not bring it`,
    hint: () => 'put the file into the image of the worker, or into a ConfigMap that the step mounts',
  },
  LAUNCHER_SCRIPT_INLINED: {
    severity: 'info',
    text: (a) => `the text of ${a.script} becomes part of the workflow`,
  },
  LAUNCHER_SCRIPT_MISSING: {
    severity: 'error',
    text: (a) => `the script ${a.script} is missing`,
    hint: () => "restore it, or name the worker's copy under worker.files in dig2argo.yaml",
  },
  LAUNCHER_STARTS_NOTHING: {
    severity: 'error',
    text: () => 'with the arguments of this step the launcher starts no Job',
    hint: () => 'check the arguments, or write a launcher rule that says what it starts',
  },
  LAUNCHER_STAYS_COMMAND: {
    severity: 'warning',
    text: (a) => `the step gives ${a.objects.join(', ')} to kubectl and starts no Job; it stays a command`,
    hint: () =>
      "kubectl, the manifest and the right to apply it must be there for the worker's image and its service account; or apply it with the platform and drop the step",
  },
  LAUNCHER_UNSUPPORTED: {
    severity: 'error',
    text: (a) => `${a.what}: not converted yet`,
    hint: (a) => a.remedy,
  },
  NOTIFY_KEPT: {
    severity: 'info',
    text: (a) => `a message, kept as it is: ${a.title}`,
    hint: (a) =>
      a.via === 'mail'
        ? 'the image of the worker needs the mail program and the way to its mail server'
        : 'the image of the worker needs the program that sends it, and its network the way out',
  },
  NOTIFY_NOT_UNDERSTOOD: {
    severity: 'warning',
    text: (a) => `the message cannot be read: ${a.problem}; the step stays a plain command`,
  },
  WORKER_SECRET: {
    severity: 'warning',
    text: (a) =>
      `${a.name} was the secret ${a.key} of the Digdag server; the step reads it from the Secret ${a.secret}`,
    hint: (a) => `make the Secret ${a.secret} with the key ${a.key}`,
  },
  WORKER_SECRET_UNUSED: {
    severity: 'info',
    text: (a) => `${a.name} of the worker (Secret ${a.secret}, key ${a.key}) is read by no converted job`,
    hint: () => 'withdraw it when the last job has left Digdag',
  },
  WORKER_ENV_UNKNOWN: {
    severity: 'error',
    text: (a) => `${a.name} is read from the environment, but nothing in the tree or the configuration sets it`,
    hint: (a) => `add ${a.name} under worker.env in dig2argo.yaml: {literal: …}, {secret: …, key: …} or {unneeded: …}`,
  },
};
