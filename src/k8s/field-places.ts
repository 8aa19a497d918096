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
  /** Argo has no place for it; `note` says what the operator loses. */
  | 'none';

export interface FieldPlace {
  /** Path from the Job's root; the place holds for all fields below, unless they have a place of their own. */
  readonly path: string;
  readonly kind: PlaceKind;
  readonly argo?: string;
  readonly note?: string;
  /** False where the place was read in Argo's source but never seen on a running controller. */
  readonly seen: boolean;
}

const POD = 'spec.template.spec.';

function place(path: string, kind: PlaceKind, argo?: string, note?: string, seen = true): FieldPlace {
  return { path, kind, seen, ...(argo === undefined ? {} : { argo }), ...(note === undefined ? {} : { note }) };
}

function each(
  prefix: string,
  names: string,
  kind: PlaceKind,
  argo: (name: string) => string | undefined,
  note?: string,
  seen = true,
): readonly FieldPlace[] {
  return names.split(' ').map((name) => place(`${prefix}${name}`, kind, argo(name), note, seen));
}

const newer = 'Kubernetes 1.34 and later; podSpecPatch of Argo 4.0.7 (k8s.io/api 0.33) drops it, its CRDs refuse it';
const serverMetadata =
  'creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers[] generateName generation managedFields[] name namespace ownerReferences[] resourceVersion selfLink uid';
const containerFields =
  'args[] command[] envFrom[] env[] image imagePullPolicy lifecycle livenessProbe ports[] readinessProbe resizePolicy[] resources restartPolicy securityContext startupProbe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices[] volumeMounts[] workingDir';

function containerPlaces(list: 'containers[]' | 'initContainers[]', target: string): readonly FieldPlace[] {
  const prefix = `${POD}${list}.`;
  return [
    ...each(prefix, containerFields, 'same', (name) => `${target}.${name}`),
    place(`${prefix}env[].valueFrom.fileKeyRef`, 'none', undefined, newer),
    place(`${prefix}restartPolicyRules[]`, 'none', undefined, newer),
    place(
      `${prefix}readinessProbe.terminationGracePeriodSeconds`,
      'same',
      `${target}.readinessProbe`,
      'the API allows it for liveness and startup probes only',
      false,
    ),
  ];
}

