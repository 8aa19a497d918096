import { type ShellNode, simpleCommands, type Word } from './syntax.ts';

/** True where the commands can end the script with a failure: `exit 1`, `return 1`, `exit $rc`, `false`. */
export function failsWith(nodes: readonly ShellNode[]): boolean {
  return simpleCommands(nodes).some((command) => {
    const [name, status] = command.words.map(plainWord);
    if (name === 'false') return true;
    return (name === 'exit' || name === 'return') && command.words.length > 1 && status !== '0';
  });
}

/** The text of a word that is written without any expansion. */
export function plainWord(word: Word): string | undefined {
  return word.parts.every((part) => part.kind === 'text')
    ? word.parts.map((part) => (part.kind === 'text' ? part.text : '')).join('')
    : undefined;
}
