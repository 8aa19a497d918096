import { describe, expect, test } from 'vitest';
import { entryOf } from '../../../src/ir/read-value.ts';
import type { Value } from '../../../src/ir/value.ts';
import { readableText } from '../../../src/launchers/shell/text-value.ts';
import { readStep } from './project.ts';

const manifest = (name: string): string => `apiVersion: batch/v1\nkind: Job\nmetadata: {name: ${name}}\n`;
const apply = (name: string): string => `kubectl apply -f ${name}.yaml\n`;
const wait = (...names: readonly string[]): string =>
  `kubectl wait --for=condition=complete --timeout=60s ${names.map((name) => `job/${name}`).join(' ')}\n`;
const slack = (text: string): string =>
  `curl -X POST -H 'Content-type: application/json' --data '{"text":"${text}"}' "$SLACK_URL"\n`;

const nameOf = (job: Value): string => {
  const name = entryOf(job, 'metadata', 'name');
  return name?.kind === 'text' ? readableText(name) : '?';
};

/** The effects of a script in groups that start together, and whether the workflow is said to wait for more. */
function orderOf(script: string): { readonly groups: string; readonly stricter: number } {
  const { result, codes } = readStep({
    command: './run.sh',
    files: {
      'digdag/run.sh': `set -e\n${script}`,
      'digdag/a.yaml': manifest('a'),
      'digdag/b.yaml': manifest('b'),
      'digdag/c.yaml': manifest('c'),
      'digdag/all.yaml': ['a', 'b'].map(manifest).join('---\n'),
    },
    config: {
      clusters: { prd: 'c' },
      worker: { env: { SLACK_URL: { literal: 'https://hooks.slack.com/services/x' } } },
    },
  });
  const groups = (result?.effects ?? []).map((effect) => {
    const beside = (effect.kind === 'job' || effect.kind === 'notify') && effect.beside === true;
    const name = effect.kind === 'job' ? nameOf(effect.manifest) : effect.kind;
    return `${beside ? '+' : ' '}${name}`;
  });
  return {
    groups: groups.join('').trim(),
    stricter: codes.filter((code) => code === 'LAUNCHER_ORDER_STRICTER').length,
  };
}

describe('what several Jobs of one step wait for', () => {
  test.each<readonly [string, string, string, number]>([
    ['two documents of one file', `${apply('all')}${wait('a', 'b')}`, 'a+b', 0],
    ['applied without a wait', `${apply('a')}${apply('b')}`, 'a+b', 0],
    ['applied, then waited for', `${apply('a')}${apply('b')}${wait('a')}${wait('b')}${apply('c')}`, 'a+b c', 0],
    ['one after the other', `${apply('a')}${wait('a')}${apply('b')}${wait('b')}`, 'a b', 0],
    ['one wait for both', `${apply('a')}${apply('b')}${wait('a', 'b')}${apply('c')}`, 'a+b c', 0],
    [
      'a wait by selector',
      `${apply('all')}kubectl wait --for=condition=complete job -l app=x\n${apply('c')}`,
      'a+b c',
      0,
    ],
    ['one of two waited for', `${apply('all')}${wait('a')}${apply('c')}`, 'a+b c', 1],
    ['one of two waited for twice', `${apply('all')}${wait('a')}${wait('a')}${apply('c')}`, 'a+b c', 1],
    [
      'background and wait',
      `(${apply('a')}${wait('a')}) &\n(${apply('b')}${wait('b')}) &\nwait\n${apply('c')}`,
      'a+b c',
      0,
    ],
    [
      'waits of two processes',
      `(${apply('a')}${wait('a')}) & p=$!\n(${apply('b')}) & q=$!\nwait $p $q\n${apply('c')}`,
      'a+b c',
      0,
    ],
    [
      'a process that nobody waits for',
      `(${apply('a')}${wait('a')}) &\n${apply('b')}${wait('b')}${apply('c')}`,
      'a+b c',
      1,
    ],
    ['a chain in the background', `(${apply('a')}${wait('a')}${apply('b')}${wait('b')}) &\n${apply('c')}`, 'a b+c', 1],
  ])('%s', (_, script, groups, stricter) => {
    expect(orderOf(script)).toEqual({ groups, stricter });
  });

  test.each<readonly [string, string, string]>([
    ['before and behind', `${slack('begin')}${apply('a')}${wait('a')}${slack('end')}`, 'notify a notify'],
    ['while the Job runs', `${apply('a')}${slack('begun')}`, 'a+notify'],
  ])('messages %s', (_, script, groups) => {
    expect(orderOf(script)).toEqual({ groups, stricter: 0 });
  });
});
