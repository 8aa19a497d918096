import { describe, expect, test } from 'vitest';
import { leafText } from '../../../src/dedup/plain-text.ts';
import { noDecisions } from '../../../src/dedup/types.ts';
import { printYaml } from '../../../src/emit/yaml-print.ts';
import { familiesOf, memberOf, only } from './members.ts';

/** An export of one table; `more` is appended to the container. */
function exportOf(table: string, { memory = '1Gi', date = 'date', more = '' } = {}): string {
  return `
inputs: {parameters: [{name: ${date}}]}
metadata: {labels: {app: export-${table}, team: data}}
container:
  image: example.test/exporter:v1
  command: [/app/export]
  args: ['--table=${table}', '--out=gs://lake/export/${table}/{{inputs.parameters.${date}}}', --fast]
  env:
    - {name: REGION, value: asia-northeast1}
    - {name: TZ, value: Asia/Tokyo}
  resources: {requests: {cpu: 250m, memory: ${memory}}, limits: {memory: ${memory}}}
${more}`;
}

const holesOf = (family: ReturnType<typeof only>) =>
  Object.fromEntries((family.forms[0]?.general.holes ?? []).map((hole) => [hole.name, hole.values.map(leafText)]));
const bodyText = (family: ReturnType<typeof only>, form = 0): string => {
  const body = family.forms[form]?.body;
  return body === undefined ? '' : printYaml(body).text;
};

describe('one hole for one tuple of values', () => {
  const family = only(
    familiesOf([
      memberOf('a/export', { prd: exportOf('orders') }),
      memberOf('b/export', { prd: exportOf('stock', { date: 'day' }) }),
    ]),
  );

  test('values are parameters, named after their flag; what is made of them is written with them', () => {
    expect(holesOf(family)).toEqual({ table: ['orders', 'stock'] });
    const text = bodyText(family);
    expect(text).toContain('--table={{inputs.parameters.table}}');
    expect(text).toContain('gs://lake/export/{{inputs.parameters.table}}/{{inputs.parameters.date}}');
    expect(text).toContain('export-{{inputs.parameters.table}}');
  });

  test('own inputs of other names are one input', () => {
    expect(family.forms[0]?.members.map((member) => [...member.inputs.keys()])).toEqual([['date'], ['day']]);
    expect([...(family.forms[0]?.ownInputs ?? [])]).toEqual([['in1', 'date']]);
  });
});

test('quantities are typed, and reach the pod by podSpecPatch', () => {
  const family = only(
    familiesOf([
      memberOf('a/export', { prd: exportOf('orders', { memory: '2Gi' }) }),
      memberOf('b/export', { prd: exportOf('stock', { memory: '512Mi' }) }),
    ]),
  );
  expect(holesOf(family)).toEqual({ table: ['orders', 'stock'], memory: ['2Gi', '512Mi'] });
  const patch = family.forms[0]?.body.entries.get('podSpecPatch');
  expect(patch === undefined ? undefined : JSON.parse(leafText(patch))).toEqual({
    containers: [
      {
        name: 'main',
        resources: {
          requests: { memory: '{{inputs.parameters.memory}}' },
          limits: { memory: '{{inputs.parameters.memory}}' },
        },
      },
    ],
  });
  expect(bodyText(family)).toContain('cpu: 250m');
});

test('a quantity without a unit that the resource knows stays out', () => {
  const found = familiesOf([
    memberOf('a/export', { prd: exportOf('orders') }),
    memberOf('b/export', { prd: exportOf('stock') }),
    memberOf('c/export', { prd: exportOf('users', { memory: '12apples' }) }),
  ]);
  expect(only(found).forms[0]?.members.map((member) => member.id)).toEqual(['a/export', 'b/export']);
  expect(found.nearMisses).toMatchObject([
    { member: 'c/export', where: 'container.resources.requests.memory', values: ['1Gi', '12apples'] },
  ]);
});

describe('what never becomes a parameter', () => {
  const of = (more: string) => exportOf('orders', { more });
  const cases: Readonly<Record<string, readonly [string, string]>> = {
    'security context': ['  securityContext: {runAsUser: 1}', '  securityContext: {runAsUser: 2}'],
    'service account': ['serviceAccountName: a', 'serviceAccountName: b'],
    'name of a Secret': [
      'volumes: [{name: key, secret: {secretName: a}}]',
      'volumes: [{name: key, secret: {secretName: b}}]',
    ],
    'port number': ['  ports: [{name: web, containerPort: 80}]', '  ports: [{name: web, containerPort: 81}]'],
    'tag of another scope': ["  workingDir: '/w/{{inputs.parameters.date}}'", "  workingDir: '/w/{{retries}}'"],
  };
  test.each(Object.entries(cases))('%s', (_, [a, b]) => {
    const members = [memberOf('a/export', { prd: of(a) }), memberOf('b/export', { prd: of(b) })];
    expect(familiesOf(members).families).toEqual([]);
  });

  test('a Secret that the decisions list may differ', () => {
    const members = ['partner-a', 'partner-b'].map((name) =>
      memberOf(`${name}/pull`, {
        prd: of(
          `sidecars: [{name: s, image: x, env: [{name: T, valueFrom: {secretKeyRef: {name: ${name}, key: t}}}]}]`,
        ),
      }),
    );
    const decisions = { ...noDecisions, secrets: ['partner-*'] };
    expect(holesOf(only(familiesOf(members, { decisions })))).toEqual({ secret: ['partner-a', 'partner-b'] });
    expect(familiesOf(members, { decisions: { ...noDecisions, secrets: ['other-*'] } }).families).toEqual([]);
  });
});

