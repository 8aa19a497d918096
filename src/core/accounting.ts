import { compareText } from './order.ts';
import type { SourceSpan } from './source.ts';

/** What is counted, so that nothing is dropped in silence. A file nothing reads is one unit. */
export type UnitKind =
  | 'dig-key'
  | 'dig-value'
  | 'template-leaf'
  | 'template-tag'
  | 'variable'
  | 'script-command'
  | 'commented-schedule'
  | 'file';

export interface Unit {
  readonly kind: UnitKind;
  readonly span: SourceSpan;
  /** The key, path, tag or command, as the reader knows it. */
  readonly label: string;
}

export type Fate =
  | { readonly kind: 'consumed'; readonly by: string }
  | { readonly kind: 'dropped'; readonly rule: string; readonly reason: string }
  | { readonly kind: 'unaccounted' };

export interface AccountedUnit {
  readonly unit: Unit;
  readonly fate: Fate;
  /** The jobs that read the unit; empty for what belongs to no job. */
  readonly jobs: readonly string[];
}

/** Where stages say which units exist and what became of them. Consumed wins over dropped: a unit used once is used. */
export class Accounting {
  readonly #units = new Map<string, { unit: Unit; fate: Fate; jobs: Set<string> }>();

  declare(unit: Unit, job?: string): void {
    const entry = this.#entry(unit);
    if (job !== undefined) entry.jobs.add(job);
  }

  consume(unit: Unit, by: string): void {
    this.#entry(unit).fate = { kind: 'consumed', by };
  }

  drop(unit: Unit, rule: string, reason: string): void {
    const entry = this.#entry(unit);
    if (entry.fate.kind === 'unaccounted') entry.fate = { kind: 'dropped', rule, reason };
  }

  /** All units by file and position. */
  units(): readonly AccountedUnit[] {
    return [...this.#units.values()]
      .map(({ unit, fate, jobs }) => ({ unit, fate, jobs: [...jobs].sort(compareText) }))
      .sort(
        (a, b) =>
          compareText(a.unit.span.file, b.unit.span.file) ||
          a.unit.span.start.offset - b.unit.span.start.offset ||
          compareText(a.unit.kind, b.unit.kind),
      );
  }

  #entry(unit: Unit): { unit: Unit; fate: Fate; jobs: Set<string> } {
    const key = `${unit.kind}\u0000${unit.span.file}\u0000${unit.span.start.offset}\u0000${unit.label}`;
    const known = this.#units.get(key);
    if (known !== undefined) return known;
    const entry = { unit, fate: { kind: 'unaccounted' } as Fate, jobs: new Set<string>() };
    this.#units.set(key, entry);
    return entry;
  }
}
