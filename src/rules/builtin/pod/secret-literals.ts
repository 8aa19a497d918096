import { list, map, text, withEntry } from '../../../ir/build-value.ts';
import { entryOf, partsOf, staticScalar } from '../../../ir/read-value.ts';
import type { MapValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { containerName, type PodParts } from './pod-parts.ts';
import { withoutSecretArguments } from './secret-arguments.ts';
import type { SecretKey } from './secret-book.ts';
import { looksSecret } from './secret-texts.ts';

/** A pod without secrets in plain text: each such variable or argument takes its value from a Secret that the operator fills. undefined where one cannot. */
export function replaceSecretLiterals(parts: PodParts, context: PodContext): PodParts | undefined {
  let complete = true;
  const replaced = (container: MapValue, list: 'containers' | 'initContainers'): MapValue => {
    const edited = withoutSecretArguments(withoutLiterals(container, list, context), list, context);
    complete &&= edited !== undefined;
    return edited ?? container;
  };
  const edited = {
    ...parts,
    main: replaced(parts.main, 'containers'),
    others: parts.others.map((container) => replaced(container, 'containers')),
    init: parts.init.map((container) => replaced(container, 'initContainers')),
  };
  return complete ? edited : undefined;
}

function withoutLiterals(container: MapValue, path: 'containers' | 'initContainers', context: PodContext): MapValue {
  const env = container.entries.get('env');
  if (env?.kind !== 'list') return container;
  const items = env.items.map((item) => {
    const key = secretKeyOf(item, context);
    if (key === undefined) return item;
    const name = staticScalar(entryOf(item, 'name')) ?? '';
    const owner = containerName(container);
    context.report('POD_SECRET_LITERAL', { container: owner, name, secret: key.secret, key: key.key }, item);
    context.accept(`${path}[${owner}].env[${name}]`, context.input.rule, `the value is in the Secret ${key.secret}`);
    return fromSecret(item, key, context);
  });
  return withEntry(container, 'env', list(items, env.from));
}

/** A value with run-time parts is made anew each time, and no secret. */
function secretKeyOf(item: Value, context: PodContext): SecretKey | undefined {
  const value = entryOf(item, 'value');
  const name = staticScalar(entryOf(item, 'name')) ?? '';
  if (value === undefined || partsOf(value).some((part) => part.kind === 'runtime')) return undefined;
  const written =
    value.kind === 'scalar'
      ? String(value.value)
      : partsOf(value)
          .map((part) => (part.kind === 'runtime' ? '' : part.text))
          .join('');
  return looksSecret(name, written) ? context.input.secrets.keyFor(name, written) : undefined;
}

function fromSecret(item: Value, { secret, key }: SecretKey, context: PodContext): Value {
  if (item.kind !== 'map') return item;
  const from = context.made(item);
  const ref = map(
    [
      ['name', text(secret, from)],
      ['key', text(key, from)],
    ],
    from,
  );
  const source = map([['secretKeyRef', ref]], from);
  return withEntry(withEntry(item, 'value', undefined), 'valueFrom', source);
}
