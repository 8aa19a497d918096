/** What becomes of a field of a Job. */
export type PlaceKind =
  /** The field of the same name in the template (T). */
  | 'same'
  /** Unchanged, but elsewhere: in the template's metadata or in the workflow's spec (W). */
  | 'moved'
  /** Only through the template's podSpecPatch. */
  | 'patch'
  /** Written in another form. */
  | 'transform'
  /** Argo has no place for it; `note` says what the operator loses, `report` under which code. */
  | 'none';

/** How a manifest that uses a field without a place is told so. */
export type LossReport =
  | 'POD_FIELD_LOST'
  | 'POD_FIELD_UNUSED'
  | 'POD_FAILURE_POLICY'
  | 'POD_TTL_REPLACED'
  | 'POD_INDEXES_DIFFER';

export interface FieldPlace {
  /** Path from the Job's root; the place holds for all fields below, unless they have a place of their own. */
  readonly path: string;
  readonly kind: PlaceKind;
  readonly argo?: string;
  readonly note?: string;
  /** Of kind none alone. */
  readonly report?: LossReport;
  /** True where a step of the conversion of its own writes or reports the field; else it goes as the kind says. */
  readonly own?: true;
  /** False where the place was read in Argo's source but never seen on a running controller. */
  readonly seen: boolean;
}

const POD = 'spec.template.spec.';

type More = Omit<FieldPlace, 'path' | 'kind' | 'seen'> & { readonly seen?: false };

function place(path: string, kind: PlaceKind, more: More = {}): FieldPlace {
  const { seen = true, ...rest } = more;
  return { path, kind, ...rest, seen };
}

/** Places of several fields that share all but the name, which may stand as `*` in `argo`. */
function each(prefix: string, names: string, kind: PlaceKind, more: More = {}): readonly FieldPlace[] {
  return names.split(' ').map((name) => {
    const { argo, ...rest } = more;
    return place(`${prefix}${name}`, kind, {
      ...(argo === undefined ? {} : { argo: argo.replace('*', name) }),
      ...rest,
    });
  });
}

function lost(path: string, note: string, more: More = {}): FieldPlace {
  return place(path, 'none', { note, report: 'POD_FIELD_LOST', ...more });
}

const newer =
  'newer than Argo 4.0.7 (k8s.io/api v0.33.1): its API refuses the field, and podSpecPatch drops it without a word';

/** Where a field of the schema goes that Argo's copy of the Kubernetes types lacks, unless it has a place of its own. */
export const unknownToArgo: FieldPlace = lost('', newer, { seen: false });

const serverMetadata =
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers[] generateName generation managedFields[] name namespace ownerReferences[] resourceVersion selfLink uid';
const containerFields =
  'args[] command[] envFrom[] env[] image imagePullPolicy lifecycle livenessProbe ports[] readinessProbe resizePolicy[] resources restartPolicy securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices[] volumeMounts[] workingDir';

function containerPlaces(list: 'containers[]' | 'initContainers[]', target: string): readonly FieldPlace[] {
  const prefix = `${POD}${list}.`;
  return [
    ...each(prefix, containerFields, 'same', { argo: `${target}.*` }),
    lost(`${prefix}env[].valueFrom.fileKeyRef`, newer),
    lost(`${prefix}restartPolicyRules[]`, newer),
    place(`${prefix}readinessProbe.terminationGracePeriodSeconds`, 'same', {
      argo: `${target}.readinessProbe`,
      note: 'the API allows it for liveness and startup probes only',
      seen: false,
    }),
  ];
}

function mainName(path: string, argo: string): FieldPlace {
  return place(path, 'transform', { argo, note: 'the name of the main container becomes main' });
}

