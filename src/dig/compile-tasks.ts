import { diagnose } from '../core/diagnose.ts';
import type { DiagnosticArgs, DiagnosticCode, DiagnosticSink } from '../core/diagnostic.ts';
import type { SourceSpan } from '../core/source.ts';
import { nameOf } from '../yaml/merge-keys.ts';
import { asBoolean, asInt, asText } from './coerce.ts';
import { taskNameProblem } from './names.ts';
import { similarTo } from './similar.ts';
import { taskOf } from './task-node.ts';
import type { DigTask, YamlEntry, YamlMap, YamlNode } from './types.ts';

/** What the compiler knows of a task before its siblings are ordered. */
export interface Draft {
  readonly name: string;
  readonly fullName: string;
  readonly index: number;
  readonly keySpan: SourceSpan;
  readonly comment?: string;
  readonly node: YamlMap;
  readonly kind: 'group' | 'operator';
  readonly disabled: boolean;
  readonly config: readonly YamlEntry[];
  readonly children: readonly DigTask[];
}

/** A task to compile: its key and its mapping. */
export interface TaskSource {
  readonly name: string;
  readonly parentFullName: string;
  readonly keySpan: SourceSpan;
  readonly comment?: string | undefined;
  readonly node: YamlMap;
}

const groupKeys: ReadonlySet<string> = new Set([
  'timezone',
  'schedule',
  'sla',
  '_parallel',
  '_background',
  '_after',
  '_error',
  '_check',
  '_retry',
  '_export',
  '_secrets',
]);

type Grouping = { readonly kind: 'serial' } | { readonly kind: 'parallel'; readonly limit: number };

/**
 * Digdag's WorkflowCompiler. Every mistake is reported; undefined where there was one.
 * @see digdag-core `WorkflowCompiler`
 */
export function compileTasks(source: TaskSource, sink: DiagnosticSink): DigTask | undefined {
  const compiler = new TaskCompiler(sink);
  const draft = compiler.collect(source);
  return compiler.failed || draft === undefined
    ? undefined
    : taskOf(draft, { background: false, after: [], upstreams: [] });
}

class TaskCompiler {
  failed = false;
  readonly #sink: DiagnosticSink;
  #next = 0;

  constructor(sink: DiagnosticSink) {
    this.#sink = sink;
  }

  collect(source: TaskSource): Draft | undefined {
    const { name, node, keySpan } = source;
    const fullName = source.parentFullName + name;
    const subtasks = node.entries.filter((entry) => entry.key.startsWith('+'));
    const config = node.entries.filter((entry) => !entry.key.startsWith('+'));
    const bodies = subtasks.map((entry) => ({ entry, body: this.#body(entry) }));
    const problem = taskNameProblem(name, false);
    if (problem !== undefined) this.#refuse('DIG_TASK_NAME', { task: name, problem }, keySpan);

    const index = this.#next;
    this.#next += 1;
    const base = {
      name,
      fullName,
      index,
      keySpan,
      node,
      ...(source.comment === undefined ? {} : { comment: source.comment }),
    };
    const disable = config.find((entry) => entry.key === '_disable');
    const disabled = asBoolean(disable?.value);
    if (disable !== undefined && disabled === undefined) this.#notBoolean(disable);
    if (disable !== undefined && disabled === true)
      return {
        ...base,
        kind: 'group',
        disabled: true,
        config: [{ ...disable, value: { kind: 'bool', value: true, span: disable.value.span } }],
        children: [],
      };

    const operators = config.filter((entry) => entry.key.endsWith('>'));
    const type = config.find((entry) => entry.key === '_type');
    const [operator = type] = operators;
    this.#checkError(fullName, config);
    if (operator === undefined)
      return { ...base, kind: 'group', disabled: false, config, children: this.#group(fullName, config, bodies) };

    const [subtask] = subtasks;
    if (subtask !== undefined)
      this.#refuse(
        'DIG_OPERATOR_WITH_TASKS',
        { task: fullName, operator: operator.key, subtask: subtask.key },
        operator.keySpan,
      );
    const second = operators[1];
    if (second !== undefined)
      this.#refuse(
        'DIG_TWO_OPERATORS',
        { task: fullName, operators: operators.map((entry) => entry.key) },
        second.keySpan,
      );
    return { ...base, kind: 'operator', disabled: false, config, children: [] };
  }

  /** The mapping of a `+task`; the mappings of a list are put together, the last of equal keys wins at the first one's place. */
  #body({ key, value }: YamlEntry): YamlMap | undefined {
    if (value.kind === 'map') return value;
    const items = value.kind === 'list' ? value.items : [value];
    const entries = new Map<string, YamlEntry>();
    for (const item of items) {
      if (item.kind !== 'map') {
        this.#refuse('DIG_NOT_TASK', { task: key, found: nameOf(item) }, item.span);
        return undefined;
      }
      for (const entry of item.entries) entries.set(entry.key, entry);
    }
    return { kind: 'map', entries: [...entries.values()], span: value.span };
  }

  #group(
    fullName: string,
    config: readonly YamlEntry[],
    bodies: readonly { readonly entry: YamlEntry; readonly body: YamlMap | undefined }[],
  ): readonly DigTask[] {
    for (const { key, keySpan } of config) {
      if (!groupKeys.has(key))
        this.#refuse('DIG_GROUP_KEY', { task: fullName, key, similar: similarTo(key, groupKeys) }, keySpan);
    }
    const drafts: Draft[] = [];
    for (const { entry, body } of bodies) {
      if (body === undefined) continue;
      const draft = this.collect({
        name: entry.key,
        parentFullName: fullName,
        keySpan: entry.keySpan,
        comment: entry.comment,
        node: body,
      });
      if (draft !== undefined) drafts.push(draft);
    }
    const grouping = this.#grouping(config);
    return grouping?.kind === 'parallel' ? this.#parallel(drafts, grouping.limit) : this.#serial(drafts);
  }

