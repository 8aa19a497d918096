import { z } from 'zod';
import { jsonText } from '../../core/json-text.ts';
import { jobReport } from './job.ts';
import { finding, lineCount, place, range, severity, yamlLines } from './parts.ts';

/** The one definition of report.json: its type, its check when read back, and reports/report.schema.json come from here. */

const nearMiss = z.object({
  job: z.string(),
  why: z.string(),
  where: z.string().describe('the first field that differs'),
  values: z.array(z.string()),
});

const family = z
  .object({
    id: z.string(),
    title: z.string(),
    kind: z
      .enum(['step', 'workflow', 'schedules'])
      .describe('schedules: workflows that are the same but for their schedules, in one CronWorkflow'),
    origin: z
      .enum(['one-manifest', 'alike'])
      .describe(
        'one-manifest: the members start the same legacy manifest; alike: different ones that say nearly the same',
      ),
    template: z.string().exactOptional().describe('path of the shared template or CronWorkflow, where it is emitted'),
    members: z.array(z.object({ job: z.string(), task: z.string().exactOptional() })),
    parameters: z.array(
      z.object({
        name: z.string(),
        type: z.string(),
        what: z.string().describe('where the value goes'),
        decidedBy: z.enum(['member', 'environment']),
        values: z
          .record(z.string(), z.string())
          .describe('by member, `<job>/<template>`; of several environments `<environment>: <value>, …`'),
      }),
    ),
    common: z.int().describe('facts that all members have alike'),
    lines: lineCount,
    decision: z.enum(['proposed', 'accepted', 'rejected']),
    nearMisses: z.array(nearMiss),
  })
  .meta({ id: 'Family' });

const construct = z.object({
  what: z.string().describe('operator, launcher rule or finding'),
  group: z.enum(['known', 'needs-decision', 'unknown']),
  count: z.int(),
  jobs: z.int(),
  places: z.array(place).describe('the first ones'),
});

const forecast = z
  .object({
    constructs: z.array(construct),
    minutes: range.describe('all work that is left'),
    kinds: z.array(
      z.object({
        kind: z.string(),
        title: z.string(),
        count: z.int(),
        minutes: range,
        shared: z.int().describe('counted once with a family instead of for each member'),
      }),
    ),
    gains: z.object({
      launcherSeconds: z.number(),
      podsSaved: z.int(),
      linesSaved: z.int(),
      failureModes: z.array(z.object({ what: z.string(), places: z.int() })),
    }),
    figures: z.array(z.string()).describe('rules that the numbers come from'),
  })
  .describe('what is left to do and what is gained');

const cutover = z.object({
  job: z.string(),
  environment: z.string(),
  state: z.enum(['offered', 'waiting', 'done']),
  why: z.string(),
  steps: z.array(z.string()),
});

const plan = z
  .object({
    groups: z.array(
      z.object({
        order: z.int().describe('1 migrates first'),
        jobs: z.array(z.string()).describe('bound by require>, call> or one CronWorkflow: they move together'),
        because: z.array(z.string()),
        risk: z.number().describe('0 is the least'),
      }),
    ),
    cutovers: z.array(cutover),
  })
  .describe('which jobs to migrate first, and the order of the environments');

const baseline = z.object({
  worse: z.array(z.object({ job: z.string(), why: z.array(z.string()) })),
  better: z.array(z.object({ job: z.string(), why: z.array(z.string()) })),
  added: z.array(z.string()),
  removed: z.array(z.string()),
  newFindings: z.array(z.object({ job: z.string(), code: z.string(), severity, count: z.int() })),
  solvedFindings: z.array(z.object({ job: z.string(), code: z.string(), severity, count: z.int() })),
});

export const reportSchema = z
  .object({
    schemaVersion: z.literal(1),
    contentHash: z.string().exactOptional().describe('sha256 of everything else; equal reports have equal hashes'),
    tool: z.object({ name: z.literal('dig2argo'), version: z.string() }),
    inputs: z.array(z.object({ path: z.string(), sha256: z.string() })),
    environments: z.array(z.string()),
    jobs: z.object({ converted: z.int(), toConfirm: z.int(), needsWork: z.int() }),
    accounting: z.object({
      consumed: z.int(),
      dropped: z.array(z.object({ rule: z.string(), reason: z.string(), count: z.int() })),
      unaccounted: z.array(z.object({ kind: z.string(), label: z.string(), span: place })),
    }),
    lines: z.object({
      all: yamlLines,
      reference: yamlLines.extend({ environment: z.string() }),
    }),
    rules: z.object({
      replaced: z.array(z.string()),
      /** Rules of the user that took no part. */
      unused: z.array(z.string()),
      /** How many rules of the package took no part. */
      unusedOfPackage: z.number().optional(),
    }),
    details: z.array(jobReport),
    diagnostics: z.array(finding).describe('findings that belong to no job'),
    families: z.array(family).exactOptional().describe('near-identical jobs; absent where they were not looked for'),
    apart: z
      .array(
        nearMiss.extend({
          beside: z
            .string()
            .describe('the member that it nearly made a family with; empty where its own environments differ'),
        }),
      )
      .exactOptional()
      .describe('near-identical jobs that make no family'),
    forecast: forecast.exactOptional(),
    plan: plan.exactOptional(),
    baseline: baseline.exactOptional().describe('what changed since the report given with --baseline'),
  })
  .meta({ title: 'Report of dig2argo' });

/** JSON Schema of report.json: further fields are allowed, so that a reader of today reads what a later version adds. */
export function reportJsonSchema(): string {
  return jsonText(z.toJSONSchema(reportSchema, { io: 'input' }));
}
