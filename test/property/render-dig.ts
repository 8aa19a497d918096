import type { Node, Tree } from './dig-tree.ts';

/** A tree as .dig files, and what each command does in the play. */
export interface Rendered {
  readonly files: Readonly<Record<string, string>>;
  /** First word of a command, `run-3`, → the starts of it that fail. */
  readonly fails: ReadonlyMap<string, number>;
  /** Method of a `py>` step → what it stores. */
  readonly stores: ReadonlyMap<string, Readonly<Record<string, unknown>>>;
}

export function renderTree(tree: Tree): Rendered {
  const writer = new DigWriter(tree.required);
  writer.workflow('job', tree, []);
  tree.required.forEach((required, at) => writer.required(required, at));
  return { files: writer.files, fails: writer.fails, stores: writer.stores };
}

/** Parameter of a required session. */
const GIVEN = 'given';

class DigWriter {
  readonly files: Record<string, string> = {};
  readonly fails = new Map<string, number>();
  readonly stores = new Map<string, Readonly<Record<string, unknown>>>();
  readonly #required: Tree['required'];
  #next = 0;
  /** Place of the required workflow that is being written. */
  #inside = -1;

  constructor(required: Tree['required']) {
    this.#required = required;
  }

  workflow(name: string, { retry, error, children }: Omit<Tree, 'required'>, variables: readonly string[]): void {
    const lines = [
      ...(retry > 0 ? [`_retry: ${retry}`] : []),
      ...(error ? ['_error:', ...indent([`sh>: ${this.command(0, variables)}`])] : []),
      ...children.flatMap((child) => this.task(child, variables)),
    ];
    this.files[`${name}.dig`] = `${lines.join('\n')}\n`;
  }

  required(required: Tree['required'][number], at: number): void {
    this.#inside = at;
    this.workflow(`required${at}`, required, [GIVEN]);
  }

