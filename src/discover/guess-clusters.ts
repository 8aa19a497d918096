import type { Host } from '../core/host.ts';
import { indexLines, type RepoPath, type SourceSpan } from '../core/source.ts';
import { isEnvironmentVariable } from './environment-names.ts';
import type { Guess, ProjectEnvironment } from './project.ts';
import { setTo, unquoted } from './shell-assignments.ts';

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
      return name.includes('$') || isComment(text, match.index) || !isForEnvironment(text, match.index, environment)
        ? []
        : [{ name, span: indexLines({ path, text }).span(match.index, match.index + match[0].length) }];
    }),
  );
}

/** False in an arm of a `case` that is for other environments: `prd) … ;;`, or `*)` where another arm fits. */
function isForEnvironment(text: string, at: number, environment: string): boolean {
  const start = text.lastIndexOf('case ', at);
  if (start < 0 || /^[ \t]*esac\b/m.test(text.slice(start, at))) return true;
  const whole = text.slice(start).split(/^[ \t]*esac\b/m)[0] ?? '';
  const arms = [...whole.matchAll(/(?:\bin|;;)\s*\(?((?:[\w*"'-]+\s*\|\s*)*[\w*"'-]+)\)/g)].map((arm) => ({
    from: start + arm.index,
    patterns: (arm[1] ?? '').split('|').map((pattern) => unquoted(pattern.trim())),
  }));
  const names = arms.flatMap(({ patterns }) => patterns);
  const own = arms.findLast(({ from }) => from < at)?.patterns ?? [];
  if (own.includes(environment)) return true;
  return own.length === 0 || (own.includes('*') && !names.includes(environment));
}

/** With the environment for its variables, and for others what the script sets them to in this environment. */
function inEnvironment(written: string, text: string, environment: string, depth: number): string {
  return written.replaceAll(/\$\{?(\w+)\}?/g, (whole, variable: string) => {
    if (isEnvironmentVariable(variable)) return environment;
    const set = depth === 0 ? undefined : setTo(variable, text, environment);
    return set === undefined ? whole : inEnvironment(set, text, environment, depth - 1);
  });
}

function isComment(text: string, at: number): boolean {
  return /^\s*#/.test(text.slice(text.lastIndexOf('\n', at) + 1, at));
}
