import { describe, expect, test } from 'vitest';
import { entryOf } from '../../../src/ir/read-value.ts';
import { onlyJob, readStep } from './project.ts';

/** A script that takes its options as `case` says, from a step that gives session times. */
const script = `#!/bin/bash
set -euo pipefail
DIR="$(cd -- "$(dirname -- "\${BASH_SOURCE[0]}")" >/dev/null 2>&1; pwd -P)"
while [[ $# -gt 0 ]]; do
  case "$1" in
    --job=*) JOB="\${1#*=}"; shift ;;
    --date|-d) DATE="$2"; shift 2 ;;
    --date=*) DATE="\${1#--date=}"; shift ;;
    -*) echo unknown; exit 2 ;;
    *) MODE=$1; shift ;;
  esac
done
export DATE MODE=\${MODE:-all}
exec "$DIR/start.sh" "$JOB"
`;
const start = `#!/bin/sh
set -e
envsubst < "$(dirname -- "$0")/$1.yaml" | kubectl --context c apply -f -
`;
const manifest = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: "a-$DATE", annotations: {mode: "$MODE"}}\n';

describe('options that hold a session time', () => {
  test.each([
    ['--job=a --date=${session_date}', 'a-<session>', 'all'],
    ['-d ${session_date} --job=a', 'a-<session>', 'all'],
    ['--job=a --date=2024-03-31 ${session_date}', 'a-2024-03-31', '<session>'],
  ])('%s', (args, name, mode) => {
    const reading = readStep({
      command: `./run.sh ${args}`,
      files: { 'digdag/run.sh': script, 'digdag/start.sh': start, 'digdag/a.yaml': manifest },
      config: { clusters: { prd: 'c' } },
    });
    const job = onlyJob(reading).manifest;
    const text = (...path: readonly string[]): string => {
      const found = entryOf(job, ...path);
      const parts = found?.kind === 'text' ? found.parts : [];
      return parts.map((part) => (part.kind === 'runtime' ? `<${part.expr.kind}>` : part.text)).join('');
    };
    expect([text('metadata', 'name'), text('metadata', 'annotations', 'mode')]).toEqual([name, mode]);
    expect(reading.codes.filter((code) => code.startsWith('LAUNCHER_NOT'))).toEqual([]);
  });
});
