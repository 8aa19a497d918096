/** The part of Python that launchers and build scripts are written in. Offsets point into the module. */

interface Range {
  readonly start: number;
  readonly end: number;
}

export interface PyArgument {
  /** Keyword; `**` for a mapping that is spread. */
  readonly name?: string;
  readonly value: PyExpr;
}

export type PyExpr = Range &
  (
    | { readonly kind: 'string'; readonly parts: readonly (string | PyExpr)[] }
    | { readonly kind: 'number'; readonly value: number }
    | { readonly kind: 'constant'; readonly value: boolean | null }
    | { readonly kind: 'name'; readonly name: string }
    | { readonly kind: 'attribute'; readonly of: PyExpr; readonly name: string }
    | { readonly kind: 'item'; readonly of: PyExpr; readonly index: PyExpr | undefined; readonly to?: PyExpr }
    | { readonly kind: 'call'; readonly called: PyExpr; readonly args: readonly PyArgument[] }
    | { readonly kind: 'list'; readonly items: readonly PyExpr[] }
    | { readonly kind: 'dict'; readonly entries: readonly { readonly key?: PyExpr; readonly value: PyExpr }[] }
    | { readonly kind: 'binary'; readonly op: string; readonly left: PyExpr; readonly right: PyExpr }
    | { readonly kind: 'not'; readonly of: PyExpr }
    | { readonly kind: 'choice'; readonly test: PyExpr; readonly then: PyExpr; readonly otherwise: PyExpr }
    | { readonly kind: 'lambda'; readonly parameters: readonly PyParameter[]; readonly body: PyExpr }
    /** Something that is read over: a comprehension, a power. */
    | { readonly kind: 'other' }
  );

export interface PyParameter {
  readonly name: string;
  readonly fallback?: PyExpr;
  readonly spread?: '*' | '**';
}

export type PyStatement = Range &
  (
    | { readonly kind: 'assign'; readonly targets: readonly PyExpr[]; readonly op: string; readonly value: PyExpr }
    | { readonly kind: 'expression'; readonly value: PyExpr }
    | { readonly kind: 'return'; readonly value: PyExpr | undefined }
    | { readonly kind: 'raise' }
    | { readonly kind: 'if'; readonly test: PyExpr; readonly body: PyBody; readonly otherwise: PyBody }
    | { readonly kind: 'for'; readonly target: PyExpr; readonly of: PyExpr; readonly body: PyBody }
    | { readonly kind: 'while'; readonly body: PyBody }
    | {
        readonly kind: 'with';
        readonly items: readonly { readonly value: PyExpr; readonly as?: PyExpr }[];
        readonly body: PyBody;
      }
    | { readonly kind: 'try'; readonly body: PyBody; readonly handlers: readonly PyBody[]; readonly last: PyBody }
    | {
        readonly kind: 'def';
        readonly name: string;
        readonly parameters: readonly PyParameter[];
        readonly body: PyBody;
        readonly decorators: readonly PyExpr[];
      }
    | { readonly kind: 'class'; readonly name: string; readonly bases: readonly PyExpr[]; readonly body: PyBody }
    | { readonly kind: 'import'; readonly names: readonly { readonly name: string; readonly as: string }[] }
    | { readonly kind: 'other' }
  );

export type PyBody = readonly PyStatement[];
