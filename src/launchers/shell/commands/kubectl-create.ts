import { list, map, scalar, text, withEntry } from '../../../ir/build-value.ts';
import { asMap, entryOf, spanOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, Provenance, TextValue, Value } from '../../../ir/value.ts';
import { type Arguments, flagValue, staticFlag } from '../arguments.ts';
import type { Call } from '../call.ts';
import type { Content } from '../content.ts';
import type { Shell } from '../shell.ts';
import { cutText, readableText, shapeOf } from '../text-value.ts';

/** The Job that `kubectl create job NAME --image=…` or `--from=cronjob/…` makes; undefined where a problem was noted. */
export function createdJob(shell: Shell, call: Call, args: Arguments): Content | undefined {
  const name = args.positionals[2];
  const from = flagValue(args, 'from');
  const image = flagValue(args, 'image');
  if (name !== undefined && from !== undefined) return jobFromCronJob(shell, call, name, from);
  if (name === undefined || image === undefined) {
    shell.problem('kubectl create job without a manifest, an image or a CronJob', call.span);
    return undefined;
  }
  const command = behindDashes(call);
  const origin: Provenance = { via: 'literal', span: call.span };
  const container = map(
    [
      ['name', name],
      ['image', image],
      ['command', command.length === 0 ? undefined : list(command, origin)],
    ],
    origin,
  );
  return manifest(call, job(name, [container], undefined, origin));
}

function jobFromCronJob(shell: Shell, call: Call, name: TextValue, from: TextValue): Content | undefined {
  const written = staticText(from);
  const cronJob = /^(?:cronjobs?|cj)(?:\.batch)?\/(.+)$/.exec(written ?? '')?.[1];
  if (written === undefined) shell.facts.undecided.push(from);
  const found =
    cronJob === undefined ? undefined : shell.context.findObject('CronJob', cronJob, shell.step.environment);
  const template = asMap(entryOf(found, 'spec', 'jobTemplate'));
  if (found === undefined || template === undefined) {
    shell.problem(
      `the Job is made from ${readableText(from)}, which lives in the cluster; put its manifest into the legacy folder`,
      call.span,
    );
    return undefined;
  }
  const file = spanOf(found.from)?.file;
  if (file !== undefined) shell.facts.files.add(file);
  const origin: Provenance = { via: 'literal', span: call.span };
  const metadata = withEntry(asMap(entryOf(template, 'metadata')) ?? map([], origin), 'name', name);
  const namespace = entryOf(found, 'metadata', 'namespace');
  const placed = namespace === undefined ? metadata : withEntry(metadata, 'namespace', namespace);
  const whole = withEntry(withEntry(template, 'metadata', placed), 'kind', text('Job', origin));
  return manifest(call, withEntry(whole, 'apiVersion', text('batch/v1', origin)));
}

/** The pod of `kubectl run NAME --image=…`, as a Job that is not repeated. */
export function runPod(shell: Shell, call: Call, args: Arguments): Content | undefined {
  const name = args.positionals[1];
  const image = flagValue(args, 'image');
  if (name === undefined || image === undefined || flagValue(args, 'overrides') !== undefined) {
    shell.problem(
      name === undefined || image === undefined ? 'kubectl run without a name or an image' : 'kubectl run --overrides',
      call.span,
    );
    return undefined;
  }
  const origin: Provenance = { via: 'literal', span: call.span };
  const dashes = call.args.findIndex((arg) => staticText(arg) === '--');
  const words = behindDashes(call);
  const asCommand = call.args
    .slice(0, dashes < 0 ? call.args.length : dashes)
    .some((arg) => /^--command(?:=true)?$/.test(shapeOf(arg)));
  const env = (args.flags.get('env') ?? []).map((variable): Value => {
    const at = shapeOf(variable).indexOf('=');
    return map(
      [
        ['name', cutText(variable, 0, at)],
        ['value', cutText(variable, at + 1)],
      ],
      origin,
    );
  });
  const container = map(
    [
      ['name', name],
      ['image', image],
      ['env', env.length === 0 ? undefined : list(env, origin)],
      [asCommand ? 'command' : 'args', words.length === 0 ? undefined : list(words, origin)],
    ],
    origin,
  );
  const account = flagValue(args, 'serviceaccount');
  shell.facts.deeds.push({
    what: 'starts a pod of its own, without a Job',
    fate: { kind: 'kept', field: 'the pod of the step; it is not repeated' },
    span: call.span,
  });
  const once = staticFlag(args, 'restart') !== 'OnFailure';
  return manifest(call, job(name, [container], { account, once }, origin));
}

function job(
  name: TextValue,
  containers: readonly MapValue[],
  pod: { readonly account: TextValue | undefined; readonly once: boolean } | undefined,
  origin: Provenance,
): MapValue {
  const spec = map(
    [
      ['serviceAccountName', pod?.account],
      ['containers', list(containers, origin)],
      ['restartPolicy', text(pod?.once === false ? 'OnFailure' : 'Never', origin)],
    ],
    origin,
  );
  return map(
    [
      ['apiVersion', text('batch/v1', origin)],
      ['kind', text('Job', origin)],
      ['metadata', map([['name', name]], origin)],
      [
        'spec',
        map(
          [
            ['backoffLimit', pod?.once === true ? scalar(0, origin) : undefined],
            ['template', map([['spec', spec]], origin)],
          ],
          origin,
        ),
      ],
    ],
    origin,
  );
}

function behindDashes(call: Call): readonly TextValue[] {
  const at = call.args.findIndex((arg) => staticText(arg) === '--');
  return at < 0 ? [] : call.args.slice(at + 1);
}

function manifest(call: Call, document: Value): Content {
  return { kind: 'manifest', named: call.source, source: 'the command itself', documents: [document], edits: [] };
}