  get #isCalm(): boolean {
    return this.#required[this.#inside]?.rerun === 'none';
  }

  command(fails: number, variables: readonly string[] = []): string {
    this.#next += 1;
    const word = `run-${this.#next}`;
    this.fails.set(word, this.#isCalm ? 0 : fails);
    return [word, ...variables.map((name) => `\${${name}}`)].join(' ');
  }

  task(node: Node, variables: readonly string[], more: readonly string[] = []): readonly string[] {
    this.#next += 1;
    return [`+t${this.#next}:`, ...indent([...more, ...this.#body(node, variables)])];
  }

  /** What stands below a task's key, or below `_do`. */
  #body(node: Node, variables: readonly string[]): readonly string[] {
    switch (node.kind) {
      case 'leaf':
        return [
          `sh>: ${this.command(node.fails, variables)}`,
          ...this.#directives(node.retry, node.handlers, variables),
        ];
      case 'fail':
        return [`${this.#isCalm ? 'sh' : 'fail'}>: ${this.command(99, variables)}`];
      case 'group':
        return this.#group(node, variables);
      case 'loop':
        return this.#loop(node, variables);
      case 'branch':
        return this.#branch(node, variables);
      case 'call': {
        this.#next += 1;
        const name = `called${this.#next}`;
        this.files[`${name}.dig`] = `${this.task(node.body, variables).join('\n')}\n`;
        return [`call>: ${name}`, ...this.#directives(node.retry, node.handlers, variables)];
      }
      case 'require':
        return this.#require(node, variables);
    }
  }

  #require(node: Extract<Node, { kind: 'require' }>, variables: readonly string[]): readonly string[] {
    const required = node.of > this.#inside ? this.#required[node.of] : undefined;
    const directives = this.#directives(node.retry, node.handlers, variables);
    if (required === undefined) return [`sh>: ${this.command(0, variables)}`, ...directives];
    return [
      `require>: required${node.of}`,
      `params: {${GIVEN}: ${node.given}}`,
      `rerun_on: ${required.rerun}`,
      ...(node.ignoreFailure ? ['ignore_failure: true'] : []),
      ...directives,
    ];
  }

  #directives(
    retry: number,
    handlers: { readonly error: boolean; readonly check: number | undefined },
    variables: readonly string[],
  ): readonly string[] {
    return [
      ...(retry > 0 ? [`_retry: ${retry}`] : []),
      ...(handlers.check === undefined
        ? []
        : ['_check:', ...indent([`sh>: ${this.command(handlers.check, variables)}`])]),
      ...(handlers.error ? ['_error:', ...indent([`sh>: ${this.command(0, variables)}`])] : []),
    ];
  }

  #group(node: Extract<Node, { kind: 'group' }>, variables: readonly string[]): readonly string[] {
    const head =
      node.order === 'chunks'
        ? ['_parallel: {limit: 2}']
        : node.order === 'parallel' || node.order === 'after'
          ? ['_parallel: true']
          : [];
    const names: string[] = [];
    const children = node.children.flatMap((child, at) => {
      const waits =
        node.order === 'after' && at > 1 ? [`_after: [${names.slice(0, at % 2 === 0 ? 1 : 2).join(', ')}]`] : [];
      const background = node.order === 'background' && at % 2 === 1 ? ['_background: true'] : [];
      const lines = this.task(child, variables, [...waits, ...background]);
      names.push((lines[0] ?? '').replace(':', ''));
      return lines;
    });
    return [...head, ...this.#directives(node.retry, node.handlers, variables), ...children];
  }

  #loop(node: Extract<Node, { kind: 'loop' }>, variables: readonly string[]): readonly string[] {
    this.#next += 1;
    const id = this.#next;
    const items = Array.from({ length: node.size }, (_, at) => `${'abc'[at]}${id}`);
    const parallel =
      node.order === 'serial' ? [] : [node.order === 'parallel' ? '_parallel: true' : '_parallel: {limit: 2}'];
    const loop = (operator: string, inner: readonly string[]): readonly string[] => [
      operator,
      ...parallel,
      ...this.#directives(node.retry, node.handlers, variables),
      '_do:',
      ...indent(this.#body(node.body, [...variables, ...inner])),
    ];
    const stored = (values: Readonly<Record<string, unknown>>, body: readonly string[]): readonly string[] => {
      this.stores.set(`m.s${id}`, values);
      return ['+store:', `  py>: m.s${id}`, '+loop:', ...indent(body)];
    };
    // An inner loop would hide the variable of an outer one, and two commands would be one.
    const hides = (name: string): boolean => variables.includes(name);
    const hidden =
      (node.over === 'count' && hides('i')) ||
      (node.over === 'range' && hides('range.from')) ||
      (node.over === 'stored-count' && hides('i'));
    // Chunks of a number of run time have no pattern: that loop is left to a person.
    const over = hidden ? 'list' : node.over === 'stored-count' && node.order === 'chunks' ? 'stored-list' : node.over;
    switch (over) {
      case 'list':
        return loop(`for_each>: {v${id}: [${items.join(', ')}]}`, [`v${id}`]);
      case 'two-lists':
        // Digdag passes over an empty list before another; the body then fails on its variable.
        if (items.length === 0) return loop(`for_each>: {v${id}: []}`, [`v${id}`]);
        return loop(`for_each>: {v${id}: [${items.join(', ')}], w${id}: [1, 2]}`, [`v${id}`, `w${id}`]);
      case 'count':
        return loop(`loop>: ${node.size}`, ['i']);
      case 'range':
        return loop(`for_range>: {from: 0, to: ${node.size * 2}, step: 2}`, ['range.from', 'range.index']);
      case 'stored-list':
        return stored({ [`l${id}`]: items }, loop(`for_each>: {v${id}: "\${l${id}}"}`, [`v${id}`]));
      case 'stored-count':
        return stored({ [`n${id}`]: node.size }, loop(`loop>: \${n${id}}`, ['i']));
    }
  }

  #branch(node: Extract<Node, { kind: 'branch' }>, variables: readonly string[]): readonly string[] {
    this.#next += 1;
    const id = this.#next;
    const branches = [
      '_do:',
      ...indent(this.#body(node.yes, variables)),
      ...(node.no === undefined ? [] : ['_else_do:', ...indent(this.#body(node.no, variables))]),
    ];
    const rest = [...this.#directives(0, node.handlers, variables), ...branches];
    switch (node.test) {
      case 'true':
      case 'false':
        return [`if>: ${node.test}`, ...rest];
      case 'session-true':
      case 'session-false':
        // The session is a Tuesday.
        return [`if>: \${moment(session_time).format('E') == '${node.test === 'session-true' ? 2 : 3}'}`, ...rest];
      default:
        this.stores.set(`m.s${id}`, { [`c${id}`]: node.test === 'stored-true' ? 'yes' : 'no' });
        return ['+store:', `  py>: m.s${id}`, '+if:', ...indent([`if>: \${c${id} == 'yes'}`, ...rest])];
    }
  }
}

function indent(lines: readonly string[]): readonly string[] {
  return lines.map((line) => `  ${line}`);
}
