import type { MessageTable } from '../diagnostic.ts';

export interface PodDiagnostics {
  readonly POD_NOT_A_JOB: { readonly task: string; readonly kind: string };
  readonly POD_NO_CONTAINER: { readonly task: string };
  readonly POD_FIELD_UNKNOWN: { readonly path: string };
  readonly POD_FIELD_SHAPE: { readonly path: string; readonly want: string };
  readonly POD_FIELD_LOST: { readonly path: string; readonly loss: string };
  readonly POD_FIELD_UNUSED: { readonly path: string; readonly why: string };
  readonly POD_FIELD_RUNTIME: { readonly path: string };
  readonly POD_FOREIGN_TAG: { readonly path: string; readonly tag: string };
  readonly POD_NO_COMMAND: { readonly container: string; readonly image: string };
  readonly POD_RESTART_POLICY: { readonly written: string };
  readonly POD_RESTART_IN_PLACE: { readonly attempts: number; readonly volumes: readonly string[] };
  readonly POD_BACKOFF_LIMIT_DEFAULT: { readonly task: string; readonly attempts: number };
  readonly POD_ATTEMPTS_MULTIPLY: {
    readonly backoffLimit: number;
    readonly retry: number;
    readonly limit: number;
    readonly merged: boolean;
  };
  readonly POD_BACKOFF_DIFFERS: { readonly legacy: string; readonly argo: string };
  readonly POD_DEADLINE_PER_ATTEMPT: { readonly seconds: number; readonly attempts: number };
  readonly POD_WAIT_ONLY_LIMIT: { readonly task: string; readonly seconds: number };
  readonly POD_WAIT_BLIND: { readonly task: string; readonly seconds: number | undefined; readonly retries: boolean };
  readonly POD_PARALLEL_JOB: { readonly field: string; readonly value: string };
  readonly POD_INDEXES_DIFFER: { readonly field: string; readonly how: string };
  readonly POD_SUSPENDED: { readonly task: string };
  readonly POD_TTL_REPLACED: { readonly seconds: string };
  readonly POD_FAILURE_POLICY: { readonly part: string };
  readonly POD_JOB_LABELS: { readonly what: 'labels' | 'annotations'; readonly names: readonly string[] };
  readonly POD_GENERATED_LABELS: { readonly names: readonly string[] };
  readonly POD_ENV_DUPLICATE: { readonly container: string; readonly name: string };
  readonly POD_NAME_RESERVED: { readonly what: string; readonly name: string; readonly becomes: string };
  readonly POD_SECOND_CONTAINER: { readonly container: string; readonly main: string };
  readonly POD_AUTOMOUNT: { readonly account: string };
  readonly POD_SECRET_LITERAL: {
    readonly container: string;
    readonly name: string;
    readonly secret: string;
    readonly key: string;
  };
  readonly POD_SECRET_IN_COMMAND: { readonly container: string; readonly place: string };
  readonly POD_SECRET_OBJECT: { readonly name: string; readonly keys: readonly string[] };
  readonly POD_CONFIG_SECRET: { readonly name: string; readonly key: string };
  readonly POD_OBJECT_RUNTIME: { readonly name: string; readonly key: string };
  readonly POD_OBJECT_UNNAMED: { readonly kind: string };
  readonly POD_OBJECT_CONFLICT: { readonly object: string; readonly jobs: readonly string[] };
  readonly JOB_NEVER_COMPLETES: { readonly container: string; readonly deadline: string };
  readonly SIDECAR_EXIT_CODE: { readonly container: string; readonly code: number };
  readonly SIDECAR_STOP_KEPT: { readonly container: string; readonly reason: string };
  readonly CLOCK_REPLACED: { readonly written: string; readonly zone: string; readonly session: string };
  readonly CLOCK_ZONE_UNKNOWN: { readonly written: string; readonly zone: string };
  readonly CLOCK_KEPT: { readonly written: string; readonly reason: string };
  readonly CLOCK_OF_BUILD: { readonly written: string; readonly zone: string; readonly session: string };
  readonly CLOCK_OF_BUILD_KEPT: { readonly written: string; readonly reason: string };
  readonly CLOCK_IN_IMAGE: { readonly image: string; readonly flag: string | undefined };
  readonly POLICY_UNKNOWN: { readonly name: string; readonly known: readonly string[] };
  readonly POLICY_VALUE: { readonly name: string; readonly value: string; readonly values: string };
}

