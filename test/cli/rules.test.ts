import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { services } from '../../src/cli/services.ts';
import { Workplace } from './run-cli.ts';

let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

describe('rules', () => {
  const macro = (names: string): string =>
    `kind: macro\nid: macro-own\ntitle: own\npattern: '<<(?<name>[A-Z]+)>>'\nexamples:\n  - {text: <<A>>, names: ${names}}\n`;

  test('test runs the examples of the package and of a folder', async () => {
    place.write({ 'mine/macros/own.yaml': macro('[A]') });
    const { code, out } = await place.run(services, 'rules', 'test', 'mine');
    expect([code, out.split('\n').length]).toEqual([0, 2]);
    expect(out).toMatch(/^(\d+) of \1 examples hold, \d+ of them of what a rule leaves alone, in \d+ rules\n$/);
  });

  test('list, explain and test print JSON', async () => {
    const json = async (...argv: string[]): Promise<unknown> =>
      JSON.parse((await place.run(services, 'rules', ...argv, '--format', 'json')).out);
    expect(await json('list', '--kind', 'figures')).toContainEqual({
      kind: 'figures',
      id: 'figures-minutes-p50',
      title: expect.any(String),
      path: expect.stringContaining('rules/figures/minutes-p50.yaml'),
    });
    expect(await json('explain', 'operator-sh')).toMatchObject({
      id: 'operator-sh',
      text: expect.stringContaining('kind: operator'),
    });
    place.write({ 'mine/macros/own.yaml': macro('[B]') });
    expect(await json('test', 'mine')).toContainEqual(
      expect.objectContaining({ rule: 'macro-own', number: 1, problems: ['names: wanted ["B"], got ["A"]'] }),
    );
  });

  test('test exits with 1 and says what an example wanted', async () => {
    place.write({ 'mine/macros/own.yaml': macro('[B]') });
    const { code, out } = await place.run(services, 'rules', 'test', 'mine');
    expect(code).toBe(1);
    expect(out).toContain('macro-own: example 1 fails (mine/macros/own.yaml:2:1)\n  names: wanted ["B"], got ["A"]\n');
  });

  test('test exits with 1 for a file that is no rule', async () => {
    place.write({ 'mine/macros/own.yaml': `${macro('[A]')}colour: red\n` });
    const { code, err } = await place.run(services, 'rules', 'test', 'mine');
    expect(code).toBe(1);
    expect(err).toContain('mine/macros/own.yaml:7:1 error colour: unknown key RULE_INVALID');
  });

  test('explain of a step: who took it, and what kept the others away', async () => {
    place.write({
      'legacy/dig2argo.yaml': 'clusters: {prd: c}\nworker: {image: "example.test/worker:1"}\n',
      'legacy/digdag/prd/sales.dig': '+run:\n  sh>: kubectl apply -f job.yaml\n+note:\n  td>: q.sql\n',
      'legacy/digdag/prd/job.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: a}\n',
    });
    const { code, out } = await place.run(services, 'rules', 'explain', 'digdag/prd/sales.dig:2', '--legacy', 'legacy');
    expect(code).toBe(0);
    expect(out).toMatch(
      /^digdag\/prd\/sales\.dig:2:8 \+sales\+run \(prd\)\n {2}sh> kubectl apply -f job\.yaml\n {2}taken by\n {4}launcher-kubectl-script +dig2argo:rules\/launchers\/kubectl-script\.yaml:3:1\n/,
    );
    expect(out).toMatch(/\n {4}launcher-gke-context +the operator is sh\n/);
    expect(out).toMatch(/\n {4}launcher-kube-job +no command fits \^kube-job/);
    expect(out).toMatch(/\n {4}launcher-kubectl-heredoc +no script holds /);
    const byName = await place.run(services, 'rules', 'explain', '+sales+note', '--legacy', 'legacy');
    expect(byName.out).toMatch(/taken by\n {4}operator-treasure-data /);
    const told = await place.run(services, 'rules', 'explain', '+sales+note', '--legacy', 'legacy', '--format', 'json');
    expect(JSON.parse(told.out)).toMatchObject([{ task: '+sales+note', taken: [{ id: 'operator-treasure-data' }] }]);
    const nowhere = await place.run(services, 'rules', 'explain', '+sales+nothing', '--legacy', 'legacy');
    expect([nowhere.code, nowhere.out]).toEqual([2, '']);
  });
});
