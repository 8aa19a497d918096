import type { SessionExpr } from '../../../ir/session-expr.ts';
import type { TextPart } from '../../../ir/value.ts';
import type { PartText } from './part-text.ts';
import type { ShellCommand, ShellWord, WordSegment } from './shell-commands.ts';

/**
 * The command with its quotes off and single blanks, for patterns; what is no literal shows as a placeholder. Output that goes to
 * a file shows as `>file`; what is thrown away does not show.
 */
export function flatCommand(text: PartText, command: ShellCommand): string {
  const files = command.redirections
    .map(({ start, end }) => text.text.slice(start, end).replace(/[\s"']/g, ''))
    .filter((written) => !/^(?:\d*>>?\/dev\/null|\d*>&\d|&>>?\/dev\/null)$/.test(written));
  return [...[...command.assignments, ...command.words].map((word) => flatWord(text, word)), ...files].join(' ');
}

export function flatWord(text: PartText, word: ShellWord): string {
  return word.segments.map((segment) => text.text.slice(segment.start, segment.end)).join('');
}

/** Commands of the shell itself, which no image holds as a program of the same meaning. */
const builtins = new Set(
  '. : [ alias bg break builtin cd command continue declare dirs echo eval exec exit export false fg getopts hash jobs kill let local printf pushd popd pwd read readonly return set shift shopt source test times trap true type typeset ulimit umask unalias unset wait'.split(
    ' ',
  ),
);

/** The words of a command that needs no shell; undefined where one is needed or where that cannot be seen. */
export function wordsWithoutShell(text: PartText, command: ShellCommand): readonly (readonly TextPart[])[] | undefined {
  if (
    command.assignments.length > 0 ||
    command.redirections.length > 0 ||
    command.separator === '&' ||
    command.separator === '|'
  )
    return undefined;
  const [first] = command.words;
  const words = first !== undefined && flatWord(text, first) === 'exec' ? command.words.slice(1) : command.words;
  const [program] = words;
  if (program === undefined || builtins.has(flatWord(text, program)) || words.some((word) => word.expands))
    return undefined;
  const parts = words.map((word) => plainWord(text, word));
  return parts.every((word) => word !== undefined) ? parts : undefined;
}

/** The word as the program gets it; undefined where a value in it could open or end something. */
export function plainWord(text: PartText, word: ShellWord): readonly TextPart[] | undefined {
  const parts: TextPart[] = [];
  for (const segment of word.segments) {
    const own = text.slice(segment.start, segment.end);
    if (
      !own.every(
        (part) =>
          part.kind === 'literal' || staysOneWord(part, segment.quote, word.segments.length > 1 || own.length > 1),
      )
    )
      return undefined;
    parts.push(...own);
  }
  // The kubelet expands $(NAME) in both forms, but only a shell sees what else begins with a dollar.
  return parts.some((part) => part.kind === 'literal' && part.text.includes('$')) ? undefined : parts;
}

const unsafe: Readonly<Record<WordSegment['quote'], RegExp>> = {
  none: /[^\w/.:=@%+,^-]/u,
  single: /['$]/,
  double: /["$`\\]/,
};

/** True where a value that is pasted into shell text cannot end its word, open a quote or expand. An empty one would vanish where it stands alone. */
export function staysOneWord(part: TextPart, quote: WordSegment['quote'], besideOthers: boolean): boolean {
  if (part.kind === 'runtime')
    return part.expr.kind === 'session' && sessionTexts(part.expr.ast).every((written) => !unsafe[quote].test(written));
  return !unsafe[quote].test(part.text) && (part.text !== '' || quote !== 'none' || besideOthers);
}

/** Every fixed text that the value of a session expression may hold; its date fields are letters, digits, signs and colons. */
function sessionTexts(expr: SessionExpr): readonly string[] {
  switch (expr.kind) {
    case 'format':
      return expr.pattern.flatMap((part) => (part.kind === 'literal' ? [part.text] : []));
    case 'text':
      return [expr.text];
    case 'concat':
      return expr.parts.flatMap(sessionTexts);
    case 'choose':
      return [...sessionTexts(expr.then), ...sessionTexts(expr.otherwise)];
    case 'slice':
      return sessionTexts(expr.of);
    case 'replace':
      return [...sessionTexts(expr.of), expr.by];
    case 'number-text':
    case 'test-text':
      return [];
  }
}
