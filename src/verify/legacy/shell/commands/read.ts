import type { BuiltinCall } from './builtins.ts';
import { readFlags, refuse } from './program.ts';

/** `read [-r] NAME…`: one line, split at blanks; the last name takes the rest. */
export function readBuiltin(call: BuiltinCall): number {
  const { state, streams } = call;
  const { values, operands } = readFlags(call, ['-r']);
  const separator = state.variables.get('IFS')?.value;
  if (separator !== undefined && separator !== '' && separator !== ' \t\n') return refuse(call, 'with this IFS');
  const line = streams.in.readLine();
  state.machine.version += 1;
  const text = line?.text ?? '';
  if (!values.has('-r') && text.includes('\\')) return refuse(call, 'without -r');
  const names = operands.length === 0 ? ['REPLY'] : operands;
  let rest = separator === '' || operands.length === 0 ? text : text.replace(/^[ \t]+|[ \t]+$/g, '');
  for (const [at, name] of names.entries()) {
    const word = at === names.length - 1 || separator === '' ? rest : (/^[^ \t]*/.exec(rest)?.[0] ?? '');
    rest = rest.slice(word.length).replace(/^[ \t]+/, '');
    state.set(name, word);
  }
  return line?.ended === true ? 0 : 1;
}
