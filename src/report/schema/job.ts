import { z } from 'zod';
import { difference, finding, place, range, verdict, yamlLines } from './parts.ts';

/** One job in the report. */

const jobStatus = z.enum(['converted', 'to-confirm', 'needs-work']);

const graph = z
  .object({
    nodes: z.array(
      z.object({
        task: z.string().describe('full name of the legacy task; in the Argo graph: path of the step'),
        label: z.string(),
        template: z.string().exactOptional().describe('the Argo template that the step runs'),
      }),
    ),
    edges: z.array(
      z.object({
        from: z.string(),
        to: z.string(),
        kind: z.enum(['next', 'error']).describe('error: runs only when what stands before it fails'),
        label: z.string(),
      }),
    ),
  })
  .meta({ id: 'Graph' });

const schedule = z.object({
  environment: z.string(),
  legacy: z.string().describe('as written in the .dig file; `none` without one'),
  argo: z.string(),
  timezone: z.string(),
  suspended: z.boolean(),
  changed: z.string().describe('what differs, in one sentence; empty when nothing does'),
  calendar: z
    .object({
      legacy: z
        .object({
          kind: z.string(),
          pattern: z.string().describe('cron4j pattern of the session times; seconds for `seconds_interval`'),
          delaySeconds: z.int().describe('from session time to start'),
          active: z.boolean(),
          start: z.string().exactOptional().describe('first day'),
          end: z.string().exactOptional().describe('last day'),
        })
        .exactOptional(),
      argo: z.object({
        schedules: z.array(z.string()),
        weekdays: z.array(z.int()).exactOptional().describe('`when` ends runs on other weekdays; 0 is Sunday'),
      }),
    })
    .exactOptional()
    .describe('what the next starts of both sides are computed from'),
  proof: verdict.exactOptional().describe('whether both sides start at the same times'),
});

export const proofRow = z.object({
  job: z.string(),
  environment: z.string(),
  start: z.object({
    environment: z.string(),
    sessionTime: z.string(),
    scheduledTime: z.string().exactOptional(),
    creationTime: z.string(),
    targetDate: z.string().exactOptional(),
  }),
  verdict,
});

export const otherDifferences = z.object({ environment: z.string(), differences: z.array(difference) });

const reviewState = z.enum(['accepted', 'question']);

const review = z
  .object({
    state: reviewState.exactOptional(),
    note: z.string(),
    by: z.string().exactOptional(),
    fingerprint: z.string().describe('of the job as it was reviewed'),
    changed: z.boolean().describe('the legacy or output files of the job changed since the review'),
  })
  .describe('what dig2argo.review.yaml says of the job');

const effort = z
  .object({
    minutes: range,
    findings: z.array(
      z.object({ kind: z.string(), count: z.int(), minutes: range, shared: z.int().describe('counted with a family') }),
    ),
  })
  .describe('work that is left, by the figures of rules/figures');

const gains = z
  .object({
    launcherSeconds: z.number().describe('of one run, spent in launchers, that disappear'),
    podsSaved: z.int().describe('of one run: launcher pods or worker slots that are no longer needed'),
    linesSaved: z.int(),
    failureModes: z.array(z.object({ what: z.string(), places: z.int() })).describe('ways to fail that are gone'),
  })
  .describe('what the conversion saves, by the figures of rules/figures');

export const jobReport = z
  .object({
    job: z.string().describe('name of the legacy workflow'),
    name: z.string().describe('name in Kubernetes'),
    kind: z.enum(['CronWorkflow', 'WorkflowTemplate']),
    status: jobStatus.describe(
      'converted: nothing to decide; to-confirm: a warning wants a look; needs-work: an error, or something unaccounted',
    ),
    owner: z.string().exactOptional(),
    holds: z
      .array(z.string())
      .exactOptional()
      .describe('legacy workflows that its CronWorkflow runs too: they are the same but for their schedules'),
    heldBy: z
      .object({ job: z.string(), ownName: z.string().describe('name kept for it, should it be converted apart') })
      .exactOptional()
      .describe('the legacy workflow whose CronWorkflow runs this one'),
    environments: z.array(z.string()),
    sources: z.array(place).describe('the legacy files it is made of'),
    outputs: z.array(z.string()),
    fingerprint: z.string().describe('sha256 over its legacy and output files; a review holds for one fingerprint'),
    steps: z.array(
      z.object({
        task: z.string(),
        span: place,
        what: z.string(),
        template: z.string().exactOptional(),
        rules: z.array(z.string()),
      }),
    ),
    flow: graph
      .exactOptional()
      .describe('legacy steps in the reference environment; absent where they cannot be drawn'),
    argoFlow: graph.exactOptional().describe('what Argo runs in the reference environment'),
    schedules: z.array(schedule),
    parameters: z.array(z.object({ name: z.string(), origin: z.string(), values: z.record(z.string(), z.string()) })),
    launchers: z.array(
      z.object({
        task: z.string(),
        rule: z.string(),
        what: z.string(),
        fate: z.string(),
        why: z.string(),
        span: place,
      }),
    ),
    accepted: z
      .array(z.object({ path: z.string(), rule: z.string(), reason: z.string() }))
      .describe('differences from the legacy pods that a rule made on purpose'),
    decisions: z.array(z.object({ policy: z.string(), text: z.string() })),
    manual: z.array(z.string()).describe('what a person has to do'),
    backfillable: z.boolean(),
    diagnostics: z.array(finding),
    lines: yamlLines,
    proof: z.array(proofRow).describe('empty where verify did not run'),
    otherDifferences: z
      .array(otherDifferences)
      .exactOptional()
      .describe('what verify found besides runs and starts, such as a text for people'),
    calls: z.array(z.string()).exactOptional().describe('workflows whose steps it inlines (call>)'),
    requires: z.array(z.string()).exactOptional().describe('workflows whose sessions it waits for (require>)'),
    effort: effort.exactOptional(),
    gains: gains.exactOptional(),
    review: review.exactOptional(),
  })
  .meta({ id: 'Job' });
