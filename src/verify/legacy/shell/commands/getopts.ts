import type { BuiltinCall } from './builtins.ts';
import { refuse } from './program.ts';

/** `getopts OPTIONS NAME`: the next option of the positional parameters. */
export function getopts(call: BuiltinCall): number {
  const { args, state, streams } = call;
  const [spec = '', name = '', ...given] = args;
  if (given.length > 0) return refuse(call, 'with words of its own');
  const quiet = spec.startsWith(':');
  const at = Number(state.get('OPTIND') ?? 1);
  // Letters already taken of a word such as -ab.
  const inside = Number(state.get(' OPTINSIDE') ?? 1);
  const word = state.positional[at - 1];
  const end = (): number => {
    state.set(name, '?');
    state.unset('OPTARG');
    return 1;
  };
  if (word === undefined || !word.startsWith('-') || word === '-') return end();
  if (word === '--') {
    state.set('OPTIND', String(at + 1));
    return end();
  }
  const letter = word[inside] ?? '';
  const place = spec.indexOf(letter);
  const known = letter !== ':' && place >= 0;
  const wantsValue = known && spec[place + 1] === ':';
  const last = inside + 1 >= word.length;
  const next = (words: number, letterAt: number): void => {
    state.set('OPTIND', String(at + words));
    state.set(' OPTINSIDE', String(letterAt));
  };
  state.unset('OPTARG');
  if (!wantsValue) next(last ? 1 : 0, last ? 1 : inside + 1);
  if (!known) {
    if (quiet) state.set('OPTARG', letter);
    else streams.err.write(`illegal option -- ${letter}\n`);
    state.set(name, '?');
    return 0;
  }
  state.set(name, letter);
  if (!wantsValue) return 0;
  const value = last ? state.positional[at] : word.slice(inside + 1);
  next(last && value !== undefined ? 2 : 1, 1);
  if (value === undefined) {
    state.set(name, quiet ? ':' : '?');
    if (quiet) state.set('OPTARG', letter);
  } else state.set('OPTARG', value);
  return 0;
}