  #grouping(config: readonly YamlEntry[]): Grouping | undefined {
    const value = config.find((entry) => entry.key === '_parallel')?.value;
    if (value === undefined) return { kind: 'serial' };
    if (value.kind === 'map') {
      const limit = value.entries.find((entry) => entry.key === 'limit')?.value;
      const count = limit === undefined || limit.kind === 'null' ? undefined : asInt(limit);
      if (count !== undefined) return { kind: 'parallel', limit: count };
      return this.#refuse(
        'DIG_PARALLEL_LIMIT',
        { found: limit === undefined ? 'none' : nameOf(limit) },
        (limit ?? value).span,
      );
    }
    const parallel = value.kind === 'bool' || value.kind === 'string' ? asBoolean(value) : undefined;
    if (parallel === undefined) return this.#refuse('DIG_PARALLEL', { found: nameOf(value) }, value.span);
    // No limit and a limit below one are the same to Digdag.
    return parallel ? { kind: 'parallel', limit: 0 } : { kind: 'serial' };
  }

  /** Chunks of `limit` tasks; each waits for all of the chunk before. */
  #parallel(drafts: readonly Draft[], limit: number): readonly DigTask[] {
    const earlier = new Map<string, number>();
    return drafts.map((draft, at) => {
      const background = draft.config.find((entry) => entry.key === '_background');
      if (background !== undefined && this.#flag(background))
        this.#refuse('DIG_BACKGROUND_IN_PARALLEL', { task: draft.fullName }, background.keySpan);
      const after = this.#after(draft);
      const upstreams = after
        .map(({ name, span }) => this.#earlierTask(draft, name, span, earlier))
        .filter((index) => index !== undefined);
      earlier.set(draft.name, draft.index);
      const chunk = limit > 0 ? Math.floor(at / limit) : 0;
      const before = chunk > 0 ? drafts.slice((chunk - 1) * limit, chunk * limit).map((other) => other.index) : [];
      return taskOf(without(draft, '_after'), {
        background: false,
        after: after.map(({ name }) => name),
        upstreams: [...upstreams, ...before],
      });
    });
  }

  #earlierTask(draft: Draft, name: string, span: SourceSpan, earlier: ReadonlyMap<string, number>): number | undefined {
    return (
      earlier.get(name) ??
      this.#refuse('DIG_AFTER_UNKNOWN', { task: draft.fullName, name, earlier: [...earlier.keys()] }, span)
    );
  }

  #after(draft: Draft): readonly { readonly name: string; readonly span: SourceSpan }[] {
    const value = draft.config.find((entry) => entry.key === '_after')?.value;
    if (value === undefined || value.kind === 'null') return [];
    if (value.kind !== 'list') {
      this.#refuse('DIG_AFTER_NOT_LIST', { task: draft.fullName, found: nameOf(value) }, value.span);
      return [];
    }
    return value.items.map((item) => ({ name: asText(item) ?? nameOf(item), span: item.span }));
  }

  /** A background task waits for nobody; the next other task waits for it and for the other one before it. */
  #serial(drafts: readonly Draft[]): readonly DigTask[] {
    let before: number[] = [];
    return drafts.map((draft) => {
      const after = draft.config.find((entry) => entry.key === '_after');
      if (after !== undefined) this.#refuse('DIG_AFTER_NOT_PARALLEL', { task: draft.fullName }, after.keySpan);
      const flag = draft.config.find((entry) => entry.key === '_background');
      const background = flag !== undefined && this.#flag(flag) === true;
      const upstreams = background ? [] : before;
      before = background ? [...before, draft.index] : [draft.index];
      return taskOf(without(draft, '_background'), { background, after: [], upstreams });
    });
  }

  /** `_error` is compiled when the file is loaded; `_check` and `_do` only when they run. */
  #checkError(fullName: string, config: readonly YamlEntry[]): void {
    const entry = config.find(({ key }) => key === '_error');
    if (entry === undefined || entry.value.kind === 'null') return;
    if (entry.value.kind !== 'map')
      this.#refuse('DIG_NOT_MAPPING', { key: '_error', found: nameOf(entry.value) }, entry.value.span);
    else if (entry.value.entries.length > 0) {
      const nested = new TaskCompiler(this.#sink);
      nested.collect({ name: '^error', parentFullName: fullName, keySpan: entry.keySpan, node: entry.value });
      this.failed ||= nested.failed;
    }
  }

  #flag(entry: YamlEntry): boolean | undefined {
    const value = asBoolean(entry.value);
    if (value === undefined) this.#notBoolean(entry);
    return value;
  }

  #notBoolean({ key, value }: { readonly key: string; readonly value: YamlNode }): void {
    this.#refuse('DIG_NOT_BOOLEAN', { key, found: nameOf(value) }, value.span);
  }

  #refuse<C extends DiagnosticCode>(code: C, args: DiagnosticArgs[C], span: SourceSpan): undefined {
    this.failed = true;
    this.#sink.add(diagnose(code, args, { span }));
    return undefined;
  }
}

function without(draft: Draft, key: string): Draft {
  return { ...draft, config: draft.config.filter((entry) => entry.key !== key) };
}
