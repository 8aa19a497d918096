import { indexLines, resolveRepoPath } from '../../core/source.ts';
import { textOf } from '../../ir/build-value.ts';
import { WORKER_CLOCK } from '../../ir/opaque-reasons.ts';
import { staticText } from '../../ir/read-value.ts';
import type { Provenance, TextValue } from '../../ir/value.ts';
import type { PyExpr } from '../../python/syntax.ts';
import { jinjaValues } from '../macros/jinja-values.ts';
import { readManifestText } from '../manifest/read-text.ts';
import { opaque } from '../shell/content.ts';
import { literalText } from '../shell/text-value.ts';
import type { PyReader } from './evaluate.ts';
import type { CallArguments } from './facts.ts';
import { asText, camelCase } from './operators.ts';
import { fromValue, NONE, type PyModule, type PyValue, unknown } from './value.ts';

/** What functions of the standard library, of Jinja2, PyYAML and the Kubernetes client give. */
export function callLibrary(
  reader: PyReader,
  name: string,
  args: CallArguments,
  at: PyExpr,
  module: PyModule,
): PyValue {
  const from = reader.place(at, module);
  const [first, second] = args.positionals;
  const short = name.split('.').slice(-2).join('.');
  const last = name.split('.').at(-1) ?? '';
  if (/^V\d\w+$/.test(last)) return clientObject(last, args);
  if (last === 'create_namespaced_job') return startJob(reader, args, at, module);
  if (last === 'create_from_yaml' || last === 'create_from_dict') return startFromFile(reader, last, args, at, module);
  if (last === 'load_kube_config') {
    reader.facts.cluster = args.named.get('context') ?? args.positionals[1] ?? reader.facts.cluster;
    return NONE;
  }
  switch (short) {
    case 'builtins.open':
      return first === undefined ? unknown('open()') : openFile(reader, first);
    case 'builtins.str': {
      const text = first === undefined ? undefined : asText(first, from);
      return text === undefined ? unknown('str()') : { kind: 'text', text };
    }
    case 'builtins.int':
    case 'builtins.float': {
      const written = first?.kind === 'text' ? staticText(first.text) : undefined;
      if (first?.kind === 'scalar') return first;
      return written !== undefined && /^-?\d+$/.test(written)
        ? { kind: 'scalar', value: Number(written) }
        : unknown(`${short.slice(9)}()`);
    }
    case 'builtins.dict':
      return { kind: 'dict', entries: new Map([...(first?.kind === 'dict' ? first.entries : []), ...args.named]) };
    case 'builtins.list':
      return first?.kind === 'list' ? { kind: 'list', items: [...first.items] } : unknown('list()');
    case 'builtins.print':
      return NONE;
    case 'path.join':
      return joined(args.positionals, from);
    case 'path.dirname':
    case 'pathlib.parent':
      return folderOf(first, from);
    case 'path.abspath':
    case 'path.realpath':
    case 'path.expanduser':
    case 'pathlib.Path':
      return first ?? unknown(short);
    case 'os.getenv':
    case 'environ.get':
      return variable(reader, 'os.environ', keyOf(first), from, second);
    case 'params.get':
      return variable(reader, name.replace(/\.get$/, ''), keyOf(first), from, second);
    case 'yaml.safe_load':
    case 'yaml.load':
    case 'yaml.full_load':
    case 'yaml.safe_load_all':
    case 'yaml.load_all':
      return first === undefined ? unknown(short) : parsed(first, last.endsWith('_all'), from);
    case 'copy.deepcopy':
    case 'copy.copy':
      return first === undefined ? unknown(short) : copied(first);
    case 'string.Template':
      return first ?? unknown(short);
    case 'jinja2.Template':
      return first?.kind === 'text' && first.file !== undefined
        ? { kind: 'template', file: first.file }
        : unknown(short);
    case 'jinja2.FileSystemLoader':
      return first ?? unknown(short);
    case 'jinja2.Environment': {
      const loader = args.named.get('loader') ?? first;
      return loader?.kind === 'text' ? { kind: 'dict', entries: new Map([['loader', loader]]) } : unknown(short);
    }
    case 'uuid.uuid4':
    case 'uuid.uuid1':
    case 'time.time':
      return {
        kind: 'text',
        text: textOf([{ kind: 'runtime', expr: { kind: 'unique', source: `${short}()` }, from }], from),
      };
    case 'datetime.now':
    case 'datetime.today':
    case 'date.today':
      return { kind: 'library', name: 'clock.now' };
    case 'now.strftime': {
      const format = first?.kind === 'text' ? staticText(first.text) : undefined;
      return format === undefined
        ? unknown('the clock of the worker')
        : { kind: 'text', text: opaque(`date '+${format}'`, WORKER_CLOCK, from) };
    }
    case 'now.isoformat':
      return { kind: 'text', text: opaque('date +%F', WORKER_CLOCK, from) };
    default:
      return unknown(`${name}()`);
  }
}

