import { NotInterpretable } from './not-interpretable.ts';
import type { ShellState } from './state.ts';
import { knownText } from './streams.ts';

const unary: ReadonlySet<string> = new Set([
  '-z',
  '-n',
  '-e',
  '-f',
  '-d',
  '-s',
  '-r',
  '-w',
  '-x',
  '-v',
  '-t',
  '-L',
  '-h',
]);

export function isUnary(operator: string): boolean {
  return unary.has(operator);
}

export function testUnary(operator: string, operand: string, state: ShellState): boolean {
  const content = (): ReturnType<typeof state.machine.read> => state.machine.read(state.path(operand));
  switch (operator) {
    case '-z':
      return operand === '';
    case '-n':
      return operand !== '';
    case '-e':
    case '-r':
    case '-w':
      return content() !== undefined || folder(operand, state);
    case '-f':
      return content() !== undefined;
    case '-s': {
      const found = content();
      return found !== undefined && knownText(found) !== '';
    }
    case '-d':
      return content() === undefined && folder(operand, state);
    case '-x':
      if (content() === undefined) return false;
      throw new NotInterpretable('-x');
    case '-v':
      return state.get(operand) !== undefined;
    case '-t':
    case '-L':
    case '-h':
      return false;
    default:
      throw new NotInterpretable(`the test ${operator}`);
  }
}

/** A folder of the tree is known by no file of its own. */
function folder(operand: string, state: ShellState): boolean {
  const path = state.path(operand);
  if (state.machine.read(path) === undefined && path.startsWith(state.machine.treePath('x').slice(0, -1)))
    throw new NotInterpretable(`whether ${operand} is a folder`);
  return state.machine.isFolder(path);
}

export function compareNumbers(left: string, operator: string, right: string): boolean {
  const [a, b] = [left, right].map((text) => {
    if (!/^\s*-?\d+\s*$/.test(text)) throw new NotInterpretable(`the comparison ${left} ${operator} ${right}`);
    return BigInt(text.trim());
  });
  if (a === undefined || b === undefined) return false;
  switch (operator) {
    case '-eq':
      return a === b;
    case '-ne':
      return a !== b;
    case '-lt':
      return a < b;
    case '-le':
      return a <= b;
    case '-gt':
      return a > b;
    case '-ge':
      return a >= b;
    default:
      throw new NotInterpretable(`the test ${operator}`);
  }
}
