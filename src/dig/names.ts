/** What is wrong with a name, in words; undefined for a good one. The rules are those of Digdag's `ModelValidator`. */
export function workflowNameProblem(name: string): string | undefined {
  if (name === '') return 'the name is empty';
  if (/^[0-9]/.test(name)) return 'it begins with a digit';
  if (/^[+^@/\\:*?"<>|]/.test(name)) return `it begins with ${name.charAt(0)}`;
  if (name.endsWith('.dig')) return 'it ends with .dig';
  return name.length > 255 ? 'it is longer than 255 characters' : undefined;
}

/** `name` with its plus sign. `^` is for generated tasks; Digdag refuses it in top-level names only. */
export function taskNameProblem(name: string, topLevel: boolean): string | undefined {
  const [character] =
    (topLevel ? /[^a-zA-Z_0-9=[\]{}%&@`,.-]/u : /[^a-zA-Z_0-9=[\]{}%&@`,.^-]/u).exec(name.slice(1)) ?? [];
  if (character !== undefined) return character === ' ' ? 'it holds a space' : `it holds ${character}`;
  return name.length > 255 ? 'it is longer than 255 characters' : undefined;
}
