import fc from 'fast-check';

/** A workflow of the generator: constructs that nest, with leaves that fail at their first so many starts. */
export type Node =
  | {
      readonly kind: 'leaf';
      /** Starts that fail; beyond any number of attempts for one that never succeeds. */
      readonly fails: number;
      readonly retry: number;
      readonly handlers: Handlers;
    }
  | { readonly kind: 'fail' }
  | {
      readonly kind: 'group';
      readonly order: 'serial' | 'parallel' | 'chunks' | 'background' | 'after';
      readonly children: readonly Node[];
      readonly retry: number;
      readonly handlers: Handlers;
    }
  | {
      readonly kind: 'loop';
      readonly over: 'list' | 'count' | 'range' | 'two-lists' | 'stored-list' | 'stored-count';
      readonly size: number;
      readonly order: 'serial' | 'parallel' | 'chunks';
      readonly body: Node;
      readonly retry: number;
      readonly handlers: Handlers;
    }
  | {
      readonly kind: 'branch';
      readonly test: 'true' | 'false' | 'session-true' | 'session-false' | 'stored-true' | 'stored-false';
      readonly yes: Node;
      readonly no: Node | undefined;
      readonly handlers: Handlers;
    }
  | { readonly kind: 'call'; readonly body: Node; readonly retry: number; readonly handlers: Handlers }
  | {
      readonly kind: 'require';
      /** Which of the tree's required workflows; a plain leaf stands for one that there is not. */
      readonly of: number;
      /** The value of the parameter that its session gets. */
      readonly given: 'x' | 'z';
      readonly ignoreFailure: boolean;
      readonly retry: number;
      readonly handlers: Handlers;
    };

interface Handlers {
  readonly error: boolean;
  /** Starts of the `_check` that fail; undefined for none. */
  readonly check: number | undefined;
}

const NEVER = 99;
const handlers = fc.record({
  error: fc.boolean(),
  check: fc.option(fc.constantFrom(0, 0, 1, NEVER), { nil: undefined, freq: 3 }),
});
const retry = fc.constantFrom(0, 0, 1, 2);

const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 4, depthSize: 'small', withCrossShrink: true },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('leaf' as const),
        fails: fc.constantFrom(0, 0, 0, 1, 2, NEVER),
        retry,
        handlers,
      }),
    },
    { weight: 1, arbitrary: fc.constant({ kind: 'fail' as const }) },
    {
      weight: 4,
      arbitrary: fc.record({
        kind: fc.constant('group' as const),
        order: fc.constantFrom(
          'serial' as const,
          'parallel' as const,
          'chunks' as const,
          'background' as const,
          'after' as const,
        ),
        children: fc.array(tie('node'), { minLength: 1, maxLength: 4 }),
        retry,
        handlers,
      }),
    },
    {
      weight: 3,
      arbitrary: fc.record({
        kind: fc.constant('loop' as const),
        over: fc.constantFrom(
          'list' as const,
          'count' as const,
          'range' as const,
          'two-lists' as const,
          'stored-list' as const,
          'stored-count' as const,
        ),
        size: fc.nat(3),
        order: fc.constantFrom('serial' as const, 'parallel' as const, 'chunks' as const),
        body: tie('node'),
        retry,
        handlers,
      }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('branch' as const),
        test: fc.constantFrom(
          'true' as const,
          'false' as const,
          'session-true' as const,
          'session-false' as const,
          'stored-true' as const,
          'stored-false' as const,
        ),
        yes: tie('node'),
        no: fc.option(tie('node'), { nil: undefined }),
        handlers,
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({ kind: fc.constant('call' as const), body: tie('node'), retry, handlers }),
    },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant('require' as const),
        of: fc.nat(1),
        given: fc.constantFrom('x' as const, 'z' as const),
        ignoreFailure: fc.boolean(),
        retry,
        handlers,
      }),
    },
  ) as fc.Arbitrary<Node>,
}));

interface Workflow {
  readonly children: readonly Node[];
  readonly retry: number;
  readonly error: boolean;
}

/** A workflow that others require. All of them ask for the same: a mixture has no equal in Argo, and that is reported. */
export interface Required extends Workflow {
  /** `none`: nothing in it fails, because Argo would run a failed session again. */
  readonly rerun: 'none' | 'failed' | 'all';
}

export interface Tree extends Workflow {
  /** Each may require those behind it. */
  readonly required: readonly Required[];
}

const workflow = {
  children: fc.array(node, { minLength: 1, maxLength: 3 }),
  retry,
  error: fc.boolean(),
};

export const trees: fc.Arbitrary<Tree> = fc.record({
  ...workflow,
  required: fc.array(
    fc.record({ ...workflow, rerun: fc.constantFrom('none' as const, 'failed' as const, 'all' as const) }),
    { maxLength: 2 },
  ),
});
