import { expect, test } from 'vitest';
import { expandVariables } from '../../../src/k8s/expand-variables.ts';
import { convert, convertYaml } from './job.ts';

test('a Job of one container is a container template', () => {
  const { body, codes } = convert({});
  expect(body).toEqual({ container: { image: 'example.test/load:1', command: ['/app/load'] } });
  expect(codes).toEqual([]);
});

test('fields of the pod go where Argo has them, in the order readers know', () => {
  const { template, body, codes } = convert({
    podMetadata: '{labels: {app: load}, annotations: {note: x}}',
    pod: `
volumes: [{name: tmp, emptyDir: {}}]
tolerations: [{key: dedicated, operator: Exists}]
serviceAccountName: runner
priorityClassName: batch
securityContext: {runAsUser: 1000}
nodeSelector: {pool: batch}
affinity: {nodeAffinity: {}}
activeDeadlineSeconds: 60
initContainers: [{name: prepare, image: "example.test/prepare:1", command: [prepare]}]
`,
    others: '[{name: helper, image: "example.test/helper:1", command: [helper]}]',
  });
  expect(Object.keys(body)).toEqual([
    'metadata',
    'activeDeadlineSeconds',
    'serviceAccountName',
    'priorityClassName',
    'nodeSelector',
    'affinity',
    'tolerations',
    'securityContext',
    'volumes',
    'initContainers',
    'containerSet',
  ]);
  expect(body.metadata).toEqual({ labels: { app: 'load' }, annotations: { note: 'x' } });
  expect(codes).toEqual(['POD_SECOND_CONTAINER']);
  expect(template?.needs).toEqual([{ kind: 'ServiceAccount', name: 'runner', optional: false }]);
});

test('fields that only podSpecPatch can set become one JSON text with sorted keys', () => {
  const { body, codes } = convert({
    pod: '{terminationGracePeriodSeconds: 120, shareProcessNamespace: true, hostname: "<<env>>-load", topologySpreadConstraints: [{maxSkew: 1, topologyKey: zone, whenUnsatisfiable: DoNotSchedule}]}',
  });
  expect(body.podSpecPatch).toBe(
    '{"hostname":"ENV-load","shareProcessNamespace":true,"terminationGracePeriodSeconds":120,"topologySpreadConstraints":[{"maxSkew":1,"topologyKey":"zone","whenUnsatisfiable":"DoNotSchedule"}]}',
  );
  expect(codes).toEqual([]);
});

test('values that Kubernetes would fill in anyway are not written', () => {
  const { body, codes } = convert({
    pod: '{dnsPolicy: ClusterFirst, terminationGracePeriodSeconds: 30, shareProcessNamespace: false, schedulerName: default-scheduler, securityContext: {}, hostNetwork: false}',
    main: '{env: [], resources: {}}',
  });
  expect(Object.keys(body)).toEqual(['container']);
  expect(Object.keys(body.container)).toEqual(['image', 'command']);
  expect(codes).toEqual([]);
});

test('what Argo knows for the whole workflow only is handed up', () => {
  const { template, body } = convert({
    pod: '{imagePullSecrets: [{name: registry}], hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet}',
  });
  expect([...(template?.workflowLevel.keys() ?? [])].sort()).toEqual(['dnsPolicy', 'hostNetwork', 'imagePullSecrets']);
  expect(Object.keys(body)).toEqual(['container']);
  expect(template?.needs).toEqual([{ kind: 'Secret', name: 'registry', optional: false }]);
});

const mounts = 'volumeMounts: [{name: a, mountPath: /a}, {name: b, mountPath: /b, subPathExpr: $(POD)}]';

test('mounts that Argo copies wrongly into its wait container go through podSpecPatch', () => {
  const { body } = convert({ main: mounts });
  expect(body.container.volumeMounts).toEqual([{ name: 'a', mountPath: '/a' }]);
  expect(body.podSpecPatch).toBe(
    '{"containers":[{"name":"main","volumeMounts":[{"mountPath":"/b","name":"b","subPathExpr":"$(POD)"}]}]}',
  );
});

test('resources known only at run time go through podSpecPatch', () => {
  const { body, codes } = convert({ main: 'resources: {limits: {memory: __MEMORY__}}' });
  expect(body.container.resources).toBeUndefined();
  expect(body.podSpecPatch).toBe('{"containers":[{"name":"main","resources":{"limits":{"memory":"<MEMORY>"}}}]}');
  expect(codes).toEqual([]);
});

