import { resolveRepoPath } from '../../../core/source.ts';
import type { EventPlace } from './background.ts';
import { NotInterpretable } from './not-interpretable.ts';
import { Forever } from './signals.ts';
import { type Content, nothing } from './streams.ts';
import type { Context, JobOutcome, ShellEvent, ShellRequest, World } from './world.ts';

/** Where the legacy tree lies for the script. */
const TREE = '/legacy';

const MAX_STEPS = 400_000;
/** A script that still waits after so many waits is taken to wait for ever. */
const MAX_WAITS = 10_000;

/** All that the processes of one run share: files, clock, cluster, what happened. */
export class Machine {
  readonly world: World;
  readonly events: ShellEvent[] = [];
  readonly times: number[] = [];
  readonly places: EventPlace[] = [];
  readonly #files = new Map<string, Content | undefined>();
  readonly #folders = new Set<string>(['/', '/tmp', TREE]);
  readonly #jobs = new Map<string, JobOutcome>();
  context: Context | undefined;
  seconds = 0;
  /** Grows with everything that can make the next turn of a loop differ from the last one. */
  version = 0;
  #steps = 0;
  #waits = 0;
  #temporary = 0;
  #lanes: readonly number[] = [];
  #joined: ReadonlySet<number> = new Set();
  #lastLane = 0;
  /** Jobs that the background commands around made, where there are any. */
  #own: Set<string> | undefined;
  #laneStart = 0;

  readonly assumeSuccess: boolean;

  constructor(world: World, { assumeSuccess = false, context }: Pick<ShellRequest, 'assumeSuccess' | 'context'> = {}) {
    this.world = world;
    this.assumeSuccess = assumeSuccess;
    this.context = context;
  }

  treePath(folder: string): string {
    return folder === '' ? TREE : `${TREE}/${folder}`;
  }

  step(): void {
    this.#steps += 1;
    if (this.#steps > MAX_STEPS) throw new NotInterpretable(`more than ${MAX_STEPS} commands`);
  }

  wait(seconds: number): void {
    this.seconds += seconds;
    this.#waits += 1;
    if (this.#waits > MAX_WAITS) throw new Forever();
  }

  /** Epoch seconds. Who asks the clock may do something else the next time. */
  now(): number {
    this.version += 1;
    return this.world.now + this.seconds;
  }

  record(event: ShellEvent): void {
    this.version += 1;
    this.events.push(event);
    this.times.push(this.seconds);
    this.places.push({ lanes: this.#lanes, joined: [...this.#joined] });
  }

  /** Runs a command beside what follows: its time passes there, and is over when someone waits for it. */
  beside(run: () => number): { readonly lane: number; readonly status: number; readonly ends: number } {
    const [lanes, joined, own, laneStart, start] = [
      this.#lanes,
      this.#joined,
      this.#own,
      this.#laneStart,
      this.seconds,
    ];
    this.version += 1;
    this.#lastLane += 1;
    const lane = this.#lastLane;
    this.#lanes = [...lanes, lane];
    this.#joined = new Set(joined);
    this.#own = new Set();
    this.#laneStart = start;
    try {
      const status = run();
      return { lane, status, ends: this.seconds };
    } catch (signal) {
      if (!(signal instanceof Forever)) throw signal;
      return { lane, status: 1, ends: Number.POSITIVE_INFINITY };
    } finally {
      this.#lanes = lanes;
      this.#joined = joined;
      this.#own = own;
      this.#laneStart = laneStart;
      this.seconds = start;
    }
  }

  join(lane: number): void {
    this.#joined = new Set([...this.#joined, lane]);
  }

  absolute(folder: string, path: string): string {
    const parts: string[] = [];
    for (const part of (path.startsWith('/') ? path : `${folder}/${path}`).split('/')) {
      if (part === '' || part === '.') continue;
      if (part === '..') parts.pop();
      else parts.push(part);
    }
    return `/${parts.join('/')}`;
  }

  read(path: string): Content | undefined {
    if (path === '/dev/null') return nothing;
    if (this.#files.has(path)) return this.#files.get(path);
    const below = path.startsWith(`${TREE}/`) ? resolveRepoPath('', path.slice(TREE.length + 1)) : undefined;
    const text = this.world.file(below ?? path);
    return text === undefined ? undefined : { text };
  }

  write(path: string, content: Content): void {
    if (path === '/dev/null') return;
    const before = this.#files.get(path);
    if (before?.text !== content.text || before?.unknown !== content.unknown) this.version += 1;
    this.#files.set(path, content);
  }

  remove(path: string): boolean {
    const existed = this.read(path) !== undefined || this.isFolder(path);
    this.version += 1;
    this.#files.set(path, undefined);
    this.#folders.delete(path);
    for (const name of [...this.#files.keys()]) if (name.startsWith(`${path}/`)) this.#files.set(name, undefined);
    return existed;
  }

  isFolder(path: string): boolean {
    // Which folders the tree has is not known here; a script that enters one that is missing would have failed on Digdag too.
    return this.#folders.has(path) || (path.startsWith(`${TREE}/`) && this.read(path) === undefined);
  }

  makeFolder(path: string): void {
    this.version += 1;
    this.#folders.add(path);
  }

  /** What a background command does later to what others use, they would see too early here. */
  #touches(job: string): void {
    if (this.#own !== undefined && this.seconds > this.#laneStart && !this.#own.has(job))
      throw new NotInterpretable('a background command that later changes the Job of another');
  }

  temporary(): string {
    this.#temporary += 1;
    return `/tmp/tmp.${String(this.#temporary).padStart(10, '0')}`;
  }

  job(namespace: string, name: string): JobOutcome | undefined {
    return this.#jobs.get(`${namespace}/${name}`);
  }

  addJob(namespace: string, name: string): void {
    this.#own?.add(`${namespace}/${name}`);
    this.#jobs.set(`${namespace}/${name}`, this.world.outcome({ namespace, name }));
  }

  removeJob(namespace: string, name: string): void {
    this.#touches(`${namespace}/${name}`);
    this.#jobs.delete(`${namespace}/${name}`);
    this.version += 1;
  }
}
