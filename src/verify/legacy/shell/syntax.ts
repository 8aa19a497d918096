/** The syntax tree of a script. Lines are 1-indexed in the script's own text. */
export type WordPart =
  | { readonly kind: 'text'; readonly text: string; readonly quoted: boolean }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      /** `NAME[INDEX]`; `@` and `*` are all elements. */
      readonly index?: Word | '@' | '*';
      /** `!NAME`: what the variable it names holds; `!NAME[@]`: its keys. */
      readonly indirect?: boolean;
      readonly change?: ParameterChange;
      readonly quoted: boolean;
    }
  | { readonly kind: 'command'; readonly body: List; readonly quoted: boolean }
  | { readonly kind: 'arithmetic'; readonly source: Word; readonly quoted: boolean }
  /** `<(…)`: a file with the output; `>(…)`: one whose text becomes the input. */
  | { readonly kind: 'process'; readonly body: List; readonly writes: boolean; readonly quoted: boolean };

export interface Word {
  readonly parts: readonly WordPart[];
  readonly line: number;
}

export type ParameterChange =
  | { readonly kind: 'length' }
  /** `colon`: an empty value counts as unset. */
  | { readonly kind: 'default' | 'assign' | 'require' | 'alternative'; readonly colon: boolean; readonly word: Word }
  | { readonly kind: 'cut-start' | 'cut-end'; readonly longest: boolean; readonly pattern: Word }
  | { readonly kind: 'replace'; readonly all: boolean; readonly pattern: Word; readonly by: Word }
  | { readonly kind: 'case'; readonly upper: boolean; readonly all: boolean }
  | { readonly kind: 'slice'; readonly from: Word; readonly length?: Word };

export type RedirectKind = 'read' | 'write' | 'append' | 'read-write' | 'duplicate' | 'both' | 'here';

export interface Redirect {
  readonly kind: RedirectKind;
  readonly descriptor: number;
  /** File name, descriptor, or the text of a here-document. */
  readonly target: Word;
}

export interface Assignment {
  readonly name: string;
  /** `NAME[INDEX]=`. */
  readonly index?: Word;
  readonly value: Word;
  /** `NAME=(…)`. */
  readonly items?: readonly ArrayItem[];
  /** `+=`. */
  readonly append?: boolean;
}

export interface ArrayItem {
  readonly key?: Word;
  readonly value: Word;
}

export type Command =
  | {
      readonly kind: 'simple';
      readonly assignments: readonly Assignment[];
      /** Arrays given to `declare` and its like, which are made after it. */
      readonly arrays?: readonly Assignment[];
      readonly words: readonly Word[];
      readonly redirects: readonly Redirect[];
      readonly line: number;
    }
  | {
      readonly kind: 'pipeline';
      readonly commands: readonly Command[];
      readonly negated: boolean;
      readonly line: number;
    }
  | { readonly kind: 'and-or'; readonly left: Command; readonly operator: '&&' | '||'; readonly right: Command }
  | { readonly kind: 'if'; readonly branches: readonly Branch[]; readonly otherwise?: List }
  | { readonly kind: 'loop'; readonly until: boolean; readonly test: List; readonly body: List; readonly line: number }
  /** `for ((first; test; next))`. */
  | {
      readonly kind: 'counting-loop';
      readonly first: Word;
      readonly test: Word;
      readonly next: Word;
      readonly body: List;
      readonly line: number;
    }
  | { readonly kind: 'for'; readonly name: string; readonly words?: readonly Word[]; readonly body: List }
  | { readonly kind: 'case'; readonly word: Word; readonly arms: readonly Arm[] }
  | { readonly kind: 'background'; readonly command: Command; readonly line: number }
  | { readonly kind: 'group'; readonly body: List }
  | { readonly kind: 'subshell'; readonly body: List; readonly line: number }
  | { readonly kind: 'function'; readonly name: string; readonly body: Command }
  | { readonly kind: 'condition'; readonly words: readonly Word[]; readonly line: number }
  | { readonly kind: 'arithmetic'; readonly source: Word; readonly line: number }
  | { readonly kind: 'redirected'; readonly command: Command; readonly redirects: readonly Redirect[] };

export interface Branch {
  readonly test: List;
  readonly body: List;
}

export interface Arm {
  readonly patterns: readonly Word[];
  readonly body: List;
}

export type List = readonly Command[];