/** `client.V1Container(name=…)`: an object of the API, its fields as the API calls them. */
function clientObject(type: string, args: CallArguments): PyValue {
  const entries = new Map<string, PyValue>();
  if (type === 'V1Job') {
    entries.set('apiVersion', { kind: 'text', text: literalText('batch/v1', clientDefault) });
    entries.set('kind', { kind: 'text', text: literalText('Job', clientDefault) });
  }
  for (const [name, value] of args.named) {
    if (name === '**') return unknown('arguments known only at run time');
    if (!(value.kind === 'scalar' && value.value === null)) entries.set(camelCase(name), value);
  }
  return { kind: 'dict', entries };
}

const clientDefault: Provenance = { via: 'default', reason: "the Kubernetes client's V1Job" };

/** `environment.get_template(name)`. */
export function namedTemplate(
  reader: PyReader,
  environment: ReadonlyMap<string, PyValue>,
  name: PyValue,
  from: Provenance,
): PyValue {
  const loader = environment.get('loader');
  const path = loader === undefined ? unknown('no loader') : joined([loader, name], from);
  const file = openFile(reader, path);
  return file.kind === 'text' && file.file !== undefined ? { kind: 'template', file: file.file } : file;
}

export function startJob(reader: PyReader, args: CallArguments, at: PyExpr, module: PyModule): PyValue {
  const body = args.named.get('body') ?? args.positionals[1] ?? unknown('no body');
  const namespace = args.named.get('namespace') ?? args.positionals[0];
  const span = reader.spanIn(module, at.start, at.end);
  reader.facts.jobs.push({ body, namespace, span, condition: reader.condition });
  return unknown('the state of the Job');
}

function startFromFile(reader: PyReader, name: string, args: CallArguments, at: PyExpr, module: PyModule): PyValue {
  const given = args.named.get('yaml_file') ?? args.named.get('data') ?? args.positionals[1] ?? unknown('no file');
  const body = name === 'create_from_yaml' ? parsed(openFile(reader, given), true, reader.place(at, module)) : given;
  const namespace = args.named.get('namespace');
  reader.facts.jobs.push({
    body,
    namespace,
    span: reader.spanIn(module, at.start, at.end),
    condition: reader.condition,
  });
  return NONE;
}

/** A file of the tree; the module's own folder stands for `/`. */
function openFile(reader: PyReader, path: PyValue): PyValue {
  const written = path.kind === 'text' ? staticText(path.text) : undefined;
  if (written === undefined) return unknown('a file whose name is known only at run time');
  const tree = written.startsWith('/')
    ? resolveRepoPath('', written.slice(1))
    : resolveRepoPath(reader.step.workdir, written);
  const file = tree === undefined ? undefined : reader.context.read(tree);
  if (file === undefined) return unknown(`the file ${written}, which is not in the tree`);
  reader.facts.files.add(file.path);
  const span = indexLines(file).span(0, file.text.length);
  return { kind: 'text', text: literalText(file.text, { via: 'literal', span }), file: file.path };
}

function joined(values: readonly PyValue[], from: Provenance): PyValue {
  const texts = values.map((value) => asText(value, from));
  const parts: TextValue['parts'][number][] = [];
  for (const [at, text] of texts.entries()) {
    if (text === undefined) return unknown('a path known only at run time');
    parts.push(...(at === 0 ? [] : [{ kind: 'literal' as const, text: '/', from }]), ...text.parts);
  }
  return { kind: 'text', text: textOf(parts, from) };
}

