export type BinaryOperator =
  | '||'
  | '&&'
  | '=='
  | '!='
  | '<'
  | '>'
  | '>='
  | '<='
  | 'in'
  | 'matches'
  | 'contains'
  | 'startsWith'
  | 'endsWith'
  | '..'
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '**'
  | '??';

export type ExprNode =
  | { readonly kind: 'nil' }
  | { readonly kind: 'bool'; readonly value: boolean }
  | { readonly kind: 'int'; readonly value: bigint }
  | { readonly kind: 'float'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'identifier'; readonly name: string }
  /** The element, in the predicate of `map`, `filter` and the like. */
  | { readonly kind: 'pointer' }
  | { readonly kind: 'member'; readonly of: ExprNode; readonly property: ExprNode; readonly optional: boolean }
  /** How far a nil met by `?.` reaches. */
  | { readonly kind: 'chain'; readonly of: ExprNode }
  | {
      readonly kind: 'slice';
      readonly of: ExprNode;
      readonly from: ExprNode | undefined;
      readonly to: ExprNode | undefined;
    }
  | { readonly kind: 'call'; readonly callee: ExprNode; readonly args: readonly ExprNode[] }
  | { readonly kind: 'builtin'; readonly name: string; readonly args: readonly ExprNode[] }
  | { readonly kind: 'unary'; readonly op: '!' | '-' | '+'; readonly of: ExprNode }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: ExprNode; readonly right: ExprNode }
  | { readonly kind: 'choose'; readonly test: ExprNode; readonly then: ExprNode; readonly otherwise: ExprNode }
  | { readonly kind: 'let'; readonly name: string; readonly value: ExprNode; readonly body: ExprNode }
  | { readonly kind: 'list'; readonly items: readonly ExprNode[] }
  | { readonly kind: 'map'; readonly entries: readonly (readonly [string, ExprNode])[] };

/** The nodes right below a node. */
export function childrenOf(node: ExprNode): readonly ExprNode[] {
  switch (node.kind) {
    case 'member':
      return [node.of, node.property];
    case 'chain':
    case 'unary':
      return [node.of];
    case 'slice':
      return [node.of, node.from, node.to].filter((child): child is ExprNode => child !== undefined);
    case 'call':
      return [node.callee, ...node.args];
    case 'builtin':
      return node.args;
    case 'binary':
      return [node.left, node.right];
    case 'choose':
      return [node.test, node.then, node.otherwise];
    case 'let':
      return [node.value, node.body];
    case 'list':
      return node.items;
    case 'map':
      return node.entries.map(([, value]) => value);
    default:
      return [];
  }
}
