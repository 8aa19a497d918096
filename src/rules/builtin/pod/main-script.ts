import type { TextPart } from '../../../ir/value.ts';
import { inlineVariables } from './inline-variables.ts';
import { type PartText, partText } from './part-text.ts';
import { readCommands, type ShellCommand } from './shell-commands.ts';
import { flatCommand, flatWord, wordsWithoutShell } from './shell-words.ts';

/** A cut that was asked for: found nothing, done, or why it would change the exit status. */
export type CutResult =
  | { readonly kind: 'absent' }
  | { readonly kind: 'cut'; readonly groups: Readonly<Record<string, string>> }
  | { readonly kind: 'refused'; readonly reason: string };

/** The main container's shell text, from which commands that stop a sidecar are cut out. */
export class MainScript {
  readonly #text: PartText;
  readonly #commands: readonly ShellCommand[];
  readonly #cut = new Set<number>();

  constructor(text: PartText, commands: readonly ShellCommand[]) {
    this.#text = text;
    this.#commands = commands;
  }

  /** undefined where the text is more than a list of simple commands. */
  static read(parts: readonly TextPart[]): MainScript | undefined {
    const text = partText(parts);
    const commands = readCommands(text.text);
    return commands === undefined ? undefined : new MainScript(text, commands);
  }