/** The folder of a path, as `os.path.dirname` and `Path.parent` give it. */
export function folderOf(path: PyValue | undefined, from: Provenance): PyValue {
  const written = path?.kind === 'text' ? staticText(path.text) : undefined;
  if (written === undefined) return unknown('a folder known only at run time');
  return { kind: 'text', text: literalText(written.slice(0, Math.max(0, written.lastIndexOf('/'))), from) };
}

function keyOf(value: PyValue | undefined): string | undefined {
  return value?.kind === 'text' ? staticText(value.text) : undefined;
}

/** `os.environ['NAME']` and `digdag.env.params['name']`. */
export function variable(
  reader: PyReader,
  library: string,
  key: string | undefined,
  from: Provenance,
  fallback?: PyValue,
): PyValue {
  if (key === undefined) return unknown('a variable whose name is known only at run time');
  if (/\bparams$/.test(library)) {
    const parameter = reader.step.scope.get(key);
    return parameter === undefined ? (fallback ?? unknown(`the parameter ${key}`)) : fromValue(parameter);
  }
  if (!/\benviron$/.test(library)) return unknown(`${library}[${key}]`);
  const own = reader.step.options.get(`_env.${key}`);
  if (own !== undefined) return fromValue(own);
  const { env } = reader.context.config.worker;
  const described = Object.hasOwn(env, key) ? env[key] : undefined;
  if (described !== undefined && 'literal' in described)
    return { kind: 'text', text: literalText(described.literal, from) };
  if (described === undefined && fallback !== undefined) return fallback;
  const reason = described === undefined ? `nothing sets ${key}` : 'a variable of the worker';
  return { kind: 'text', text: opaque(`$${key}`, reason, from) };
}

function parsed(value: PyValue, all: boolean, from: Provenance): PyValue {
  if (value.kind === 'documents')
    return all ? { kind: 'list', items: value.documents.map(fromValue) } : fromDocuments(value);
  if (value.kind !== 'text') return value.kind === 'unknown' ? value : unknown('a text known only at run time');
  const span = from.via === 'literal' ? from.span : undefined;
  if (span === undefined) return unknown('a text without a place');
  const read = readManifestText(value.text, span);
  if (read.kind === 'problem') return unknown(read.problem);
  return all ? { kind: 'list', items: read.documents.map(fromValue) } : fromDocuments(read);
}

function fromDocuments({
  documents,
}: {
  readonly documents: Extract<PyValue, { kind: 'documents' }>['documents'];
}): PyValue {
  const [only] = documents;
  return only !== undefined && documents.length === 1 ? fromValue(only) : unknown('a file of several documents');
}

function copied(value: PyValue): PyValue {
  if (value.kind === 'list') return { kind: 'list', items: value.items.map(copied) };
  if (value.kind === 'dict')
    return { kind: 'dict', entries: new Map([...value.entries].map(([key, entry]) => [key, copied(entry)])) };
  return value;
}

/** `template.render(name=…, **params)`. */
export function renderTemplate(
  reader: PyReader,
  path: Extract<PyValue, { kind: 'template' }>['file'],
  args: CallArguments,
  at: PyExpr,
  module: PyModule,
): PyValue {
  const file = reader.context.read(path);
  if (file === undefined) return unknown(`the template ${path}`);
  const from = reader.place(at, module);
  const [mapping] = args.positionals;
  const given = new Map([...(mapping?.kind === 'dict' ? mapping.entries : []), ...args.named]);
  const values = new Map<string, TextValue>();
  for (const [name, value] of given) {
    const text = asText(value, from);
    if (text !== undefined) values.set(name, text);
    else if (new RegExp(`\\b${name}\\b`).test(file.text)) return unknown(`${name} of the template ${path}`);
  }
  const read = jinjaValues(values, file);
  if (read.kind === 'problem') return unknown(read.problem);
  reader.facts.files.add(file.path);
  const documents = reader.context.renderManifest({
    template: file.path,
    variables: [],
    environment: reader.step.environment,
    values: read.file,
  });
  return documents === undefined
    ? unknown(`the template ${path}, which cannot be rendered`)
    : { kind: 'documents', documents: documents.map(read.restore), file: file.path };
}
