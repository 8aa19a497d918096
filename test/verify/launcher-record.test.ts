import { describe, expect, test } from 'vitest';
import { mapFiles } from '../../src/cli/output/map-files.ts';
import { DiagnosticList } from '../../src/core/diagnose.ts';
import { repoPath } from '../../src/core/source.ts';
import { memoryHost } from '../../src/pipeline/host.ts';
import { convert } from '../../src/pipeline/run.ts';
import { verifyOutput } from '../../src/pipeline/verify.ts';
import type { VerifiedJob } from '../../src/verify/proof.ts';
import { packageRules, proofFrom } from '../generated.ts';

/**
 * The conversion believes the rule; the proof reads the script that lies on the worker. So each mistake in the rule's
 * record of the launcher must show.
 */
const script = `#!/bin/sh
set -eu
JOB=$1; ENVIRONMENT=$2; TARGET_DATE=$3
shift 3
MODE=normal
while [ $# -gt 0 ]; do
  case "$1" in
    --mode) MODE=$2; shift 2 ;;
    *) echo "unknown flag $1" >&2; exit 2 ;;
  esac
done
export ENVIRONMENT TARGET_DATE MODE
curl -sf "https://manifests.example/$ENVIRONMENT/$JOB.yaml" -o /tmp/template.yaml
envsubst < /tmp/template.yaml > /tmp/job.yaml
kubectl --context=batch -n jobs apply -f /tmp/job.yaml
kubectl --context=batch -n jobs wait --for=condition=complete --timeout=1h "job/$JOB"
`;

const manifest = (image: string): string => `apiVersion: batch/v1
kind: Job
metadata: {name: orders}
spec:
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      containers:
        - name: main
          image: ${image}
          command: [/app/orders]
          args: ["--date=\${TARGET_DATE}", "--env=\${ENVIRONMENT}", "--mode=\${MODE}", "--note=\${NOTE}"]
`;

const legacy = {
  'dig2argo.yaml': `environments: [prd]
digdag: digdag/{env}
clusters: {prd: batch}
manifests:
  - {from: "https://manifests.example/{env}/{job}.yaml", rendered: "build/{env}/{job}.yaml"}
worker:
  image: worker:1
  files: {/usr/local/bin/launch-job: bin/launch-job}
`,
  'bin/launch-job': script,
  'build/prd/orders.yaml': manifest('orders:7'),
  'build/prd/orders-old.yaml': manifest('orders:6'),
  'digdag/prd/orders.dig': `timezone: Asia/Tokyo
schedule:
  daily>: 02:00:00
+load:
  sh>: /usr/local/bin/launch-job orders prd \${session_date} --mode full
`,
};

interface RuleParts {
  readonly path: string;
  readonly syntax: string;
  readonly undefinedName: string;
  readonly date: string;
  readonly environment: string;
  readonly mode: string;
}

const right: RuleParts = {
  path: 'https://manifests.example/{env}/{name}.yaml',
  syntax: 'macro-dollar',
  undefinedName: 'empty',
  date: '{positional: 3}',
  environment: '{positional: 2}',
  mode: '{flag: mode}',
};

function rule(parts: RuleParts): string {
  return `kind: launcher
id: launcher-launch-job
title: launch-job of the worker
idioms: [2]
match: {operator: ^sh$, command: '^launch-job\\b'}
manifest: {from: {positional: 1}, path: "${parts.path}"}
macros:
  engine: envsubst
  syntax: ${parts.syntax}
  undefined: ${parts.undefinedName}
  values: {TARGET_DATE: ${parts.date}, ENVIRONMENT: ${parts.environment}, MODE: ${parts.mode}}
cluster: {text: batch}
namespace: {text: jobs}
wait: {timeout: {seconds: 3600}, failure: at-timeout}
flags: {mode: value}
examples:
  - {step: {sh>: echo}, gives: nothing}
`;
}

async function verified(parts: RuleParts): Promise<VerifiedJob> {
  const host = memoryHost(legacy);
  // The conversion is not shown the script, only the rule.
  const { 'bin/launch-job': _script, ...unseen } = legacy;
  const rules = [...packageRules(), { path: repoPath('team/launch-job.yaml'), text: rule(parts) }];
  const { files } = await convert(memoryHost(unseen), { rules });
  const out = memoryHost(Object.fromEntries([...files, ...mapFiles(files)].map(({ path, text }) => [path, text])));
  const sink = new DiagnosticList();
  const [job] = (await verifyOutput(host, out, { fromMs: proofFrom }, sink))?.jobs ?? [];
  if (job === undefined) throw new Error('nothing was verified');
  return job;
}

const errors: readonly (readonly [what: string, parts: Partial<RuleParts>, field: RegExp])[] = [
  ['swapped positionals', { date: '{positional: 2}', environment: '{positional: 3}' }, /args\[[01]\]/],
  ['the wrong macro engine', { syntax: 'macro-braces' }, /args\[0\]/],
  ['an undefined name kept instead of emptied', { undefinedName: 'literal' }, /args\[3\]/],
  ['the wrong manifest', { path: 'https://manifests.example/{env}/{name}-old.yaml' }, /image/],
  ['a dropped flag', { mode: '{text: normal}' }, /args\[2\]/],
];

describe('a mistake in the record of a launcher', () => {
  test('without one, every session is proved', async () => {
    const job = await verified(right);
    expect(job.rows.length).toBeGreaterThan(5);
    expect(job.rows.map(({ verdict }) => verdict)).toEqual(job.rows.map(() => ({ kind: 'proved' })));
    expect(job.schedule).toMatchObject({ kind: 'proved' });
  });

  test.each(errors)('%s is found at every session', async (_, parts, field) => {
    const job = await verified({ ...right, ...parts });
    for (const { verdict } of job.rows) {
      if (verdict.kind !== 'differs') throw new Error(`${verdict.kind}: ${JSON.stringify(verdict)}`);
      const found = verdict.differences.filter(({ path }) => field.test(path));
      expect(found.length).toBeGreaterThan(0);
      // Both places, and the rule that made the value.
      for (const { argoSource, legacySource, rule: by } of found) {
        expect(argoSource).toMatch(/^cron\/orders\/base\/workflow\.yaml:\d+:\d+$/);
        expect(legacySource).toMatch(/^(?:build\/prd\/|digdag\/prd\/|bin\/)\S+:\d+:\d+$/);
        expect(by).toMatch(/^[a-z]+-/);
      }
    }
  });
});