  /** Cuts out every command that a pattern finds, alone or in a trap; all patterns must find one. Nothing is cut unless all can be. A group `file` must be the given file. */
  cut(patterns: readonly RegExp[], file?: string): CutResult {
    const wanted = new Set<number>();
    const groups: Record<string, string> = {};
    for (const pattern of patterns) {
      const found = this.#commands.flatMap((command, at) => {
        const match = this.#match(command, pattern);
        if (match === undefined || (match['file'] !== undefined && match['file'] !== file)) return [];
        Object.assign(groups, match);
        return [at];
      });
      if (found.length === 0) return { kind: 'absent' };
      for (const at of found) wanted.add(at);
    }
    for (const at of wanted) {
      const reason = this.#obstacle(at, wanted);
      if (reason !== undefined) return { kind: 'refused', reason };
    }
    for (const at of wanted) {
      this.#cut.add(at);
      if (this.#commands[at]?.separator === '||') this.#cut.add(at + 1);
    }
    return { kind: 'cut', groups };
  }

  #match(command: ShellCommand, pattern: RegExp): Readonly<Record<string, string>> | undefined {
    const [first, body, ...signals] = command.words;
    if (first !== undefined && flatWord(this.#text, first) === 'trap') {
      if (
        body === undefined ||
        !signals.every((signal) => /^(?:EXIT|0|INT|TERM|HUP|SIGINT|SIGTERM|SIGHUP)$/.test(flatWord(this.#text, signal)))
      )
        return undefined;
      return this.#matchTrap(flatWord(this.#text, body), pattern);
    }
    const match = pattern.exec(flatCommand(this.#text, command));
    return match === null ? undefined : { ...match.groups };
  }

  /** A trap is cut where each of its commands is such a stop. */
  #matchTrap(body: string, pattern: RegExp): Readonly<Record<string, string>> | undefined {
    const text = partText([{ kind: 'literal', text: body, from: { via: 'default', reason: 'trap' } }]);
    const commands = readCommands(body) ?? [];
    const matches = commands.map((command) => pattern.exec(flatCommand(text, command)));
    const [first] = matches;
    return first === undefined || matches.includes(null) ? undefined : { ...first?.groups };
  }

  /** Why the command cannot be taken out without changing what the script returns. */
  #obstacle(at: number, wanted: ReadonlySet<number>): string | undefined {
    const command = this.#commands[at];
    const before = this.#commands[at - 1]?.separator;
    if (command === undefined || this.#isTrap(command)) return undefined;
    if (before === '|' || before === '||' || command.separator === '|')
      return 'it is part of a pipeline or of an alternative';
    let last = at;
    if (command.separator === '||') {
      const next = this.#commands[at + 1];
      if (next === undefined || !/^(?:true|:)$/.test(flatCommand(this.#text, next)))
        return 'it is part of an alternative';
      last = at + 1;
    } else if (command.separator === '&&') return 'another command depends on it';
    const next = this.#commands.findIndex((_, index) => index > last && !wanted.has(index));
    const following = this.#commands[next];
    if (following !== undefined && this.#source(following).includes('$?'))
      return 'the exit status that is read afterwards is that of the stop';
    if (following === undefined && before !== '&&')
      return "the exit status of the pod is that of the stop, not the program's";
    return following === undefined && last > at ? 'it hides the exit status of the program' : undefined;
  }

  #isTrap(command: ShellCommand): boolean {
    const [first] = command.words;
    return first !== undefined && flatWord(this.#text, first) === 'trap';
  }

  #source(command: ShellCommand): string {
    return this.#text.text.slice(command.start, command.end);
  }

  /** Commands that only hand the exit status on (`rc=$?` and `exit $rc`) once the stops between them are gone. */
  #bookkeeping(): ReadonlySet<number> {
    const left = this.#commands.map((_, at) => at).filter((at) => !this.#cut.has(at));
    const [saveAt, exitAt] = left.slice(-2);
    const exit = exitAt === undefined ? undefined : this.#commands[exitAt];
    const save = saveAt === undefined ? undefined : this.#commands[saveAt];
    if (exit === undefined || exitAt === undefined || save === undefined || saveAt === undefined || left.length < 2)
      return new Set();
    const exitText = this.#source(exit);
    if (/^exit(?: +"?\$\{?\?\}?"?)?$/.test(exitText) && save.separator === ';') return new Set([exitAt]);
    const variable = /^(?:local +)?(\w+)=\$\?$/.exec(this.#source(save))?.[1];
    if (variable === undefined || left.length < 3 || save.separator !== ';') return new Set();
    const isExit = new RegExp(`^exit +"?\\$(?:${variable}|\\{${variable}\\})"?$`).test(exitText);
    const elsewhere = left.slice(0, -2).some((at) => this.#reads(at, variable));
    return isExit && !elsewhere && this.#commands[saveAt - 1]?.separator === ';'
      ? new Set([saveAt, exitAt])
      : new Set();
  }

  #reads(at: number, variable: string): boolean {
    const command = this.#commands[at];
    return command !== undefined && new RegExp(`\\$\\{?${variable}\\b`).test(this.#source(command));
  }

  get changed(): boolean {
    return this.#cut.size > 0;
  }

  /** What is left: a program with its arguments where no shell is needed, else shell text. */
  result(
    unwrap: boolean,
    known: ReadonlySet<string> = new Set(),
  ):
    | { readonly kind: 'words'; readonly words: readonly (readonly TextPart[])[] }
    | { readonly kind: 'text'; readonly parts: readonly TextPart[] } {
    const gone = new Set([...this.#cut, ...(this.changed ? this.#bookkeeping() : [])]);
    const left = this.#commands.filter((_, at) => !gone.has(at));
    const acting = left.filter(
      (command) => !/^set -[eu]+(?:o pipefail)?$|^set -o pipefail$/.test(this.#source(command)),
    );
    const [only] = acting;
    const simple =
      only !== undefined && acting.length === 1
        ? wordsWithoutShell(this.#text, only)
        : inlineVariables(this.#text, acting, known)?.words;
    const words = unwrap ? simple : undefined;
    return words === undefined ? { kind: 'text', parts: this.#leftText(gone) } : { kind: 'words', words };
  }

  #leftText(gone: ReadonlySet<number>): readonly TextPart[] {
    const parts: TextPart[] = [];
    let at = 0;
    for (const [index, command] of this.#commands.entries()) {
      if (!gone.has(index)) continue;
      const previous = this.#commands[index - 1];
      const joined = previous?.separator === '&&';
      parts.push(...this.#text.slice(at, joined ? previous.end : command.start));
      at = Math.max(at, joined ? command.end : this.#behind(command));
    }
    parts.push(...this.#text.slice(at, this.#text.text.length));
    return trimmed(parts);
  }

  #behind(command: ShellCommand): number {
    const blanks = /^[ \t]*/.exec(this.#text.text.slice(command.separatorEnd));
    return command.separatorEnd + (blanks?.[0].length ?? 0);
  }
}

/** Without separators and blanks at the end that a cut left over. */
function trimmed(parts: readonly TextPart[]): readonly TextPart[] {
  const last = parts.at(-1);
  if (last?.kind !== 'literal') return parts;
  const text = last.text.replace(/[\s;]+$/, '');
  if (text === '') return trimmed(parts.slice(0, -1));
  return [...parts.slice(0, -1), { ...last, text }];
}