const times = (count: number): string => (count === 1 ? 'once' : `${count} times`);

export const podMessages: MessageTable<PodDiagnostics> = {
  POD_NOT_A_JOB: {
    severity: 'error',
    text: ({ task, kind }) => `${task} starts a ${kind}, not a Job`,
    hint: () => 'Create the object outside the workflow, or convert the step by hand.',
  },
  POD_NO_CONTAINER: {
    severity: 'error',
    text: ({ task }) => `the Job of ${task} has no container`,
    hint: () => 'Give spec.template.spec.containers at least one container.',
  },
  POD_FIELD_UNKNOWN: {
    severity: 'warning',
    text: ({ path }) => `${path} is no field of Kubernetes; it had no effect and is not carried over`,
    hint: () => 'Check the spelling and the level of indentation; move it to its place if it should have an effect.',
  },
  POD_FIELD_SHAPE: {
    severity: 'error',
    text: ({ path, want }) => `${path} must be ${want}`,
    hint: () => 'Correct the manifest; Kubernetes refuses it as it stands.',
  },
  POD_FIELD_LOST: {
    severity: 'warning',
    text: ({ path, loss }) => `${path} has no place in Argo Workflows: ${loss}`,
    hint: ({ path }) => `Check that the job does not depend on ${path}.`,
  },
  POD_FIELD_UNUSED: { severity: 'info', text: ({ path, why }) => `${path} is left out: ${why}` },
  POD_FIELD_RUNTIME: {
    severity: 'error',
    text: ({ path }) => `${path} is known only at run time, and Argo takes no reference there`,
    hint: () => 'Write a fixed value, or convert the field by hand.',
  },
  POD_FOREIGN_TAG: {
    severity: 'error',
    text: ({ path, tag }) => `${path} holds ${tag}, which Argo would read as a tag of its own`,
    hint: () => 'Move the text into a ConfigMap that the pod mounts or reads into its environment.',
  },
  POD_NO_COMMAND: {
    severity: 'warning',
    text: ({ container, image }) =>
      `container ${container} has no command: at each start Argo's controller must ask the registry for the entry point of ${image}`,
    hint: ({ image }) =>
      `Add a rule of kind image with the entry point of ${image}, or write the command into the manifest.`,
  },
  POD_RESTART_POLICY: {
    severity: 'error',
    text: ({ written }) => `restartPolicy ${written} is refused for a Job`,
    hint: () => 'Write Never or OnFailure.',
  },
  POD_RESTART_IN_PLACE: {
    severity: 'warning',
    text: ({ attempts, volumes }) =>
      `restartPolicy OnFailure restarted the container in its pod, up to ${times(attempts)}; Argo starts a new pod each time${volumes.length > 0 ? `, and what the former one left in ${volumes.join(', ')} is gone` : ''}`,
    hint: () => 'Check that the program can begin anew without files of its former attempt.',
  },
  POD_BACKOFF_LIMIT_DEFAULT: {
    severity: 'info',
    text: ({ task, attempts }) =>
      `the Job of ${task} sets no backoffLimit, so that Kubernetes retries it: up to ${attempts} attempts, kept here`,
    hint: () => 'Set backoffLimit: 0 in the manifest if one attempt was meant.',
  },
  POD_ATTEMPTS_MULTIPLY: {
    severity: 'warning',
    text: ({ backoffLimit, retry, limit, merged }) =>
      `backoffLimit ${backoffLimit} inside each of ${retry + 1} starts (_retry: ${retry}) makes up to ${limit + 1} attempts; they become ${merged ? `one retryStrategy with limit ${limit}` : 'a retryStrategy of the pod inside one of its steps'}`,
    hint: () => 'Lower one of the two if that many attempts were never meant.',
  },
  POD_BACKOFF_DIFFERS: {
    severity: 'info',
    text: ({ legacy, argo }) => `the pauses between attempts were ${legacy}; in Argo they are ${argo}`,
  },
  POD_DEADLINE_PER_ATTEMPT: {
    severity: 'warning',
    text: ({ seconds, attempts }) =>
      `activeDeadlineSeconds ${seconds} bounded all ${attempts} attempts of the Job together; in Argo each attempt may take that long`,
    hint: () => 'Lower the deadline or the number of attempts if the whole step must end in time.',
  },
  POD_WAIT_ONLY_LIMIT: {
    severity: 'info',
    text: ({ task, seconds }) => `the only limit of ${task} was its launcher's wait of ${seconds} s; the pod has none`,
    hint: () => 'Set activeDeadlineSeconds in the manifest, or the policy wait_timeout to pod-deadline.',
  },
  POD_WAIT_BLIND: {
    severity: 'info',
    text: ({ task, seconds, retries }) =>
      `the launcher of ${task} noticed a failed Job only after ${seconds === undefined ? 'its wait' : `${seconds} s`} and left it behind${retries ? '; _retry then started a second one beside it' : ''}; Argo sees the failure at once`,
  },
  POD_PARALLEL_JOB: {
    severity: 'error',
    text: ({ field, value }) =>
      `${field}: ${value} does not say how many pods the Job starts; it is converted as one pod`,
    hint: () => 'Write the number into the manifest.',
  },
  POD_INDEXES_DIFFER: {
    severity: 'warning',
    text: ({ field, how }) => `${field}: in Argo ${how}`,
    hint: () => 'Check whether the job relies on it when a pod fails.',
  },
  POD_SUSPENDED: {
    severity: 'warning',
    text: ({ task }) =>
      `the Job of ${task} is created suspended; so is the workflow before it, until someone runs argo resume`,
    hint: () => 'Remove suspend if nobody has to release the job.',
  },
  POD_TTL_REPLACED: {
    severity: 'info',
    text: ({ seconds }) =>
      `ttlSecondsAfterFinished ${seconds} removed the Job; the workflow's pods and history are removed by policy`,
  },
  POD_FAILURE_POLICY: {
    severity: 'warning',
    text: ({ part }) => `podFailurePolicy: ${part}`,
    hint: () => 'Check which failures should end the step at once.',
  },
  POD_JOB_LABELS: {
    severity: 'info',
    text: ({ what, names }) => `${what} of the Job object that its pods do not have are left out: ${names.join(', ')}`,
    hint: ({ what }) => `Put ${what} that dashboards or selectors use into the pod template.`,
  },
  POD_GENERATED_LABELS: {
    severity: 'info',
    text: ({ names }) => `${names.join(', ')}: made by the Job controller, gone with it`,
    hint: () => "Select by the pod's own labels or by workflows.argoproj.io/workflow.",
  },
  POD_ENV_DUPLICATE: {
    severity: 'info',
    text: ({ container, name }) => `container ${container} sets ${name} twice; the last one holds and is kept`,
  },
  POD_NAME_RESERVED: {
    severity: 'info',
    text: ({ what, name, becomes }) => `${what} ${name} would collide with one of Argo's own and is called ${becomes}`,
  },
  POD_SECOND_CONTAINER: {
    severity: 'warning',
    text: ({ container, main }) =>
      `the step ends when both ${main} and ${container} have ended, as the Job did; if ${container} never ends by itself, neither will the step`,
    hint: ({ container }) =>
      `Name the image of ${container} in a rule of kind sidecar if it only serves the main container; Argo then stops it.`,
  },
  POD_AUTOMOUNT: {
    severity: 'warning',
    text: ({ account }) =>
      `automountServiceAccountToken: false needs the Secret ${account}.service-account-token for Argo's executor`,
    hint: () => 'Create the token Secret, or let the pod mount its token.',
  },
  POD_SECRET_LITERAL: {
    severity: 'warning',
    text: ({ container, name, secret, key }) =>
      `container ${container} set ${name} in plain text, which looks like a secret; it now reads the key ${key} of the Secret ${secret}, and the value is not copied`,
    hint: ({ secret, key }) =>
      `Put the value into the secret store for ${secret}, key ${key}; change it, since it was readable in the legacy tree.`,
  },
  POD_SECRET_IN_COMMAND: {
    severity: 'error',
    text: ({ container, place }) =>
      `${place} of container ${container} holds what looks like a secret in plain text, where no reference to a Secret can take its place; the step is not converted`,
    hint: () =>
      'Let the program read the value from its environment, set it there from a Secret, and change the value: it was readable in the legacy tree.',
  },
  POD_SECRET_OBJECT: {
    severity: 'warning',
    text: ({ name, keys }) =>
      `the launcher applied the Secret ${name} with its values; only the names are kept: ${keys.join(', ')}`,
    hint: ({ name }) =>
      `Put the values into the secret store for the ExternalSecret ${name}; change them, since they were readable in the legacy tree.`,
  },
  POD_CONFIG_SECRET: {
    severity: 'error',
    text: ({ name, key }) => `${key} in the ConfigMap ${name} looks like a secret in plain text and is left out`,
    hint: () => 'Move it into a Secret and let the pod read it from there.',
  },
  POD_OBJECT_RUNTIME: {
    severity: 'error',
    text: ({ name, key }) =>
      `${key} in the ConfigMap ${name} is known only at run time; the ConfigMap is the same in every run and cannot hold it`,
    hint: () => 'Pass the value to the container as an argument or variable.',
  },
  POD_OBJECT_UNNAMED: {
    severity: 'error',
    text: ({ kind }) => `${kind} beside the Job has no fixed name and is left out`,
    hint: () => 'Give it a name, and refer to it by that name.',
  },
  POD_OBJECT_CONFLICT: {
    severity: 'error',
    text: ({ object, jobs }) =>
      `${object} is applied with different contents by ${jobs.join(' and ')}; one would overwrite the other`,
    hint: () => 'Give each content a name of its own.',
  },
  JOB_NEVER_COMPLETES: {
    severity: 'error',
    text: ({ container, deadline }) =>
      `nothing stops ${container}, so that the Job never completed: it always ended ${deadline}`,
    hint: () => 'Argo stops sidecars itself. Confirm that the job is meant to succeed from now on.',
  },
  SIDECAR_EXIT_CODE: {
    severity: 'warning',
    text: ({ container, code }) =>
      `${container} answers SIGTERM with exit code ${code}; Argo ends sidecars by SIGTERM, and the step would fail`,
    hint: () => 'End its trap with exit 0; 137 and 143 are taken for success too.',
  },
  SIDECAR_STOP_KEPT: {
    severity: 'warning',
    text: ({ container, reason }) => `the way the pod stops ${container} is kept: ${reason}`,
    hint: () => 'Argo stops sidecars when the main container ends; remove the legacy way by hand where possible.',
  },
  CLOCK_REPLACED: {
    severity: 'info',
    text: ({ written, zone, session }) =>
      `${written} asked the clock of the pod (${zone}); it becomes ${session}, so that a past session can be run again`,
  },
  CLOCK_ZONE_UNKNOWN: {
    severity: 'warning',
    text: ({ written, zone }) =>
      `the launcher runs ${written} on the Digdag worker, and nothing says in which time zone its clock is: UTC is taken, where the workflow is in ${zone}`,
    hint: ({ zone }) => `Add TZ under worker.env in dig2argo.yaml: {literal: UTC}, or {literal: ${zone}}.`,
  },
  CLOCK_KEPT: {
    severity: 'warning',
    text: ({ written, reason }) => `${written} asks the clock of the pod and is kept: ${reason}`,
    hint: () => 'Pass the date as an argument; until then the job cannot be run for a past session.',
  },
  CLOCK_OF_BUILD: {
    severity: 'warning',
    text: ({ written, zone, session }) =>
      `the template prints the date of its rendering (as ${written} does, in ${zone}), which stayed the same until the next rendering; it becomes ${session}`,
    hint: () =>
      'Confirm that the date of the session is meant. Where that of the build is, make it a variable of the template.',
  },
  CLOCK_OF_BUILD_KEPT: {
    severity: 'error',
    text: ({ written, reason }) =>
      `the template prints the date of its rendering (as ${written} does), and nothing in a session says the same: ${reason}`,
    hint: () => 'Make the value a variable of the template, or let the program ask for it.',
  },
  CLOCK_IN_IMAGE: {
    severity: 'warning',
    text: ({ image }) => `the program of ${image} asks the clock itself`,
    hint: ({ flag }) =>
      flag === undefined ? 'Let the program take its date as an argument.' : `Add ${flag} to its arguments.`,
  },
  POLICY_UNKNOWN: {
    severity: 'error',
    text: ({ name }) => `there is no policy ${name}`,
    hint: ({ known }) => `Use one of: ${known.join(', ')}.`,
  },
  POLICY_VALUE: {
    severity: 'error',
    text: ({ name, value }) => `policy ${name} cannot be ${value}`,
    hint: ({ values }) => `Use ${values}.`,
  },
};
