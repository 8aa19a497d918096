import type { LegacyPlayer } from '../legacy/play.ts';
import type { LegacyRun } from '../legacy/types.ts';

/** A task that fails: in its first run alone, or in all of them. */
export interface Failure {
  readonly task: string;
  readonly times: 'once' | 'always';
}

export interface LegacySession {
  readonly environment: string;
  readonly workflow: string;
  readonly sessionTime: string;
}

/** Sessions of the legacy side, each played once however often it is compared. */
export class LegacyRuns {
  readonly player: LegacyPlayer;
  readonly #known = new Map<string, Promise<LegacyRun>>();

  constructor(player: LegacyPlayer) {
    this.player = player;
  }

  run(session: LegacySession, failure?: Failure): Promise<LegacyRun> {
    const { environment, workflow, sessionTime } = session;
    const key = JSON.stringify([environment, workflow, sessionTime, failure?.task, failure?.times]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const fails = (task: string, attempt: number): boolean =>
      task === failure?.task && (failure.times === 'always' || attempt === 1);
    const made = this.player.play({ environment, workflow, sessionTime, fails });
    this.#known.set(key, made);
    return made;
  }
}
