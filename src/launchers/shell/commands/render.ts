import type { TextValue } from '../../../ir/value.ts';
import type { Edit } from '../../macros/edit.ts';
import { jinjaValues } from '../../macros/jinja-values.ts';
import { type Arguments, flagValue, readArguments } from '../arguments.ts';
import type { Call, CommandHandler, Result } from '../call.ts';
import { type Content, nothing } from '../content.ts';
import { readFile } from '../read-file.ts';
import type { Shell } from '../shell.ts';
import { cutText, readableText, shapeOf } from '../text-value.ts';
import { editContent } from './edit-content.ts';

/** Renderers that are recognised and not read: what they print is not known. */
const renderer: CommandHandler = (shell, call) => unread(shell, call, `${call.name} renders the manifest at run time`);

function unread(shell: Shell, call: Call, problem: string): Result {
  shell.problem(problem, call.span);
  return { stdout: { kind: 'unknown', why: `the output of ${call.name}`, reported: true }, status: 'ok' };
}

function written(shell: Shell, content: Content, target: TextValue | undefined): Result {
  if (target === undefined || shapeOf(target) === '-') return { stdout: content, status: 'ok' };
  shell.files.set(shell.absolute(target), content);
  return { stdout: nothing, status: 'ok' };
}

/** `jinja2 -D name=value template [data]`, `j2 template [data]`: the template with values of the command, a data file or the environment. */
const jinja: CommandHandler = (shell, call) => {
  const args = readArguments(call.args, new Set(['D', 'e', 'format', 'f', 'o', 'outfile', 'import-env', 'strict']));
  const [template, data] = args.positionals;
  const path = template === undefined ? undefined : shell.treePath(shell.absolute(template));
  const file = path === undefined ? undefined : shell.context.read(path);
  const variables = data === undefined ? undefined : shell.treePath(shell.absolute(data));
  if (
    file === undefined ||
    (data !== undefined && (variables === undefined || shell.context.read(variables) === undefined))
  )
    return unread(shell, call, `${call.name} renders a template that is not in the tree, or with values that are not`);
  const defined = new Map(
    (args.flags.get('D') ?? []).map((definition) => {
      const at = shapeOf(definition).indexOf('=');
      return [shapeOf(definition).slice(0, at), cutText(definition, at + 1)] as const;
    }),
  );
  const values = defined.size > 0 || call.name.startsWith('jinja') ? defined : environmentValues(shell, file.text);
  const read = jinjaValues(values, file);
  if (read.kind === 'problem') return unread(shell, call, read.problem);
  for (const path of [file.path, ...(variables === undefined ? [] : [variables])]) shell.facts.files.add(path);
  const documents = shell.context.renderManifest({
    template: file.path,
    variables: variables === undefined ? [] : [variables],
    environment: shell.step.environment,
    ...(read.file === undefined ? {} : { values: read.file }),
  });
  if (documents === undefined) {
    shell.facts.incomplete = true;
    return { stdout: { kind: 'unknown', why: `the output of ${call.name}`, reported: true }, status: 'ok' };
  }
  const content: Content = {
    kind: 'manifest',
    named: readableText(template ?? shell.scriptName),
    source: file.path,
    documents: documents.map(read.restore),
    edits: [],
  };
  return written(shell, content, flagValue(args, 'o', 'outfile'));
};

/** j2 without a data file takes names from the environment. */
function environmentValues(shell: Shell, template: string): ReadonlyMap<string, TextValue> {
  const lookup = shell.environmentLookup();
  const names = [...template.matchAll(/\b([A-Za-z_]\w*)\b/g)].map(([name]) => name);
  return new Map(
    [...new Set(names)].flatMap((name) => {
      const value = lookup(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

interface TemplateLanguage {
  /** One tag that reads a name; the groups say the name, and a default where one is written. */
  readonly tags: RegExp;
  /** What is left of the language once those are replaced. */
  readonly rest: RegExp;
}

const gomplateTags: TemplateLanguage = {
  tags: /\{\{-?\s*(?:\(?\s*)?(?:\.Env\.([A-Za-z_]\w*)|(?:getenv|env\.Getenv)\s+["`]([A-Za-z_]\w*)["`])\s*\)?\s*-?\}\}/g,
  rest: /\{\{/,
};

const erbTags: TemplateLanguage = {
  tags: /<%=\s*(?:ENV\[["'](\w+)["']\]|ENV\.fetch\(["'](\w+)["']\)|@?([a-z_]\w*))\s*-?%>/g,
  rest: /<%/,
};

/** A renderer whose tags each name one variable; anything more in the template is a problem. */
function tagRenderer(
  language: TemplateLanguage,
  templateOf: (args: Arguments) => TextValue | undefined,
  lookupOf: (shell: Shell, args: Arguments) => (name: string) => TextValue | undefined,
): CommandHandler {
  return (shell, call) => {
    const args = readArguments(
      call.args,
      new Set(['f', 'file', 'o', 'out', 'i', 'in', 'd', 'datasource', 'c', 'context', 'T']),
    );
    const template = templateOf(args);
    const inline = flagValue(args, 'i', 'in');
    const source: Content =
      inline !== undefined
        ? { kind: 'text', text: inline }
        : template === undefined || shapeOf(template) === '-'
          ? (call.stdin ?? nothing)
          : readFile(shell, template, call.span);
    const edit: Edit = {
      kind: 'names',
      pattern: language.tags,
      lookup: lookupOf(shell, args),
      undefinedName: 'literal',
      rule: shell.rule,
    };
    const content = editContent(shell, source, [edit], call);
    if (content.kind !== 'text') return unread(shell, call, `${call.name} renders a template that is not in the tree`);
    const left = language.rest.exec(shapeOf(content.text));
    if (left !== null) {
      const tag = /^.*?(?:\}\}|%>)/.exec(shapeOf(content.text).slice(left.index))?.[0] ?? left[0];
      return unread(shell, call, `${call.name} is given more than the name of a variable: ${tag}`);
    }
    return written(shell, content, flagValue(args, 'o', 'out'));
  };
}

const gomplate = tagRenderer(
  gomplateTags,
  (args) => flagValue(args, 'f', 'file'),
  (shell) => shell.environmentLookup(),
);

const erb = tagRenderer(
  erbTags,
  (args) => args.positionals.find((arg) => !/^\w+=/.test(shapeOf(arg))),
  (shell, args) => {
    const environment = shell.environmentLookup();
    const given = new Map(
      args.positionals.flatMap((arg) => {
        const name = /^(\w+)=/.exec(shapeOf(arg))?.[1];
        return name === undefined ? [] : [[name, cutText(arg, name.length + 1)] as const];
      }),
    );
    return (name) => given.get(name) ?? environment(name);
  },
);

export const renderCommands: Readonly<Record<string, CommandHandler>> = {
  cue: renderer,
  erb,
  gomplate,
  helm: renderer,
  helmfile: renderer,
  j2: jinja,
  jinja: jinja,
  jinja2: jinja,
  jsonnet: renderer,
  kapp: renderer,
  kustomize: renderer,
  mustache: renderer,
  skaffold: renderer,
  ytt: renderer,
};
