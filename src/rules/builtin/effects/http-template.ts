import { diagnose } from '../../../core/diagnose.ts';
import { byRule, list, map, scalar, text, textOf } from '../../../ir/build-value.ts';
import type { OperatorTask } from '../../../ir/graph.ts';
import { entriesOf, itemsOf, staticInteger, staticScalar, staticText } from '../../../ir/read-value.ts';
import type { Provenance, TextPart, Value } from '../../../ir/value.ts';
import { CURL_IMAGE } from '../../../k8s/curl-image.ts';
import type { PodTemplate } from '../../types.ts';
import { retryStrategyOf } from '../flow/retry-strategy.ts';
import { STORE_FILE } from '../flow/store-output.ts';
import type { EffectServices } from './effect-converter.ts';
import { jsonParts, templateParts } from './json-parts.ts';
import { scriptTemplate } from './script-template.ts';

const RULE = 'operator-http';

/** `http>`: a request that fails on any status but 2xx. Where its answer is stored a pod makes it, else Argo's own agent. */
export function httpTemplate(task: OperatorTask, services: EffectServices): PodTemplate {
  const from = byRule(RULE, [{ via: 'literal', span: task.span }]);
  const request = requestOf(task, from);
  if (request.secret)
    services.sink.add(diagnose('OPERATOR_SECRET', { task: task.id }, { span: task.span, rule: RULE }));
  return staticScalar(task.options.get('store_content')) === 'true'
    ? curlTemplate(task, request, from)
    : agentTemplate(task, request, from);
}

interface Request {
  readonly method: string;
  readonly url: Value;
  readonly headers: readonly (readonly [string, Value])[];
  readonly body: Value | undefined;
  readonly timeoutSeconds: number;
  /** True where a value names a secret of the Digdag server. */
  readonly secret: boolean;
}

function requestOf(task: OperatorTask, from: Provenance): Request {
  const { options } = task;
  const content = options.get('content');
  const format = staticText(options.get('content_format')) ?? (content?.kind === 'text' ? 'text' : 'json');
  const type = staticText(options.get('content_type')) ?? contentTypes[format] ?? 'text/plain';
  const given = itemsOf(options.get('headers')).flatMap(entriesOf);
  const headers = content === undefined ? given : [['Content-Type', text(type, from)] as const, ...given];
  const url = textOf([...templateParts(task.command), ...queryParts(options.get('query'), from)], task.command.from);
  const all = [task.command, ...options.values()];
  return {
    method: (staticText(options.get('method')) ?? 'GET').toUpperCase(),
    url,
    headers,
    body: content === undefined ? undefined : bodyOf(content, format, from),
    timeoutSeconds: staticInteger(options.get('timeout')) ?? 30,
    secret: all.some((value) =>
      JSON.stringify(jsonParts(value).map((part) => ('text' in part ? part.text : ''))).includes('${secret:'),
    ),
  };
}

const contentTypes: Readonly<Record<string, string>> = {
  text: 'text/plain',
  json: 'application/json',
  form: 'application/x-www-form-urlencoded',
};

function bodyOf(content: Value, format: string, from: Provenance): Value {
  if (format === 'form' && content.kind === 'map') return textOf(pairs(content, from), content.from);
  if (format === 'json') return textOf(jsonParts(content), content.from);
  return textOf(templateParts(content), content.from);
}

function queryParts(query: Value | undefined, from: Provenance): readonly TextPart[] {
  if (query === undefined) return [];
  const parts = query.kind === 'map' ? pairs(query, from) : templateParts(query);
  return [{ kind: 'literal', text: '?', from }, ...parts];
}

/** Texts that are known are escaped for the URL; session texts are digits and dashes. */
function pairs(of: Value, from: Provenance): readonly TextPart[] {
  return entriesOf(of).flatMap(([key, value], at) => [
    { kind: 'literal' as const, text: `${at > 0 ? '&' : ''}${encodeURIComponent(key)}=`, from },
    ...templateParts(value).map((part) =>
      part.kind === 'literal' ? { ...part, text: encodeURIComponent(part.text) } : part,
    ),
  ]);
}

/** @see https://argo-workflows.readthedocs.io/en/latest/http-template/ */
function agentTemplate(task: OperatorTask, request: Request, from: Provenance): PodTemplate {
  const headers = request.headers.map(([name, value]) =>
    map(
      [
        ['name', text(name, from)],
        ['value', value],
      ],
      from,
    ),
  );
  const http = map(
    [
      ['url', request.url],
      ['method', text(request.method, from)],
      ['headers', headers.length === 0 ? undefined : list(headers, from)],
      ['body', request.body],
      ['timeoutSeconds', scalar(request.timeoutSeconds, from)],
      ['successCondition', text('response.statusCode >= 200 && response.statusCode < 300', from)],
    ],
    from,
  );
  const body = map(
    [
      ['retryStrategy', retryStrategyOf(task.retry, from)],
      ['http', http],
    ],
    from,
  );
  return { body, workflowLevel: new Map(), rule: RULE, needs: [], objects: [], readsClock: [], accepted: [] };
}

/** The answer is stored as Digdag stores it: `http.last_content`. */
function curlTemplate(task: OperatorTask, request: Request, from: Provenance): PodTemplate {
  const headers = request.headers.map(
    ([name], at) => `-H ${JSON.stringify(`${name}: `).slice(0, -1)}$HEADER_${at + 1}"`,
  );
  const words = [
    'curl -sS --fail-with-body -L',
    `-X ${request.method}`,
    `--max-time ${request.timeoutSeconds}`,
    ...headers,
    ...(request.body === undefined ? [] : ['--data-raw "$BODY"']),
    '-o /tmp/answer "$URL"',
  ];
  const source = [
    'set -eu',
    words.join(' '),
    // The dot keeps the line ends of the end, which awk would lose.
    `{ printf '%s' '{"http": {"last_content": "'; { cat /tmp/answer; printf .; } | sed -e 's/\\\\/\\\\\\\\/g' -e 's/"/\\\\"/g' -e 's/\\t/\\\\t/g' -e 's/\\r/\\\\r/g' | awk '{ printf "%s%s", (NR > 1 ? "\\\\n" : ""), $0 }' | sed 's/.$//'; printf '"} }'; } > ${STORE_FILE}`,
    '',
  ].join('\n');
  const env: (readonly [string, Value])[] = [
    ['URL', request.url],
    ...request.headers.map(([, value], at) => [`HEADER_${at + 1}`, value] as const),
    ...(request.body === undefined ? [] : [['BODY', request.body] as const]),
  ];
  return scriptTemplate(
    task,
    { rule: RULE, image: CURL_IMAGE, command: ['sh'], env, source: text(source, from) },
    from,
  );
}
