import type { GivenOperand, SessionExpr, SessionNumber, SessionTest } from '../ir/session-expr.ts';
import type { Provenance } from '../ir/value.ts';
import { foldBinary } from './fold.ts';
import { constant, type Known, literal, primitive, refuse, sessionNumber, sessionTest, sessionText } from './known.ts';
import { stringParts, toNumber, toSessionExpr, toTest } from './known-text.ts';

/** A binary operator of JavaScript. */
export function applyBinary(op: string, left: Known, right: Known, from: Provenance): Known {
  const [a, b] = [primitive(left), primitive(right)];
  if (a !== undefined && b !== undefined) {
    // Texts set side by side keep their parts, so that a variable in them stays one.
    if (op === '+' && (left.kind === 'text' || right.kind === 'text'))
      return { kind: 'text', parts: [...stringParts(left, from), ...stringParts(right, from)] };
    return foldBinary(op, a.value, b.value, from);
  }
  switch (op) {
    case '+':
      if (isTextual(left) || isTextual(right))
        return { kind: 'text', parts: [...stringParts(left, from), ...stringParts(right, from)] };
      if (!isNumeric(left) || !isNumeric(right)) return refuse('+ of something that is no text or number');
      return sessionNumber({ kind: 'arithmetic', op, left: toNumber(left), right: toNumber(right) });
    case '-':
    case '*':
    case '/':
    case '%':
      return sessionNumber({ kind: 'arithmetic', op, left: toNumber(left), right: toNumber(right) });
    case '==':
    case '===':
    case '!=':
    case '!==':
    case '<':
    case '<=':
    case '>':
    case '>=':
      return compareKnown(op, left, right, from);
    default:
      return refuse(`the operator ${op}`);
  }
}

function compareKnown(op: string, left: Known, right: Known, from: Provenance): Known {
  const equality = op.startsWith('=') || op.startsWith('!');
  const short = (op === '===' ? '==' : op === '!==' ? '!=' : op) as Extract<SessionTest, { kind: 'compare' }>['op'];
  if (
    equality &&
    [left, right].some((side) => side.kind === 'constant' && (side.value === null || side.value === undefined))
  )
    return constant(op.startsWith('!'));
  if (
    equality &&
    (left.kind === 'instant' || left.kind === 'date' || right.kind === 'instant' || right.kind === 'date')
  )
    return refuse('== of dates, which compares objects');
  if (left.kind === 'test' || right.kind === 'test') return compareTests(short, left, right);
  const given = compareGiven(short, left, right);
  if (given !== undefined) return given;
  if (left.kind === 'text' && right.kind === 'text')
    return sessionTest({
      kind: 'compare',
      op: short,
      left: toSessionExpr(left, from),
      right: toSessionExpr(right, from),
    });
  if (op.length === 3 && (left.kind === 'text') !== (right.kind === 'text')) return constant(op === '!==');
  return sessionTest({
    kind: 'compare',
    op: short,
    left: numberExpr(toNumber(left)),
    right: numberExpr(toNumber(right)),
  });
}

/** A comparison that holds a loop variable or a stored value; undefined where neither side is one. */
function compareGiven(op: Extract<SessionTest, { kind: 'given' }>['op'], left: Known, right: Known): Known | undefined {
  const [a, b] = [givenOperand(left), givenOperand(right)];
  if (a?.kind !== 'run-time' && b?.kind !== 'run-time') return undefined;
  if (a === undefined || b === undefined) return refuse('it compares a value of run time with a computed one');
  const constants = [a, b].filter((side) => side.kind === 'constant');
  // Texts are ordered by their characters, numbers by their size, and nothing says what the value is.
  const ordered = op !== '==' && op !== '!=';
  if (ordered && !constants.some((side) => typeof side.value === 'number'))
    return refuse('it orders values of run time that may be texts');
  return sessionTest({ kind: 'given', op, left: a, right: b });
}

