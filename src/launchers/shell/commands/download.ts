import type { TextValue } from '../../../ir/value.ts';
import { type Arguments, flagValue, hasFlag, readArguments } from '../arguments.ts';
import type { Call, CommandHandler, Result } from '../call.ts';
import { type Content, nothing } from '../content.ts';
import { download } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { cutText, readableText, shapeOf } from '../text-value.ts';
import { otherProgram } from './other-program.ts';

/** Flags of curl that take a value. */
export const curlValues: ReadonlySet<string> = new Set([
  ...'AbCcdDeEFhHKmoPQrTuUwxXYyz',
  ...[
    'cacert',
    'cert',
    'connect-timeout',
    'cookie',
    'data',
    'data-ascii',
    'data-binary',
    'data-raw',
    'data-urlencode',
    'form',
    'header',
    'json',
    'key',
    'max-time',
    'output',
    'proxy',
    'request',
  ],
  ...[
    'retry',
    'retry-delay',
    'retry-max-time',
    'upload-file',
    'url',
    'user',
    'user-agent',
    'write-out',
    'output-dir',
    'resolve',
  ],
]);

const sends = [
  'd',
  'data',
  'data-ascii',
  'data-binary',
  'data-raw',
  'data-urlencode',
  'json',
  'F',
  'form',
  'T',
  'upload-file',
] as const;

function curl(shell: Shell, call: Call): Result {
  const args = readArguments(call.args, curlValues);
  const url = flagValue(args, 'url') ?? args.positionals[0];
  if (url === undefined) return { stdout: nothing, status: 'unknown' };
  const method = flagValue(args, 'X', 'request');
  if (hasFlag(args, ...sends) || (method !== undefined && shapeOf(method) !== 'GET')) {
    shell.facts.addMessage({
      program: 'curl',
      arguments: call.args,
      span: call.span,
      condition: shell.conditions.at(-1),
    });
    return { stdout: { kind: 'unknown', why: `the answer of ${readableText(url)}` }, status: 'ok' };
  }
  return fetched(shell, call, args, url, flagValue(args, 'o', 'output'), hasFlag(args, 'O', 'remote-name'));
}

/** Flags of wget that take a value. */
export const wgetValues: ReadonlySet<string> = new Set(
  'O P o output-document header user password timeout tries T t post-data post-file body-data method'.split(' '),
);

function wget(shell: Shell, call: Call): Result {
  const args = readArguments(call.args, wgetValues);
  const url = args.positionals[0];
  if (url === undefined) return { stdout: nothing, status: 'unknown' };
  if (hasFlag(args, 'post-data', 'post-file', 'body-data', 'method')) return otherProgram(shell, call);
  const target = flagValue(args, 'O', 'output-document');
  return fetched(shell, call, args, url, target, target === undefined);
}

/** `gsutil cp SOURCE TARGET`, `aws s3 cp`, `gcloud storage cp`: a download where the target is no bucket. */
const bucketCopy =
  (words: number): CommandHandler =>
  (shell, call) => {
    const args = readArguments(call.args, new Set(['profile', 'region', 'project', 'h', 'o']));
    const [verb, source, target] = args.positionals.slice(words);
    if (
      verb === undefined ||
      source === undefined ||
      !/^(cp|cat)$/.test(shapeOf(verb)) ||
      !/^(gs|s3):\/\//.test(shapeOf(source)) ||
      (target !== undefined && /^(gs|s3):\/\//.test(shapeOf(target)))
    )
      return otherProgram(shell, call);
    const content = download(shell, source, call.span);
    // Some other file: fetching it is work of its own, not part of starting a Job.
    const known = content.kind === 'manifest' || (content.kind === 'unknown' && content.reported === true);
    if (!known) return otherProgram(shell, call);
    return store(shell, call, source, content, target !== undefined && shapeOf(target) !== '-' ? target : undefined);
  };

function fetched(
  shell: Shell,
  call: Call,
  _args: Arguments,
  url: TextValue,
  output: TextValue | undefined,
  remoteName: boolean,
): Result {
  const name = remoteName
    ? cutText(
        url,
        shapeOf(url)
          .replace(/[?#].*$/, '')
          .lastIndexOf('/') + 1,
        shapeOf(url).replace(/[?#].*$/, '').length,
      )
    : undefined;
  const target = output !== undefined && shapeOf(output) !== '-' ? output : name;
  return store(shell, call, url, download(shell, url, call.span), target);
}

function store(shell: Shell, call: Call, url: TextValue, content: Content, target: TextValue | undefined): Result {
  shell.facts.deeds.push({
    what: `fetches ${readableText(url)}`,
    fate: { kind: 'unnecessary', why: 'the manifest is part of the workflow' },
    span: call.span,
  });
  if (target === undefined) return { stdout: content, status: 'ok' };
  const path = shell.absolute(target);
  if (!path.startsWith('/dev/')) shell.files.set(path, content);
  return { stdout: nothing, status: 'ok' };
}

export const downloadCommands: Readonly<Record<string, CommandHandler>> = {
  curl,
  gsutil: bucketCopy(0),
  wget,
};

export const awsCopy: CommandHandler = bucketCopy(1);
export const gcloudCopy: CommandHandler = bucketCopy(1);
