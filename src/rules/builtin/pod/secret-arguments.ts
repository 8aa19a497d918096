import { freeName } from '../../../core/free-name.ts';
import { list, map, text, textOf, withEntry } from '../../../ir/build-value.ts';
import { itemsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue, TextPart, TextValue, Value } from '../../../ir/value.ts';
import type { PodContext } from './context.ts';
import { type PartText, partText } from './part-text.ts';
import { containerName } from './pod-parts.ts';
import type { SecretKey } from './secret-book.ts';
import { type ShellSecret, secretsInShell } from './secret-shell.ts';
import { secretsInWord, variableFor } from './secret-words.ts';
import { inlineProgram, variableNames } from './shell-of.ts';

/** A variable that takes its value from a Secret. */
interface Variable {
  readonly name: string;
  readonly key: SecretKey;
}

/**
 * A container whose command line holds no secret in plain text: a word gets `$(NAME)`, which the kubelet replaces, a shell text
 * `"${NAME}"`. undefined where neither can stand, which is reported without the text.
 */
export function withoutSecretArguments(
  container: MapValue,
  path: 'containers' | 'initContainers',
  context: PodContext,
): MapValue | undefined {
  const command = itemsOf(container.entries.get('command'));
  const words = [...command, ...itemsOf(container.entries.get('args'))];
  const program = inlineProgram(container);
  const programAt = program === undefined ? -1 : program.index + (program.list === 'args' ? command.length : 0);
  const variables = new Variables(container, context);
  const edited: Value[] = [];
  for (const [at, word] of words.entries()) {
    const shell = at === programAt && program?.language === 'shell';
    const before = staticText(words[at - 1]);
    const found = shell
      ? secretsInShell(asText(word))
      : secretsInWord(asText(word).text, before, staticText(words[0]) ?? '').map(
          (run): ShellSecret => ({ ...run, put: 'word' }),
        );
    const result = found === undefined ? undefined : replaced(word, found, at === programAt && !shell, variables);
    if (result === undefined) {
      const place = at < command.length ? `command[${at}]` : `args[${at - command.length}]`;
      context.report('POD_SECRET_IN_COMMAND', { container: containerName(container), place }, word);
      return undefined;
    }
    edited.push(result);
  }
  if (variables.made.length === 0) return container;
  for (const { name, key } of variables.made)
    context.accept(
      `${path}[${containerName(container)}].env[${name}]`,
      context.input.rule,
      `a value of the command line is in the Secret ${key.secret}`,
    );
  return withVariables(container, edited, command.length, variables.made, context);
}

function asText(word: Value): PartText {
  return partText(word.kind === 'text' ? word.parts : []);
}

/** The word with each secret replaced; undefined where a reference would not say the same. */
function replaced(
  word: Value,
  found: readonly ShellSecret[],
  foreign: boolean,
  variables: Variables,
): Value | undefined {
  if (word.kind !== 'text' || found.length === 0) return word;
  const whole = partText(word.parts);
  const literal = found.filter(({ start, end }) => !whole.slice(start, end).some((part) => part.kind === 'runtime'));
  if (literal.length === 0) return word;
  if (foreign) return undefined;
  const parts: TextPart[] = [];
  let at = 0;
  for (const secret of literal) {
    const value = whole
      .slice(secret.start, secret.end)
      .map((part) => (part.kind === 'runtime' ? '' : part.text))
      .join('');
    const expanded = secret.put === 'word' && (whole.text[secret.start - 1] === '$' || /\$[($]/.test(value));
    if (secret.put === 'nowhere' || expanded) return undefined;
    const name = variables.nameFor(secret.shown, value, secret.put === 'word' ? '' : whole.text, word);
    parts.push(...whole.slice(at, secret.start), {
      kind: 'literal',
      text: reference(name, secret.put),
      from: word.from,
    });
    at = secret.end;
  }
  return {
    ...textOf([...parts, ...whole.slice(at, whole.text.length)], word.from),
    control: word.control,
  } satisfies TextValue;
}

function reference(name: string, put: Exclude<ShellSecret['put'], 'nowhere'>): string {
  const shell = `\${${name}}`;
  return { word: `$(${name})`, none: `"${shell}"`, double: shell, single: `'"${shell}"'` }[put];
}

/** The variables of one container that hold secrets of its command line. */
class Variables {
  readonly made: Variable[] = [];
  readonly #taken: ReadonlySet<string>;
  readonly #container: string;
  readonly #context: PodContext;

  constructor(container: MapValue, context: PodContext) {
    this.#taken = variableNames(container);
    this.#container = containerName(container);
    this.#context = context;
  }

  /** The variable for a secret; it has no name that the shell text around it uses. */
  nameFor(shown: string, value: string, around: string, at: Value): string {
    const base = variableFor(shown);
    const key = this.#context.input.secrets.keyFor(base, value);
    const known = this.made.find((each) => each.key.key === key.key);
    if (known !== undefined) return known.name;
    const taken = {
      has: (name: string): boolean =>
        this.#taken.has(name) ||
        this.made.some((each) => each.name === name) ||
        new RegExp(`\\b${name}\\b`).test(around),
    };
    const name = taken.has(base) ? freeName(`${base}_SECRET`, '_', taken) : base;
    this.made.push({ name, key });
    this.#context.report('POD_SECRET_LITERAL', { container: this.#container, name: shown, ...key }, at);
    return name;
  }
}

function withVariables(
  container: MapValue,
  words: readonly Value[],
  commandLength: number,
  variables: readonly Variable[],
  context: PodContext,
): MapValue {
  const made = context.made(container);
  const env = variables.map(({ name, key }) =>
    map(
      [
        ['name', text(name, made)],
        [
          'valueFrom',
          map(
            [
              [
                'secretKeyRef',
                map(
                  [
                    ['name', text(key.secret, made)],
                    ['key', text(key.key, made)],
                  ],
                  made,
                ),
              ],
            ],
            made,
          ),
        ],
      ],
      made,
    ),
  );
  const listed = (key: 'command' | 'args', items: readonly Value[], of: MapValue): MapValue => {
    const old = of.entries.get(key);
    return old === undefined ? of : withEntry(of, key, list(items, old.from));
  };
  const commanded = listed('command', words.slice(0, commandLength), container);
  const argued = listed('args', words.slice(commandLength), commanded);
  return withEntry(argued, 'env', list([...env, ...itemsOf(container.entries.get('env'))], made));
}