function givenOperand(known: Known): GivenOperand | undefined {
  const fixed = primitive(known)?.value;
  if (typeof fixed === 'string' || typeof fixed === 'number' || typeof fixed === 'boolean')
    return { kind: 'constant', value: fixed };
  const [part, ...others] = known.kind === 'text' ? known.parts : [];
  return others.length === 0 && part?.kind === 'runtime' && (part.expr.kind === 'item' || part.expr.kind === 'output')
    ? { kind: 'run-time', of: part.expr }
    : undefined;
}

function compareTests(op: string, left: Known, right: Known): Known {
  const [a, b] = left.kind === 'test' ? [left, right] : [right, left];
  if (a.kind !== 'test' || b.kind !== 'constant' || typeof b.value !== 'boolean' || (op !== '==' && op !== '!='))
    return refuse('a comparison of conditions');
  return b.value === (op === '==') ? a : sessionTest({ kind: 'not', of: a.of });
}

/** `+x`, `-x`, `!x`. */
export function applyUnary(op: string, known: Known): Known {
  if (op === '!') {
    const test = toTest(known);
    return test.kind === 'constant'
      ? constant(!test.value)
      : sessionTest(test.kind === 'not' ? test.of : { kind: 'not', of: test });
  }
  if (op !== '+' && op !== '-') return refuse(`the operator ${op}`);
  const number = toNumber(known);
  if (op === '+') return sessionNumber(number);
  return number.kind === 'number'
    ? constant(-number.value)
    : sessionNumber({ kind: 'arithmetic', op: '-', left: { kind: 'number', value: 0 }, right: number });
}

export function typeOf(known: Known, from: Provenance): Known {
  const names = {
    text: 'string',
    number: 'number',
    test: 'boolean',
    array: 'object',
    data: 'object',
    instant: 'object',
    date: 'object',
    library: undefined,
    printed: undefined,
  } as const;
  const name = known.kind === 'constant' ? typeof known.value : names[known.kind];
  return name === undefined
    ? refuse('typeof of a function or of a choice')
    : literal(name === 'object' || known.kind !== 'constant' || known.value !== null ? name : 'object', from);
}

/** `test ? a : b`, where the test is not the same in every session. */
export function choose(test: SessionTest, a: Known, b: Known, from: Provenance): Known {
  if (isCondition(a) && isCondition(b)) {
    const [yes, no] = [toTest(a), toTest(b)];
    return sessionTest({
      kind: 'or',
      left: { kind: 'and', left: test, right: yes },
      right: { kind: 'and', left: { kind: 'not', of: test }, right: no },
    });
  }
  if (a.kind === 'instant' || b.kind === 'instant') return refuse('a choice between times');
  // biome-ignore lint/suspicious/noThenProperty: a condition's first branch; nothing awaits these trees.
  const of: SessionExpr = { kind: 'choose', test, then: insertable(a, from), otherwise: insertable(b, from) };
  return a.kind === 'text' && b.kind === 'text' ? sessionText(of, from) : { kind: 'printed', of };
}

/** A value as `${…}` prints it, as a session expression. */
function insertable(known: Known, from: Provenance): SessionExpr {
  if (known.kind === 'constant' && (known.value === null || known.value === undefined))
    return { kind: 'text', text: '' };
  if (known.kind === 'test') return { kind: 'test-text', of: known.of };
  return toSessionExpr(known, from);
}

function numberExpr(of: SessionNumber): SessionExpr {
  return { kind: 'number-text', of };
}

function isCondition(known: Known): boolean {
  return known.kind === 'test' || (known.kind === 'constant' && typeof known.value === 'boolean');
}

function isTextual(known: Known): boolean {
  return known.kind === 'text' || known.kind === 'array' || known.kind === 'data';
}

function isNumeric(known: Known): boolean {
  return known.kind === 'number' || known.kind === 'constant' || known.kind === 'instant';
}
