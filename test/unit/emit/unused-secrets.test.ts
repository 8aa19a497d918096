import { expect, test } from 'vitest';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { messageOf } from '../../../src/core/messages.ts';
import { reportUnusedSecrets } from '../../../src/pipeline/unused-secrets.ts';
import { emitInputOf, mergedJob } from './small-platform.ts';

test('a secret of the worker that no job reads any more is reported, by its names', () => {
  const sink = new DiagnosticList();
  const jobs = [mergedJob({ schedule: {}, needs: [{ kind: 'Secret', name: 'db', key: 'password', optional: false }] })];
  const workerSecrets = [
    { variable: 'DB_PASSWORD', secret: 'db', key: 'password' },
    { variable: 'KUBE_TOKEN', secret: 'launcher', key: 'token' },
  ];
  reportUnusedSecrets(emitInputOf(jobs, { workerSecrets }), sink);
  expect(sink.items.map((it) => `${it.severity} ${it.code} ${messageOf(it)}`)).toEqual([
    'info WORKER_SECRET_UNUSED KUBE_TOKEN of the worker (Secret launcher, key token) is read by no converted job',
  ]);
});
