import type { Plain } from '../../../src/verify/effect.ts';

export interface OperatorCase {
  readonly name: string;
  /** Files of the Digdag project. */
  readonly project: Readonly<Record<string, string>>;
  /** Variables of the script that are known only at run time. */
  readonly run?: Readonly<Record<string, string>>;
  /** What the script leaves for later tasks. */
  readonly stored?: Plain;
  /** It fails, stores nothing and says this. */
  readonly fails?: string;
  /** The body of the answer that the request gets; without it the request fails. */
  readonly answer?: string;
  /** What is wrong with the arguments of curl and the message; undefined for nothing. */
  readonly left?: (args: string, mail: string) => string | undefined;
}

function python(name: string, task: string, source: string, rest: Partial<OperatorCase>): OperatorCase {
  return { name: `py> ${name}`, project: { 'job.dig': job(`py>: ${task}`), 'tasks.py': source }, ...rest };
}

function ruby(name: string, task: string, source: string, rest: Partial<OperatorCase>): OperatorCase {
  const project = { 'job.dig': job(`rb>: ${task}\n  require: tasks`), 'tasks.rb': source };
  return { name: `rb> ${name}`, project, ...rest };
}

function job(task: string): string {
  return `timezone: Asia/Tokyo\nschedule: {daily>: 07:00:00}\n_export: {region: east, limits: {rows: 3}}\n+run:\n  ${task}\n`;
}

/** As `digdag/standards/py/runner.py` of Digdag 0.10.5 does. */
export const pythonCases: readonly OperatorCase[] = [
  python(
    'a function, its parameters with their types, one at run time',
    'tasks.f\n  n: 7\n  flag: true\n  day: ${session_date}',
    'import digdag\ndef f(n, flag, day, region, limits):\n  digdag.env.store({"got": [n, flag, day, region, limits]})\n',
    {
      run: { DIGDAG_TEXT_day: '2024-06-15' },
      stored: { got: [7, true, '2024-06-15', 'east', { rows: 3 }] },
    },
  ),
  python(
    'values of run time with their types: a loop variable, the epoch, what an earlier task stored',
    'tasks.f\n  text: ${session_unixtime}',
    'import digdag\ndef f(text, session_unixtime):\n  digdag.env.store({"got": [text, session_unixtime]})\n',
    {
      run: { DIGDAG_TEXT_text: '1718377200', DIGDAG_JSON_session_unixtime: '1718377200' },
      stored: { got: ['1718377200', 1718377200] },
    },
  ),
  python(
    'defaults where a parameter is missing; what stands after a bare star gets none',
    'tasks.f\n  b: 5',
    'import digdag\ndef f(a=1, b=2, *, region="none"):\n  digdag.env.store(a=a, b=b, region=region)\n',
    { stored: { a: 1, b: 5, region: 'none' } },
  ),
  python(
    'all parameters by **kwargs',
    'tasks.f\n  a: x',
    'import digdag\ndef f(a, **kwargs):\n  digdag.env.store({"keys": sorted(kwargs), "a": a})\n',
    { stored: { keys: ['limits', 'region'], a: 'x' } },
  ),
  python(
    'the method run of a class, with a constructor',
    'tasks.Work\n  n: 2',
    'import digdag\nclass Work:\n  def __init__(self, region): self.region = region\n  def run(self, n): digdag.env.store({"r": self.region * n})\n',
    { stored: { r: 'easteast' } },
  ),
  python(
    'a method of a class without a constructor',
    'tasks.Work.go\n  n: 2',
    'import digdag\nclass Work:\n  def go(self, n=1): digdag.env.store({"n": n})\n',
    { stored: { n: 2 } },
  ),
  {
    name: 'py> a function of a module in a package',
    project: {
      'job.dig': job('py>: batch.load.go'),
      'batch/__init__.py': '',
      'batch/load.py': 'import digdag\nfrom batch.names import NAME\ndef go():\n  digdag.env.store({"n": NAME})\n',
      'batch/names.py': 'NAME = "x"\n',
    },
    stored: { n: 'x' },
  },
  python(
    'export and state, which no later task sees; parameters by name; the older module',
    'tasks.f',
    'import digdag, digdag_env\ndef f():\n  digdag.env.export({"a": 1})\n  digdag.env.set_state(b=2)\n  digdag.env.store({"r": digdag.env.params["region"]})\n  digdag_env.store_params["old"] = True\n',
    { stored: { r: 'east', old: true } },
  ),
  python('nothing stored', 'tasks.f', 'def f(): return {"not": "stored"}\n', { stored: {} }),
  python(
    'an exception',
    'tasks.f',
    'import digdag\ndef f():\n  digdag.env.store({"a": 1})\n  raise ValueError("bad day")\n',
    {
      fails: 'ValueError: bad day',
    },
  ),
  python('a required parameter that is missing', 'tasks.f', 'def f(absent): pass\n', {
    fails: "Method 'f' requires parameter 'absent' but not set",
  }),
  python('a method that does not exist', 'tasks.g', 'def f(): pass\n', { fails: "has no attribute 'g'" }),
  python('an import that fails', 'tasks.f', 'import no_such_module\ndef f(): pass\n', { fails: 'no_such_module' }),
  python('what JSON cannot hold', 'tasks.f', 'import digdag\ndef f(): digdag.env.store({"a": object()})\n', {
    fails: 'not JSON serializable',
  }),
  python('the end of the program with code 0', 'tasks.f', 'import sys\ndef f(): sys.exit(0)\n', {
    fails: 'the method ended the program',
  }),
  python('a task added at run time', 'tasks.f', 'import digdag\ndef f(): digdag.env.add_subtask({"sh>": "ls"})\n', {
    fails: 'add_subtask',
  }),
];

