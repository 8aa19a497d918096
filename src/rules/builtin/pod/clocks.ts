import { entryOf, itemsOf, staticScalar, staticText } from '../../../ir/read-value.ts';
import type { SessionExpr, SessionInstant } from '../../../ir/session-expr.ts';
import type { MapValue, TextPart } from '../../../ir/value.ts';
import { zoneName } from './clock-date.ts';
import { readClock } from './clock-instant.ts';
import { type ClockUse, findClockUses } from './clock-uses.ts';
import type { PodContext } from './context.ts';
import { imageName, imageRuleOf, imageText } from './images.ts';
import { MainScript } from './main-script.ts';
import { type PartText, partText } from './part-text.ts';
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
  const uses = findClockUses(text, program, zoneOf(container, text.text), context.input.rules.byKind.clock);
  if (uses.length === 0) return container;
  const parts: TextPart[] = [];
  let at = 0;
  let replaced = 0;
  for (const use of uses) {
    const part = valuePart(use, text, container, program, context);
    if (part === undefined) continue;
    const from = part.from;
    const quote: readonly TextPart[] = use.quote === '' ? [] : [{ kind: 'literal', text: use.quote, from }];
    parts.push(...text.slice(at, use.start), ...quote, part, ...quote);
    at = use.end;
    replaced += 1;
  }
  if (replaced === 0) return container;
  parts.push(...text.slice(at, text.text.length));
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

/** The session's value for a look at the clock; undefined, with a diagnostic, where it stays. */
function valuePart(
  use: ClockUse,
  text: PartText,
  container: MapValue,
  program: InlineProgram,
  context: PodContext,
): Extract<TextPart, { kind: 'runtime' }> | undefined {
  const written = text.text.slice(use.start, use.end);
  const { timezone, schedule } = context.input;
  const reading =
    use.look === undefined
      ? ({ kind: 'kept', reason: use.reason } as const)
      : readClock(use.look, { timezone, schedule });
  if (reading.kind === 'kept') {
    context.report('CLOCK_KEPT', { written, reason: reading.reason }, program.text, use.rule);
    const span = context.span(program.text);
    if (span !== undefined) context.readsClock.push(span);
    return undefined;
  }
  const zone = use.look?.zone ?? timezone;
  const stated = hasZone(container) ? zone : `${zone}, where no TZ is set`;
  context.report('CLOCK_REPLACED', { written, zone: stated, session: inWords(reading.expr) }, program.text, use.rule);
  return {
    kind: 'runtime',
    expr: { kind: 'session', ast: reading.expr },
    name: nameFor(text.text.slice(0, use.start), reading.expr),
    from: { via: 'rule', rule: use.rule, from: [program.text.from] },
  };
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

/** What the legacy side called the value: the flag or variable it is given to, else what it is. */
function nameFor(before: string, expr: SessionExpr): string {
  const flag = /--?([A-Za-z][\w-]*)(?:=|\s+)["']?$/.exec(before)?.[1];
  const variable = /(?:^|[\s;])([A-Za-z_]\w*)=["']?$/.exec(before)?.[1];
  const named = flag ?? variable;
  if (named !== undefined) return named.toLowerCase().replaceAll('-', '_');
  const days = expr.kind === 'format' ? dayShift(expr.at) : undefined;
  return days === -1 ? 'yesterday' : days === 1 ? 'tomorrow' : 'date';
}

function dayShift(at: SessionInstant): number | undefined {
  if (at.kind === 'session') return 0;
  return at.kind === 'shift' && at.unit === 'day' && at.of.kind === 'session' ? at.amount : undefined;
}

function inWords(expr: SessionExpr): string {
  const days = expr.kind === 'format' ? dayShift(expr.at) : undefined;
  if (days === 0) return "the session's date";
  if (days !== undefined)
    return `the day ${Math.abs(days) === 1 ? '' : `${Math.abs(days)} days `}${days < 0 ? 'before' : 'after'} the session`;
  return 'the date of the session as its clock showed it';
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
  const span = context.span(container);
  if (span !== undefined) context.readsClock.push(span);
}

function givesFlag(container: MapValue, flag: string): boolean {
  const name = flag.replace(/[= ].*$/, '');
  const words = [...itemsOf(container.entries.get('command')), ...itemsOf(container.entries.get('args'))];
  return words.some((word) => word.kind === 'text' && partText(word.parts).text.includes(name));
}
