import { diagnose } from '../../core/diagnose.ts';
import type { DiagnosticSink } from '../../core/diagnostic.ts';
import { sortedBy } from '../../core/order.ts';
import type { OutputFile } from '../../emit/types.ts';
import type { Disk } from './disk.ts';
import { sha256 } from './hash.ts';
import type { Ledger, LedgerEntry } from './ledger.ts';
import { entryOf, hasNotes, isAsWritten, optional } from './ledger-entry.ts';
import { keepNotes } from './notes.ts';
import type { Plan, Put, Removal, Wanted } from './types.ts';

/** Compares what is wanted with what is there and with what earlier runs wrote; findings say what is kept and why. */
export function planRun(wanted: Wanted, ledger: Ledger, disk: Disk, sink: DiagnosticSink): Plan {
  const planner = new Planner(wanted, ledger, disk, sink);
  const files = sortedBy(
    wanted.files.filter((file) => file.job === undefined || !wanted.manual.has(file.job)),
    (file) => file.path,
  );
  for (const file of files) if (!isLeft(file, wanted, ledger)) planner.put(file);
  planner.rest();
  return planner.plan();
}

/** Brings some files of an earlier run up to date and leaves all others as they are. */
export function planRefresh(files: readonly OutputFile[], ledger: Ledger, disk: Disk, sink: DiagnosticSink): Plan {
  const wanted: Wanted = {
    files,
    environments: [],
    inputs: {},
    names: {},
    present: new Set(),
    manual: new Set(),
    limited: true,
    prune: false,
    overwrite: [],
  };
  const planner = new Planner(wanted, ledger, disk, sink);
  for (const file of sortedBy(files, ({ path }) => path)) planner.put(file);
  planner.rest();
  return planner.plan();
}

/** A run for some jobs knows nothing of the others: it leaves the files that speak of all of them. */
function isLeft(file: OutputFile, wanted: Wanted, ledger: Ledger): boolean {
  return wanted.limited && file.job === undefined && ledger.files[file.path] !== undefined;
}

const OURS = '.dig2argo/';
const BESIDE = '.dig2argo-new';

class Planner {
  readonly #puts: Put[] = [];
  readonly #removals: Removal[] = [];
  readonly #entries = new Map<string, LedgerEntry>();
  readonly #wanted: Wanted;
  readonly #ledger: Ledger;
  readonly #disk: Disk;
  readonly #sink: DiagnosticSink;
  readonly #seen = new Set<string>();
  #unchanged = 0;

  constructor(wanted: Wanted, ledger: Ledger, disk: Disk, sink: DiagnosticSink) {
    this.#wanted = wanted;
    this.#ledger = ledger;
    this.#disk = disk;
    this.#sink = sink;
  }

  put(file: OutputFile): void {
    const { path } = file;
    this.#seen.add(path);
    const kind = this.#disk.kind(path);
    if (kind !== undefined && kind !== 'file') {
      this.#sink.add(diagnose('OUT_NOT_A_FILE', { path, what: kind === 'other' ? 'special file' : kind }));
      this.#keepEntry(path);
      return;
    }
    const current = this.#disk.read(path);
    const text = file.keeps === 'notes' && current !== undefined ? keepNotes(file.text, current) : file.text;
    const known = this.#ledger.files[path];
    const foreign = current !== undefined && current !== text && !this.#isOurs(path, current, known);
    if (foreign && !this.#overwritten(path)) {
      this.#beside(file, known === undefined);
      return;
    }
    this.#entries.set(path, entryOf(file));
    if (current === text) this.#unchanged += 1;
    else this.#replace(path, text, current, file.job);
  }

