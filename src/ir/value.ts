import type { SourceSpan } from '../core/source.ts';
import type { TaskId } from './graph.ts';
import type { SessionExpr } from './session-expr.ts';

/** Where a value came from, back to the legacy source. */
export type Provenance =
  | { readonly via: 'literal'; readonly span: SourceSpan }
  | {
      readonly via: 'jinja';
      readonly span: SourceSpan;
      readonly template: string;
      readonly inputs: readonly Provenance[];
    }
  | { readonly via: 'export'; readonly span: SourceSpan; readonly name: string }
  | { readonly via: 'include'; readonly span: SourceSpan; readonly from: Provenance }
  | { readonly via: 'rule'; readonly rule: string; readonly from: readonly Provenance[] }
  | { readonly via: 'default'; readonly reason: string };

/** One run of characters with one origin. */
export type TextPart =
  | { readonly kind: 'literal'; readonly text: string; readonly from: Provenance }
  /**
   * Fixed per environment: a Jinja2 variable leaf (dotted path), an `_export`, a flag. `text` is its value in this
   * environment; with `chosen`, a text that the variable only chose: `'Always' if env == 'dev' else 'IfNotPresent'`.
   */
  | {
      readonly kind: 'variable';
      readonly text: string;
      readonly variable: string;
      readonly chosen?: true;
      readonly from: Provenance;
    }
  /** Known only per session: macro, `${session…}`, `$(date …)`. `name` is what the legacy side called it (macro or parameter name), for naming inputs. */
  | { readonly kind: 'runtime'; readonly expr: RuntimeExpr; readonly name?: string; readonly from: Provenance };

export type RuntimeExpr =
  /** Arithmetic on session time; knows neither moment nor Argo. */
  | { readonly kind: 'session'; readonly ast: SessionExpr }
  /**
   * Stored by an earlier task: by the first of `tasks` (the latest first) that has stored it. `key` is dotted for a field of what was
   * stored; the empty one is all that each of `tasks` stored, as JSON texts with commas between them.
   */
  | { readonly kind: 'output'; readonly tasks: readonly TaskId[]; readonly key: string }
  /**
   * The value of a loop variable; `key` is the loop's variable name, dotted for a field of a map item. `types`: what its values are
   * in the loop's own list; absent for texts alone.
   */
  | { readonly kind: 'item'; readonly loop: TaskId; readonly key: string; readonly types?: 'json' | 'mixed' }
  /** The message of the failed task, inside an `_error` task. */
  | { readonly kind: 'error-message' }
  /** Text that the launcher makes anew for each start, such as a name suffix from `date +%s`; its value carries no meaning. */
  | { readonly kind: 'unique'; readonly source: string }
  /** Not understood; `source` is the expression as written. */
  | {
      readonly kind: 'opaque';
      readonly engine: 'digdag' | 'shell' | 'macro';
      readonly source: string;
      readonly reason: string;
    };

export type ValueShape =
  | { readonly kind: 'text'; readonly parts: readonly TextPart[] }
  | { readonly kind: 'scalar'; readonly value: number | bigint | boolean | null }
  | { readonly kind: 'list'; readonly items: readonly Value[] }
  | { readonly kind: 'map'; readonly entries: ReadonlyMap<string, Value> };

/** A value that knows where it came from. `control` lists the `if`/`for` that made it exist. */
export type Value = ValueShape & {
  readonly from: Provenance;
  readonly control: readonly Provenance[];
  readonly comment?: string;
};

export type TextValue = Extract<Value, { kind: 'text' }>;
export type MapValue = Extract<Value, { kind: 'map' }>;
export type ListValue = Extract<Value, { kind: 'list' }>;
