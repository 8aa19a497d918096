import { LegacyRuns } from '../../src/verify/compare/legacy-runs.ts';
import { proveJob } from '../../src/verify/compare/prove.ts';
import { compareSchedules } from '../../src/verify/compare/schedules.ts';
import type { Plain, ProofRow, Start } from '../../src/verify/effect.ts';
import { LegacyPlayer } from '../../src/verify/legacy/play.ts';
import { activeSchedule } from '../../src/verify/legacy/schedule.ts';
import { defaultStarts } from '../../src/verify/legacy/starts.ts';
import type { ScheduleVerdict } from '../../src/verify/proof.ts';
import { convertSample, proofFrom, type Sample } from '../generated.ts';
import { builtObjects } from '../samples/play.ts';
import { samplePlatform } from '../unit/verify/platform.ts';

const from = proofFrom;
const YEAR = 365 * 86_400_000;

/** One workflow of a sample with its Argo side. */
export class SampleProof {
  readonly #sample: Sample;
  readonly #platform;
  readonly #player: LegacyPlayer;
  readonly #runs: LegacyRuns;

  constructor(sample: Sample) {
    this.#sample = sample;
    this.#platform = samplePlatform(sample);
    this.#player = new LegacyPlayer(this.#platform);
    this.#runs = new LegacyRuns(this.#player);
  }

  /** Environment and workflow. */
  all(): readonly (readonly [string, string])[] {
    return this.#platform.environments.flatMap(({ name, workflows }) =>
      workflows.map((path) => [name, path.slice(path.lastIndexOf('/') + 1, -'.dig'.length)] as const),
    );
  }

  async starts(environment: string, workflow: string): Promise<readonly Start[]> {
    const objects = await this.objects(environment, workflow);
    const target = JSON.stringify(objects).includes('2006-01-02T15:04:05Z07:00') ? 'time' : 'date';
    const dig = this.#workflow(environment, workflow);
    const schedule = activeSchedule(dig, environment, this.#platform.config);
    return defaultStarts(schedule, { environment, timezone: dig.timezone, fromMs: from, target });
  }

  objects(environment: string, workflow: string): Promise<readonly Plain[]> {
    return builtObjects(this.#sample, workflow.replaceAll('_', '-'), environment);
  }

  async prove(
    environment: string,
    workflow: string,
    starts: readonly Start[],
    objects?: readonly Plain[],
  ): Promise<readonly ProofRow[]> {
    const { report } = await convertSample(this.#sample);
    const accepted = report.details.find((detail) => detail.job === workflow)?.accepted ?? [];
    const proof = await proveJob({
      runs: this.#runs,
      environment,
      workflow,
      job: workflow.replaceAll('_', '-'),
      objects: objects ?? (await this.objects(environment, workflow)),
      workflowDefaults: null,
      cluster: { name: this.#platform.config.clusters[environment] ?? '', guessed: false },
      namespaces: this.#platform.config.namespaces,
      acceptedIn: () => accepted,
      starts,
    });
    return proof.rows;
  }

  async schedule(environment: string, workflow: string, until = from + YEAR): Promise<ScheduleVerdict> {
    const objects = await this.objects(environment, workflow);
    const cron = objects.find((object) => (object as { readonly kind?: Plain }).kind === 'CronWorkflow');
    const schedule = activeSchedule(this.#workflow(environment, workflow), environment, this.#platform.config);
    return compareSchedules(schedule, cron, from, until);
  }

  #workflow(environment: string, workflow: string) {
    const found = this.#player.workflow(environment, workflow);
    if (found === undefined) throw new Error(`no workflow ${workflow} in ${environment}`);
    return found;
  }
}
