import { type RepoPath, resolveRepoPath } from '../../core/source.ts';
import { type ConfigMap, type ConfigValue, isList, isMap } from '../../expr/config-value.ts';
import type { Evaluator } from '../../expr/evaluator.ts';
import { scalarText } from '../../session/read-config.ts';
import type { OperatorCall } from '../../session/types.ts';
import { operatorOptions } from './operator-options.ts';
import type { ShOutcome } from './sh-effects.ts';

const read = ['subject', 'to', 'cc', 'bcc', 'from', 'html', 'body'];

/** The message of a `mail>`: the text of a file, with Digdag's expressions in it, or one that stands in the task. */
export function mailEffect(
  call: OperatorCall,
  folder: string,
  file: (path: RepoPath) => string | undefined,
  evaluator: Evaluator,
): ShOutcome {
  const params = operatorOptions(call, [...read, 'attach_files']);
  if (params.has('attach_files')) return unplayable('mail> with attach_files');
  const body = bodyOf(call, params, folder, file, evaluator);
  const [to, cc, bcc] = ['to', 'cc', 'bcc'].map((name) => addressesOf(params.get(name)));
  if (body === undefined || to === undefined || cc === undefined || bcc === undefined)
    return unplayable('mail> with a text or an address that cannot be read');
  const text = (name: string): string => scalarText(params.get(name) ?? null) ?? '';
  return {
    kind: 'effects',
    effects: [
      {
        kind: 'notify',
        via: 'mail',
        to: [...to, ...cc, ...bcc].map(bare).sort().join(', '),
        body,
        request: {
          from: text('from'),
          to: to.join(','),
          cc: cc.join(','),
          subject: text('subject'),
          type: text('html') === 'true' ? 'text/html' : 'text/plain',
        },
      },
    ],
    exitCode: 0,
  };
}

function unplayable(reason: string): ShOutcome {
  return { kind: 'not-playable', reason };
}

function bodyOf(
  { command, config }: OperatorCall,
  params: ConfigMap,
  folder: string,
  file: (path: RepoPath) => string | undefined,
  evaluator: Evaluator,
): string | undefined {
  if (isMap(command)) return scalarText(command.get('data') ?? null);
  if (command === null) return scalarText(params.get('body') ?? null);
  const path = resolveRepoPath(folder, scalarText(command) ?? '');
  const written = path === undefined ? undefined : file(path);
  if (written === undefined) return undefined;
  const expanded = evaluator.evaluateText(written, config);
  return expanded.kind === 'failed' ? undefined : expanded.value;
}

function addressesOf(value: ConfigValue | undefined): readonly string[] | undefined {
  const texts = (isList(value) ? value : value === undefined ? [] : [value]).map((each) => scalarText(each));
  return texts.every((each) => each !== undefined) ? texts : undefined;
}

/** Without the name before it, as in `Shop <batch@example.test>`. */
function bare(address: string): string {
  return (/<([^<>]*)>/.exec(address)?.[1] ?? address).trim();
}
