/** A command that runs beside the script. */
export interface BackgroundJob {
  readonly pid: string;
  /** Number of this job among all of the run; events say in which jobs they were. */
  readonly lane: number;
  readonly status: number;
  /** The program that decided the status, where nobody can know it. */
  readonly statusUnknown?: string;
  /** Seconds after the start of the script; infinite where it never ends. */
  readonly ends: number;
}

/** Where an event was: the background jobs it was part of, and those that had been waited for. */
export interface EventPlace {
  readonly lanes: readonly number[];
  readonly joined: readonly number[];
}

/** True where the earlier event's command had ended before the later event began. */
export function endedBefore(earlier: EventPlace, later: EventPlace): boolean {
  return earlier.lanes.every((lane) => later.lanes.includes(lane) || later.joined.includes(lane));
}
