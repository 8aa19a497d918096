import { byRule, list, map, text, textOf } from '../../../ir/build-value.ts';
import type { Effect, OperatorTask } from '../../../ir/graph.ts';
import type { Provenance, TextValue, Value } from '../../../ir/value.ts';
import type { PodTemplate } from '../../types.ts';
import type { EffectServices } from './effect-converter.ts';
import { templateParts } from './json-parts.ts';

/** Runs nothing but the lines that say what is missing. */
export const SKELETON_IMAGE = 'busybox:1.36.1';

/**
 * What a person has to write, as a template that passes the linter and fails when it runs: its comment says what to do, its
 * environment holds everything the legacy step was given.
 */
export function skeletonTemplate(
  task: OperatorTask,
  effect: Extract<Effect, { kind: 'manual' }>,
  services: EffectServices,
): PodTemplate {
  const rule = `operator-${task.operator}`;
  const from = byRule(rule, [{ via: 'literal', span: task.span }]);
  const env = [...effect.given].map(([name, value]) => variable(name, value, from));
  const script = map(
    [
      ['image', text(services.worker.image ?? SKELETON_IMAGE, from)],
      ['command', list([text('sh', from)], from)],
      ['env', env.length === 0 ? undefined : list(env, from)],
      ['source', sourceOf(effect, from)],
    ],
    from,
  );
  return {
    body: map([['script', script]], from),
    workflowLevel: new Map(),
    rule,
    needs: [],
    objects: [],
    readsClock: [],
    accepted: [],
  };
}

/** Exit code 64 is that of wrong use; a retry would not help. */
function sourceOf(effect: Extract<Effect, { kind: 'manual' }>, from: Provenance): TextValue {
  const lines = [
    `# To be written by hand: ${oneLine(effect.what)}`,
    `# ${oneLine(effect.remedy)}`,
    `echo 'not converted: ${oneLine(effect.what).replaceAll("'", '')}' >&2`,
    'exit 64',
  ];
  return textOf([{ kind: 'literal', text: `${lines.join('\n')}\n`, from }], from);
}

function oneLine(written: string): string {
  return written.replaceAll(/\s*\n\s*/g, ' ').replaceAll('{{', '{ {');
}

/** `store_last_results` is `STORE_LAST_RESULTS`; what is no text is JSON. */
function variable(name: string, value: Value, from: Provenance): Value {
  const clean = name
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '');
  return map(
    [
      ['name', text(/^[A-Z]/.test(clean) ? clean : `OPTION_${clean}`, from)],
      ['value', textOf(templateParts(value), value.from)],
    ],
    from,
  );
}
