import { NotInterpretable } from '../not-interpretable.ts';
import { posixRegex } from '../posix-regex.ts';
import { knownText } from '../streams.ts';
import { complain, type Program, readFlags, readOperands } from './program.ts';

type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'match'; readonly regex: RegExp };

interface Instruction {
  readonly from?: Address;
  readonly to?: Address;
  readonly negated: boolean;
  readonly action:
    | { readonly kind: 'delete' }
    | { readonly kind: 'print' }
    | { readonly kind: 'quit' }
    | {
        readonly kind: 'substitute';
        readonly regex: RegExp;
        readonly by: string;
        readonly which: number | 'all';
        readonly print: boolean;
      };
}

export const sed: Program = (call) => {
  const { values, operands } = readFlags(
    call,
    ['-e=', '--expression=', '-n', '-E', '-r', '-i', '--in-place', '-s', '-u'],
    // -i takes a suffix only in the same word.
    call.args.map((word) => (/^-i./.test(word) ? '-i' : word)),
  );
  const given = [...(values.get('-e') ?? []), ...(values.get('--expression') ?? [])];
  const files = given.length > 0 ? operands : operands.slice(1);
  const extended = values.has('-E') || values.has('-r');
  const instructions = (given.length > 0 ? given : operands.slice(0, 1)).flatMap((script) =>
    new SedReader(script, extended).all(),
  );
  const quiet = values.has('-n');
  if (!values.has('-i') && !values.has('--in-place')) {
    const text = readOperands(call, files);
    if (text === undefined) return 2;
    call.streams.out.write(edited(text, instructions, quiet));
    return 0;
  }
  for (const file of files) {
    const path = call.state.path(file);
    const content = call.state.machine.read(path);
    if (content === undefined) return complain(call, `can't read ${file}: No such file or directory`, 2);
    call.state.machine.write(path, { text: edited(knownText(content), instructions, quiet) });
  }
  return 0;
};

function edited(text: string, instructions: readonly Instruction[], quiet: boolean): string {
  const lines = text.split('\n');
  const ended = lines.at(-1) === '';
  if (ended) lines.pop();
  const open = new Set<Instruction>();
  const out: string[] = [];
  for (const [index, original] of lines.entries()) {
    let line: string | undefined = original;
    let quit = false;
    for (const instruction of instructions) {
      if (line === undefined) break;
      if (applies(instruction, line, index + 1, lines.length, open) === instruction.negated) continue;
      const action: Instruction['action'] = instruction.action;
      if (action.kind === 'delete') line = undefined;
      else if (action.kind === 'print') out.push(line);
      else if (action.kind === 'quit') quit = true;
      else {
        const after = substituted(line, action);
        if (action.print && after !== undefined) out.push(after);
        line = after ?? line;
      }
      if (quit) break;
    }
    if (line !== undefined && !quiet) out.push(line);
    if (quit) break;
  }
  return out.length === 0 ? '' : out.join('\n') + (ended || out.length < lines.length ? '\n' : '');
}

function applies(
  instruction: Instruction,
  line: string,
  number: number,
  last: number,
  open: Set<Instruction>,
): boolean {
  const at = (address: Address): boolean => {
    if (address.kind === 'line') return number === address.line;
    return address.kind === 'last' ? number === last : address.regex.test(line);
  };
  const { from, to } = instruction;
  if (from === undefined) return true;
  if (to === undefined) return at(from);
  if (open.has(instruction)) {
    if (at(to) || (to.kind === 'line' && number >= to.line)) open.delete(instruction);
    return true;
  }
  if (!at(from)) return false;
  if (!(to.kind === 'line' && to.line <= number)) open.add(instruction);
  return true;
}