/** Where each field of a Job goes in Argo Workflows (4.0.7, run on a real controller with kube-apiserver 1.35). */
export const fieldPlaces: readonly FieldPlace[] = [
  ...each('', 'apiVersion kind', 'transform', { argo: 'CronWorkflow, WorkflowTemplate', seen: false }),
  place('status', 'none', { note: 'written by the API server', report: 'POD_FIELD_UNUSED', seen: false }),
  place('metadata', 'transform', { argo: 'metadata of the workflow', seen: false }),
  place('metadata.name', 'transform', {
    argo: 'templates[].name',
    note: 'names the Job object, not a field of the pod',
    seen: false,
  }),
  place('metadata.generateName', 'transform', {
    argo: 'templates[].name',
    note: 'each Workflow gets a name of its own',
    seen: false,
  }),
  place('metadata.namespace', 'transform', {
    argo: 'namespace of the kustomization',
    note: 'the workflow runs where its pods run',
    seen: false,
  }),
  ...each('metadata.', 'labels annotations', 'moved', {
    argo: 'T.metadata.*',
    note: 'of the Job object; where the pod template has the same, else reported (POD_JOB_LABELS)',
    seen: false,
  }),
  ...each(
    'metadata.',
    'creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers[] generation managedFields[] ownerReferences[] resourceVersion selfLink uid',
    'none',
    { note: 'of the Job object, which is gone', report: 'POD_FIELD_UNUSED', seen: false },
  ),
  place('spec', 'transform', { argo: 'templates[]' }),
  place('spec.activeDeadlineSeconds', 'transform', {
    argo: 'T.activeDeadlineSeconds, T.retryStrategy.expression',
    note: 'over all attempts: what is left of it since the step t0 ended; a plain number where one attempt is all',
  }),
  place('spec.backoffLimit', 'transform', {
    argo: 'T.retryStrategy',
    note: 'n makes n + 1 pods; 6 where it is absent',
  }),
  place('spec.backoffLimitPerIndex', 'transform', {
    argo: 'T.retryStrategy of the template that withSequence calls',
  }),
  place('spec.completionMode', 'transform', {
    argo: 'withSequence and the environment variable JOB_COMPLETION_INDEX',
  }),
  place('spec.completions', 'transform', { argo: 'steps[].withSequence.count' }),
  place('spec.parallelism', 'transform', { argo: 'parallelism of the template that holds the withSequence' }),
  place('spec.podFailurePolicy', 'transform', { argo: 'T.retryStrategy.expression' }),
  place('spec.podFailurePolicy.rules[].onExitCodes.containerName', 'none', {
    note: "the exit code that Argo's expression sees is always that of main",
    report: 'POD_FAILURE_POLICY',
    own: true,
  }),
  place('spec.podFailurePolicy.rules[].onPodConditions[]', 'none', {
    note: 'every failed attempt counts; a disruption cannot be left out',
    report: 'POD_FAILURE_POLICY',
    own: true,
  }),
  place('spec.suspend', 'moved', {
    argo: 'a step of a suspend template',
    note: 'no pod starts until someone resumes the workflow',
  }),
  place('spec.ttlSecondsAfterFinished', 'none', {
    note: 'the policies for history and pods decide; W.ttlStrategy would delete the whole Workflow',
    report: 'POD_TTL_REPLACED',
  }),
  lost('spec.managedBy', 'another controller ran the Job', { seen: false }),
  lost('spec.manualSelector', 'Argo selects its pods itself', { seen: false }),
  lost('spec.selector', 'Argo selects its pods itself', { seen: false }),
  lost('spec.scheduling', 'the pods of the Job are not scheduled as one group', { seen: false }),
  place('spec.maxFailedIndexes', 'none', {
    note: 'the number of failed indexes is not limited: all others run to their end',
    report: 'POD_INDEXES_DIFFER',
    seen: false,
  }),
  place('spec.successPolicy', 'none', {
    note: 'all indexes must succeed',
    report: 'POD_INDEXES_DIFFER',
    seen: false,
  }),
  place('spec.podReplacementPolicy', 'none', {
    note: 'the next attempt always starts only after the former has ended',
    report: 'POD_FIELD_UNUSED',
    seen: false,
  }),
  place('spec.template', 'transform', { argo: 'templates[]' }),
  place('spec.template.metadata', 'moved', { argo: 'T.metadata' }),
  ...each('spec.template.metadata.', 'labels annotations', 'moved', { argo: 'T.metadata.*' }),
  ...each('spec.template.metadata.', serverMetadata, 'none', {
    note: 'set by the controller or the API server',
    report: 'POD_FIELD_UNUSED',
    seen: false,
  }),
  place('spec.template.spec', 'transform', { argo: 'T, W and T.podSpecPatch' }),
  ...each(
    POD,
    'affinity hostAliases[] nodeSelector priorityClassName schedulerName securityContext tolerations[]',
    'same',
    { argo: 'T.*' },
  ),
  place(`${POD}activeDeadlineSeconds`, 'same', {
    argo: 'T.activeDeadlineSeconds',
    note: 'the shorter of it and the deadline of the Job',
    own: true,
  }),
  place(`${POD}serviceAccountName`, 'same', { argo: 'T.serviceAccountName', own: true }),
  place(`${POD}serviceAccount`, 'moved', { argo: 'T.serviceAccountName', note: 'deprecated alias', own: true }),
  place(`${POD}automountServiceAccountToken`, 'same', {
    argo: 'T.automountServiceAccountToken and T.executor',
    note: 'false needs a token Secret for the executor; true goes through podSpecPatch',
    own: true,
  }),
  place(`${POD}volumes[]`, 'same', { argo: 'T.volumes[]', own: true }),
  ...each(POD, 'dnsConfig dnsPolicy hostNetwork imagePullSecrets[]', 'moved', {
    argo: 'W.*',
    note: 'for the whole workflow where all its pods agree, else T.podSpecPatch',
  }),
  ...each(
    POD,
    'enableServiceLinks hostIPC hostPID hostUsers hostname nodeName os readinessGates[] resourceClaims[] resources runtimeClassName schedulingGates[] setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds topologySpreadConstraints[]',
    'patch',
    { argo: 'T.podSpecPatch' },
  ),
  place(`${POD}resources.claims[]`, 'patch', {
    argo: 'T.podSpecPatch',
    note: 'the API refuses claims of whole pods',
    seen: false,
  }),
  ...each(POD, 'overhead preemptionPolicy', 'none', {
    note: 'admission decides it by the class that the pod names',
    report: 'POD_FIELD_UNUSED',
  }),
  place(`${POD}restartPolicy`, 'transform', {
    argo: 'T.retryStrategy',
    note: 'Argo pods are never restarted in place',
    own: true,
  }),
  lost(`${POD}priority`, 'admission takes the number of the priority class only'),
  lost(`${POD}hostnameOverride`, newer),
  lost(`${POD}ephemeralContainers[]`, 'the Job API refuses it'),
  place(`${POD}containers[]`, 'transform', {
    argo: 'T.container, T.sidecars[], T.containerSet.containers[]',
    note: 'the pod order becomes wait, main, sidecars',
  }),
  place(`${POD}containers[].name`, 'transform', {
    argo: 'T.container is main; T.sidecars[].name',
    note: 'main, wait, init and supervisor are refused as names of sidecars',
  }),
  ...containerPlaces('containers[]', 'T.container / T.sidecars[]'),
  mainName(
    `${POD}containers[].env[].valueFrom.resourceFieldRef.containerName`,
    'T.container.env[].valueFrom.resourceFieldRef.containerName',
  ),
  place(`${POD}containers[].volumeMounts[].mountPropagation`, 'same', {
    argo: 'T.container / T.sidecars[].volumeMounts[]',
    note: 'Bidirectional on main only through podSpecPatch: the copy of the mount in the wait container would be refused',
  }),
  place(`${POD}containers[].volumeMounts[].recursiveReadOnly`, 'patch', {
    argo: 'T.podSpecPatch of main',
    note: 'Argo copies the mounts of main into its wait container, which refuses the field',
  }),
  place(`${POD}containers[].volumeMounts[].subPathExpr`, 'patch', {
    argo: 'T.podSpecPatch of main',
    note: 'Argo copies the mounts of main into its wait container, which lacks the variable',
  }),
  place(`${POD}initContainers[]`, 'same', { argo: 'T.initContainers[]' }),
  place(`${POD}initContainers[].name`, 'same', {
    argo: 'T.initContainers[].name',
    note: 'init and wait are refused when the pod is created',
  }),
  ...containerPlaces('initContainers[]', 'T.initContainers[]'),
  ...each(`${POD}volumes[].ephemeral.volumeClaimTemplate.metadata.`, serverMetadata, 'same', {
    argo: 'T.volumes[]',
    seen: false,
  }),
  place(`${POD}volumes[].ephemeral.volumeClaimTemplate.spec.dataSourceRef.namespace`, 'same', {
    argo: 'T.volumes[]',
    seen: false,
  }),
  mainName(
    `${POD}volumes[].downwardAPI.items[].resourceFieldRef.containerName`,
    'T.volumes[].downwardAPI.items[].resourceFieldRef.containerName',
  ),
  mainName(
    `${POD}volumes[].projected.sources[].downwardAPI.items[].resourceFieldRef.containerName`,
    'T.volumes[].projected.sources[].downwardAPI.items[].resourceFieldRef.containerName',
  ),
  lost(`${POD}volumes[].projected.sources[].podCertificate`, newer),
];
