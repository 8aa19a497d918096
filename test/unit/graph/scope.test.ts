import { describe, expect, test } from 'vitest';
import { convertDig } from '../pipeline/convert-tree.ts';

/** What each step's script says, in order; session values are `{{inputs…}}`. */
interface Row {
  readonly name: string;
  readonly dig: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly scripts: readonly string[];
  readonly findings?: readonly string[];
}

async function scripts(
  row: Row,
): Promise<{ readonly scripts: readonly string[]; readonly findings: readonly string[] }> {
  const { flow, findings } = await convertDig(row.dig, row.files);
  return { scripts: flow.flatMap((line) => / echo (.*)$/.exec(line)?.[1] ?? []), findings };
}

const rows: readonly Row[] = [
  { name: 'an export reaches the tasks below', dig: '_export: {v: 1}\n+a:\n  sh>: echo ${v}\n', scripts: ['1'] },
  {
    name: 'an inner export hides the outer one, there only',
    dig: '_export: {v: 1}\n+g:\n  _export: {v: 2}\n  +a:\n    sh>: echo ${v}\n+b:\n  sh>: echo ${v}\n',
    scripts: ['2', '1'],
  },
  {
    name: 'exports are evaluated anew at each task',
    dig: '_export: {v: 1, w: "${v}"}\n+a:\n  sh>: echo ${w}\n+b:\n  _export: {v: 2}\n  sh>: echo ${w}\n',
    scripts: ['1', '2'],
  },
  {
    name: 'maps are merged deeply, scalars replaced',
    dig: '_export: {o: {a: 1, b: 2}}\n+g:\n  _export: {o: {b: 3}}\n  +a:\n    sh>: echo ${o.a} ${o.b}\n',
    scripts: ['1 3'],
  },
  {
    name: 'the values of a map see exports as they are written, and the keys before them evaluated',
    dig: '_export: {v: 1, w: "${v}${v}", o: {a: "${v}", b: "${w}", c: "${a}", l: ["${w}"]}}\n+a:\n  sh>: echo ${o.a} ${o.b} ${o.c} ${o.l}\n',
    scripts: ['1 ${v}${v} 1 ["${v}${v}"]'],
  },
  {
    name: 'so do the variables of a step; an expression that does not reach it is said',
    dig: '_export: {v: 1, w: "${v}", x: "${w}"}\n+a:\n  sh>: echo ${w}\n  _env: {A: "${w}", v: "${v}", w: 2, B: "${w}"}\n',
    scripts: ['1'],
    findings: ['GRAPH_NESTED_EXPRESSION digdag/prd/job.dig:4:9'],
  },
  {
    name: 'a local key is seen by its own task alone',
    dig: '_export: {v: 1}\n+a:\n  sh>: echo ${v}\n  v: 9\n+b:\n  sh>: echo ${v}\n',
    scripts: ['9', '1'],
  },
  {
    name: 'a local key does not reach a called file',
    dig: '_export: {v: 1}\n+a:\n  call>: sub/x\n  v: 9\n',
    files: { 'digdag/prd/sub/x.dig': '+s:\n  sh>: echo ${v}\n' },
    scripts: ['1'],
  },
  {
    name: 'an export cannot hide a built-in',
    dig: '_export: {session_date: X}\n+a:\n  sh>: echo ${session_date}\n',
    scripts: ['{{inputs.parameters.date}}'],
  },
  {
    name: 'exports of the caller reach the called file, its own win',
    dig: '_export: {v: 1, w: 1}\n+c:\n  _export: {v: 2}\n  call>: sub/x\n',
    files: { 'digdag/prd/sub/x.dig': '_export: {w: 3}\n+s:\n  sh>: echo ${v} ${w}\n' },
    scripts: ['2 3'],
  },
  {
    name: 'a file calls relative to its own folder',
    dig: '+c:\n  call>: sub/x\n',
    files: { 'digdag/prd/sub/x.dig': '+s:\n  call>: y.dig\n', 'digdag/prd/sub/y.dig': '+t:\n  sh>: echo y\n' },
    scripts: ['y'],
  },
  {
    name: 'task_name is the full name',
    dig: '+g:\n  +a:\n    sh>: echo ${task_name}\n  +b:\n    sh>: echo b\n',
    scripts: ['+job+g+a', 'b'],
  },
  {
    name: 'task_name in a loop has the item in it',
    dig: '+g:\n  +l:\n    for_each>: {fruit: [apple]}\n    _do:\n      sh>: echo ${task_name}\n',
    scripts: ['+job+g+l^sub+for-0=fruit=0=apple'],
  },
  {
    name: 'task_name in an export is that of the task that reads it',
    dig: '_export: {me: "${task_name}"}\n+a:\n  sh>: echo ${me}\n',
    scripts: ['+job+a'],
  },
  {
    name: 'an unknown variable is reported where it stands',
    dig: '+a:\n  sh>: echo ${nope}\n',
    scripts: ['{{inputs.parameters.date}}'],
    findings: ['FLOW_UNTRANSLATED digdag/prd/job.dig:2:8'],
  },
  {
    name: 'the last executed session is known to the server alone',
    dig: '+a:\n  sh>: echo ${last_executed_session_date}\n',
    scripts: ['{{inputs.parameters.date}}'],
    findings: ['FLOW_UNTRANSLATED digdag/prd/job.dig:2:8'],
  },
  {
    name: 'a missing callee',
    dig: '+a:\n  call>: nosuch\n',
    scripts: [],
    findings: ['FLOW_NOTHING_TO_RUN digdag/prd/job.dig:1:1', 'GRAPH_CALLEE_MISSING digdag/prd/job.dig:2:10'],
  },
  {
    name: 'a callee outside the project',
    dig: '+a:\n  call>: ../../../x\n',
    scripts: [],
    findings: ['FLOW_NOTHING_TO_RUN digdag/prd/job.dig:1:1', 'GRAPH_BAD_CALL digdag/prd/job.dig:2:10'],
  },
  {
    name: 'a callee that only the session knows',
    dig: '+a:\n  call>: ${session_date}\n',
    scripts: [],
    findings: ['FLOW_NOTHING_TO_RUN digdag/prd/job.dig:1:1', 'GRAPH_BAD_CALL digdag/prd/job.dig:2:10'],
  },
  {
    name: 'a file that calls itself',
    dig: '+a:\n  call>: sub/x\n',
    files: { 'digdag/prd/sub/x.dig': '+s:\n  call>: x\n' },
    scripts: [],
    findings: ['FLOW_NOTHING_TO_RUN digdag/prd/job.dig:1:1', 'GRAPH_BAD_CALL digdag/prd/sub/x.dig:2:10'],
  },
];

describe('parameters', () => {
  test.each(rows)('$name', async (row) => {
    expect(await scripts(row)).toEqual({ scripts: row.scripts, findings: row.findings ?? [] });
  });
});
