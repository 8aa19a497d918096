import type { Plain } from '../verify/effect.ts';

type PlainMap = { readonly [key: string]: Plain };

/**
 * The container as the kubelet starts it: `$(NAME)` in command, arguments and values is the value of a variable that the container sets
 * itself, for values one that stands before. What comes from elsewhere stays, and so does `$$(NAME)`, which the kubelet leaves as text.
 * @see https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/ (Container.args)
 */
export function expandVariables(container: PlainMap): PlainMap {
  const { env, command, args } = container;
  const known = new Map<string, string>();
  const variables = list(env).map((item) => {
    if (!isMap(item)) return item;
    const { name, value } = item;
    const expanded = value === undefined || value === null ? value : expand(String(value), known);
    if (typeof name === 'string') {
      if (item['valueFrom'] === undefined) known.set(name, String(expanded ?? ''));
      else known.delete(name);
    }
    return typeof expanded === 'string' ? { ...item, value: expanded } : item;
  });
  return {
    ...container,
    ...(Array.isArray(env) ? { env: variables } : {}),
    ...(Array.isArray(command) ? { command: words(command, known) } : {}),
    ...(Array.isArray(args) ? { args: words(args, known) } : {}),
  };
}

function words(of: Plain, known: ReadonlyMap<string, string>): readonly Plain[] {
  return list(of).map((word) => (typeof word === 'string' ? expand(word, known) : word));
}

function expand(text: string, known: ReadonlyMap<string, string>): string {
  return text.replace(/\$\$|\$\(([A-Za-z_.-][\w.-]*)\)/g, (whole: string, name: string | undefined) =>
    name === undefined ? whole : (known.get(name) ?? whole),
  );
}

function list(value: Plain | undefined): readonly Plain[] {
  return Array.isArray(value) ? (value as readonly Plain[]) : [];
}

function isMap(value: Plain): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
