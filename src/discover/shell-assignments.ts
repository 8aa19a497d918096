/** `cluster=batch-$ENV`, or the arm of a `case` that fits: `prd) cluster=a ;;`, `*) cluster=b ;;`; without an environment, only what no arm decides. */
export function setTo(variable: string, text: string, environment: string | undefined): string | undefined {
  const assignment = new RegExp(
    `^[ \\t]*(?:([\\w|*" -]+)\\)\\s*)?(?:export\\s+)?${variable}=("[^"\\n]*"|'[^'\\n]*'|[^\\s;]+)`,
    'gm',
  );
  const found = [...text.matchAll(assignment)].map(([, arm, value = '']) => ({
    patterns: arm?.split('|').map((pattern) => unquoted(pattern.trim())),
    value: unquoted(value),
  }));
  const own = found.find(({ patterns }) => environment !== undefined && patterns?.includes(environment) === true);
  const other = found.find(({ patterns }) => environment !== undefined && patterns?.includes('*') === true);
  const always = found.filter(({ patterns }) => patterns === undefined);
  return own?.value ?? other?.value ?? (always.length === 1 ? always[0]?.value : undefined);
}

export function unquoted(written: string): string {
  return written.replace(/^["']|["']$/g, '');
}