/** As `digdag/standards/rb/runner.rb` of Digdag 0.10.5 does. */
export const rubyCases: readonly OperatorCase[] = [
  ruby(
    'an instance method: arguments by place and by keyword, defaults',
    'Batch::Work.go\n  n: 7\n  key: k',
    'module Batch\n  class Work\n    def initialize(region); @region = region; end\n    def go(n, other = 4, key:, more: 1)\n      Digdag.env.store(got: [@region, n, other, key, more])\n    end\n  end\nend\n',
    { stored: { got: ['east', 7, 4, 'k', 1] } },
  ),
  ruby(
    'a method of the class itself, names as texts',
    'Work.go\n  n: 7',
    'class Work\n  def self.go(n)\n    Digdag.env.store("n" => n, "limits" => Digdag.env.params["limits"])\n  end\nend\n',
    { stored: { n: 7, limits: { rows: 3 } } },
  ),
  ruby(
    'a method without a class, one parameter at run time',
    'go\n  day: ${session_date}',
    'def go(day)\n  Digdag.env.export(a: 1)\n  Digdag.env.store({"day" => day})\nend\n',
    { run: { DIGDAG_TEXT_day: '2024-06-15' }, stored: { day: '2024-06-15' } },
  ),
  ruby(
    'all parameters by **',
    'Work.go\n  n: 7',
    'class Work\n  def go(n:, **rest)\n    Digdag.env.store(n: n, keys: rest.keys.sort, rows: rest[:limits][:rows])\n  end\nend\n',
    { stored: { n: 7, keys: ['limits', 'region'], rows: 3 } },
  ),
  ruby(
    'an exception',
    'Work.go',
    'class Work\n  def go\n    Digdag.env.store(a: 1)\n    raise "bad day"\n  end\nend\n',
    {
      fails: 'bad day',
    },
  ),
  ruby('a required parameter that is missing', 'Work.go', 'class Work\n  def go(absent); end\nend\n', {
    fails: "Method 'go' requires parameter 'absent' but not set",
  }),
  ruby('the end of the program with code 0', 'Work.go', 'class Work\n  def go; exit; end\nend\n', {
    fails: 'the method ended the program',
  }),
];

const asking = job(
  'http>: https://example.test/state\n  method: POST\n  content: {a: "x y"}\n  headers: [{X-Team: "a $HOME \\"b\\""}]\n  store_content: true',
);

const lines = (...words: readonly string[]): string => words.map((word) => `${word}\n`).join('');

export const httpCases: readonly OperatorCase[] = [
  ...['ready', 'ready\n', '\n\na\r\nb\n\n', '', '{"a": "\\" \\\\ \t", "n": "%s %d \\n"}', '日本語.\n', '.'].map(
    (answer): OperatorCase => ({
      name: `http> an answer as it came: ${JSON.stringify(answer)}`,
      project: { 'job.dig': asking },
      answer,
      stored: { http: { last_content: answer } },
    }),
  ),
  { name: 'http> a status that is not 2xx', project: { 'job.dig': asking }, fails: 'the status is 500' },
];

const telling = job(
  'mail>: {data: "Hello ${session_date},\\nゐ %s \\\\n $HOME"}\n  subject: "日 $(id)"\n  from: Batch <me@example.test>\n  to: [\'"Doe, Jane" <a@example.test>\', b@example.test]\n  cc: [c@example.test]\n  bcc: [d@example.test]',
);

export const mailCases: readonly OperatorCase[] = [
  {
    name: 'mail> the message and its envelope',
    project: { 'job.dig': telling },
    run: {
      SMTP_URL: 'smtps://mail.example.test',
      SMTP_USER: 'u',
      SMTP_PASSWORD: 'p w',
      MAIL_BODY: `Hello 2024-06-15,\n${'long '.repeat(40)}`,
    },
    left: (args, mail) => {
      const wanted = lines('--url', 'smtps://mail.example.test', '--user', 'u:p w', '--mail-from', 'me@example.test');
      const to = ['a', 'b', 'c', 'd'].map((name) => lines('--mail-rcpt', `${name}@example.test`)).join('');
      if (!args.startsWith(`-sS\n${wanted}${to}-T\n`)) return `curl ${args}`;
      if (/(^|[^\r])\n/.test(mail)) return `a line that does not end as SMTP wants: ${JSON.stringify(mail)}`;
      const [head = '', body = ''] = mail.split('\r\n\r\n');
      const text = Buffer.from(body, 'base64').toString();
      if (text !== `Hello 2024-06-15,\n${'long '.repeat(40)}`) return `the body ${text}`;
      const subject = Buffer.from('日 $(id)').toString('base64');
      const expected = [
        'From: Batch <me@example.test>',
        'To: "Doe, Jane" <a@example.test>,b@example.test',
        'Cc: c@example.test',
        `Subject: =?UTF-8?B?${subject}?=`,
        'MIME-Version: 1.0',
        'Content-Type: text/plain; charset=UTF-8',
        'Content-Transfer-Encoding: base64',
      ];
      return head === expected.join('\r\n') ? undefined : `the head ${head}`;
    },
  },
];
