import type { Call, Result } from '../call.ts';
import type { Shell } from '../shell.ts';
import { shapeOf } from '../text-value.ts';

/** Programs that only read the files they are given. */
const readers =
  /^(?:kubeval|kubeconform|kube-score|conftest|yamllint|jsonlint|md5sum|sha\d+sum|shasum|cksum|wc|ls|ll|stat|file|diff|cmp|less|more|git|logger|gsutil|aws|gcloud|az|scp|rsync|curl|wget|kubectl|mail|mailx|sendmail|slack|test)$/;

/** A program that takes no part in starting a Job: noted with its arguments, for a notification rule or the report to tell. */
export function otherProgram(shell: Shell, call: Call): Result {
  shell.facts.addMessage({
    program: call.name,
    arguments: call.args,
    span: call.span,
    condition: shell.conditions.at(-1),
  });
  forgetFiles(shell, call);
  return { stdout: { kind: 'unknown', why: `the output of ${call.name}` }, status: 'ok' };
}

/** After a program that is not understood has had a file, what the file holds is not known. */
export function forgetFiles(shell: Shell, call: Call): void {
  if (readers.test(call.name.split('/').at(-1) ?? '')) return;
  const content = { kind: 'unknown' as const, why: `what ${call.name} makes of it` };
  for (const arg of call.args) {
    const shape = shapeOf(arg);
    const path = shell.absolute(arg);
    const tree = shell.treePath(path);
    const named = /\.(?:ya?ml|json|j2|jinja2?|tmpl|tpl|template|erb)$/.test(path) && tree !== undefined;
    if (shell.files.has(path) || (named && shell.context.read(tree) !== undefined)) shell.files.set(path, content);
    for (const known of shell.files.keys())
      if (known.length > 5 && shape.includes(known)) shell.files.set(known, content);
  }
}
