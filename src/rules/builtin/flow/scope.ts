import { sessionExprToArgo } from '../../../argo-expr/from-session.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { diagnose } from '../../../core/diagnose.ts';
import { freeName } from '../../../core/free-name.ts';
import { byRule, textOf } from '../../../ir/build-value.ts';
import type { TaskId } from '../../../ir/graph.ts';
import { spanOf } from '../../../ir/read-value.ts';
import type { SessionExpr, SessionTest } from '../../../ir/session-expr.ts';
import type { RuntimeExpr, TextPart, TextValue } from '../../../ir/value.ts';
import { checkedTranslation } from './checked-translation.ts';
import { itemKey } from './loop-values.ts';
import { withoutNeighbours } from './neighbour.ts';
import { givenIn } from './store-readers.ts';
import { fieldPath, givenTest, lastName, storeText, WHOLE_STORE } from './stored-text.ts';
import type { FlowContext, Items, StoreOutput } from './types.ts';

const RULE = 'flow-scope';

/** What a template must be given for its own steps: the session, variables of loops around it, what tasks before it stored. */
export type Need =
  | { readonly kind: 'session' }
  | { readonly kind: 'item'; readonly loop: TaskId; readonly key: string }
  | { readonly kind: 'store'; readonly task: TaskId };

/** A need, and the input that carries it. */
export interface NamedNeed {
  readonly need: Need;
  readonly input: string;
}

/** What a step sees of the steps before it in its own template. */
export interface Before {
  readonly root: 'steps' | 'tasks';
  /** The step that hands up what a task stored. */
  readonly stores: ReadonlyMap<TaskId, { readonly step: string } & StoreOutput>;
}

type RuntimePart = Extract<TextPart, { kind: 'runtime' }>;
type Given = Extract<RuntimeExpr, { kind: 'item' | 'output' }>;

const nothingBefore: Before = { root: 'steps', stores: new Map() };

/**
 * The scope of one steps or DAG template: writes legacy run-time texts as Argo tags and expressions, and remembers which
 * inputs that took.
 */
export class StepScope {
  readonly #needs = new Map<string, NamedNeed>();
  readonly #context: FlowContext;
  /** Inputs that the template has for itself. */
  readonly #own: readonly string[];

  constructor(context: FlowContext, own: readonly string[] = []) {
    this.#context = context;
    this.#own = own;
  }

