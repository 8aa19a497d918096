import type { BuiltinCall } from './builtins.ts';
import { refuse } from './program.ts';

const names: Readonly<Record<string, 'errexit' | 'nounset' | 'pipefail' | 'errtrace' | 'none'>> = {
  e: 'errexit',
  u: 'nounset',
  E: 'errtrace',
  x: 'none',
  v: 'none',
  errexit: 'errexit',
  nounset: 'nounset',
  pipefail: 'pipefail',
  errtrace: 'errtrace',
  xtrace: 'none',
  verbose: 'none',
};

/** `set -euo pipefail`, `set +e`, `set -- words`. */
export function set(call: BuiltinCall): number {
  const { state } = call;
  const words = [...call.args];
  if (words.length === 0) return refuse(call);
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      state.positional = words;
      return 0;
    }
    if (!/^[-+][A-Za-z]+$/.test(word)) {
      if (word.startsWith('-') || word.startsWith('+')) return refuse(call, word);
      state.positional = [word, ...words];
      return 0;
    }
    for (const letter of word.slice(1)) {
      const option = names[letter === 'o' ? (words.shift() ?? '') : letter] ?? refuse(call, word);
      if (option !== 'none') state.options = { ...state.options, [option]: word.startsWith('-') };
    }
  }
  return 0;
}
