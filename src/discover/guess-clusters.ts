import type { Host } from '../core/host.ts';
import { indexLines, type RepoPath, type SourceSpan } from '../core/source.ts';
import { isEnvironmentVariable } from './environment-names.ts';
import type { Guess, ProjectEnvironment } from './project.ts';

const connections: readonly RegExp[] = [
  /\bclusters\s+get-credentials\s+((?:--\S+[= ]\S+\s+)*)(?<name>"[^"\n]+"|'[^'\n]+'|[^\s-]\S*)/g,
  /\beks\s+update-kubeconfig\b[^\n]*?--name[= ](?<skip>)(?<name>"[^"\n]+"|\S+)/g,
  /\baks\s+get-credentials\b[^\n]*?(?:--name|-n)[= ](?<skip>)(?<name>"[^"\n]+"|\S+)/g,
];

/** The cluster that launchers connect to in an environment; none where they name several, or one that only a run can tell. */
export function guessCluster(
  environment: ProjectEnvironment,
  others: readonly ProjectEnvironment[],
  scripts: readonly RepoPath[],
  dig: readonly RepoPath[],
  host: Host,
): Guess | undefined {
  const foreign = others
    .filter((other) => other.name !== environment.name && other.folder !== environment.folder)
    .map((other) => `${other.folder}/`);
  const files = [...scripts, ...dig].filter((path) => !foreign.some((folder) => path.startsWith(folder)));
  const found = files.flatMap((path) => namesIn(path, host.read(path) ?? '', environment.name));
  const names = [...new Set(found.map((each) => each.name))];
  const [first] = found;
  if (first === undefined || names.length !== 1) return undefined;
  return {
    key: `clusters.${environment.name}`,
    what: `cluster of ${environment.name}`,
    guess: first.name,
    seen: `the launcher ${first.span.file} connects to it (line ${first.span.start.line})`,
    check: 'does the Argo controller of this environment run in the same cluster?',
    span: first.span,
  };
}

function namesIn(
  path: RepoPath,
  text: string,
  environment: string,
): readonly { readonly name: string; readonly span: SourceSpan }[] {
  return connections.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const name = inEnvironment(unquoted(match.groups?.['name'] ?? ''), text, environment, 2);
      return name.includes('$') || isComment(text, match.index)
        ? []
        : [{ name, span: indexLines({ path, text }).span(match.index, match.index + match[0].length) }];
    }),
  );
}

/** With the environment for its variables, and for others what the script sets them to in this environment. */
function inEnvironment(written: string, text: string, environment: string, depth: number): string {
  return written.replaceAll(/\$\{?(\w+)\}?/g, (whole, variable: string) => {
    if (isEnvironmentVariable(variable)) return environment;
    const set = depth === 0 ? undefined : setTo(variable, text, environment);
    return set === undefined ? whole : inEnvironment(set, text, environment, depth - 1);
  });
}

/** `cluster=batch-$ENV`, or the arm of a `case` that fits: `prd) cluster=a ;;`, `*) cluster=b ;;`. */
function setTo(variable: string, text: string, environment: string): string | undefined {
  const assignment = new RegExp(
    `^[ \\t]*(?:([\\w|*" -]+)\\)\\s*)?(?:export\\s+)?${variable}=("[^"\\n]*"|'[^'\\n]*'|[^\\s;]+)`,
    'gm',
  );
  const found = [...text.matchAll(assignment)].map(([, arm, value = '']) => ({
    patterns: arm?.split('|').map((pattern) => unquoted(pattern.trim())),
    value: unquoted(value),
  }));
  const own = found.find(({ patterns }) => patterns?.includes(environment) === true);
  const other = found.find(({ patterns }) => patterns?.includes('*') === true);
  const always = found.filter(({ patterns }) => patterns === undefined);
  return own?.value ?? other?.value ?? (always.length === 1 ? always[0]?.value : undefined);
}

function unquoted(written: string): string {
  return written.replace(/^["']|["']$/g, '');
}

function isComment(text: string, at: number): boolean {
  return /^\s*#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}
