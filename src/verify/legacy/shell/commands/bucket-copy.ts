import type { PartlyKnown, ProgramCall } from './program.ts';

/** Flags in front of a value. */
const valueFlags: ReadonlySet<string> = new Set([
  '-o',
  '-h',
  '-u',
  '--region',
  '--profile',
  '--project',
  '--endpoint-url',
]);

/**
 * `gsutil cp gs://… FILE`, `aws s3 cp s3://… FILE`, `gcloud storage cp gs://… FILE`, and `cat`, of an object that the
 * configuration knows as a manifest. `words` stand in front of the verb.
 */
export function bucketCopy(words: readonly string[], call: ProgramCall): number | 'unknown' {
  const operands = call.args.filter(
    (word, at) => (word === '-' || !word.startsWith('-')) && !valueFlags.has(call.args[at - 1] ?? ''),
  );
  if (words.some((word, at) => operands[at] !== word)) return 'unknown';
  const [verb, source, target, ...more] = operands.slice(words.length);
  if (source === undefined || !/^(?:gs|s3):\/\//.test(source) || more.length > 0) return 'unknown';
  const prints = verb === 'cat' && target === undefined;
  if (!prints && (verb !== 'cp' || target === undefined || target.includes('://'))) return 'unknown';
  const text = call.state.machine.world.download(source);
  if (text === undefined) return 'unknown';
  if (target === undefined || target === '-') call.streams.out.write(text);
  else {
    const folder = /(?:^|\/)\.{0,2}\/?$/.test(target);
    const file = folder ? `${target}/${source.slice(source.lastIndexOf('/') + 1)}` : target;
    call.state.machine.write(call.state.path(file), { text });
  }
  return 0;
}

export const gsutil: PartlyKnown = (call) => bucketCopy([], call);