test('another sub-command of the same program is another job', () => {
  const gl = (word: string): string => exportOf('orders').replace("args: ['--table", `args: [${word}, '--table`);
  expect(familiesOf([memberOf('a/x', { prd: gl('build') }), memberOf('b/x', { prd: gl('check') })]).families).toEqual(
    [],
  );
  expect(
    familiesOf([memberOf('a/x', { prd: gl('build') }), memberOf('b/x', { prd: gl('build') })]).families,
  ).toHaveLength(1);
});

test('all environments are one family: a column for each member and environment', () => {
  const members = ['orders', 'stock'].map((table) =>
    memberOf(`${table}/export`, { dev: exportOf(table, { memory: '1Gi' }), prd: exportOf(table, { memory: '4Gi' }) }),
  );
  expect(holesOf(only(familiesOf(members)))).toEqual({
    table: ['orders', 'orders', 'stock', 'stock'],
    memory: ['1Gi', '4Gi', '1Gi', '4Gi'],
  });
});

test('what the environments say of scheduling differs is left to the caller', () => {
  const tolerated = 'tolerations: [{key: batch, operator: Exists}]';
  const members = ['orders', 'stock'].map((table) =>
    memberOf(`${table}/export`, { dev: exportOf(table), prd: exportOf(table, { more: tolerated }) }),
  );
  const family = only(familiesOf(members));
  expect(family.forms[0]?.general.callerFields).toEqual(['tolerations']);
  expect(family.forms[0]?.body.entries.has('tolerations')).toBe(false);
});

test('a part that some members lack makes a second form', () => {
  const proxy = 'sidecars: [{name: proxy, image: "example.test/proxy:1", command: [/proxy]}]';
  const members = [
    ...['a', 'b', 'c'].map((table) => memberOf(`${table}/export`, { prd: exportOf(`${table}-table`) })),
    ...['d', 'e'].map((table) => memberOf(`${table}/export`, { prd: exportOf(`${table}-table`, { more: proxy }) })),
  ];
  const family = only(familiesOf(members));
  expect(family.forms.map((form) => [form.name, form.members.length])).toEqual([
    ['export', 3],
    ['export-with-sidecars', 2],
  ]);
});

test('a member of another shape is named with the part that it has alone', () => {
  const found = familiesOf([
    memberOf('a/export', { prd: exportOf('orders') }),
    memberOf('b/export', { prd: exportOf('stock') }),
    memberOf('c/export', { prd: exportOf('users').replace('Tokyo}\n', 'Tokyo}\n    - {name: EXTRA, value: "1"}\n') }),
  ]);
  expect(only(found).forms[0]?.members).toHaveLength(2);
  expect(found.nearMisses).toMatchObject([{ member: 'c/export', where: 'container.env[EXTRA]' }]);
});

test('of two that do not fit each other one is named, beside the other', () => {
  const found = familiesOf([
    memberOf('a/export', { prd: exportOf('orders', { more: 'serviceAccountName: a' }) }),
    memberOf('b/export', { prd: exportOf('orders', { more: 'serviceAccountName: b' }) }),
  ]);
  expect(found.families).toEqual([]);
  expect(found.nearMisses).toMatchObject([
    { member: 'b/export', family: 'a/export', where: 'serviceAccountName', values: ['a', 'b'] },
  ]);
});

describe('decisions', () => {
  const members = ['orders', 'stock', 'users'].map((table) => memberOf(`${table}/export`, { prd: exportOf(table) }));
  const decided = (more: object) => familiesOf(members, { decisions: { ...noDecisions, ...more } });

  test('a family, a job or a step may be rejected', () => {
    expect(decided({ reject: new Set(['export']) }).families).toEqual([]);
    expect(only(decided({ reject: new Set(['stock']) })).forms[0]?.members).toHaveLength(2);
    expect(only(decided({ reject: new Set(['users/export']) })).forms[0]?.members).toHaveLength(2);
  });

  test('a family may be called otherwise', () => {
    expect(only(decided({ rename: new Map([['export', 'table-export']]) })).name).toBe('table-export');
  });

  test('a representative gives what is common its order', () => {
    const family = only(decided({ representative: new Map([['export', 'users/export']]) }));
    expect(family.forms[0]?.members[0]?.id).toBe('users/export');
    expect(holesOf(family)).toEqual({ table: ['users', 'orders', 'stock'] });
  });

  test('a family that saves too little is emitted when it was accepted', () => {
    const thresholds = { similarity: 0.5, parameters: 12, lines: 10_000, members: 2 };
    expect(familiesOf(members, { thresholds }).families).toEqual([]);
    const decisions = { ...noDecisions, accept: new Set(['export']) };
    expect(familiesOf(members, { thresholds, decisions }).families).toHaveLength(1);
  });
});