/** undefined where nothing matched. */
function substituted(line: string, action: Extract<Instruction['action'], { kind: 'substitute' }>): string | undefined {
  let count = 0;
  let changed = false;
  const after = line.replace(action.regex, (...found: readonly unknown[]) => {
    count += 1;
    const whole = String(found[0]);
    if (action.which !== 'all' && count !== action.which) return whole;
    changed = true;
    return action.by.replace(
      /\\([0-9n&\\])|\\(.)|&/gs,
      (written, known: string | undefined, other: string | undefined) => {
        if (written === '&') return whole;
        if (other !== undefined) {
          if (/[A-Za-z]/.test(other)) throw new NotInterpretable(`sed's \\${other} in a replacement`);
          return other;
        }
        if (known === 'n') return '\n';
        if (known === '&' || known === '\\') return known;
        const group = known === '0' ? whole : found[Number(known)];
        return typeof group === 'string' ? group : '';
      },
    );
  });
  return changed ? after : undefined;
}

class SedReader {
  readonly #text: string;
  readonly #extended: boolean;
  #at = 0;

  constructor(text: string, extended: boolean) {
    this.#text = text;
    this.#extended = extended;
  }

  all(): readonly Instruction[] {
    const found: Instruction[] = [];
    for (;;) {
      this.#match(/[\s;]+/y);
      if (this.#at >= this.#text.length) return found;
      if (this.#match(/#[^\n]*/y) !== '') continue;
      found.push(this.#instruction());
    }
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0] ?? '';
    this.#at += found.length;
    return found;
  }

  #refuse(): never {
    throw new NotInterpretable(`the sed command ${this.#text}`);
  }

  #instruction(): Instruction {
    const from = this.#address();
    const to = from !== undefined && this.#match(/\s*,\s*/y) !== '' ? (this.#address() ?? this.#refuse()) : undefined;
    const negated = this.#match(/\s*!\s*/y) !== '';
    this.#match(/\s+/y);
    const letter = this.#match(/[sdpq]/y);
    const place = { negated, ...(from === undefined ? {} : { from }), ...(to === undefined ? {} : { to }) };
    if (letter === 's') return { ...place, action: this.#substitute() };
    const kind = ({ d: 'delete', p: 'print', q: 'quit' } as const)[
      letter === 'd' ? 'd' : letter === 'p' ? 'p' : letter === 'q' ? 'q' : this.#refuse()
    ];
    if (
      this.#match(/[ \t]*(?=[;\n}]|$)/y) === '' &&
      this.#at < this.#text.length &&
      !';\n'.includes(this.#text[this.#at] ?? '')
    )
      this.#refuse();
    return { ...place, action: { kind } };
  }

  #address(): Address | undefined {
    const line = this.#match(/\d+/y);
    if (line !== '') return { kind: 'line', line: Number(line) };
    if (this.#match(/\$/y) !== '') return { kind: 'last' };
    if (this.#match(/\//y) === '') return undefined;
    return { kind: 'match', regex: new RegExp(posixRegex(this.#until('/'), this.#extended, 'test'), 'su') };
  }

  /** Text up to the delimiter, which is stepped over; the escaped delimiter is a plain character. */
  #until(delimiter: string): string {
    let text = '';
    for (;;) {
      const character = this.#text[this.#at] ?? this.#refuse();
      this.#at += 1;
      if (character === delimiter) return text;
      if (character === '\\') {
        const next = this.#text[this.#at] ?? this.#refuse();
        this.#at += 1;
        text += next === delimiter ? next : `\\${next}`;
      } else text += character;
    }
  }

  #substitute(): Instruction['action'] {
    const delimiter = this.#text[this.#at] ?? this.#refuse();
    this.#at += 1;
    const pattern = this.#until(delimiter);
    const by = this.#until(delimiter);
    const flags = this.#match(/[gpIi0-9]*/y);
    if (pattern === '') this.#refuse();
    if (this.#at < this.#text.length && !';\n'.includes(this.#text[this.#at] ?? '')) this.#refuse();
    const number = /\d+/.exec(flags)?.[0];
    if (number !== undefined && flags.includes('g')) this.#refuse();
    const regex = new RegExp(posixRegex(pattern, this.#extended, 'match'), /i/i.test(flags) ? 'gsui' : 'gsu');
    return {
      kind: 'substitute',
      regex,
      by,
      which: flags.includes('g') ? 'all' : Number(number ?? 1),
      print: flags.includes('p'),
    };
  }
}
