import { test } from 'vitest';
import { proveJob } from '../../src/verify/compare/prove.ts';
import { compareSchedules } from '../../src/verify/compare/schedules.ts';
import { LegacyPlayer } from '../../src/verify/legacy/play.ts';
import { activeSchedule } from '../../src/verify/legacy/schedule.ts';
import { defaultStarts } from '../../src/verify/legacy/starts.ts';
import { convertSample } from '../generated.ts';
import { builtObjects } from '../samples/play.ts';
import { samplePlatform } from '../unit/verify/platform.ts';
import { writeFileSync } from 'node:fs';

test('try', async () => {
  const out: string[] = [];
  const platform = samplePlatform('shop-batch');
  const player = new LegacyPlayer(platform);
  const conversion = await convertSample('shop-batch');
  const laps = new Map<string, number>();
  const t0 = Date.now();
  for (const environment of platform.environments)
    for (const path of environment.workflows) {
      const workflow = path.slice(path.lastIndexOf('/') + 1, -4);
      const job = workflow.replaceAll('_', '-');
      const dig = player.workflow(environment.name, workflow)!;
      const schedule = activeSchedule(dig, environment.name, platform.config);
      const objects = await builtObjects('shop-batch', job, environment.name);
      let tick = Date.now(); const lap = (n: string) => { const now = Date.now(); laps.set(n, (laps.get(n) ?? 0) + now - tick); tick = now; };
      const fromMs = Date.parse('2026-11-24T00:00:00Z');
      const cron = objects.find((o) => (o as any).kind === 'CronWorkflow');
      out.push(`${environment.name} ${job} schedule ${JSON.stringify(compareSchedules(schedule, cron, fromMs, fromMs + 365 * 86400000))}`);
      lap('schedule');
      const target = JSON.stringify(objects).includes('2006-01-02T15:04:05Z07:00') ? 'time' : 'date';
      const starts = defaultStarts(schedule, { environment: environment.name, timezone: dig.timezone, fromMs, target });
      const accepted = conversion.report.details.find((detail) => detail.job === workflow)?.accepted ?? [];
      lap('starts');
      const t = Date.now();
      const rows = await proveJob({ player, environment: environment.name, workflow, job, objects, workflowDefaults: null, cluster: { name: `batch-${environment.name}`, guessed: false }, namespaces: {}, accepted, starts });
      lap('prove');
      for (const row of rows) out.push(`${environment.name} ${job} ${row.start.sessionTime} ${row.start.targetDate ?? ''} ${row.verdict.kind} ${JSON.stringify(row.verdict).slice(0, 1500)}`);
      out.push(`${job} ${Date.now() - t} ms`);
      writeFileSync('/tmp/prove.txt', out.join('\n'));
    }
  out.push(JSON.stringify([...laps]));
  out.push(`all ${Date.now() - t0} ms`);
  writeFileSync('/tmp/prove.txt', out.join('\n'));
}, 600000);