  /** Files that earlier runs wrote and this one does not. */
  rest(): void {
    const left = sortedBy(Object.entries(this.#ledger.files), ([path]) => path).filter(
      ([path]) => !this.#seen.has(path) && !this.#entries.has(path),
    );
    const leftJobs = new Map<string, number>();
    for (const [path, entry] of left) {
      const fate = this.#fateOf(entry);
      if (fate === 'remove') this.#remove(path, entry);
      else this.#entries.set(path, entry);
      if (fate === 'report' && entry.job !== undefined && !path.startsWith(OURS))
        leftJobs.set(entry.job, (leftJobs.get(entry.job) ?? 0) + 1);
    }
    for (const [name, files] of leftJobs) {
      this.#sink.add(
        diagnose(this.#wanted.present.has(name) ? 'OUT_JOB_NOT_CONVERTED' : 'OUT_JOB_GONE', { name, files }),
      );
    }
  }

  plan(): Plan {
    const { environments, inputs, names, limited } = this.#wanted;
    const earlier = this.#ledger;
    for (const [name, after] of Object.entries(names)) {
      const before = earlier.names[name];
      if (before !== undefined && before !== after)
        this.#sink.add(diagnose('OUT_NAME_CHANGED', { name, before, after }));
    }
    const ledger: Ledger = {
      version: 1,
      environments: limited ? [...new Set([...earlier.environments, ...environments])] : [...environments],
      inputs: limited ? { ...earlier.inputs, ...inputs } : { ...inputs },
      names: { ...earlier.names, ...names },
      files: Object.fromEntries(this.#entries),
    };
    return { puts: inSwapOrder(this.#puts), removals: this.#removals, unchanged: this.#unchanged, ledger };
  }

  /** Our version goes beside a file that is kept. */
  #beside(file: OutputFile, foreign: boolean): void {
    const { path, text } = file;
    const beside = `${path}${BESIDE}`;
    this.#sink.add(diagnose(foreign ? 'OUT_FOREIGN' : 'OUT_EDITED', { path, beside }, optional('job', file.job)));
    this.#keepEntry(path);
    const current = this.#disk.read(beside);
    const known = this.#ledger.files[beside];
    if (current !== undefined && current !== text && !this.#isOurs(beside, current, known)) {
      if (known !== undefined) this.#entries.set(beside, known);
      return;
    }
    this.#entries.set(beside, { sha256: sha256(text), ...optional('job', file.job) });
    if (current !== text) this.#replace(beside, text, current, file.job);
  }

  #replace(path: string, text: string, current: string | undefined, job: string | undefined): void {
    const before = current === undefined ? undefined : sha256(current);
    this.#puts.push({ path, text, ...optional('before', before), ...optional('job', job) });
  }

  #fateOf(entry: LedgerEntry): 'remove' | 'keep' | 'report' {
    const { limited, manual, names, present, prune } = this.#wanted;
    if (limited || (entry.job !== undefined && manual.has(entry.job))) return 'keep';
    if (entry.job === undefined || Object.hasOwn(names, entry.job)) return 'remove';
    return prune && !present.has(entry.job) ? 'remove' : 'report';
  }

  #remove(path: string, entry: LedgerEntry): void {
    // Behind a link that leads out of the folder nothing is ours any more.
    const current =
      this.#disk.leadsInside(path) && this.#disk.kind(path) === 'file' ? this.#disk.read(path) : undefined;
    if (current === undefined) return;
    const untouched = this.#isOurs(path, current, entry) && !hasNotes(current, entry);
    if (untouched || this.#overwritten(path)) {
      this.#removals.push({ path, before: sha256(current), ...optional('job', entry.job) });
      return;
    }
    this.#entries.set(path, entry);
    this.#sink.add(diagnose('OUT_EDITED_UNUSED', { path }, optional('job', entry.job)));
  }

  /** True where the text is as a run left it, but for the notes. Everything below `.dig2argo` is ours whatever it holds. */
  #isOurs(path: string, current: string, entry: LedgerEntry | undefined): boolean {
    if (path.startsWith(OURS)) return true;
    return entry !== undefined && isAsWritten(current, entry);
  }

  #keepEntry(path: string): void {
    const known = this.#ledger.files[path];
    if (known !== undefined) this.#entries.set(path, known);
  }

  #overwritten(path: string): boolean {
    return this.#wanted.overwrite.some(
      (given) => given === path || given === `${path}${BESIDE}` || path.startsWith(`${given}/`),
    );
  }
}

/** Job by job, and what belongs to no job last: it refers to the jobs. */
function inSwapOrder(puts: readonly Put[]): readonly Put[] {
  return [
    ...sortedBy(
      puts.filter((put) => put.job !== undefined),
      (put) => `${put.job}\u0000${put.path}`,
    ),
    ...puts.filter((put) => put.job === undefined),
  ];
}