/** Where each field of a Job goes in Argo Workflows (4.0.7, run on a real controller with kube-apiserver 1.35). */
export const fieldPlaces: readonly FieldPlace[] = [
  place('metadata', 'transform', 'metadata of the workflow', undefined, false),
  place('metadata.name', 'transform', 'templates[].name', 'names the Job object, not a field of the pod', false),
  place(
    'metadata.labels',
    'moved',
    'T.metadata.labels',
    'labels of the Job object; the pod has those of the pod template',
    false,
  ),
  place(
    'metadata.annotations',
    'moved',
    'T.metadata.annotations',
    'annotations of the Job object; the pod has those of the pod template',
    false,
  ),
  place('spec', 'transform', 'templates[]'),
  place(
    'spec.activeDeadlineSeconds',
    'transform',
    'T.activeDeadlineSeconds',
    'over all attempts in a Job, per attempt in Argo',
  ),
  place('spec.backoffLimit', 'transform', 'T.retryStrategy', 'n makes n + 1 pods; 6 where it is absent'),
  place('spec.backoffLimitPerIndex', 'transform', 'T.retryStrategy of the template that withSequence calls'),
  place('spec.completionMode', 'transform', 'withSequence and the environment variable JOB_COMPLETION_INDEX'),
  place('spec.completions', 'transform', 'steps[].withSequence.count'),
  place('spec.parallelism', 'transform', 'parallelism of the template that holds the withSequence'),
  place('spec.podFailurePolicy', 'transform', 'T.retryStrategy.expression'),
  place(
    'spec.podFailurePolicy.rules[].onExitCodes.containerName',
    'none',
    undefined,
    "the exit code that Argo's expression sees is always that of main",
  ),
  place(
    'spec.podFailurePolicy.rules[].onPodConditions[]',
    'none',
    undefined,
    'every failed attempt counts; a disruption cannot be left out',
  ),
  place('spec.suspend', 'moved', 'W.suspend', 'no pod starts while it is true'),
  place('spec.ttlSecondsAfterFinished', 'moved', 'W.ttlStrategy.secondsAfterCompletion', 'deletes the whole Workflow'),
  place('spec.managedBy', 'none', undefined, 'another controller ran the Job', false),
  place('spec.manualSelector', 'none', undefined, 'Argo selects its pods itself', false),
  place('spec.selector', 'none', undefined, 'Argo selects its pods itself', false),
  place('spec.maxFailedIndexes', 'none', undefined, 'the number of failed indexes is not limited', false),
  place(
    'spec.podReplacementPolicy',
    'none',
    undefined,
    'the next attempt starts only after the former has ended',
    false,
  ),
  place('spec.successPolicy', 'none', undefined, 'all indexes must succeed', false),
  place('spec.template', 'transform', 'templates[]'),
  place('spec.template.metadata', 'moved', 'T.metadata'),
  ...each('spec.template.metadata.', 'labels annotations', 'moved', (name) => `T.metadata.${name}`),
  ...each(
    'spec.template.metadata.',
    serverMetadata,
    'none',
    () => undefined,
    'set by the controller or the API server',
    false,
  ),
  place('spec.template.spec', 'transform', 'T, W and T.podSpecPatch'),
  ...each(
    POD,
    'activeDeadlineSeconds affinity automountServiceAccountToken hostAliases[] nodeSelector priorityClassName schedulerName securityContext serviceAccountName tolerations[] volumes[]',
    'same',
    (name) => `T.${name}`,
  ),
  ...each(
    POD,
    'dnsConfig dnsPolicy hostNetwork imagePullSecrets[]',
    'moved',
    (name) => `W.${name}`,
    'for the whole workflow; per template only by podSpecPatch',
  ),
  place(`${POD}serviceAccount`, 'moved', 'T.serviceAccountName', 'deprecated alias'),
  ...each(
    POD,
    'enableServiceLinks hostIPC hostPID hostUsers hostname nodeName os overhead preemptionPolicy readinessGates[] resourceClaims[] resources runtimeClassName schedulingGates[] setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds topologySpreadConstraints[]',
    'patch',
    () => 'T.podSpecPatch',
  ),
  place(`${POD}resources.claims[]`, 'patch', 'T.podSpecPatch', 'the API refuses claims of whole pods', false),
  place(`${POD}restartPolicy`, 'transform', 'T.retryStrategy', 'Argo pods are never restarted in place'),
  place(`${POD}priority`, 'none', undefined, 'admission takes the number of the priority class only'),
  place(`${POD}hostnameOverride`, 'none', undefined, newer),
  place(`${POD}workloadRef`, 'none', undefined, newer),
  place(`${POD}ephemeralContainers[]`, 'none', undefined, 'the Job API refuses it'),
  place(
    `${POD}containers[]`,
    'transform',
    'T.container and T.sidecars[]',
    'the pod order becomes wait, main, sidecars',
  ),
  place(
    `${POD}containers[].name`,
    'transform',
    'T.container is main; T.sidecars[].name',
    'main and wait are refused as names of sidecars',
  ),
  ...containerPlaces('containers[]', 'T.container / T.sidecars[]'),
  place(
    `${POD}containers[].env[].valueFrom.resourceFieldRef.containerName`,
    'transform',
    'T.container.env[].valueFrom.resourceFieldRef.containerName',
    'the name of the main container becomes main',
  ),
  place(
    `${POD}containers[].volumeMounts[].recursiveReadOnly`,
    'patch',
    'T.podSpecPatch of main',
    'Argo copies the mounts of main into its wait container, which refuses the field',
  ),
  place(
    `${POD}containers[].volumeMounts[].subPathExpr`,
    'patch',
    'T.podSpecPatch of main',
    'Argo copies the mounts of main into its wait container, which lacks the variable',
  ),
  place(`${POD}initContainers[]`, 'same', 'T.initContainers[]'),
  place(
    `${POD}initContainers[].name`,
    'same',
    'T.initContainers[].name',
    'init and wait are refused when the pod is created',
  ),
  ...containerPlaces('initContainers[]', 'T.initContainers[]'),
  ...each(
    `${POD}volumes[].ephemeral.volumeClaimTemplate.metadata.`,
    serverMetadata,
    'same',
    () => 'T.volumes[]',
    undefined,
    false,
  ),
  place(
    `${POD}volumes[].ephemeral.volumeClaimTemplate.spec.dataSourceRef.namespace`,
    'same',
    'T.volumes[]',
    undefined,
    false,
  ),
  place(
    `${POD}volumes[].downwardAPI.items[].resourceFieldRef.containerName`,
    'transform',
    'T.volumes[].downwardAPI.items[].resourceFieldRef.containerName',
    'the name of the main container becomes main',
  ),
  place(
    `${POD}volumes[].projected.sources[].downwardAPI.items[].resourceFieldRef.containerName`,
    'transform',
    'T.volumes[].projected.sources[].downwardAPI.items[].resourceFieldRef.containerName',
    'the name of the main container becomes main',
  ),
  place(`${POD}volumes[].projected.sources[].podCertificate`, 'none', undefined, newer),
];
