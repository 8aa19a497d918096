import { type Expansion, expandText } from './expand.ts';
import { NotInterpretable } from './not-interpretable.ts';
import type { ShellState } from './state.ts';
import { type Content, Input, nothing, Output, type Streams } from './streams.ts';
import type { Redirect } from './syntax.ts';

/** Runs `body` with its streams redirected; undefined where a file to read from is missing. */
export function withRedirects<T>(
  redirects: readonly Redirect[],
  streams: Streams,
  expansion: Expansion,
  body: (streams: Streams) => T,
): T | undefined {
  const { state } = expansion;
  let current = streams;
  const files: { readonly path: string; readonly output: Output; readonly before: Content }[] = [];
  const open = (path: string, append: boolean): Output => {
    const known = special(path, current);
    if (known !== undefined) return known;
    const output = new Output();
    const absolute = state.path(path);
    const before = append ? (state.machine.read(absolute) ?? nothing) : nothing;
    state.machine.write(absolute, before);
    files.push({ path: absolute, output, before });
    return output;
  };
  for (const redirect of redirects) {
    const target = expandText(redirect.target, expansion);
    switch (redirect.kind) {
      case 'here':
        current = { ...current, in: new Input({ text: target }) };
        break;
      case 'read': {
        const content = target === '/dev/stdin' ? current.in.readAll() : state.machine.read(state.path(target));
        if (content === undefined) {
          current.err.write(`${target}: No such file or directory\n`);
          return undefined;
        }
        if (redirect.descriptor !== 0) throw new NotInterpretable(`descriptor ${redirect.descriptor}`);
        current = { ...current, in: new Input(content) };
        break;
      }
      case 'write':
      case 'append':
        current = withOutput(current, redirect.descriptor, open(target, redirect.kind === 'append'));
        break;
      case 'both': {
        const output = open(target, false);
        current = { ...current, out: output, err: output };
        break;
      }
      case 'duplicate':
        current = duplicated(current, redirect.descriptor, target);
        break;
      case 'read-write':
        throw new NotInterpretable('<>');
    }
  }
  try {
    return body(current);
  } finally {
    for (const file of files) writeBack(file, state);
  }
}

function writeBack(
  file: { readonly path: string; readonly output: Output; readonly before: Content },
  state: ShellState,
): void {
  const all = new Output();
  all.add(file.before);
  all.add(file.output.content);
  state.machine.write(file.path, all.content);
}

function special(path: string, streams: Streams): Output | undefined {
  if (path === '/dev/null') return new Output();
  if (path === '/dev/stdout') return streams.out;
  return path === '/dev/stderr' ? streams.err : undefined;
}

function withOutput(streams: Streams, descriptor: number, output: Output): Streams {
  if (descriptor === 1) return { ...streams, out: output };
  if (descriptor === 2) return { ...streams, err: output };
  throw new NotInterpretable(`descriptor ${descriptor}`);
}

function duplicated(streams: Streams, descriptor: number, target: string): Streams {
  if (target === '1') return withOutput(streams, descriptor, streams.out);
  if (target === '2') return withOutput(streams, descriptor, streams.err);
  if (target === '-' && descriptor === 0) return { ...streams, in: new Input(nothing) };
  if (target === '-') return withOutput(streams, descriptor, new Output());
  throw new NotInterpretable(`descriptor ${target}`);
}