test.each([
  [
    'a port',
    { main: 'ports: [{containerPort: __PORT__}]' },
    'container.ports[0].containerPort is known only at run time, and Argo takes no reference there',
  ],
  [
    'the limit of a volume',
    { pod: 'volumes: [{name: a, emptyDir: {sizeLimit: __SIZE__}}]' },
    'volumes[0].emptyDir.sizeLimit is known only at run time, and Argo takes no reference there',
  ],
  [
    'backoffLimit',
    { job: 'backoffLimit: __N__' },
    'spec.backoffLimit is known only at run time, and Argo takes no reference there',
  ],
])('run-time text in %s is an error', (_, pieces, want) => {
  const { codes, messages, positions } = convert(pieces);
  expect(codes).toEqual(['POD_FIELD_RUNTIME']);
  expect(messages).toEqual([want]);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

test.each([
  [
    'an unknown field of the pod',
    { pod: 'restartPolcy: Never' },
    'POD_FIELD_UNKNOWN',
    'spec.template.spec.restartPolcy is no field',
  ],
  ['a field one level too high', { metadata: 'spec: {}' }, 'POD_FIELD_UNKNOWN', 'metadata.spec is no field'],
  [
    'an unknown field of a container',
    { main: 'resource: {}' },
    'POD_FIELD_UNKNOWN',
    'spec.template.spec.containers[].resource is no field',
  ],
  [
    'a newer field',
    { main: 'restartPolicyRules: [{action: Restart}]' },
    'POD_FIELD_LOST',
    'spec.template.spec.containers[].restartPolicyRules has no place',
  ],
  ['a number as priority', { pod: 'priority: 5' }, 'POD_FIELD_LOST', 'spec.template.spec.priority has no place'],
  ['a selector', { job: 'selector: {matchLabels: {a: b}}' }, 'POD_FIELD_LOST', 'spec.selector has no place'],
  [
    'a name of the pod template',
    { podMetadata: 'name: x' },
    'POD_FIELD_UNUSED',
    'spec.template.metadata.name is left out',
  ],
  [
    'what admission decides',
    { pod: 'preemptionPolicy: Never' },
    'POD_FIELD_UNUSED',
    'spec.template.spec.preemptionPolicy is left out',
  ],
  [
    'a list that is a map',
    { pod: 'volumes: {name: a}' },
    'POD_FIELD_SHAPE',
    'spec.template.spec.volumes must be a list',
  ],
  [
    'a variable that is a number',
    { main: 'env: [{name: A, value: 5}]' },
    'POD_FIELD_SHAPE',
    'spec.template.spec.containers[].env[].value must be a text; a number or a word such as true needs quotes',
  ],
  [
    'an argument that is no text',
    { main: 'args: [a, true]' },
    'POD_FIELD_SHAPE',
    'spec.template.spec.containers[].args[] must be a text',
  ],
  [
    'a label that is no text',
    { podMetadata: 'labels: {a: 1}' },
    'POD_FIELD_SHAPE',
    'spec.template.metadata.labels.a must be a text',
  ],
  [
    'a mode in words',
    { pod: 'volumes: [{name: v, secret: {secretName: s, defaultMode: read}}]' },
    'POD_FIELD_SHAPE',
    'spec.template.spec.volumes[].secret.defaultMode must be a whole number',
  ],
  [
    'a container without an image',
    { main: 'image: null' },
    'POD_FIELD_SHAPE',
    'spec.template.spec.containers[].image must be the name of an image',
  ],
  [
    'a reserved volume name',
    { pod: 'volumes: [{name: tmp-dir-argo, emptyDir: {}}]' },
    'POD_FIELD_LOST',
    'spec.template.spec.volumes[tmp-dir-argo] has no place',
  ],
])('%s is reported', (_, pieces, code, text) => {
  const { codes, messages, positions } = convert(pieces);
  expect(codes).toEqual([code]);
  expect(messages[0]).toContain(text);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

test('null says nothing', () => {
  const { body, codes } = convert({ podMetadata: 'creationTimestamp: null', main: 'args: null' });
  expect(Object.keys(body.container)).toEqual(['image', 'command']);
  expect(codes).toEqual([]);
});

test('labels that only the Job has are reported, and generated ones too', () => {
  const { body, messages, codes } = convert({
    metadata: 'labels: {app: load, team: data, job-name: load}',
    podMetadata: 'labels: {app: load, controller-uid: x}',
  });
  expect(body.metadata).toEqual({ labels: { app: 'load' } });
  expect(codes).toEqual(['POD_JOB_LABELS', 'POD_GENERATED_LABELS']);
  expect(messages[0]).toBe('labels of the Job object that its pods do not have are left out: team');
});

test('the last of several variables of one name is kept', () => {
  const { body, codes } = convert({
    main: 'env: [{name: A, value: "1"}, {name: B, value: "2"}, {name: A, value: "3"}]',
  });
  expect(body.container.env).toEqual([
    { name: 'B', value: '2' },
    { name: 'A', value: '3' },
  ]);
  expect(codes).toEqual(['POD_ENV_DUPLICATE']);
});

test('a field of the whole workflow on which its pods disagree goes through podSpecPatch', () => {
  const pod = '{imagePullSecrets: [{name: registry}], hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet}';
  const { template, body } = convert({ pod }, { disputed: new Set(['hostNetwork', 'dnsPolicy']) });
  expect([...(template?.workflowLevel.keys() ?? [])]).toEqual(['imagePullSecrets']);
  expect(body.podSpecPatch).toBe('{"dnsPolicy":"ClusterFirstWithHostNet","hostNetwork":true}');
});

test('the main container is called main where the pod speaks of its own resources', () => {
  const { body } = convertYaml(`
apiVersion: batch/v1
kind: Job
metadata: {name: report-__UNIQUE__}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
        - {name: helper, image: "example.test/helper:1", command: [helper]}
        - name: report
          image: example.test/report:1
          command: [/app/report]
          env:
            - {name: MEMORY, valueFrom: {resourceFieldRef: {containerName: report, resource: limits.memory}}}
      volumes:
        - {name: info, downwardAPI: {items: [{path: cpu, resourceFieldRef: {containerName: report, resource: limits.cpu}}]}}
`);
  const [main, helper] = body.containerSet.containers;
  expect(Object.keys(body)).toEqual(['volumes', 'containerSet']);
  expect([main.name, main.image, helper.name]).toEqual(['main', 'example.test/report:1', 'helper']);
  expect(main.env[0].valueFrom.resourceFieldRef.containerName).toBe('main');
  expect(body.volumes[0].downwardAPI.items[0].resourceFieldRef.containerName).toBe('main');
});

test("names of Argo's own containers are changed", () => {
  const { body, codes } = convert({
    pod: 'initContainers: [{name: init, image: "example.test/prepare:1", command: [prepare]}]',
    others: '[{name: wait, image: "example.test/helper:1", command: [helper]}]',
  });
  expect(body.initContainers[0].name).toBe('init-step');
  expect(body.containerSet.containers.map((it: { name: string }) => it.name)).toEqual(['main', 'wait-sidecar']);
  expect(codes).toEqual(['POD_SECOND_CONTAINER', 'POD_NAME_RESERVED', 'POD_NAME_RESERVED']);
});

test('containers that must all end are a containerSet, those that serve them stay sidecars', () => {
  const { body, codes, messages } = convert({
    others: `
- {name: upload, image: "example.test/upload:1", command: [upload]}
- {name: envoy, image: "envoyproxy/envoy:v1.22.2", command: [envoy]}
`,
    main: `{command: [sh, -c], args: ["/app/load; rc=$?; curl -X POST localhost:15000/quitquitquit; exit $rc"]}`,
  });
  expect(body).toEqual({
    containerSet: {
      containers: [
        { name: 'main', image: 'example.test/load:1', command: ['/app/load'] },
        { name: 'upload', image: 'example.test/upload:1', command: ['upload'] },
      ],
    },
    sidecars: [{ name: 'envoy', image: 'envoyproxy/envoy:v1.22.2', command: ['envoy'] }],
  });
  expect(codes).toEqual(['POD_SECOND_CONTAINER']);
  expect(messages[0]).toBe(
    'the step ends when both main and upload have ended, as the Job did; if upload never ends by itself, neither will the step',
  );
});

test('the native sidecar stays an init container', () => {
  const { body, codes } = convert({
    pod: 'initContainers: [{name: proxy, image: "example.test/proxy:1", restartPolicy: Always}]',
  });
  expect(body.initContainers).toEqual([{ name: 'proxy', image: 'example.test/proxy:1', restartPolicy: 'Always' }]);
  expect(codes).toEqual([]);
});

test('a pod without its token names the account of the executor', () => {
  const { body, codes, messages } = convert({
    pod: '{automountServiceAccountToken: false, serviceAccountName: runner}',
  });
  expect(body.executor).toEqual({ serviceAccountName: 'runner' });
  expect(body.automountServiceAccountToken).toBe(false);
  expect(codes).toEqual(['POD_AUTOMOUNT']);
  expect(messages).toEqual([
    "automountServiceAccountToken: false needs the Secret runner.service-account-token for Argo's executor",
  ]);
});

test('a missing command is taken from an image rule, or reported', () => {
  const unknown = convertYaml(
    '{kind: Job, spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: main, image: "example.test/load:1", args: [a]}]}}}}',
  );
  expect(unknown.codes).toEqual(['POD_NO_COMMAND']);
  const known = convertYaml(
    '{kind: Job, spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: main, image: "envoyproxy/envoy:v1.22.2"}]}}}}',
  );
  expect(known.codes).toEqual([]);
  expect(known.body.container).toEqual({
    image: 'envoyproxy/envoy:v1.22.2',
    command: ['/docker-entrypoint.sh'],
    args: ['envoy', '-c', '/etc/envoy/envoy.yaml'],
  });
  expect(known.template?.accepted.map((it) => it.rule)).toEqual(['image-envoy']);
});

test.each([
  ['python:3.12', 'args: [python, -m, load]', { command: ['python', '-m', 'load'] }],
  ['python:3.12', '', { command: ['python3'] }],
  ['node:20', 'args: [load.js]', { command: ['docker-entrypoint.sh'], args: ['load.js'] }],
  ['curlimages/curl:8.5.0', '', { command: ['/entrypoint.sh'], args: ['curl'] }],
  ['amazon/aws-cli:2.15.0', 'args: [s3, ls]', { command: ['/usr/local/bin/aws'], args: ['s3', 'ls'] }],
  ['google/cloud-sdk:slim', 'args: [gsutil, ls]', { command: ['gsutil', 'ls'] }],
])('%s with %s is started by the entry point of the image', (image, args, words) => {
  const { body, codes } = convertYaml(
    `{kind: Job, spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: main, image: "${image}", ${args}}]}}}}`,
  );
  expect(body.container).toEqual({ image, ...words });
  expect(codes).toEqual([]);
});

const braces = (...values: readonly string[]): readonly unknown[] =>
  values.map((value, at) => ({ name: at === 0 ? 'LITERAL_BRACE' : `LITERAL_BRACE_${at + 1}`, value }));

test.each([
  ['{{workflow.status}}', '$(LITERAL_BRACE){workflow.status}}', ['{']],
  [
    'a {{ inputs.x }} b {{ ds }} {{ inputs.x }}',
    'a $(LITERAL_BRACE){ inputs.x }} b {{ ds }} $(LITERAL_BRACE){ inputs.x }}',
    ['{'],
  ],
  ['{{=now()}}', '$(LITERAL_BRACE){=now()}}', ['{']],
  ['{{ open', '$(LITERAL_BRACE){ open', ['{']],
  ['{{item}}/{{pod.name}}', '$(LITERAL_BRACE){item}}/$(LITERAL_BRACE){pod.name}}', ['{']],
  ['{{ {"a": 1} }}', '$(LITERAL_BRACE){ {"a": 1} }}', ['{']],
  ['{__DATE__}', '$(LITERAL_BRACE)<DATE>}', ['{']],
  ['{{__DATE__}}', '$(LITERAL_BRACE)$(LITERAL_BRACE)<DATE>}}', ['{']],
  ['${{ inputs.x }} {{item}}', '$(LITERAL_BRACE){ inputs.x }} $(LITERAL_BRACE_2){item}}', ['${', '{']],
])('%s reaches the container through a variable', (written, becomes, values) => {
  const { template, body, codes } = convert({
    main: `{args: [${JSON.stringify(written)}], env: [{name: A, value: b}]}`,
  });
  expect(codes).toEqual([]);
  expect(body.container.args).toEqual([becomes]);
  expect(body.container.env).toEqual([...braces(...values), { name: 'A', value: 'b' }]);
  expect(template?.objects).toEqual([]);
  expect(template?.accepted.map((it) => it.path)).toEqual(
    values.map((_, at) => `containers[main].env[LITERAL_BRACE${at === 0 ? '' : `_${at + 1}`}]`),
  );
  // What the kubelet makes of it is what stood there.
  const { args } = expandVariables(body.container);
  expect(args).toEqual([written.replaceAll('__DATE__', '<DATE>')]);
});

test('a name that the container has is left to it, and values of variables are kept too', () => {
  const { body } = convert({
    main: '{env: [{name: LITERAL_BRACE, value: own}, {name: A, value: "{{item}}"}]}',
  });
  expect(body.container.env).toEqual([
    { name: 'LITERAL_BRACE_2', value: '{' },
    { name: 'LITERAL_BRACE', value: 'own' },
    { name: 'A', value: '$(LITERAL_BRACE_2){item}}' },
  ]);
});

test.each([
  [
    { podMetadata: 'annotations: {note: "{{workflow.name}}"}' },
    'spec.template.metadata.annotations.note',
    '{{workflow.name}}',
  ],
  [{ main: 'workingDir: "/{{item}}"' }, 'spec.template.spec.containers[main].workingDir', '{{item}}'],
  [{ pod: 'hostname: "{{=now()}}"' }, 'spec.template.spec.hostname', '{{=now()}}'],
])('a tag where no ConfigMap reaches stops the conversion: %j', (pieces, path, tag) => {
  const { template, codes, messages, positions } = convert(pieces);
  expect(template).toBeUndefined();
  expect(codes).toEqual(['POD_FOREIGN_TAG']);
  expect(messages).toEqual([`${path} holds ${tag}, which Argo would read as a tag of its own`]);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

test.each(['{{ ds }}', '{{ .Values.x }}', '{{range}}x{{end}}', '{"a": {"b": 1}}', '${{ x }}'])(
  '%s stays as it is',
  (text) => {
    const { body, codes } = convert({ main: `args: [${JSON.stringify(text)}]` });
    expect(body.container.args).toEqual([text]);
    expect(codes).toEqual([]);
  },
);

test('objects that the pod names are listed once', () => {
  const { template } = convert({
    main: `
env:
  - {name: A, valueFrom: {secretKeyRef: {name: db, key: user}}}
  - {name: B, valueFrom: {secretKeyRef: {name: db, key: user, optional: true}}}
  - {name: C, valueFrom: {configMapKeyRef: {name: common, key: url}}}
envFrom: [{configMapRef: {name: common}}, {secretRef: {name: "<<env>>-keys"}}]
`,
    pod: 'volumes: [{name: a, secret: {secretName: gcp}}, {name: b, persistentVolumeClaim: {claimName: cache}}, {name: c, projected: {sources: [{configMap: {name: conf}}]}}]',
  });
  expect(
    template?.needs.map(
      (it) => `${it.kind} ${it.name}${it.key === undefined ? '' : `.${it.key}`}${it.optional ? ' ?' : ''}`,
    ),
  ).toEqual([
    'ConfigMap common',
    'ConfigMap common.url',
    'ConfigMap conf',
    'PersistentVolumeClaim cache',
    'Secret ENV-keys',
    'Secret db.user',
    'Secret db.user ?',
    'Secret gcp',
  ]);
});

test.each([
  ['kind: Deployment', 'POD_NOT_A_JOB'],
  ['{kind: Job, spec: {template: {spec: {containers: []}}}}', 'POD_NO_CONTAINER'],
  ['{kind: Job}', 'POD_NO_CONTAINER'],
])('%s cannot be converted', (yaml, code) => {
  const { template, codes, positions } = convertYaml(yaml);
  expect(template).toBeUndefined();
  expect(codes).toEqual([code]);
  expect(positions).toEqual(['manifests/job.yaml:1:1']);
});

test('what Kubernetes does not know is no difference of the pod', () => {
  const { template } = convert({ pod: 'restartPolcy: Never', main: 'resource: {}', metadata: 'spec: {}' });
  expect(template?.accepted.map(({ path }) => path)).toEqual(['containers[main].resource', 'restartPolcy']);
});
