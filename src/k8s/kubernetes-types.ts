/**
 * The fields of batch/v1 Job and of everything below it, by Kubernetes' own types, from k8s.io/api v0.37.2. Written by
 * `npx tsx test/conformance/update-kubernetes-types.ts`, compared with the Go types by `npm run conformance`.
 * Per type: its fields; `[]` is a list, `{}` an open map, `:Type` the type of the field or of its items, `=kind` a scalar that is no
 * string. `!` is a field that k8s.io/api v0.33.1, which Argo Workflows 4.0.7 links, does not have: Argo drops it without a word.
 */
export const kubernetesTypes = {
  AWSElasticBlockStoreVolumeSource: 'fsType partition=integer readOnly=boolean volumeID',
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAntiAffinity',
  AppArmorProfile: 'localhostProfile type',
  AzureDiskVolumeSource: 'cachingMode diskName diskURI fsType kind readOnly=boolean',
  AzureFileVolumeSource: 'readOnly=boolean secretName shareName',
  CSIVolumeSource: 'driver fsType nodePublishSecretRef:LocalObjectReference readOnly=boolean volumeAttributes{}',
  Capabilities: 'add[] drop[]',
  CephFSVolumeSource: 'monitors[] path readOnly=boolean secretFile secretRef:LocalObjectReference user',
  CinderVolumeSource: 'fsType readOnly=boolean secretRef:LocalObjectReference volumeID',
  ClusterTrustBundleProjection: 'labelSelector:LabelSelector name optional=boolean path signerName user=integer!',
  ConfigMapEnvSource: 'name optional=boolean',
  ConfigMapKeySelector: 'key name optional=boolean',
  ConfigMapProjection: 'items[]:KeyToPath name optional=boolean',
  ConfigMapVolumeSource: 'defaultMode=integer defaultUser=integer! items[]:KeyToPath name optional=boolean',
  Container:
    'args[] command[] env[]:EnvVar envFrom[]:EnvFromSource image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports[]:ContainerPort readinessProbe:Probe resizePolicy[]:ContainerResizePolicy resources:ResourceRequirements restartPolicy restartPolicyRules[]:ContainerRestartRule! securityContext:SecurityContext startupProbe:Probe stdin=boolean stdinOnce=boolean terminationMessagePath terminationMessagePolicy tty=boolean volumeDevices[]:VolumeDevice volumeMounts[]:VolumeMount workingDir',
  ContainerPort: 'containerPort=integer hostIP hostPort=integer name protocol',
  ContainerResizePolicy: 'resourceName restartPolicy',
  ContainerRestartRule: 'action exitCodes:ContainerRestartRuleOnExitCodes',
  ContainerRestartRuleOnExitCodes: 'operator values[]=integer',
  DownwardAPIProjection: 'items[]:DownwardAPIVolumeFile',
  DownwardAPIVolumeFile:
    'fieldRef:ObjectFieldSelector mode=integer path resourceFieldRef:ResourceFieldSelector user=integer!',
  DownwardAPIVolumeSource: 'defaultMode=integer defaultUser=integer! items[]:DownwardAPIVolumeFile',
  EmptyDirVolumeSource: 'medium mode=integer! sizeLimit=quantity',
  EnvFromSource: 'configMapRef:ConfigMapEnvSource prefix secretRef:SecretEnvSource',
  EnvVar: 'name value valueFrom:EnvVarSource',
  EnvVarSource:
    'configMapKeyRef:ConfigMapKeySelector fieldRef:ObjectFieldSelector fileKeyRef:FileKeySelector! resourceFieldRef:ResourceFieldSelector secretKeyRef:SecretKeySelector',
  EphemeralContainer:
    'args[] command[] env[]:EnvVar envFrom[]:EnvFromSource image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports[]:ContainerPort readinessProbe:Probe resizePolicy[]:ContainerResizePolicy resources:ResourceRequirements restartPolicy restartPolicyRules[]:ContainerRestartRule! securityContext:SecurityContext startupProbe:Probe stdin=boolean stdinOnce=boolean targetContainerName terminationMessagePath terminationMessagePolicy tty=boolean volumeDevices[]:VolumeDevice volumeMounts[]:VolumeMount workingDir',
  EphemeralVolumeSource: 'volumeClaimTemplate:PersistentVolumeClaimTemplate',
  EvictionResponder: 'name priority=integer',
  ExecAction: 'command[]',
  FCVolumeSource: 'fsType lun=integer readOnly=boolean targetWWNs[] wwids[]',
  FileKeySelector: 'key optional=boolean path volumeName',
  FlexVolumeSource: 'driver fsType options{} readOnly=boolean secretRef:LocalObjectReference',
  FlockerVolumeSource: 'datasetName datasetUUID',
  GCEPersistentDiskVolumeSource: 'fsType partition=integer pdName readOnly=boolean',
  GRPCAction: 'mode! port=integer service',
  GitRepoVolumeSource: 'directory repository revision',
  GlusterfsVolumeSource: 'endpoints path readOnly=boolean',
  HTTPGetAction: 'host httpHeaders[]:HTTPHeader path port=integer-or-string protocol! scheme',
  HTTPHeader: 'name value',
  HostAlias: 'hostnames[] ip',
  HostPathVolumeSource: 'path type',
  ISCSIVolumeSource:
    'chapAuthDiscovery=boolean chapAuthSession=boolean fsType initiatorName iqn iscsiInterface lun=integer portals[] readOnly=boolean secretRef:LocalObjectReference targetPortal',
  ImageVolumeSource: 'pullPolicy reference',
  Job: 'apiVersion kind metadata:ObjectMeta spec:JobSpec status:JobStatus',
  JobCondition: 'lastProbeTime=time lastTransitionTime=time message reason status type',
  JobSchedulingConfiguration:
    'disruptionMode:WorkloadPodGroupDisruptionMode resourceClaims[]:WorkloadPodGroupResourceClaim schedulingConstraints:WorkloadPodGroupSchedulingConstraints schedulingPolicy:WorkloadPodGroupSchedulingPolicy',
  JobSpec:
    'activeDeadlineSeconds=integer backoffLimit=integer backoffLimitPerIndex=integer completionMode completions=integer managedBy manualSelector=boolean maxFailedIndexes=integer parallelism=integer podFailurePolicy:PodFailurePolicy podReplacementPolicy scheduling:JobSchedulingConfiguration! selector:LabelSelector successPolicy:SuccessPolicy suspend=boolean template:PodTemplateSpec ttlSecondsAfterFinished=integer',
  JobStatus:
    'active=integer completedIndexes completionTime=time conditions[]:JobCondition failed=integer failedIndexes ready=integer startTime=time succeeded=integer terminating=integer uncountedTerminatedPods:UncountedTerminatedPods',
  KeyToPath: 'key mode=integer path user=integer!',
  LabelSelector: 'matchExpressions[]:LabelSelectorRequirement matchLabels{}',
  LabelSelectorRequirement: 'key operator values[]',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler stopSignal',
  LifecycleHandler: 'exec:ExecAction httpGet:HTTPGetAction sleep:SleepAction tcpSocket:TCPSocketAction',
  LocalObjectReference: 'name',
  ManagedFieldsEntry: 'apiVersion fieldsType fieldsV1=any manager operation subresource time=time',
  NFSVolumeSource: 'path readOnly=boolean server',
  NodeAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution[]:PreferredSchedulingTerm requiredDuringSchedulingIgnoredDuringExecution:NodeSelector',
  NodeSelector: 'nodeSelectorTerms[]:NodeSelectorTerm',
  NodeSelectorRequirement: 'key operator values[]',
  NodeSelectorTerm: 'matchExpressions[]:NodeSelectorRequirement matchFields[]:NodeSelectorRequirement',
  ObjectFieldSelector: 'apiVersion fieldPath',
  ObjectMeta:
    'annotations{} creationTimestamp=time deletionGracePeriodSeconds=integer deletionTimestamp=time finalizers[] generateName generation=integer labels{} managedFields[]:ManagedFieldsEntry name namespace ownerReferences[]:OwnerReference resourceVersion selfLink uid',
  OwnerReference: 'apiVersion blockOwnerDeletion=boolean controller=boolean kind name uid',
  PersistentVolumeClaimSpec:
    'accessModes[] dataSource:TypedLocalObjectReference dataSourceRef:TypedObjectReference resources:VolumeResourceRequirements selector:LabelSelector storageClassName volumeAttributesClassName volumeMode volumeName',
  PersistentVolumeClaimTemplate: 'metadata:ObjectMeta spec:PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName readOnly=boolean',
  PhotonPersistentDiskVolumeSource: 'fsType pdID',
  PodAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution[]:WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution[]:PodAffinityTerm',
  PodAffinityTerm:
    'labelSelector:LabelSelector matchLabelKeys[] mismatchLabelKeys[] namespaceSelector:LabelSelector namespaces[] topologyKey',
  PodAntiAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution[]:WeightedPodAffinityTerm requiredDuringSchedulingIgnoredDuringExecution[]:PodAffinityTerm',
  PodCertificateProjection:
    'certificateChainPath credentialBundlePath keyPath keyType maxExpirationSeconds=integer signerName user=integer userAnnotations{}',
  PodDNSConfig: 'nameservers[] options[]:PodDNSConfigOption searches[]',
  PodDNSConfigOption: 'name value',
  PodFailurePolicy: 'rules[]:PodFailurePolicyRule',
  PodFailurePolicyOnExitCodesRequirement: 'containerName operator values[]=integer',
  PodFailurePolicyOnPodConditionsPattern: 'status type',
  PodFailurePolicyRule:
    'action onExitCodes:PodFailurePolicyOnExitCodesRequirement onPodConditions[]:PodFailurePolicyOnPodConditionsPattern',
  PodOS: 'name',
  PodReadinessGate: 'conditionType',
  PodResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  PodSchedulingGate: 'name',
  PodSchedulingGroup: 'podGroupName',
  PodSecurityContext:
    'appArmorProfile:AppArmorProfile fsGroup=integer fsGroupChangePolicy runAsGroup=integer runAsNonRoot=boolean runAsUser=integer seLinuxChangePolicy seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile supplementalGroups[]=integer supplementalGroupsPolicy sysctls[]:Sysctl windowsOptions:WindowsSecurityContextOptions',
  PodSpec:
    'activeDeadlineSeconds=integer affinity:Affinity automountServiceAccountToken=boolean containers[]:Container dnsConfig:PodDNSConfig dnsPolicy enableServiceLinks=boolean ephemeralContainers[]:EphemeralContainer evictionResponders[]:EvictionResponder! hostAliases[]:HostAlias hostIPC=boolean hostNetwork=boolean hostPID=boolean hostUsers=boolean hostname hostnameOverride! imagePullSecrets[]:LocalObjectReference initContainers[]:Container nodeName nodeSelector{} os:PodOS overhead{}=quantity preemptionPolicy priority=integer priorityClassName readinessGates[]:PodReadinessGate resourceClaims[]:PodResourceClaim resources:ResourceRequirements restartPolicy runtimeClassName schedulerName schedulingGates[]:PodSchedulingGate schedulingGroup:PodSchedulingGroup! securityContext:PodSecurityContext serviceAccount serviceAccountName setHostnameAsFQDN=boolean shareProcessNamespace=boolean subdomain terminationGracePeriodSeconds=integer tolerations[]:Toleration topologySpreadConstraints[]:TopologySpreadConstraint volumes[]:Volume',
  PodTemplateSpec: 'metadata:ObjectMeta spec:PodSpec',
  PortworxVolumeSource: 'fsType readOnly=boolean volumeID',
  PreferredSchedulingTerm: 'preference:NodeSelectorTerm weight=integer',
  Probe:
    'exec:ExecAction failureThreshold=integer grpc:GRPCAction httpGet:HTTPGetAction initialDelaySeconds=integer periodSeconds=integer successThreshold=integer tcpSocket:TCPSocketAction terminationGracePeriodSeconds=integer timeoutSeconds=integer',
  ProjectedVolumeSource: 'defaultMode=integer defaultUser=integer! sources[]:VolumeProjection',
  QuobyteVolumeSource: 'group readOnly=boolean registry tenant user volume',
  RBDVolumeSource: 'fsType image keyring monitors[] pool readOnly=boolean secretRef:LocalObjectReference user',
  ResourceClaim: 'name request',
  ResourceFieldSelector: 'containerName divisor=quantity resource',
  ResourceRequirements: 'claims[]:ResourceClaim limits{}=quantity requests{}=quantity',
  SELinuxOptions: 'level role type user',
  ScaleIOVolumeSource:
    'fsType gateway protectionDomain readOnly=boolean secretRef:LocalObjectReference sslEnabled=boolean storageMode storagePool system volumeName',
  SeccompProfile: 'localhostProfile type',
  SecretEnvSource: 'name optional=boolean',
  SecretKeySelector: 'key name optional=boolean',
  SecretProjection: 'items[]:KeyToPath name optional=boolean',
  SecretVolumeSource: 'defaultMode=integer defaultUser=integer! items[]:KeyToPath optional=boolean secretName',
  SecurityContext:
    'allowPrivilegeEscalation=boolean appArmorProfile:AppArmorProfile capabilities:Capabilities privileged=boolean procMount readOnlyRootFilesystem=boolean runAsGroup=integer runAsNonRoot=boolean runAsUser=integer seLinuxOptions:SELinuxOptions seccompProfile:SeccompProfile windowsOptions:WindowsSecurityContextOptions',
  ServiceAccountTokenProjection: 'audience expirationSeconds=integer path user=integer!',
  SleepAction: 'seconds=integer',
  StorageOSVolumeSource: 'fsType readOnly=boolean secretRef:LocalObjectReference volumeName volumeNamespace',
  SuccessPolicy: 'rules[]:SuccessPolicyRule',
  SuccessPolicyRule: 'succeededCount=integer succeededIndexes',
  Sysctl: 'name value',
  TCPSocketAction: 'host port=integer-or-string',
  Toleration: 'effect key operator tolerationSeconds=integer value',
  TopologyConstraint: 'key',
  TopologySpreadConstraint:
    'labelSelector:LabelSelector matchLabelKeys[] maxSkew=integer minDomains=integer nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable',
  TypedLocalObjectReference: 'apiGroup kind name',
  TypedObjectReference: 'apiGroup kind name namespace',
  UncountedTerminatedPods: 'failed[] succeeded[]',
  Volume:
    'awsElasticBlockStore:AWSElasticBlockStoreVolumeSource azureDisk:AzureDiskVolumeSource azureFile:AzureFileVolumeSource cephfs:CephFSVolumeSource cinder:CinderVolumeSource configMap:ConfigMapVolumeSource csi:CSIVolumeSource downwardAPI:DownwardAPIVolumeSource emptyDir:EmptyDirVolumeSource ephemeral:EphemeralVolumeSource fc:FCVolumeSource flexVolume:FlexVolumeSource flocker:FlockerVolumeSource gcePersistentDisk:GCEPersistentDiskVolumeSource gitRepo:GitRepoVolumeSource glusterfs:GlusterfsVolumeSource hostPath:HostPathVolumeSource image:ImageVolumeSource iscsi:ISCSIVolumeSource name nfs:NFSVolumeSource persistentVolumeClaim:PersistentVolumeClaimVolumeSource photonPersistentDisk:PhotonPersistentDiskVolumeSource portworxVolume:PortworxVolumeSource projected:ProjectedVolumeSource quobyte:QuobyteVolumeSource rbd:RBDVolumeSource scaleIO:ScaleIOVolumeSource secret:SecretVolumeSource storageos:StorageOSVolumeSource vsphereVolume:VsphereVirtualDiskVolumeSource',
  VolumeDevice: 'devicePath name',
  VolumeMount:
    'bindMountOptions[]! mountPath mountPropagation name readOnly=boolean recursiveReadOnly subPath subPathExpr',
  VolumeProjection:
    'clusterTrustBundle:ClusterTrustBundleProjection configMap:ConfigMapProjection downwardAPI:DownwardAPIProjection podCertificate:PodCertificateProjection! secret:SecretProjection serviceAccountToken:ServiceAccountTokenProjection',
  VolumeResourceRequirements: 'limits{}=quantity requests{}=quantity',
  VsphereVirtualDiskVolumeSource: 'fsType storagePolicyID storagePolicyName volumePath',
  WeightedPodAffinityTerm: 'podAffinityTerm:PodAffinityTerm weight=integer',
  WindowsSecurityContextOptions: 'gmsaCredentialSpec gmsaCredentialSpecName hostProcess=boolean runAsUserName',
  WorkloadPodGroupDisruptionMode: 'all single',
  WorkloadPodGroupGangSchedulingPolicy: 'minCount=integer',
  WorkloadPodGroupResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  WorkloadPodGroupSchedulingConstraints: 'topology[]:TopologyConstraint',
  WorkloadPodGroupSchedulingPolicy: 'basic gang:WorkloadPodGroupGangSchedulingPolicy',
} as const satisfies Readonly<Record<string, string>>;

export const kubernetesSource = { module: 'k8s.io/api', version: 'v0.37.2', argoVersion: 'v0.33.1' } as const;

export type KubernetesType = keyof typeof kubernetesTypes;
