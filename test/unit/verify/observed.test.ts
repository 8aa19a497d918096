import { describe, expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { canonicalPod } from '../../../src/k8s/canonical.ts';
import { memoryHost } from '../../../src/pipeline/host.ts';
import { readObservedJobs } from '../../../src/pipeline/observed-jobs.ts';
import { unseenNodes } from '../../../src/verify/compare/observed.ts';
import type { Plain } from '../../../src/verify/effect.ts';

/** As a cluster prints it: with defaults, and with what the controllers put in. */
const seen = `apiVersion: v1
kind: List
items:
  - apiVersion: batch/v1
    kind: Job
    metadata: {name: orders-x7, namespace: jobs, uid: u, labels: {controller-uid: u}}
    spec:
      backoffLimit: 0
      completions: 1
      selector: {matchLabels: {controller-uid: u}}
      template:
        metadata: {creationTimestamp: null, labels: {app: orders, controller-uid: u, batch.kubernetes.io/job-name: orders-x7}}
        spec:
          restartPolicy: Never
          dnsPolicy: ClusterFirst
          schedulerName: default-scheduler
          terminationGracePeriodSeconds: 30
          containers:
            - name: main
              image: orders:7
              imagePullPolicy: IfNotPresent
              command: [/app/orders]
              args: [--date=2026-03-01]
              terminationMessagePath: /dev/termination-log
              terminationMessagePolicy: File
              resources: {}
    status: {succeeded: 1}
`;

function run(date: string, namespace = 'jobs') {
  const manifest = canonicalPod({
    metadata: { labels: { app: 'orders' } },
    spec: {
      restartPolicy: 'Never',
      containers: [{ name: 'main', image: 'orders:7', command: ['/app/orders'], args: [`--date=${date}`] }],
    } as Plain,
  });
  return {
    status: 'Succeeded' as const,
    effects: [{ kind: 'job' as const, task: 'run/load(0)', after: [], cluster: 'c', namespace, manifest }],
  };
}

const context = { acceptedIn: () => [], namespaces: {}, now: 0 };

describe('Jobs that were really started', () => {
  const sink = new DiagnosticList();
  const jobs = readObservedJobs(memoryHost({ 'jobs.yaml': seen, 'notes.txt': 'no Job' }), sink);

  test('are read from a list', () => {
    expect(sink.items).toEqual([]);
    expect(jobs).toHaveLength(1);
  });

  test('equal the pod of the same day, without what controllers and defaults add', () =>
    expect(unseenNodes(run('2026-03-01'), jobs, context)).toEqual([]));

  test('do not equal the pod of another day, or of another namespace', () => {
    expect(unseenNodes(run('2026-03-02'), jobs, context)).toEqual(['run/load']);
    expect(unseenNodes(run('2026-03-01', 'other'), jobs, context)).toEqual(['run/load']);
  });

  test('a broken file and a folder without Jobs are reported', () => {
    const found = new DiagnosticList();
    expect(readObservedJobs(memoryHost({ 'a.yaml': 'a: [' }), found)).toEqual([]);
    expect(found.items.map(({ code }) => code)).toEqual(['VERIFY_OBSERVED_BROKEN', 'VERIFY_OBSERVED_EMPTY']);
  });
});
