import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { jobToTemplate } from '../../../src/rules/builtin/pod/job-to-template.ts';
import { plain, podInput, value } from './fixture.ts';

test('the job of the example becomes the template an expert wrote', () => {
  const manifest = value(`
apiVersion: batch/v1
kind: Job
metadata:
  name: sales-extract-__UNIQUE__
spec:
  backoffLimit: 0
  activeDeadlineSeconds: 3480
  template:
    spec:
      restartPolicy: Never
      shareProcessNamespace: true
      containers:
        - name: main
          image: asia.gcr.io/acme/sales-extract:<<image_tag>>
          command: [sh, -c]
          args:
            - /app/run --env=<<env>> --date=__TARGET_DATE__; rc=$?; pkill cloud_sql_proxy; exit $rc
          resources:
            limits: {cpu: "1", memory: 1Gi}
        - name: cloudsql-proxy
          image: gcr.io/cloudsql-docker/gce-proxy:1.23.1-alpine
          command: [/cloud_sql_proxy]
          args: [--dir=/tmp]
`);
  const sink = new DiagnosticList();
  const template = jobToTemplate(
    manifest,
    podInput(sink, {
      retry: { limit: 2, intervalSeconds: 0, growth: 'constant' },
      wait: { seesFailure: 'at-timeout', timeoutSeconds: 3600 },
    }),
  );
  expect(plain(template?.body)).toEqual({
    activeDeadlineSeconds: 3480,
    retryStrategy: { limit: 2, retryPolicy: 'Always' },
    container: {
      image: 'asia.gcr.io/acme/sales-extract:IMAGE_TAG',
      command: ['/app/run'],
      args: ['--env=ENV', '--date=<TARGET_DATE>'],
      resources: { limits: { cpu: '1', memory: '1Gi' } },
    },
    sidecars: [
      {
        name: 'cloudsql-proxy',
        image: 'gcr.io/cloudsql-docker/gce-proxy:1.23.1-alpine',
        command: ['/cloud_sql_proxy'],
        args: ['--dir=/tmp'],
      },
    ],
  });
  expect([...(template?.body.entries.keys() ?? [])]).toEqual([
    'activeDeadlineSeconds',
    'retryStrategy',
    'container',
    'sidecars',
  ]);
  expect(sink.items.map((it) => it.code)).toEqual(['POD_WAIT_BLIND']);
  expect(template?.accepted.map((it) => it.path)).toEqual([
    'spec.activeDeadlineSeconds',
    'containers[cloudsql-proxy]',
    'containers[main].command',
    'shareProcessNamespace',
  ]);
});
