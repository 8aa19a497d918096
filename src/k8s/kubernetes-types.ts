/**
 * The fields of batch/v1 Job with its pod template, by Kubernetes' own types (k8s.io/api 0.35, Kubernetes 1.35). Per type: its fields;
 * `[]` is a list, `{}` an open map (labels, quantities, selectors), `:Type` the type of the field or of the list's items.
 * ObjectMeta of the template and `ephemeralContainers` are not opened further.
 */
export const kubernetesTypes = {
  Job: 'metadata:JobMeta spec:JobSpec',
  JobSpec:
    'activeDeadlineSeconds backoffLimit backoffLimitPerIndex completionMode completions managedBy manualSelector maxFailedIndexes parallelism podFailurePolicy:PodFailurePolicy podReplacementPolicy selector{} successPolicy:SuccessPolicy suspend template:PodTemplate ttlSecondsAfterFinished',
  PodTemplate: 'metadata:PodMeta spec:PodSpec',
  PodSpec:
    'activeDeadlineSeconds affinity:Affinity automountServiceAccountToken containers[]:Container dnsConfig:DnsConfig dnsPolicy enableServiceLinks ephemeralContainers[] hostAliases[]:HostAlias hostIPC hostNetwork hostPID hostUsers hostname hostnameOverride imagePullSecrets[]:NameOnly initContainers[]:Container nodeName nodeSelector{} os:NameOnly overhead{} preemptionPolicy priority priorityClassName readinessGates[]:ReadinessGate resourceClaims[]:PodResourceClaim resources:Resources restartPolicy runtimeClassName schedulerName schedulingGates[]:NameOnly securityContext:PodSecurityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain terminationGracePeriodSeconds tolerations[]:Toleration topologySpreadConstraints[]:SpreadConstraint volumes[]:Volume workloadRef:WorkloadRef',
  WorkloadRef: 'name podGroup podGroupReplicaKey',
  Volume:
    'awsElasticBlockStore:AwsElasticBlockStoreSource azureDisk:AzureDiskSource azureFile:AzureFileSource cephfs:CephfsSource cinder:CinderSource configMap:ConfigMapSource csi:CsiSource downwardAPI:DownwardAPISource emptyDir:EmptyDirSource ephemeral:EphemeralSource fc:FcSource flexVolume:FlexVolumeSource flocker:FlockerSource gcePersistentDisk:GcePersistentDiskSource gitRepo:GitRepoSource glusterfs:GlusterfsSource hostPath:HostPathSource image:ImageSource iscsi:IscsiSource name nfs:NfsSource persistentVolumeClaim:PersistentVolumeClaimSource photonPersistentDisk:PhotonPersistentDiskSource portworxVolume:PortworxVolumeSource projected:ProjectedSource quobyte:QuobyteSource rbd:RbdSource scaleIO:ScaleIOSource secret:SecretSource storageos:StorageosSource vsphereVolume:VsphereVolumeSource',
  VsphereVolumeSource: 'fsType storagePolicyID storagePolicyName volumePath',
  StorageosSource: 'fsType readOnly secretRef:NameOnly volumeName volumeNamespace',
  SecretSource: 'defaultMode items[]:KeyToPath optional secretName',
  ScaleIOSource:
    'fsType gateway protectionDomain readOnly secretRef:NameOnly sslEnabled storageMode storagePool system volumeName',
  RbdSource: 'fsType image keyring monitors[] pool readOnly secretRef:NameOnly user',
  QuobyteSource: 'group readOnly registry tenant user volume',
  ProjectedSource: 'defaultMode sources[]:ProjectedItem',
  ProjectedItem:
    'clusterTrustBundle:ClusterTrustBundle configMap:ProjectedKeys downwardAPI:ProjectedDownward podCertificate:PodCertificate secret:ProjectedKeys serviceAccountToken:ServiceAccountToken',
  ServiceAccountToken: 'audience expirationSeconds path',
  PodCertificate:
    'certificateChainPath credentialBundlePath keyPath keyType maxExpirationSeconds signerName userAnnotations{}',
  ProjectedDownward: 'items[]:DownwardItem',
  ProjectedKeys: 'items[]:KeyToPath name optional',
  ClusterTrustBundle: 'labelSelector{} name optional path signerName',
  PortworxVolumeSource: 'fsType readOnly volumeID',
  PhotonPersistentDiskSource: 'fsType pdID',
  PersistentVolumeClaimSource: 'claimName readOnly',
  NfsSource: 'path readOnly server',
  IscsiSource:
    'chapAuthDiscovery chapAuthSession fsType initiatorName iqn iscsiInterface lun portals[] readOnly secretRef:NameOnly targetPortal',
  ImageSource: 'pullPolicy reference',
  HostPathSource: 'path type',
  GlusterfsSource: 'endpoints path readOnly',
  GitRepoSource: 'directory repository revision',
  GcePersistentDiskSource: 'fsType partition pdName readOnly',
  FlockerSource: 'datasetName datasetUUID',
  FlexVolumeSource: 'driver fsType options{} readOnly secretRef:NameOnly',
  FcSource: 'fsType lun readOnly targetWWNs[] wwids[]',
  EphemeralSource: 'volumeClaimTemplate:VolumeClaimTemplate',
  VolumeClaimTemplate: 'metadata:ObjectMeta spec:ClaimSpec',
  ClaimSpec:
    'accessModes[] dataSource:DataSource dataSourceRef:DataSourceRef resources:ClaimResources selector{} storageClassName volumeAttributesClassName volumeMode volumeName',
  ClaimResources: 'limits{} requests{}',
  DataSourceRef: 'apiGroup kind name namespace',
  DataSource: 'apiGroup kind name',
  ObjectMeta:
    'annotations{} creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers[] generateName generation labels{} managedFields[]:ManagedFields name namespace ownerReferences[]:OwnerReference resourceVersion selfLink uid',
  OwnerReference: 'apiVersion blockOwnerDeletion controller kind name uid',
  ManagedFields: 'apiVersion fieldsType fieldsV1{} manager operation subresource time',
  EmptyDirSource: 'medium sizeLimit',
  DownwardAPISource: 'defaultMode items[]:DownwardItem',
  DownwardItem: 'fieldRef:FieldRef mode path resourceFieldRef:ResourceFieldRef',
  CsiSource: 'driver fsType nodePublishSecretRef:NameOnly readOnly volumeAttributes{}',
  ConfigMapSource: 'defaultMode items[]:KeyToPath name optional',
  KeyToPath: 'key mode path',
  CinderSource: 'fsType readOnly secretRef:NameOnly volumeID',
  CephfsSource: 'monitors[] path readOnly secretFile secretRef:NameOnly user',
  AzureFileSource: 'readOnly secretName shareName',
  AzureDiskSource: 'cachingMode diskName diskURI fsType kind readOnly',
  AwsElasticBlockStoreSource: 'fsType partition readOnly volumeID',
  SpreadConstraint:
    'labelSelector{} matchLabelKeys[] maxSkew minDomains nodeAffinityPolicy nodeTaintsPolicy topologyKey whenUnsatisfiable',
  Toleration: 'effect key operator tolerationSeconds value',
  PodSecurityContext:
    'appArmorProfile:SecurityProfile fsGroup fsGroupChangePolicy runAsGroup runAsNonRoot runAsUser seLinuxChangePolicy seLinuxOptions:SeLinuxOptions seccompProfile:SecurityProfile supplementalGroupsPolicy supplementalGroups[] sysctls[]:NameValue windowsOptions:WindowsOptions',
  PodResourceClaim: 'name resourceClaimName resourceClaimTemplateName',
  ReadinessGate: 'conditionType',
  NameOnly: 'name',
  HostAlias: 'hostnames[] ip',
  DnsConfig: 'nameservers[] options[]:NameValue searches[]',
  Container:
    'args[] command[] envFrom[]:EnvFrom env[]:EnvVar image imagePullPolicy lifecycle:Lifecycle livenessProbe:Probe name ports[]:ContainerPort readinessProbe:Probe resizePolicy[]:ResizePolicy resources:Resources restartPolicy restartPolicyRules[]:RestartRule securityContext:SecurityContext startupProbe:Probe stdin stdinOnce terminationMessagePath terminationMessagePolicy tty volumeDevices[]:VolumeDevice volumeMounts[]:VolumeMount workingDir',
  VolumeMount: 'mountPath mountPropagation name readOnly recursiveReadOnly subPath subPathExpr',
  VolumeDevice: 'devicePath name',
  SecurityContext:
    'allowPrivilegeEscalation appArmorProfile:SecurityProfile capabilities:Capabilities privileged procMount readOnlyRootFilesystem runAsGroup runAsNonRoot runAsUser seLinuxOptions:SeLinuxOptions seccompProfile:SecurityProfile windowsOptions:WindowsOptions',
  WindowsOptions: 'gmsaCredentialSpec gmsaCredentialSpecName hostProcess runAsUserName',
  SeLinuxOptions: 'level role type user',
  Capabilities: 'add[] drop[]',
  SecurityProfile: 'localhostProfile type',
  RestartRule: 'action exitCodes:RestartExitCodes',
  RestartExitCodes: 'operator values[]',
  Resources: 'claims[]:ResourceClaimUse limits{} requests{}',
  ResourceClaimUse: 'name request',
  ResizePolicy: 'resourceName restartPolicy',
  ContainerPort: 'containerPort hostIP hostPort name protocol',
  Probe:
    'exec:ExecAction failureThreshold grpc:GrpcAction httpGet:HttpGetAction initialDelaySeconds periodSeconds successThreshold tcpSocket:TcpSocketAction terminationGracePeriodSeconds timeoutSeconds',
  GrpcAction: 'port service',
  Lifecycle: 'postStart:LifecycleHandler preStop:LifecycleHandler stopSignal',
  LifecycleHandler: 'exec:ExecAction httpGet:HttpGetAction sleep:SleepAction tcpSocket:TcpSocketAction',
  TcpSocketAction: 'host port',
  SleepAction: 'seconds',
  HttpGetAction: 'host httpHeaders[]:NameValue path port scheme',
  NameValue: 'name value',
  ExecAction: 'command[]',
  EnvFrom: 'configMapRef:OptionalRef prefix secretRef:OptionalRef',
  OptionalRef: 'name optional',
  EnvVar: 'name value valueFrom:EnvVarSource',
  EnvVarSource:
    'configMapKeyRef:KeyRef fieldRef:FieldRef fileKeyRef:FileKeyRef resourceFieldRef:ResourceFieldRef secretKeyRef:KeyRef',
  ResourceFieldRef: 'containerName divisor resource',
  FileKeyRef: 'key optional path volumeName',
  FieldRef: 'apiVersion fieldPath',
  KeyRef: 'key name optional',
  Affinity: 'nodeAffinity:NodeAffinity podAffinity:PodAffinity podAntiAffinity:PodAffinity',
  PodAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution[]:PreferredPods requiredDuringSchedulingIgnoredDuringExecution[]:PodAffinityTerm',
  PreferredPods: 'podAffinityTerm:PodAffinityTerm weight',
  PodAffinityTerm: 'labelSelector{} matchLabelKeys[] mismatchLabelKeys[] namespaceSelector{} namespaces[] topologyKey',
  NodeAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution[]:PreferredNodes requiredDuringSchedulingIgnoredDuringExecution:RequiredNodes',
  RequiredNodes: 'nodeSelectorTerms[]:NodeTerm',
  PreferredNodes: 'preference:NodeTerm weight',
  NodeTerm: 'matchExpressions[]:NodeRequirement matchFields[]:NodeRequirement',
  NodeRequirement: 'key operator values[]',
  PodMeta:
    'annotations{} creationTimestamp deletionGracePeriodSeconds deletionTimestamp finalizers[] generateName generation labels{} managedFields[] name namespace ownerReferences[] resourceVersion selfLink uid',
  SuccessPolicy: 'rules[]:SuccessRule',
  SuccessRule: 'succeededCount succeededIndexes',
  PodFailurePolicy: 'rules[]:PodFailureRule',
  PodFailureRule: 'action onExitCodes:OnExitCodes onPodConditions[]:OnPodCondition',
  OnPodCondition: 'status type',
  OnExitCodes: 'containerName operator values[]',
  JobMeta: 'annotations{} labels{} name',
} as const satisfies Readonly<Record<string, string>>;

export type KubernetesType = keyof typeof kubernetesTypes;
