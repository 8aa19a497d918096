// A table: one line per type, longer than other files because it is one list.
/**
 * Fields of Argo's objects and of the Kubernetes types in them, from argo-workflows v4.0.7 api/jsonschema/schema.json,
 * with the fields that v4.1 added to templates and workflow specs. A field is `name=type`: `string`, `int`, `number`, `bool`,
 * `quantity`, `intstr` (number or text), `text` (any scalar), `any`, the name of a type, `[T]` a list, `{T}` a map of texts to T.
 */
export const argoTypes: Readonly<Record<string, string>> = {
  AWSElasticBlockStoreVolumeSource: 'fsType=string partition=int readOnly=bool volumeID=string',
  Affinity: 'nodeAffinity=NodeAffinity podAffinity=PodAffinity podAntiAffinity=PodAntiAffinity',
  AppArmorProfile: 'localhostProfile=string type=string',
  ArchiveStrategy: 'none=any tar=TarStrategy zip=any',
  Arguments: 'artifacts=[Artifact] parameters=[Parameter]',
  ArtGCStatus: 'notSpecified=bool podsRecouped={bool} strategiesProcessed={bool}',
  Artifact:
    'archive=ArchiveStrategy archiveLogs=bool artifactGC=ArtifactGC artifactory=ArtifactoryArtifact azure=AzureArtifact deleted=bool from=string fromExpression=string gcs=GCSArtifact git=GitArtifact globalName=string hdfs=HDFSArtifact http=HTTPArtifact mode=int name=string optional=bool oss=OSSArtifact path=string plugin=PluginArtifact raw=RawArtifact recurseMode=bool s3=S3Artifact subPath=string',
  ArtifactGC: 'podMetadata=Metadata serviceAccountName=string strategy=string',
  ArtifactLocation:
    'archiveLogs=bool artifactory=ArtifactoryArtifact azure=AzureArtifact gcs=GCSArtifact git=GitArtifact hdfs=HDFSArtifact http=HTTPArtifact oss=OSSArtifact plugin=PluginArtifact raw=RawArtifact s3=S3Artifact',
  ArtifactPaths:
    'archive=ArchiveStrategy archiveLogs=bool artifactGC=ArtifactGC artifactory=ArtifactoryArtifact azure=AzureArtifact deleted=bool from=string fromExpression=string gcs=GCSArtifact git=GitArtifact globalName=string hdfs=HDFSArtifact http=HTTPArtifact mode=int name=string optional=bool oss=OSSArtifact path=string plugin=PluginArtifact raw=RawArtifact recurseMode=bool s3=S3Artifact subPath=string',
  ArtifactRepository:
    'archiveLogs=bool artifactory=ArtifactoryArtifactRepository azure=AzureArtifactRepository gcs=GCSArtifactRepository hdfs=HDFSArtifactRepository oss=OSSArtifactRepository plugin=PluginArtifactRepository s3=S3ArtifactRepository',
  ArtifactRepositoryRef: 'configMap=string key=string',
  ArtifactRepositoryRefStatus:
    'artifactRepository=ArtifactRepository configMap=string default=bool key=string namespace=string',
  ArtifactoryArtifact: 'passwordSecret=SecretKeySelector url=string usernameSecret=SecretKeySelector',
  ArtifactoryArtifactRepository:
    'keyFormat=string passwordSecret=SecretKeySelector repoURL=string usernameSecret=SecretKeySelector',
  AzureArtifact: 'accountKeySecret=SecretKeySelector blob=string container=string endpoint=string useSDKCreds=bool',
  AzureArtifactRepository:
    'accountKeySecret=SecretKeySelector blobNameFormat=string container=string endpoint=string useSDKCreds=bool',
  AzureDiskVolumeSource: 'cachingMode=string diskName=string diskURI=string fsType=string kind=string readOnly=bool',
  AzureFileVolumeSource: 'readOnly=bool secretName=string shareName=string',
  Backoff: 'cap=string duration=string factor=intstr maxDuration=string',
  BasicAuth: 'passwordSecret=SecretKeySelector usernameSecret=SecretKeySelector',
  CSIVolumeSource:
    'driver=string fsType=string nodePublishSecretRef=LocalObjectReference readOnly=bool volumeAttributes={string}',
  Cache: 'configMap=LocalObjectReference',
  Capabilities: 'add=[string] drop=[string]',
  CephFSVolumeSource:
    'monitors=[string] path=string readOnly=bool secretFile=string secretRef=LocalObjectReference user=string',
  CinderVolumeSource: 'fsType=string readOnly=bool secretRef=LocalObjectReference volumeID=string',
  ClientCertAuth: 'clientCertSecret=SecretKeySelector clientKeySecret=SecretKeySelector',
  ClusterTrustBundleProjection: 'labelSelector=LabelSelector name=string optional=bool path=string signerName=string',
  ClusterWorkflowTemplate: 'apiVersion=string kind=string metadata=ObjectMeta spec=WorkflowSpec',
  Condition: 'message=string status=string type=string',
  ConfigMapEnvSource: 'name=string optional=bool',
  ConfigMapKeySelector: 'key=string name=string optional=bool',
  ConfigMapProjection: 'items=[KeyToPath] name=string optional=bool',
  ConfigMapVolumeSource: 'defaultMode=int items=[KeyToPath] name=string optional=bool',
  Container:
    'args=[string] command=[string] env=[EnvVar] envFrom=[EnvFromSource] image=string imagePullPolicy=string lifecycle=Lifecycle livenessProbe=Probe name=string ports=[ContainerPort] readinessProbe=Probe resizePolicy=[ContainerResizePolicy] resources=ResourceRequirements restartPolicy=string securityContext=SecurityContext startupProbe=Probe stdin=bool stdinOnce=bool terminationMessagePath=string terminationMessagePolicy=string tty=bool volumeDevices=[VolumeDevice] volumeMounts=[VolumeMount] workingDir=string',
  ContainerNode:
    'args=[string] command=[string] dependencies=[string] env=[EnvVar] envFrom=[EnvFromSource] image=string imagePullPolicy=string lifecycle=Lifecycle livenessProbe=Probe name=string ports=[ContainerPort] readinessProbe=Probe resizePolicy=[ContainerResizePolicy] resources=ResourceRequirements restartPolicy=string securityContext=SecurityContext startupProbe=Probe stdin=bool stdinOnce=bool terminationMessagePath=string terminationMessagePolicy=string tty=bool volumeDevices=[VolumeDevice] volumeMounts=[VolumeMount] workingDir=string',
  ContainerPort: 'containerPort=int hostIP=string hostPort=int name=string protocol=string',
  ContainerResizePolicy: 'resourceName=string restartPolicy=string',
  ContainerSetRetryStrategy: 'duration=string retries=intstr',
  ContainerSetTemplate: 'containers=[ContainerNode] retryStrategy=ContainerSetRetryStrategy volumeMounts=[VolumeMount]',
  ContinueOn: 'error=bool failed=bool',
  Counter: 'value=string',
  CreateS3BucketOptions: 'objectLocking=bool',
  CronWorkflow: 'apiVersion=string kind=string metadata=ObjectMeta spec=CronWorkflowSpec status=any',
  CronWorkflowSpec:
    'concurrencyPolicy=string failedJobsHistoryLimit=int schedules=[string] startingDeadlineSeconds=int stopStrategy=StopStrategy successfulJobsHistoryLimit=int suspend=bool timezone=string when=string workflowMetadata=ObjectMeta workflowSpec=WorkflowSpec',
  CronWorkflowStatus:
    'active=[ObjectReference] conditions=[Condition] failed=int lastScheduledTime=string phase=string succeeded=int',
  DAGTask:
    'arguments=Arguments continueOn=ContinueOn dependencies=[string] depends=string hooks={LifecycleHook} inline=Template name=string onExit=string template=string templateRef=TemplateRef when=string withItems=[any] withParam=string withSequence=Sequence',
  DAGTemplate: 'failFast=bool target=string tasks=[DAGTask]',
  Data: 'source=DataSource transformation=[TransformationStep]',
  DataSource: 'artifactPaths=ArtifactPaths',
  DownwardAPIProjection: 'items=[DownwardAPIVolumeFile]',
  DownwardAPIVolumeFile: 'fieldRef=ObjectFieldSelector mode=int path=string resourceFieldRef=ResourceFieldSelector',
  DownwardAPIVolumeSource: 'defaultMode=int items=[DownwardAPIVolumeFile]',
  EmptyDirVolumeSource: 'medium=string sizeLimit=quantity',
  EnvFromSource: 'configMapRef=ConfigMapEnvSource prefix=string secretRef=SecretEnvSource',
  EnvVar: 'name=string value=string valueFrom=EnvVarSource',
  EnvVarSource:
    'configMapKeyRef=ConfigMapKeySelector fieldRef=ObjectFieldSelector resourceFieldRef=ResourceFieldSelector secretKeyRef=SecretKeySelector',
  EphemeralVolumeSource: 'volumeClaimTemplate=PersistentVolumeClaimTemplate',
  ExecAction: 'command=[string]',
  ExecutorConfig: 'serviceAccountName=string',
  FCVolumeSource: 'fsType=string lun=int readOnly=bool targetWWNs=[string] wwids=[string]',
  FlexVolumeSource: 'driver=string fsType=string options={string} readOnly=bool secretRef=LocalObjectReference',
  FlockerVolumeSource: 'datasetName=string datasetUUID=string',
  GCEPersistentDiskVolumeSource: 'fsType=string partition=int pdName=string readOnly=bool',
  GCSArtifact: 'bucket=string key=string serviceAccountKeySecret=SecretKeySelector',
  GCSArtifactRepository: 'bucket=string keyFormat=string serviceAccountKeySecret=SecretKeySelector',
  GRPCAction: 'port=int service=string',
  Gauge: 'operation=string realtime=bool value=string',
  GitArtifact:
    'branch=string depth=int disableSubmodules=bool fetch=[string] insecureIgnoreHostKey=bool insecureSkipTLS=bool passwordSecret=SecretKeySelector repo=string revision=string singleBranch=bool sshPrivateKeySecret=SecretKeySelector usernameSecret=SecretKeySelector',
  GitRepoVolumeSource: 'directory=string repository=string revision=string',
  GlusterfsVolumeSource: 'endpoints=string path=string readOnly=bool',
  HDFSArtifact:
    'addresses=[string] dataTransferProtection=string force=bool hdfsUser=string krbCCacheSecret=SecretKeySelector krbConfigConfigMap=ConfigMapKeySelector krbKeytabSecret=SecretKeySelector krbRealm=string krbServicePrincipalName=string krbUsername=string path=string',
  HDFSArtifactRepository:
    'addresses=[string] dataTransferProtection=string force=bool hdfsUser=string krbCCacheSecret=SecretKeySelector krbConfigConfigMap=ConfigMapKeySelector krbKeytabSecret=SecretKeySelector krbRealm=string krbServicePrincipalName=string krbUsername=string pathFormat=string',
  HTTP: 'body=string bodyFrom=HTTPBodySource headers=[HTTPHeader] insecureSkipVerify=bool method=string successCondition=string timeoutSeconds=int url=string',
  HTTPArtifact: 'auth=HTTPAuth headers=[Header] url=string',
  HTTPAuth: 'basicAuth=BasicAuth clientCert=ClientCertAuth oauth2=OAuth2Auth',
  HTTPBodySource: 'bytes=string',
  HTTPGetAction: 'host=string httpHeaders=[KubeHTTPHeader] path=string port=intstr scheme=string',
  HTTPHeader: 'name=string value=string valueFrom=HTTPHeaderSource',
  HTTPHeaderSource: 'secretKeyRef=SecretKeySelector',
  Header: 'name=string value=string',
  Histogram: 'buckets=[number] value=string',
  HostAlias: 'hostnames=[string] ip=string',
  HostPathVolumeSource: 'path=string type=string',
  ISCSIVolumeSource:
    'chapAuthDiscovery=bool chapAuthSession=bool fsType=string initiatorName=string iqn=string iscsiInterface=string lun=int portals=[string] readOnly=bool secretRef=LocalObjectReference targetPortal=string',
  ImageVolumeSource: 'pullPolicy=string reference=string',
  Inputs: 'artifacts=[Artifact] parameters=[Parameter]',
  KeyToPath: 'key=string mode=int path=string',
  KubeHTTPHeader: 'name=string value=string',
  LabelSelector: 'matchExpressions=[LabelSelectorRequirement] matchLabels={string}',
  LabelSelectorRequirement: 'key=string operator=string values=[string]',
  LabelValueFrom: 'expression=string',
  Lifecycle: 'postStart=LifecycleHandler preStop=LifecycleHandler stopSignal=string',
  LifecycleHandler: 'exec=ExecAction httpGet=HTTPGetAction sleep=SleepAction tcpSocket=TCPSocketAction',
  LifecycleHook: 'arguments=Arguments expression=string template=string templateRef=TemplateRef',
  LocalObjectReference: 'name=string',
  ManagedFieldsEntry:
    'apiVersion=string fieldsType=string fieldsV1=any manager=string operation=string subresource=string time=string',
  ManifestFrom: 'artifact=Artifact',
  MemoizationStatus: 'cacheName=string hit=bool key=string',
  Memoize: 'cache=Cache key=string maxAge=string',
  Metadata: 'annotations={string} labels={string}',
  MetricLabel: 'key=string value=string',
  Metrics: 'prometheus=[Prometheus]',
  ModifyVolumeStatus: 'status=string targetVolumeAttributesClassName=string',
  Mutex: 'database=bool name=string namespace=string',
  MutexHolding: 'holder=string mutex=string',
  MutexStatus: 'holding=[MutexHolding] waiting=[MutexHolding]',
  NFSVolumeSource: 'path=string readOnly=bool server=string',
  NodeAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution=[PreferredSchedulingTerm] requiredDuringSchedulingIgnoredDuringExecution=NodeSelector',
  NodeFlag: 'hooked=bool retried=bool',
  NodeSelector: 'nodeSelectorTerms=[NodeSelectorTerm]',
  NodeSelectorRequirement: 'key=string operator=string values=[string]',
  NodeSelectorTerm: 'matchExpressions=[NodeSelectorRequirement] matchFields=[NodeSelectorRequirement]',
  NodeStatus:
    'boundaryID=string children=[string] daemoned=bool displayName=string estimatedDuration=int failedPodRestarts=int finishedAt=string hostNodeName=string id=string inputs=Inputs memoizationStatus=MemoizationStatus message=string name=string nodeFlag=NodeFlag outboundNodes=[string] outputs=Outputs phase=string podIP=string progress=string resourcesDuration={int} restartingPodUID=string startedAt=string synchronizationStatus=NodeSynchronizationStatus taskResultSynced=bool templateName=string templateRef=TemplateRef templateScope=string type=string',
  NodeSynchronizationStatus: 'waiting=string',
  OAuth2Auth:
    'clientIDSecret=SecretKeySelector clientSecretSecret=SecretKeySelector endpointParams=[OAuth2EndpointParam] scopes=[string] tokenURLSecret=SecretKeySelector',
  OAuth2EndpointParam: 'key=string value=string',
  OSSArtifact:
    'accessKeySecret=SecretKeySelector bucket=string createBucketIfNotPresent=bool endpoint=string key=string lifecycleRule=OSSLifecycleRule secretKeySecret=SecretKeySelector securityToken=string useSDKCreds=bool',
  OSSArtifactRepository:
    'accessKeySecret=SecretKeySelector bucket=string createBucketIfNotPresent=bool endpoint=string keyFormat=string lifecycleRule=OSSLifecycleRule secretKeySecret=SecretKeySelector securityToken=string useSDKCreds=bool',
  OSSLifecycleRule: 'markDeletionAfterDays=int markInfrequentAccessAfterDays=int',
  ObjectFieldSelector: 'apiVersion=string fieldPath=string',
  ObjectMeta:
    'annotations={string} creationTimestamp=string deletionGracePeriodSeconds=int deletionTimestamp=string finalizers=[string] generateName=string generation=int labels={string} managedFields=[ManagedFieldsEntry] name=string namespace=string ownerReferences=[OwnerReference] resourceVersion=string selfLink=string uid=string',
  ObjectReference:
    'apiVersion=string fieldPath=string kind=string name=string namespace=string resourceVersion=string uid=string',
  Outputs: 'artifacts=[Artifact] exitCode=string parameters=[Parameter] result=string',
  OwnerReference: 'apiVersion=string blockOwnerDeletion=bool controller=bool kind=string name=string uid=string',
  Parameter: 'default=text description=string enum=[text] globalName=string name=string value=text valueFrom=ValueFrom',
  PersistentVolumeClaim:
    'apiVersion=string kind=string metadata=ObjectMeta spec=PersistentVolumeClaimSpec status=PersistentVolumeClaimStatus',
  PersistentVolumeClaimCondition:
    'lastProbeTime=string lastTransitionTime=string message=string reason=string status=string type=string',
  PersistentVolumeClaimSpec:
    'accessModes=[string] dataSource=TypedLocalObjectReference dataSourceRef=TypedObjectReference resources=VolumeResourceRequirements selector=LabelSelector storageClassName=string volumeAttributesClassName=string volumeMode=string volumeName=string',
  PersistentVolumeClaimStatus:
    'accessModes=[string] allocatedResourceStatuses={string} allocatedResources={quantity} capacity={quantity} conditions=[PersistentVolumeClaimCondition] currentVolumeAttributesClassName=string modifyVolumeStatus=ModifyVolumeStatus phase=string',
  PersistentVolumeClaimTemplate: 'metadata=ObjectMeta spec=PersistentVolumeClaimSpec',
  PersistentVolumeClaimVolumeSource: 'claimName=string readOnly=bool',
  PhotonPersistentDiskVolumeSource: 'fsType=string pdID=string',
  PluginArtifact: 'configuration=string connectionTimeoutSeconds=int key=string name=string',
  PluginArtifactRepository: 'configuration=string keyFormat=string name=string',
  PodAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution=[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution=[PodAffinityTerm]',
  PodAffinityTerm:
    'labelSelector=LabelSelector matchLabelKeys=[string] mismatchLabelKeys=[string] namespaceSelector=LabelSelector namespaces=[string] topologyKey=string',
  PodAntiAffinity:
    'preferredDuringSchedulingIgnoredDuringExecution=[WeightedPodAffinityTerm] requiredDuringSchedulingIgnoredDuringExecution=[PodAffinityTerm]',
  PodDNSConfig: 'nameservers=[string] options=[PodDNSConfigOption] searches=[string]',
  PodDNSConfigOption: 'name=string value=string',
  PodDisruptionBudgetSpec:
    'maxUnavailable=intstr minAvailable=intstr selector=LabelSelector unhealthyPodEvictionPolicy=string',
  PodGC: 'deleteDelayDuration=string labelSelector=LabelSelector strategy=string',
  PodResourceClaim: 'name=string resourceClaimName=string resourceClaimTemplateName=string',
  PodSecurityContext:
    'appArmorProfile=AppArmorProfile fsGroup=int fsGroupChangePolicy=string runAsGroup=int runAsNonRoot=bool runAsUser=int seLinuxChangePolicy=string seLinuxOptions=SELinuxOptions seccompProfile=SeccompProfile supplementalGroups=[int] supplementalGroupsPolicy=string sysctls=[Sysctl] windowsOptions=WindowsSecurityContextOptions',
  PortworxVolumeSource: 'fsType=string readOnly=bool volumeID=string',
  PreferredSchedulingTerm: 'preference=NodeSelectorTerm weight=int',
  Probe:
    'exec=ExecAction failureThreshold=int grpc=GRPCAction httpGet=HTTPGetAction initialDelaySeconds=int periodSeconds=int successThreshold=int tcpSocket=TCPSocketAction terminationGracePeriodSeconds=int timeoutSeconds=int',
  ProjectedVolumeSource: 'defaultMode=int sources=[VolumeProjection]',
  Prometheus:
    'counter=Counter gauge=Gauge help=string histogram=Histogram labels=[MetricLabel] name=string when=string',
  QuobyteVolumeSource: 'group=string readOnly=bool registry=string tenant=string user=string volume=string',
  RBDVolumeSource:
    'fsType=string image=string keyring=string monitors=[string] pool=string readOnly=bool secretRef=LocalObjectReference user=string',
  RawArtifact: 'data=string',
  ResourceClaim: 'name=string request=string',
  ResourceFieldSelector: 'containerName=string divisor=quantity resource=string',
  ResourceRequirements: 'claims=[ResourceClaim] limits={quantity} requests={quantity}',
  ResourceTemplate:
    'action=string failureCondition=string flags=[string] manifest=string manifestFrom=ManifestFrom mergeStrategy=string setOwnerReference=bool successCondition=string',
  RetryAffinity: 'nodeAntiAffinity=any',
  RetryStrategy: 'affinity=RetryAffinity backoff=Backoff expression=string limit=intstr retryPolicy=string',
  S3Artifact:
    'accessKeySecret=SecretKeySelector bucket=string caSecret=SecretKeySelector createBucketIfNotPresent=CreateS3BucketOptions encryptionOptions=S3EncryptionOptions endpoint=string insecure=bool key=string region=string roleARN=string secretKeySecret=SecretKeySelector sessionTokenSecret=SecretKeySelector useSDKCreds=bool',
  S3ArtifactRepository:
    'accessKeySecret=SecretKeySelector bucket=string caSecret=SecretKeySelector createBucketIfNotPresent=CreateS3BucketOptions encryptionOptions=S3EncryptionOptions endpoint=string insecure=bool keyFormat=string keyPrefix=string region=string roleARN=string secretKeySecret=SecretKeySelector sessionTokenSecret=SecretKeySelector useSDKCreds=bool',
  S3EncryptionOptions:
    'enableEncryption=bool kmsEncryptionContext=string kmsKeyId=string serverSideCustomerKeySecret=SecretKeySelector',
  SELinuxOptions: 'level=string role=string type=string user=string',
  ScaleIOVolumeSource:
    'fsType=string gateway=string protectionDomain=string readOnly=bool secretRef=LocalObjectReference sslEnabled=bool storageMode=string storagePool=string system=string volumeName=string',
  ScriptTemplate:
    'args=[string] command=[string] env=[EnvVar] envFrom=[EnvFromSource] image=string imagePullPolicy=string lifecycle=Lifecycle livenessProbe=Probe name=string ports=[ContainerPort] readinessProbe=Probe resizePolicy=[ContainerResizePolicy] resources=ResourceRequirements restartPolicy=string securityContext=SecurityContext source=string startupProbe=Probe stdin=bool stdinOnce=bool terminationMessagePath=string terminationMessagePolicy=string tty=bool volumeDevices=[VolumeDevice] volumeMounts=[VolumeMount] workingDir=string',
  SeccompProfile: 'localhostProfile=string type=string',
  SecretEnvSource: 'name=string optional=bool',
  SecretKeySelector: 'key=string name=string optional=bool',
  SecretProjection: 'items=[KeyToPath] name=string optional=bool',
  SecretVolumeSource: 'defaultMode=int items=[KeyToPath] optional=bool secretName=string',
  SecurityContext:
    'allowPrivilegeEscalation=bool appArmorProfile=AppArmorProfile capabilities=Capabilities privileged=bool procMount=string readOnlyRootFilesystem=bool runAsGroup=int runAsNonRoot=bool runAsUser=int seLinuxOptions=SELinuxOptions seccompProfile=SeccompProfile windowsOptions=WindowsSecurityContextOptions',
  SemaphoreHolding: 'holders=[string] semaphore=string',
  SemaphoreRef: 'configMapKeyRef=ConfigMapKeySelector database=SyncDatabaseRef namespace=string',
  SemaphoreStatus: 'holding=[SemaphoreHolding] waiting=[SemaphoreHolding]',
  Sequence: 'count=intstr end=intstr format=string start=intstr',
  ServiceAccountTokenProjection: 'audience=string expirationSeconds=int path=string',
  SleepAction: 'seconds=int',
  StopStrategy: 'expression=string',
  StorageOSVolumeSource:
    'fsType=string readOnly=bool secretRef=LocalObjectReference volumeName=string volumeNamespace=string',
  SuspendTemplate: 'duration=string',
  SyncDatabaseRef: 'key=string',
  Synchronization: 'mutexes=[Mutex] semaphores=[SemaphoreRef]',
  SynchronizationStatus: 'mutex=MutexStatus semaphore=SemaphoreStatus',
  Sysctl: 'name=string value=string',
  TCPSocketAction: 'host=string port=intstr',
  TTLStrategy: 'secondsAfterCompletion=int secondsAfterFailure=int secondsAfterSuccess=int',
  TarStrategy: 'compressionLevel=int',
  Template:
    'activeDeadlineSeconds=intstr affinity=Affinity annotations={string} archiveLocation=ArtifactLocation automountServiceAccountToken=bool container=Container containerSet=ContainerSetTemplate daemon=bool dag=DAGTemplate data=Data executor=ExecutorConfig failFast=bool hostAliases=[HostAlias] http=HTTP initContainers=[UserContainer] inputs=Inputs memoize=Memoize metadata=Metadata metrics=Metrics name=string nodeSelector={string} outputs=Outputs parallelism=int pendingTimeout=string plugin=any podResources=ResourceRequirements podSpecPatch=string priorityClassName=string resource=ResourceTemplate resourceClaims=[PodResourceClaim] retryStrategy=RetryStrategy schedulerName=string script=ScriptTemplate securityContext=PodSecurityContext serviceAccountName=string sidecars=[UserContainer] steps=[[WorkflowStep]] suspend=SuspendTemplate synchronization=Synchronization timeout=string tolerations=[Toleration] volumes=[Volume]',
  TemplateRef: 'clusterScope=bool name=string template=string',
  Toleration: 'effect=string key=string operator=string tolerationSeconds=int value=string',
  TransformationStep: 'expression=string',
  TypedLocalObjectReference: 'apiGroup=string kind=string name=string',
  TypedObjectReference: 'apiGroup=string kind=string name=string namespace=string',
  UserContainer:
    'args=[string] command=[string] env=[EnvVar] envFrom=[EnvFromSource] image=string imagePullPolicy=string lifecycle=Lifecycle livenessProbe=Probe mirrorVolumeMounts=bool name=string ports=[ContainerPort] readinessProbe=Probe resizePolicy=[ContainerResizePolicy] resources=ResourceRequirements restartPolicy=string securityContext=SecurityContext startupProbe=Probe stdin=bool stdinOnce=bool terminationMessagePath=string terminationMessagePolicy=string tty=bool volumeDevices=[VolumeDevice] volumeMounts=[VolumeMount] workingDir=string',
  ValueFrom:
    'configMapKeyRef=ConfigMapKeySelector default=text event=string expression=string jqFilter=string jsonPath=string parameter=string path=string supplied=any',
  Volume:
    'awsElasticBlockStore=AWSElasticBlockStoreVolumeSource azureDisk=AzureDiskVolumeSource azureFile=AzureFileVolumeSource cephfs=CephFSVolumeSource cinder=CinderVolumeSource configMap=ConfigMapVolumeSource csi=CSIVolumeSource downwardAPI=DownwardAPIVolumeSource emptyDir=EmptyDirVolumeSource ephemeral=EphemeralVolumeSource fc=FCVolumeSource flexVolume=FlexVolumeSource flocker=FlockerVolumeSource gcePersistentDisk=GCEPersistentDiskVolumeSource gitRepo=GitRepoVolumeSource glusterfs=GlusterfsVolumeSource hostPath=HostPathVolumeSource image=ImageVolumeSource iscsi=ISCSIVolumeSource name=string nfs=NFSVolumeSource persistentVolumeClaim=PersistentVolumeClaimVolumeSource photonPersistentDisk=PhotonPersistentDiskVolumeSource portworxVolume=PortworxVolumeSource projected=ProjectedVolumeSource quobyte=QuobyteVolumeSource rbd=RBDVolumeSource scaleIO=ScaleIOVolumeSource secret=SecretVolumeSource storageos=StorageOSVolumeSource vsphereVolume=VsphereVirtualDiskVolumeSource',
  VolumeClaimGC: 'strategy=string',
  VolumeDevice: 'devicePath=string name=string',
  VolumeMount:
    'mountPath=string mountPropagation=string name=string readOnly=bool recursiveReadOnly=string subPath=string subPathExpr=string',
  VolumeProjection:
    'clusterTrustBundle=ClusterTrustBundleProjection configMap=ConfigMapProjection downwardAPI=DownwardAPIProjection secret=SecretProjection serviceAccountToken=ServiceAccountTokenProjection',
  VolumeResourceRequirements: 'limits={quantity} requests={quantity}',
  VsphereVirtualDiskVolumeSource: 'fsType=string storagePolicyID=string storagePolicyName=string volumePath=string',
  WeightedPodAffinityTerm: 'podAffinityTerm=PodAffinityTerm weight=int',
  WindowsSecurityContextOptions:
    'gmsaCredentialSpec=string gmsaCredentialSpecName=string hostProcess=bool runAsUserName=string',
  Workflow: 'apiVersion=string kind=string metadata=ObjectMeta spec=WorkflowSpec status=any',
  WorkflowLevelArtifactGC:
    'forceFinalizerRemoval=bool podMetadata=Metadata podSpecPatch=string serviceAccountName=string strategy=string',
  WorkflowMetadata: 'annotations={string} labels={string} labelsFrom={LabelValueFrom}',
  WorkflowSpec:
    'activeDeadlineSeconds=int affinity=Affinity archiveLogs=bool arguments=Arguments artifactGC=WorkflowLevelArtifactGC artifactRepositoryRef=ArtifactRepositoryRef automountServiceAccountToken=bool dnsConfig=PodDNSConfig dnsPolicy=string entrypoint=string executor=ExecutorConfig executorPlugins=any hooks={LifecycleHook} hostAliases=[HostAlias] hostNetwork=bool imagePullSecrets=[LocalObjectReference] metrics=Metrics nodeSelector={string} onExit=string parallelism=int podDisruptionBudget=PodDisruptionBudgetSpec podGC=PodGC podMetadata=Metadata podPriorityClassName=string podResources=ResourceRequirements podSpecPatch=string priority=int resourceClaims=[PodResourceClaim] retryStrategy=RetryStrategy schedulerName=string securityContext=PodSecurityContext serviceAccountName=string shutdown=string suspend=bool synchronization=Synchronization templateDefaults=Template templates=[Template] tolerations=[Toleration] ttlStrategy=TTLStrategy volumeClaimGC=VolumeClaimGC volumeClaimTemplates=[PersistentVolumeClaim] volumes=[Volume] workflowMetadata=WorkflowMetadata workflowTemplateRef=WorkflowTemplateRef',
  WorkflowStep:
    'arguments=Arguments continueOn=ContinueOn hooks={LifecycleHook} inline=Template name=string onExit=string template=string templateRef=TemplateRef when=string withItems=[any] withParam=string withSequence=Sequence',
  WorkflowTemplate: 'apiVersion=string kind=string metadata=ObjectMeta spec=WorkflowSpec',
  WorkflowTemplateRef: 'clusterScope=bool name=string',
};
