import { isGoZone, readCron } from '../../../src/argo-expr/cron.ts';
import { cronFires } from '../../../src/argo-expr/cron-fires.ts';
import { formatGoTime } from '../../../src/argo-expr/go-time-format.ts';
import { compare, type VectorAdapter } from '../adapter.ts';

interface CronVector {
  readonly id: string;
  readonly schedules: readonly string[];
  readonly timezone: string | null;
  readonly from: string;
  readonly n: number;
  readonly controllerTimezone: string;
  readonly expect: {
    readonly error?: string;
    readonly fires?: readonly { readonly scheduledTime: string; readonly local: string; readonly workflow: string }[];
    readonly lint: { readonly ok: boolean };
  };
}

export const adapter: VectorAdapter = {
  check(vector) {
    const { id, schedules, timezone, from, n, controllerTimezone, expect } = vector as unknown as CronVector;
    const spec = { schedules, ...(timezone === null ? {} : { timezone }) };
    const got = cronFires(spec, Date.parse(from), n, controllerTimezone);
    const zone = { kind: 'iana', name: controllerTimezone } as const;
    const fires =
      got.kind === 'malformed'
        ? 'error'
        : got.fires.map(({ atMs }) => {
            const nanos = BigInt(atMs) * 1_000_000n;
            return {
              scheduledTime: formatGoTime({ nanos, zone }, '2006-01-02T15:04:05Z07:00'),
              local: spec.timezone
                ? formatGoTime({ nanos, zone: { kind: 'iana', name: spec.timezone } }, '2006-01-02T15:04:05 Mon')
                : '',
              workflow: `w-${id}-${atMs / 1000}`,
            };
          });
    const want =
      expect.error === undefined
        ? (expect.fires ?? []).map((fire) => ({
            scheduledTime: fire.scheduledTime,
            local: fire.local.split(' ').slice(0, 2).join(' '),
            workflow: fire.workflow,
          }))
        : 'error';
    const lint =
      schedules.length > 0 &&
      schedules.every((schedule) => readCron(schedule).kind === 'read') &&
      (!spec.timezone || isGoZone(spec.timezone));
    return compare([want, expect.lint.ok], [fires, lint]);
  },
};
