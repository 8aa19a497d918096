import type { Provenance, TextPart } from '../../ir/value.ts';

/** Tree of the part of the shell language that launcher scripts are written in. Offsets point into the script. */

interface Range {
  readonly start: number;
  readonly end: number;
}

export type WordPart = { readonly quoted: boolean } & (
  | { readonly kind: 'text'; readonly text: string; readonly from: Provenance }
  /** What Digdag or an earlier stage put in before the shell read the text. */
  | { readonly kind: 'hole'; readonly part: TextPart }
  | {
      readonly kind: 'parameter';
      readonly name: string;
      readonly operation?: ParameterOperation;
      readonly from: Provenance;
      readonly source: string;
    }
  | {
      readonly kind: 'command';
      readonly body: readonly ShellNode[];
      readonly from: Provenance;
      readonly source: string;
    }
  | { readonly kind: 'arithmetic'; readonly source: string; readonly from: Provenance }
  /** `<(…)`: a file with the output. */
  | {
      readonly kind: 'process';
      readonly body: readonly ShellNode[];
      readonly from: Provenance;
      readonly source: string;
    }
);

export interface ParameterOperation {
  /** `:-`, `-`, `:=`, `=`, `:?`, `?`, `:+`, `+`, `#`, `##`, `%`, `%%`, `/`, `//`, `length` */
  readonly op: string;
  readonly word: Word;
  /** Replacement of `/` and `//`. */
  readonly by?: Word;
}

export interface Word extends Range {
  readonly parts: readonly WordPart[];
}

export interface Redirect extends Range {
  readonly fd: number | undefined;
  readonly op: '<' | '>' | '>>' | '>|' | '<>' | '<&' | '>&' | '&>' | '&>>' | '<<<' | '<<';
  /** The file, the descriptor, or the text of a here-document. */
  readonly target: Word;
}

export interface ArrayItem {
  readonly key?: Word;
  readonly value: Word;
}

export interface Assignment {
  readonly name: string;
  /** Text between the brackets of `NAME[index]=`. */
  readonly index?: Word;
  readonly value: Word;
  /** Where an array is assigned; `value` then spans the parentheses and holds no parts. */
  readonly items?: readonly ArrayItem[];
  readonly append: boolean;
}

export type ShellNode = Range &
  (
    | {
        readonly kind: 'simple';
        readonly assignments: readonly Assignment[];
        readonly words: readonly Word[];
        readonly redirects: readonly Redirect[];
      }
    | { readonly kind: 'pipeline'; readonly commands: readonly ShellNode[]; readonly negated: boolean }
    | { readonly kind: 'and-or'; readonly op: '&&' | '||'; readonly left: ShellNode; readonly right: ShellNode }
    | { readonly kind: 'background'; readonly command: ShellNode }
    | {
        readonly kind: 'if';
        readonly branches: readonly { readonly test: readonly ShellNode[]; readonly body: readonly ShellNode[] }[];
        readonly otherwise: readonly ShellNode[];
        readonly redirects: readonly Redirect[];
      }
    | {
        readonly kind: 'case';
        readonly word: Word;
        readonly arms: readonly { readonly patterns: readonly Word[]; readonly body: readonly ShellNode[] }[];
        readonly redirects: readonly Redirect[];
      }
    | {
        readonly kind: 'loop';
        readonly until: boolean;
        /** `for ((first; …; next))`; the test between them is an arithmetic command. */
        readonly counter?: { readonly first: string; readonly next: string };
        readonly test: readonly ShellNode[];
        readonly body: readonly ShellNode[];
        readonly redirects: readonly Redirect[];
      }
    | {
        readonly kind: 'for';
        readonly name: string;
        readonly words: readonly Word[] | undefined;
        readonly body: readonly ShellNode[];
        readonly redirects: readonly Redirect[];
      }
    | {
        readonly kind: 'group' | 'subshell';
        readonly body: readonly ShellNode[];
        readonly redirects: readonly Redirect[];
      }
    | { readonly kind: 'function'; readonly name: string; readonly body: ShellNode }
    | { readonly kind: 'arithmetic'; readonly source: string; readonly redirects: readonly Redirect[] }
  );

export type SimpleCommand = Extract<ShellNode, { kind: 'simple' }>;

/** Every simple command below the nodes, in the order of the text; those in substitutions of words too. */
export function simpleCommands(nodes: readonly ShellNode[]): readonly SimpleCommand[] {
  return nodes.flatMap(commandsOf);
}

function commandsOf(node: ShellNode): readonly SimpleCommand[] {
  switch (node.kind) {
    case 'simple':
      return [
        node,
        ...[
          ...node.assignments.flatMap(wordsOfAssignment),
          ...node.words,
          ...node.redirects.map((r) => r.target),
        ].flatMap(commandsOfWord),
      ];
    case 'pipeline':
      return simpleCommands(node.commands);
    case 'and-or':
      return simpleCommands([node.left, node.right]);
    case 'background':
      return commandsOf(node.command);
    case 'if':
      return [
        ...node.branches.flatMap((branch) => [...simpleCommands(branch.test), ...simpleCommands(branch.body)]),
        ...simpleCommands(node.otherwise),
      ];
    case 'case':
      return [...commandsOfWord(node.word), ...node.arms.flatMap((arm) => simpleCommands(arm.body))];
    case 'loop':
      return [...simpleCommands(node.test), ...simpleCommands(node.body)];
    case 'for':
      return [...(node.words ?? []).flatMap(commandsOfWord), ...simpleCommands(node.body)];
    case 'group':
    case 'subshell':
      return simpleCommands(node.body);
    case 'function':
      return commandsOf(node.body);
    case 'arithmetic':
      return [];
  }
}

function wordsOfAssignment({ value, items }: Assignment): readonly Word[] {
  return [value, ...(items ?? []).flatMap((item) => [...(item.key === undefined ? [] : [item.key]), item.value])];
}

function commandsOfWord(word: Word): readonly SimpleCommand[] {
  return word.parts.flatMap((part) => {
    if (part.kind === 'command' || part.kind === 'process') return simpleCommands(part.body);
    if (part.kind === 'parameter' && part.operation !== undefined)
      return [part.operation.word, ...(part.operation.by === undefined ? [] : [part.operation.by])].flatMap(
        commandsOfWord,
      );
    return [];
  });
}

/** A command as the account shows it: its first line. */
export function commandLabel(source: string): string {
  return (source.split('\n')[0] ?? '').replace(/\s*\\$/, '').slice(0, 80);
}
