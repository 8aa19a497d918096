import type { Comparison } from './values/compare.ts';
import type { ArithmeticOperator } from './values/number.ts';
import type { Origin, Plain } from './values/value.ts';

/** Lines are Jinja's own, as its error messages count them. */
interface Base {
  readonly line: number;
}

export type Expression =
  | (Base & { readonly kind: 'const'; readonly value: Plain })
  | (Base & { readonly kind: 'name'; readonly name: string })
  | (Base & { readonly kind: 'tuple' | 'list'; readonly items: readonly Expression[] })
  | (Base & { readonly kind: 'dict'; readonly pairs: readonly (readonly [Expression, Expression])[] })
  | (Base & {
      readonly kind: 'condition';
      readonly test: Expression;
      readonly then: Expression;
      readonly otherwise: Expression | undefined;
    })
  | (Base & { readonly kind: 'or' | 'and'; readonly left: Expression; readonly right: Expression })
  | (Base & { readonly kind: 'not' | 'negative' | 'positive'; readonly operand: Expression })
  | (Base & {
      readonly kind: 'compare';
      readonly first: Expression;
      readonly rest: readonly (readonly [Comparison | 'in' | 'not in', Expression])[];
    })
  | (Base & {
      readonly kind: 'binary';
      readonly operator: ArithmeticOperator;
      readonly left: Expression;
      readonly right: Expression;
    })
  | (Base & { readonly kind: 'concat'; readonly items: readonly Expression[] })
  | (Base & { readonly kind: 'attribute'; readonly of: Expression; readonly name: string })
  | (Base & { readonly kind: 'item'; readonly of: Expression; readonly key: Expression })
  | Slice
  | Call
  | (Base & {
      readonly kind: 'filter';
      readonly of: Expression | undefined;
      readonly name: string;
      readonly args: Arguments;
    })
  | (Base & { readonly kind: 'test'; readonly of: Expression; readonly name: string; readonly args: Arguments });

export type Slice = Base & {
  readonly kind: 'slice';
  readonly start: Expression | undefined;
  readonly stop: Expression | undefined;
  readonly step: Expression | undefined;
};

export type Call = Base & { readonly kind: 'call'; readonly callee: Expression; readonly args: Arguments };
export type Filter = Extract<Expression, { kind: 'filter' }>;

export interface Arguments {
  readonly positional: readonly Expression[];
  readonly named: readonly (readonly [string, Expression])[];
  readonly star: Expression | undefined;
  readonly doubleStar: Expression | undefined;
}

/** What `set`, `for` and `with` assign to. */
export type Target =
  | (Base & { readonly kind: 'name'; readonly name: string })
  | (Base & { readonly kind: 'namespace'; readonly name: string; readonly attribute: string })
  | (Base & { readonly kind: 'tuple'; readonly items: readonly Target[] });

export type OutputItem =
  | (Base & { readonly kind: 'data'; readonly text: string; readonly origin: Origin })
  | (Base & { readonly kind: 'print'; readonly value: Expression; readonly origin: Origin });

export interface Parameter {
  readonly name: string;
  readonly fallback: Expression | undefined;
}

/** `origin` is the opening tag. */
interface Tag extends Base {
  readonly origin: Origin;
}

export type Body = readonly Statement[];

export type Statement =
  | (Base & { readonly kind: 'output'; readonly items: readonly OutputItem[] })
  | If
  | For
  | (Tag & {
      readonly kind: 'with';
      readonly targets: readonly Target[];
      readonly values: readonly Expression[];
      readonly body: Body;
    })
  | (Tag & { readonly kind: 'autoescape'; readonly value: Expression; readonly body: Body })
  | Block
  | (Tag & { readonly kind: 'extends'; readonly template: Expression })
  | (Tag & {
      readonly kind: 'include';
      readonly template: Expression;
      readonly ignoreMissing: boolean;
      readonly withContext: boolean;
    })
  | (Tag & {
      readonly kind: 'import';
      readonly template: Expression;
      readonly target: string;
      readonly withContext: boolean;
    })
  | (Tag & {
      readonly kind: 'from';
      readonly template: Expression;
      readonly names: readonly (readonly [string, string])[];
      readonly withContext: boolean;
    })
  | Macro
  | CallBlock
  | (Tag & { readonly kind: 'filter-block'; readonly filter: Filter; readonly body: Body })
  | (Tag & { readonly kind: 'set'; readonly target: Target; readonly value: Expression })
  | (Tag & {
      readonly kind: 'set-block';
      readonly target: Target;
      readonly filter: Filter | undefined;
      readonly body: Body;
    })
  | (Tag & { readonly kind: 'do'; readonly value: Expression })
  | (Tag & { readonly kind: 'break' | 'continue' });

export type If = Tag & {
  readonly kind: 'if';
  readonly branches: readonly IfBranch[];
  readonly otherwise: Body;
};
export interface IfBranch extends Tag {
  readonly test: Expression;
  readonly body: Body;
}
export type For = Tag & {
  readonly kind: 'for';
  readonly target: Target;
  readonly iterable: Expression;
  readonly test: Expression | undefined;
  readonly recursive: boolean;
  readonly body: Body;
  readonly otherwise: Body;
};
export type Block = Tag & {
  readonly kind: 'block';
  readonly name: string;
  readonly scoped: boolean;
  readonly required: boolean;
  readonly body: Body;
};
export type Macro = Tag & {
  readonly kind: 'macro';
  readonly name: string;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
};
export type CallBlock = Tag & {
  readonly kind: 'call-block';
  readonly call: Call;
  readonly parameters: readonly Parameter[];
  readonly body: Body;
};

/** One `{% … %}` or `{{ … }}` of the source, for accounting. */
export interface TemplateTag {
  readonly origin: Origin;
  readonly kind: 'statement' | 'print' | 'end';
  /** `if`, `for`, `endif`; the whole expression text for a print. */
  readonly label: string;
}

export interface ParsedTemplate {
  readonly name: string;
  readonly body: Body;
  readonly tags: readonly TemplateTag[];
}
