import { entryOf, itemsOf, staticScalar, staticText } from '../../../ir/read-value.ts';
import type { MapValue, TextPart } from '../../../ir/value.ts';
import { withoutClocks } from './clock-text.ts';
import { zoneName } from './clock-zone.ts';
import type { PodContext } from './context.ts';
import { imageName, imageRuleOf, imageText } from './images.ts';
import { MainScript } from './main-script.ts';
import { partText } from './part-text.ts';
import { containerName, type PodParts } from './pod-parts.ts';
import { type InlineProgram, inlineProgram, variableNames, withProgramText, withWords } from './shell-of.ts';

/** The pod with every look at the clock that a rule can read replaced by arithmetic on the session; the others are reported. */
export function replaceClocks(parts: PodParts, context: PodContext): PodParts {
  const inContainer = (container: MapValue): MapValue => {
    reportClockImage(container, context);
    const program = inlineProgram(container);
    return program === undefined ? container : inProgram(container, program, context);
  };
  return {
    ...parts,
    main: inContainer(parts.main),
    others: parts.others.map(inContainer),
    init: parts.init.map(inContainer),
  };
}

function inProgram(container: MapValue, program: InlineProgram, context: PodContext): MapValue {
  const text = partText(program.text.parts);
  const parts = withoutClocks(text, program.language, {
    clocks: context.input.rules.byKind.clock,
    timezone: context.input.timezone,
    schedule: context.input.schedule,
    zone: zoneOf(container, text.text),
    zoneIsSet: hasZone(container),
    from: program.text.from,
    report: (code, args, rule) => context.report(code, args, program.text, rule),
    kept: () => context.readsClockAt(program.text),
  });
  if (parts === undefined) return container;
  context.accept(
    `containers[${containerName(container)}].${program.list}[${program.index}]`,
    context.input.rule,
    'the clock of the pod is replaced by the session',
  );
  return withoutShell(container, program, parts, context);
}

/** Where the clock was all that needed a shell, the program runs without one. */
function withoutShell(
  container: MapValue,
  program: InlineProgram,
  parts: readonly TextPart[],
  context: PodContext,
): MapValue {
  const from = context.made(program.text);
  const result =
    program.language === 'shell' && program.bare
      ? MainScript.read(parts)?.result(true, variableNames(container))
      : undefined;
  if (result?.kind === 'words')
    context.accept(
      `containers[${containerName(container)}].command`,
      context.input.rule,
      'the clock was all that needed a shell',
    );
  return result?.kind === 'words'
    ? withWords(container, result.words, from)
    : withProgramText(container, program, parts, from);
}

function hasZone(container: MapValue): boolean {
  return itemsOf(container.entries.get('env')).some((item) => staticScalar(entryOf(item, 'name')) === 'TZ');
}

/** The zone of a container's clock; the empty text where only the cluster knows it. */
function zoneOf(container: MapValue, text: string): string {
  const exported = /(?:^|[;\n&])\s*export TZ=["']?([\w/+:-]+)/.exec(text)?.[1];
  if (exported !== undefined) return zoneName(exported);
  const variable = itemsOf(container.entries.get('env')).findLast(
    (item) => staticScalar(entryOf(item, 'name')) === 'TZ',
  );
  if (variable === undefined) return 'UTC';
  const value = staticText(entryOf(variable, 'value'));
  return value === undefined ? '' : zoneName(value);
}

function reportClockImage(container: MapValue, context: PodContext): void {
  const image = imageName(imageText(container));
  const program = context.input.rules.byKind.clock.find(
    (rule) => rule.language === 'program' && rule.image !== undefined && new RegExp(rule.image, 'u').test(image),
  );
  const known = imageRuleOf(container, context.input.rules.byKind.image);
  const flag = program?.flag ?? known?.date_flag;
  if (program === undefined && known?.reads_clock !== true) return;
  if (flag !== undefined && givesFlag(container, flag)) return;
  context.report('CLOCK_IN_IMAGE', { image, flag }, container, program?.id ?? known?.id);
  context.readsClockAt(container);
}

function givesFlag(container: MapValue, flag: string): boolean {
  const name = flag.replace(/[= ].*$/, '');
  const words = [...itemsOf(container.entries.get('command')), ...itemsOf(container.entries.get('args'))];
  return words.some((word) => word.kind === 'text' && partText(word.parts).text.includes(name));
}
