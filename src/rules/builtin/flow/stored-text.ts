import type { TaskId } from '../../../ir/graph.ts';
import type { GivenOperand, SessionTest } from '../../../ir/session-expr.ts';
import type { RuntimeExpr } from '../../../ir/value.ts';
import { k8sName } from '../../../k8s/names.ts';
import type { StoreOutput } from './types.ts';

type Given = Extract<RuntimeExpr, { kind: 'item' | 'output' }>;
type Written =
  | { readonly kind: 'expression'; readonly text: string }
  | { readonly kind: 'refused'; readonly reason: string };

/** The key that stands for all that a task stored, as its JSON text. */
export const WHOLE_STORE = '';

/** All that a step stored, as an expression for its JSON text; of a step with items the last one's counts. */
export function storeText(root: 'steps' | 'tasks', step: string, output: StoreOutput): string {
  const written = `${root}['${step}'].outputs.parameters.${output.parameter}`;
  return output.many ? `fromJSON(${written})[len(fromJSON(${written})) - 1]` : written;
}

/** A task's own name, without those of the groups around it. */
export function lastName(task: TaskId): string {
  return k8sName(task.split(/[+^]/).at(-1) ?? task);
}

export function fieldPath(fields: readonly string[]): string {
  return fields
    .map((field) =>
      /^\d+$/.test(field)
        ? `[${field}]`
        : /^[A-Za-z_]\w*$/.test(field)
          ? `.${field}`
          : `['${field.replaceAll("'", "\\'")}']`,
    )
    .join('');
}

interface Writer {
  given(of: Given): string;
  session(of: SessionTest): Written;
}

/** A condition that holds loop variables or stored values, as an expression that is a boolean. */
export function givenTest(test: SessionTest, writer: Writer): Written {
  switch (test.kind) {
    case 'given':
      return { kind: 'expression', text: comparison(test, writer) };
    case 'not': {
      const of = givenTest(test.of, writer);
      return of.kind === 'refused' ? of : { kind: 'expression', text: `!(${of.text})` };
    }
    case 'and':
    case 'or': {
      const [left, right] = [givenTest(test.left, writer), givenTest(test.right, writer)];
      if (left.kind === 'refused') return left;
      if (right.kind === 'refused') return right;
      return { kind: 'expression', text: `(${left.text}) ${test.kind === 'and' ? '&&' : '||'} (${right.text})` };
    }
    default:
      return writer.session(test);
  }
}

/** With a number, the value is read as a number, as JavaScript does it; else its text is compared. */
function comparison(test: Extract<SessionTest, { kind: 'given' }>, writer: Writer): string {
  const number = [test.left, test.right].some((side) => side.kind === 'constant' && typeof side.value === 'number');
  const side = (of: GivenOperand): string => {
    if (of.kind === 'run-time') {
      const value = writer.given(of.of);
      if (number) return `float(${value})`;
      return of.of.kind === 'item' && /^[\w.]+$/.test(value) ? value : `string(${value})`;
    }
    return typeof of.value === 'number' ? String(of.value) : `'${escaped(String(of.value))}'`;
  };
  return `${side(test.left)} ${test.op} ${side(test.right)}`;
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\n', '\\n');
}
