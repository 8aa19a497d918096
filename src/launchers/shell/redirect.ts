import { textOf } from '../../ir/build-value.ts';
import type { Runner } from './call.ts';
import { type Content, nothing, type Outcome } from './content.ts';
import { expandText } from './expand.ts';
import { withManifest } from './kept-manifest.ts';
import { readFile } from './read-file.ts';
import type { Shell } from './shell.ts';
import type { Redirect } from './syntax.ts';

/** Input and output of a command by its redirections. */
export function redirected(
  runner: Runner,
  shell: Shell,
  redirects: readonly Redirect[],
  stdin: Content | undefined,
  run: (stdin: Content | undefined) => Outcome,
): Outcome {
  let input = stdin;
  let target: { readonly path: string; readonly append: boolean } | undefined;
  for (const { op, fd, target: word } of redirects) {
    if (op === '<<') input = { kind: 'text', text: expandText(shell, word, runner.substitution) };
    else if (op === '<<<')
      input = {
        kind: 'text',
        text: textOf(
          [
            ...expandText(shell, word, runner.substitution).parts,
            { kind: 'literal', text: '\n', from: shell.source.from(word.start, word.end) },
          ],
          shell.source.from(word.start, word.end),
        ),
      };
    else if (op === '<')
      input = readFile(shell, expandText(shell, word, runner.substitution), shell.source.span(word.start, word.end));
    else if ((op === '>' || op === '>>' || op === '>|' || op === '&>' || op === '&>>') && (fd ?? 1) === 1)
      target = { path: shell.absolute(expandText(shell, word, runner.substitution)), append: op.endsWith('>>') };
    else if (op === '>&' && fd === undefined) target = { path: '/dev/stderr', append: false };
  }
  const printed = run(input === undefined ? undefined : withManifest(shell, input));
  const outcome = { ...printed, stdout: withManifest(shell, printed.stdout) };
  if (target === undefined) return outcome;
  const before = target.append ? shell.files.get(target.path) : undefined;
  if (!target.path.startsWith('/dev/'))
    shell.files.set(target.path, before === undefined ? outcome.stdout : joined(before, outcome.stdout));
  return { ...outcome, stdout: nothing };
}

export function joined(first: Content, second: Content): Content {
  if (second === nothing || (second.kind === 'text' && second.text.parts.length === 0)) return first;
  if (first === nothing || (first.kind === 'text' && first.text.parts.length === 0)) return second;
  if (first.kind === 'text' && second.kind === 'text')
    return { kind: 'text', text: textOf([...first.text.parts, ...second.text.parts], first.text.from) };
  return { kind: 'unknown', why: 'several outputs one after the other' };
}
