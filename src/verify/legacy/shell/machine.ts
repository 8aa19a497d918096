import { resolveRepoPath } from '../../../core/source.ts';
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

  temporary(): string {
    this.#temporary += 1;
    return `/tmp/tmp.${String(this.#temporary).padStart(10, '0')}`;
  }

  job(namespace: string, name: string): JobOutcome | undefined {
    return this.#jobs.get(`${namespace}/${name}`);
  }

  addJob(namespace: string, name: string): void {
    this.#jobs.set(`${namespace}/${name}`, this.world.outcome({ namespace, name }));
  }

  removeJob(namespace: string, name: string): void {
    this.#jobs.delete(`${namespace}/${name}`);
    this.version += 1;
  }
}
