import { Document, isMap, isScalar, type Pair } from 'yaml';
import type { Host } from '../core/host.ts';
import type { Guess, Project } from './project.ts';
import { type WorkerVariable, workerVariables } from './worker-variables.ts';

const HEAD =
  ' Proposed by `dig2argo init`: every value below is a guess from what lies in this folder.\n For each, the comment says what was seen and what to check. Correct what is wrong, delete what is not needed.';

/** dig2argo.yaml with all guesses, each with its reason as a comment. */
export function proposeConfig(project: Project, host: Host): string {
  if (project.environments.length === 0) return '';
  const document = new Document(configData(project));
  document.commentBefore = HEAD;
  comment(document, project.guesses);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: false });
  return `${text.trimEnd()}\n\n${workerText(workerVariables(project, host))}`;
}

function configData(project: Project): Readonly<Record<string, unknown>> {
  const { config, environments, reference } = project;
  const { jinja } = config;
  const options = Object.fromEntries(
    project.guesses.flatMap((guess) =>
      guess.key.startsWith('jinja.') ? [entryOf(jinja, guess.key.split('.')[1] ?? '')] : [],
    ),
  );
  return Object.fromEntries(
    [
      ...environmentData(project),
      ...(environments.length > 1 ? [['reference', reference] as const] : []),
      ...(Object.keys(config.clusters).length > 0 ? [['clusters', config.clusters] as const] : []),
      ...(config.manifests.length > 0 ? [['manifests', config.manifests] as const] : []),
      ...(Object.keys(options).length > 0 ? [['jinja', options] as const] : []),
    ].map(([key, value]): [string, unknown] => [key, value]),
  );
}

/** A list where one pattern says where all of them lie, else each with its folder. */
function environmentData({ environments }: Project): readonly (readonly [string, unknown])[] {
  const pattern = environments.map(({ name, folder }) => folder.replace(name, '{env}'))[0] ?? '';
  const names = environments.map(({ name }) => name);
  if (
    environments.every(
      ({ name, folder, params }) =>
        params.size === 0 && pattern.includes('{env}') && pattern.replace('{env}', name) === folder,
    )
  ) {
    return [
      ['environments', names],
      ['digdag', pattern],
    ];
  }
  const each = environments.map(({ name, folder, params }) => [
    name,
    { digdag: folder === '' ? '.' : folder, ...(params.size === 0 ? {} : { params: Object.fromEntries(params) }) },
  ]);
  return [['environments', Object.fromEntries(each)]];
}

function entryOf(data: object, key: string): readonly [string, unknown] {
  return [key, new Map<string, unknown>(Object.entries(data)).get(key)];
}

/** The reasons of the guesses, above the key that they are about. */
function comment(document: Document, guesses: readonly Guess[]): void {
  if (!isMap(document.contents)) return;
  for (const pair of document.contents.items) {
    const key = keyOf(pair);
    const inside = guesses.filter((guess) => guess.key.startsWith(`${key}.`) && guess.key.split('.').length > 2);
    const about = guesses.filter(
      (guess) => !inside.includes(guess) && (guess.key === key || guess.key.startsWith(`${key}.`)),
    );
    commentKey(pair, about);
    for (const guess of inside) {
      const [, table, ...name] = guess.key.split('.');
      const entries = document.getIn([key, table], true);
      const entry = isMap(entries) ? entries.items.find((each) => keyOf(each) === name.join('.')) : undefined;
      if (entry !== undefined) commentKey(entry, [guess]);
    }
    if (isScalar(pair.key))
      pair.key.spaceBefore = about.length + inside.length > 0 && pair !== document.contents.items[0];
  }
}

function commentKey(pair: Pair, about: readonly Guess[]): void {
  if (about.length === 0 || !isScalar(pair.key)) return;
  const seen = [...new Set(about.map((guess) => guess.seen))].map((text) => ` Seen: ${text}.`);
  const check = [...new Set(about.map((guess) => guess.check))].map((text) => ` Check: ${text}`);
  pair.key.commentBefore = [...seen, ...check].join('\n');
}

function keyOf(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : '';
}

/** Nothing in the tree says what the worker provides: this part stays a comment until someone fills it in. */
function workerText(variables: readonly WorkerVariable[]): string {
  const lines = [
    '# What steps read from the Digdag worker and nothing in this folder sets. Remove the # where it applies.',
    '# worker:',
    '#   image: <image in which plain sh> steps run>',
    ...(variables.length === 0 ? [] : ['#   env:']),
    ...variables.flatMap(({ name, file, line }) => [
      `#     # read in ${file}:${line}`,
      `#     ${name}: {secret: <name>, key: <key>}   # or {literal: <text>}, or {unneeded: <why>}`,
    ]),
  ];
  return `${lines.join('\n')}\n`;
}