  /** The names of all inputs: the template's own, then those of its needs. */
  inputs(): readonly string[] {
    return [...this.#own, ...this.needs().map((need) => need.input)];
  }

  /** The inputs of the template, in a fixed order: the session first, then loop variables, then stored values. */
  needs(): readonly NamedNeed[] {
    return [...this.#needs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
  }

  /** `value` as Argo reads it inside this template; `items` are those of the step's own loop, if it has one. */
  write(value: TextValue, items?: Items, before: Before = nothingBefore): TextValue {
    const parts = value.parts.map(
      (part): TextPart =>
        part.kind === 'runtime'
          ? { kind: 'literal', text: this.#tag(part, items, before), from: byRule(RULE, [part.from]) }
          : part,
    );
    return { ...textOf(parts, value.from), control: value.control };
  }

  #tag(part: RuntimePart, items: Items | undefined, before: Before): string {
    const { expr } = part;
    switch (expr.kind) {
      case 'session':
        return this.#sessionTag(expr.ast, part, items, before);
      case 'item':
        return tagOf(this.#item(expr, items));
      case 'output':
        return this.#outputTag(expr, part, before);
      case 'unique':
        return '{{workflow.creationTimestamp.s}}';
      case 'error-message':
        this.#context.sink.add(
          diagnose(
            'FLOW_ERROR_MESSAGE',
            { task: this.#context.graph.job },
            { span: spanOf(part.from) ?? this.#context.graph.span },
          ),
        );
        return 'failed, see the log of the step';
      case 'opaque':
        return this.#refuse(part, expr.source, expr.reason);
      default:
        return assertNever(expr);
    }
  }

  /** A loop variable as an expression. */
  #item(expr: Extract<Given, { kind: 'item' }>, items: Items | undefined): string {
    const [root = '', ...fields] = expr.key.split('.');
    const dynamic = this.#context.dynamicLoops.has(expr.loop);
    if (items?.loop === expr.loop && items.keys.has(root)) {
      if (items.kind === 'listed' && !items.single) return `item.${itemKey(expr.key)}`;
      return `item${fieldPath(fields)}`;
    }
    const key = dynamic ? root : expr.key;
    const input = this.#need(`1${key} ${expr.loop}`, { kind: 'item', loop: expr.loop, key }, itemKey(key));
    return dynamic && fields.length > 0
      ? `fromJSON(inputs.parameters.${input})${fieldPath(fields)}`
      : `inputs.parameters.${input}`;
  }

  #outputTag(expr: Extract<Given, { kind: 'output' }>, part: RuntimePart, before: Before): string {
    const problem = this.#lostReason(expr);
    if (problem !== undefined) return this.#refuse(part, expr.key, problem);
    const known = expr.tasks.filter((task) => this.#context.stored.has(task));
    return expr.key === WHOLE_STORE
      ? known.map((task) => tagOf(this.#store(task, before))).join(',')
      : tagOf(this.#output(expr, before));
  }

  /** Why a stored value cannot be read; undefined where it can. A task that has no step stores nothing. */
  #lostReason({ tasks }: Extract<Given, { kind: 'output' }>): string | undefined {
    const states = tasks.map((task) => this.#context.stored.get(task));
    if (states.includes('lost')) return 'a loop over a list of run time cannot hand up what is stored in it';
    return states.includes('handed-up') ? undefined : 'no step before it stores it';
  }

  /** A stored value as an expression: of several tasks that may have stored it, the first that has. */
  #output({ tasks, key }: Extract<Given, { kind: 'output' }>, before: Before): string {
    return tasks
      .filter((task) => this.#context.stored.has(task))
      .map((task) => `fromJSON(${this.#store(task, before)})${fieldPath(key.split('.'))}`)
      .join(' ?? ');
  }

  /** All that a task stored, as an expression for its JSON text: from a step of this template, else from outside. */
  #store(task: TaskId, before: Before): string {
    const here = before.stores.get(task);
    if (here !== undefined) return storeText(before.root, here.step, here);
    const wish = `${itemKey(lastName(task))}_store`;
    return `inputs.parameters.${this.#need(`2${task}`, { kind: 'store', task }, wish)}`;
  }

  /** The input that carries a need; two needs of one name get two inputs. */
  #need(key: string, need: Need, wish: string): string {
    const known = this.#needs.get(key);
    if (known !== undefined) return known.input;
    const taken = new Set([...this.#own, ...[...this.#needs.values()].map((each) => each.input)]);
    const input = freeName(wish, '_', taken);
    this.#needs.set(key, { need, input });
    return input;
  }

  #sessionTag(ast: SessionExpr, part: RuntimePart, items: Items | undefined, before: Before): string {
    if (ast.kind === 'test-text' && givenIn(ast).length > 0) {
      this.#context.sink.add(
        diagnose('FLOW_STORED_COMPARED', {}, { span: spanOf(part.from) ?? this.#context.graph.span }),
      );
      const lost = givenIn(ast).flatMap((of) => (of.kind === 'output' ? (this.#lostReason(of) ?? []) : []));
      if (lost[0] !== undefined) return this.#refuse(part, 'the condition', lost[0]);
      const written = givenTest(ast.of, {
        given: (of) => (of.kind === 'item' ? this.#item(of, items) : this.#output(of, before)),
        session: (of) => this.#sessionExpression(of),
      });
      return written.kind === 'expression'
        ? `{{=${written.text}}}`
        : this.#refuse(part, 'the condition', written.reason);
    }
    const written = this.#written(ast);
    return written.kind === 'expression' ? written.text : this.#refuse(part, describeSession(ast), written.reason);
  }

  #sessionExpression(of: SessionTest): ReturnType<typeof sessionExprToArgo> {
    const written = this.#written({ kind: 'test-text', of });
    return written.kind === 'refused' ? written : { ...written, text: written.text.replace(/^\{\{=|\}\}$/g, '') };
  }

  #written(ast: SessionExpr): ReturnType<typeof sessionExprToArgo> {
    const { session, graph } = this.#context;
    this.#need('0session', { kind: 'session' }, session.name);
    const own = withoutNeighbours(ast, graph.schedule);
    if (own === undefined)
      return { kind: 'refused', reason: 'the schedule has no fixed step from one session to the next' };
    const written = sessionExprToArgo(own, {
      timezone: graph.timezone,
      input: { kind: session.kind, name: session.name },
    });
    return checkedTranslation(own, written, graph.timezone, session);
  }

  #refuse(part: RuntimePart, source: string, reason: string): string {
    const span = spanOf(part.from);
    this.#context.sink.add(
      diagnose(
        'FLOW_UNTRANSLATED',
        { expression: source, reason },
        {
          span: span ?? this.#context.graph.span,
          job: this.#context.graph.job,
          environment: this.#context.environment,
        },
      ),
    );
    if (span !== undefined) this.#context.untranslated.push(span);
    return 'NOT-CONVERTED';
  }
}

/** A plain name is a simple tag, everything else an expression. */
function tagOf(expression: string): string {
  const plain = expression.replace(/^(steps|tasks)\['([\w-]+)'\]/, '$1.$2');
  return /^[\w.-]+$/.test(plain) ? `{{${plain}}}` : `{{=${expression}}}`;
}

function describeSession(ast: SessionExpr): string {
  return ast.kind === 'format'
    ? ast.pattern.map((part) => (part.kind === 'literal' ? part.text : part.token)).join('')
    : ast.kind;
}
