import { sessionExprToArgo } from '../../../argo-expr/from-session.ts';
import { assertNever } from '../../../core/assert-never.ts';
import { diagnose } from '../../../core/diagnose.ts';
import { byRule, textOf } from '../../../ir/build-value.ts';
import type { TaskId } from '../../../ir/graph.ts';
import { spanOf } from '../../../ir/read-value.ts';
import type { SessionExpr } from '../../../ir/session-expr.ts';
import type { TextPart, TextValue } from '../../../ir/value.ts';
import { itemKey } from './loop-values.ts';
import { withoutNeighbours } from './neighbour.ts';
import type { FlowContext, Items } from './types.ts';

const RULE = 'flow-scope';

/** What a steps template must be given for its own steps: the session, and variables of loops around it. */
export type Need =
  | { readonly kind: 'session' }
  | { readonly kind: 'item'; readonly loop: TaskId; readonly key: string };

/**
 * The scope of one steps template: writes legacy run-time texts as Argo tags and expressions, and remembers which
 * inputs that took.
 */
export class StepScope {
  readonly #needs = new Map<string, Need>();
  readonly #context: FlowContext;

  constructor(context: FlowContext) {
    this.#context = context;
  }

  /** The inputs of the template, in a fixed order: the session first, loop variables by name. */
  needs(): readonly Need[] {
    return [...this.#needs].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, need]) => need);
  }

  /** `value` as Argo reads it inside this template; `items` are those of the step's own loop, if it has one. */
  write(value: TextValue, items?: Items): TextValue {
    return textOf(
      value.parts.map((part) => this.#writePart(part, items)),
      value.from,
    );
  }

  #writePart(part: TextPart, items: Items | undefined): TextPart {
    if (part.kind !== 'runtime') return part;
    const from = byRule(RULE, [part.from]);
    return { kind: 'literal', text: this.#tag(part, items), from };
  }

  #tag(part: Extract<TextPart, { kind: 'runtime' }>, items: Items | undefined): string {
    const { expr } = part;
    switch (expr.kind) {
      case 'session':
        this.#needs.set('0session', { kind: 'session' });
        return this.#sessionTag(expr.ast, part);
      case 'item':
        if (items?.loop === expr.loop) return items.single ? '{{item}}' : `{{item.${itemKey(expr.key)}}}`;
        this.#needs.set(`1${expr.key}`, { kind: 'item', loop: expr.loop, key: expr.key });
        return `{{inputs.parameters.${itemKey(expr.key)}}}`;
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
      case 'output':
        return this.#refuse(part, `${expr.key}`, 'values stored by an earlier task are not converted yet');
      case 'opaque':
        return this.#refuse(part, expr.source, expr.reason);
      default:
        return assertNever(expr);
    }
  }

  #sessionTag(ast: SessionExpr, part: TextPart): string {
    const { session, graph } = this.#context;
    const own = withoutNeighbours(ast, graph.schedule);
    if (own === undefined)
      return this.#refuse(part, describeSession(ast), 'the schedule has no fixed step from one session to the next');
    const written = sessionExprToArgo(own, {
      timezone: graph.timezone,
      input: { kind: session.kind, name: session.name },
    });
    return written.kind === 'expression' ? written.text : this.#refuse(part, describeSession(ast), written.reason);
  }

  #refuse(part: TextPart, source: string, reason: string): string {
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

function describeSession(ast: SessionExpr): string {
  return ast.kind === 'format'
    ? ast.pattern.map((part) => (part.kind === 'literal' ? part.text : part.token)).join('')
    : ast.kind;
}
