import { indexLines, repoPath } from '../../../src/core/source.ts';
import { byDefault, list, map, scalar, text, textOf } from '../../../src/ir/build-value.ts';
import { type TaskGraph, taskId } from '../../../src/ir/graph.ts';
import type { MapValue, Provenance, TextPart, Value } from '../../../src/ir/value.ts';
import type { ConvertedWorkflow, Template } from '../../../src/rules/types.ts';

const span = indexLines({ path: repoPath('digdag/job.dig'), text: '+a:\n' }).span(0, 3);
const from: Provenance = { via: 'literal', span };

/** A text with variables written `<name=value>`: `db-<env=prd>.example.test`; `<env?Always>` where one only chose the text. */
function mixed(written: string): Value {
  const parts = written.split(/(<[a-z._]+[=?][^>]*>)/).map((piece): TextPart => {
    const variable = /^<([a-z._]+)([=?])(.*)>$/.exec(piece);
    return variable === null
      ? { kind: 'literal', text: piece, from }
      : {
          kind: 'variable',
          text: variable[3] ?? '',
          variable: variable[1] ?? '',
          ...(variable[2] === '?' ? { chosen: true } : {}),
          from,
        };
  });
  return textOf(
    parts.filter((part) => part.kind === 'runtime' || part.text !== ''),
    from,
  );
}

/** Data in which every string is a text with variables. */
export type Shape = string | number | boolean | readonly Shape[] | { readonly [key: string]: Shape };

export function asValue(shape: Shape): Value {
  if (typeof shape === 'string') return mixed(shape);
  if (typeof shape === 'number' || typeof shape === 'boolean') return scalar(shape, from);
  if (isList(shape)) return list(shape.map(asValue), from);
  return mapOf(shape);
}

function isList(shape: Shape): shape is readonly Shape[] {
  return Array.isArray(shape);
}

function mapOf(shape: { readonly [key: string]: Shape }): MapValue {
  return map(
    Object.entries(shape).map(([key, entry]) => [key, asValue(entry)]),
    from,
  );
}

export interface WorkflowShape {
  readonly templates: Readonly<Record<string, { readonly [key: string]: Shape }>>;
  readonly cron?: { readonly [key: string]: Shape };
  readonly suspended?: boolean;
  readonly namespace?: string;
}

export function workflow(environment: string, shape: WorkflowShape): ConvertedWorkflow {
  const templates = Object.entries(shape.templates).map(
    ([name, body]): Template => ({ name, body: mapOf(body), task: taskId(`+job+${name}`), rule: 'test' }),
  );
  const graph: TaskGraph = {
    job: 'job',
    environment,
    timezone: 'UTC',
    root: taskId('+job'),
    tasks: new Map(),
    span,
    schedule: {
      kind: 'daily',
      pattern: '0 0 * * *',
      delaySeconds: 0,
      timezone: 'UTC',
      skipOnOvertime: false,
      state: shape.suspended === true ? 'commented-out' : 'active',
      written: '00:00:00',
      span,
    },
  };
  return {
    name: 'job',
    job: 'job',
    environment,
    kind: 'CronWorkflow',
    namespace: text(shape.namespace ?? 'batch', from),
    cron: mapOf(shape.cron ?? { schedules: ['0 0 * * *'] }),
    spec: mapOf({ entrypoint: 'main' }),
    metadata: map([], from),
    parameters: new Map([['target_date', text('', byDefault('test'))]]),
    templates,
    needs: [],
    objects: [],
    facts: {
      graph,
      session: { kind: 'none' },
      steps: [],
      readsClock: [],
      accepted: [],
      clusters: [],
      serviceAccounts: [],
    },
  };
}
