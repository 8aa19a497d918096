import { describe, expect, test } from 'vitest';
import { entryOf } from '../../../src/ir/read-value.ts';
import { readableText } from '../../../src/launchers/shell/text-value.ts';
import { exported, mixed, onlyJob, readStep, runtime, type StepProject } from './project.ts';

const sessionDate = runtime(
  {
    kind: 'session',
    ast: { kind: 'format', at: { kind: 'session', which: 'this' }, pattern: [{ kind: 'token', token: 'YYYY-MM-DD' }] },
  },
  'session_date',
);

/** The value of $RESULT at the end of a script, as it reaches a manifest. */
function resultOf(script: string, project: Partial<StepProject> = {}): string {
  const job = onlyJob(
    readStep({
      command: mixed('./run.sh one "two words" ', sessionDate),
      ...project,
      files: {
        'digdag/run.sh': `${script}\nkubectl apply -f - <<END\napiVersion: batch/v1\nkind: Job\nresult: |-\n  <$RESULT>\nEND\n`,
        ...project.files,
      },
    }),
  );
  const value = entryOf(job.manifest, 'result');
  return value?.kind === 'text' ? readableText(value).slice(1, -1) : '';
}

describe('values of variables', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['RESULT=$1', 'one'],
    ['RESULT="$2"', 'two words'],
    ['RESULT=$3', '${session_date}'],
    ['RESULT=${4:-none}', 'none'],
    ['RESULT=${1:+set}', 'set'],
    ['RESULT=${9-}', ''],
    ['RESULT=$#', '3'],
    ['RESULT="$*"', 'one two words ${session_date}'],
    ['shift; RESULT=$1', 'two words'],
    ['shift 4 || RESULT=$1', 'one'],
    ['shift -1 || RESULT=$1', 'one'],
    ['A=x; RESULT=${A}y$A', 'xyx'],
    ["RESULT='$1'", '$1'],
    ['RESULT="a\\"b\\$1"', 'a"b$1'],
    ['A=report.yaml; RESULT=${A%.yaml}', 'report'],
    ['A=a/b/c; RESULT=${A##*/}-${A%%/*}', 'c-a'],
    ['A=a-b-c; RESULT=${A//-/_}', 'a_b_c'],
    ['A=abc; RESULT=${#A}', '3'],
    ['RESULT=$(echo "$1" x)', 'one x'],
    ['RESULT=$(basename /a/b.yaml .yaml)', 'b'],
    ['RESULT=$(dirname /a/b/c)', '/a/b'],
    ['cd /a/b; RESULT=$(readlink -f ../c)', '/a/c'],
    ['RESULT=$(dirname "$(realpath /a/b/./c)")', '/a/b'],
    ['dirname() { command dirname "/x$1"; }; RESULT=$(dirname /b/c)', '/x/b'],
    ['RESULT=$(printf \'%s-%s\' "$1" x)', 'one-x'],
    ['RESULT=`echo a`b', 'ab'],
    ['RESULT=$((1 + 2 * 3))', '7'],
    ['f() { echo "[$1]"; }; RESULT=$(f x)', '[x]'],
    ['f() { local A=1; RESULT=$A$1; return 0; RESULT=no; }; f 2', '12'],
    ['for X in a b c; do RESULT=$RESULT$X; done', '$RESULTabc'],
    ['RESULT=; for X in a b c; do if [ $X = b ]; then continue; fi; RESULT=$RESULT$X; done', 'ac'],
    ['I=0; while [ $I -lt 3 ]; do I=$((I + 1)); done; RESULT=$I', '3'],
    ['case $1 in o*) RESULT=yes;; *) RESULT=no;; esac', 'yes'],
    ['if [ -n "$3" ] && [ "$1" != two ]; then RESULT=yes; else RESULT=no; fi', 'yes'],
    ['if [[ $1 == o* ]]; then RESULT=yes; fi', 'yes'],
    ['while getopts "a:b" o -- ; do :; done; RESULT=x', 'x'],
    ['set -- p q; RESULT=$2', 'q'],
    ['A=1; (A=2); RESULT=$A', '1'],
    ['cat > f.txt <<X\nline\nX\nRESULT=$(cat f.txt)', 'line'],
    ['RESULT=$(echo "$3" | tr -d -)', '${session_date}'],
    ['read RESULT <<< x', '$RESULT'],
    ["RESULT=[$(echo a | cut -d' ' -f2 -s)][$(echo a b | cut -sd' ' -f2)][$(echo a | cut -d' ' -f2)]", '[][b][a]'],
    ["RESULT=[$(echo $3 | cut -d' ' -f2 -s)]", '[]'],
    ['RESULT=$(TZ=Asia/Tokyo date +%F)', 'TZ=Asia/Tokyo date +%F'],
    ['export TZ=JST-9; D="1 day ago"; RESULT=$(date -d "$D" +%F)', "TZ=JST-9 date -d '1 day ago' +%F"],
    ['TZ=Asia/Tokyo; RESULT=$(date +%F)', 'date +%F'],
  ];
  test.each(cases)('%s', (script, want) => expect(resultOf(script)).toBe(want));

  test('options are read as the script reads them', () => {
    const script =
      'while getopts "j:d:n" opt; do case $opt in j) JOB=$OPTARG;; d) DATE=$OPTARG;; n) DRY=1;; esac; done\nshift $((OPTIND - 1))\nRESULT=$JOB/$DATE/$DRY/$1';
    expect(resultOf(script, { command: './run.sh -j a -n -d b rest' })).toBe('a/b/1/rest');
    const read =
      'while getopts ":n:k" opt; do GOT=$GOT[$opt${OPTARG:-}]; OPTARG=; done; shift $((OPTIND - 1)); RESULT=$GOT$OPTIND/$#/$1';
    const letters = (words: string): string | undefined => resultOf(`GOT=; ${read}`, { command: `./run.sh ${words}` });
    expect(letters('job day')).toBe('1/2/job');
    expect(letters('-k -- -n day')).toBe('[k]3/2/-n');
    expect(letters('-kn ns job')).toBe('[k][nns]3/1/job');
    expect(letters('-kx job -n')).toBe('[k][?x]2/2/job');
    expect(letters('-n')).toBe('[:n]2/0/');
    const long =
      'while [ $# -gt 0 ]; do case "$1" in --job) JOB=$2; shift 2;; --date=*) DATE=${1#--date=}; shift;; *) break;; esac; done\nRESULT=$JOB/$DATE';
    expect(resultOf(long, { command: './run.sh --job a --date=b' })).toBe('a/b');
  });

  test('Digdag puts every parameter and session built-in into the environment', () => {
    expect(resultOf('RESULT="$env $session_time"', { scope: { env: mixed(exported('env', 'prd')) } })).toBe(
      'prd ${session_time}',
    );
  });

  test('what _env names is stronger than a parameter', () => {
    const options = { '_env.env': 'stg', '_env.ZONE': 'east' };
    expect(resultOf('RESULT="$env $ZONE"', { scope: { env: 'prd' }, options })).toBe('stg east');
  });

  test('a variable of the worker has the value of the configuration; one nobody describes is never an empty text', () => {
    const config = { worker: { env: { REGION: { literal: 'tokyo' } } } };
    expect(resultOf('RESULT=$REGION-$NOBODY', { config })).toBe('tokyo-$NOBODY');
  });

  test('an included file sets variables and functions of the script', () => {
    expect(
      resultOf('. "$(dirname "$0")/lib.sh"\nRESULT=$(greet x)$LIB', {
        files: { 'digdag/lib.sh': 'LIB=1\ngreet() { echo "hi $1"; }\n' },
      }),
    ).toBe('hi x1');
  });

  test('a called script sees exported variables alone', () => {
    const files = { 'digdag/sub.sh': 'echo "${A:-none} ${B:-none} $1"' };
    expect(resultOf('A=1; export B=2\nRESULT=$(./sub.sh x)', { files })).toBe('none 2 x');
    expect(resultOf('RESULT=$(A=3 ./sub.sh y)', { files })).toBe('3 none y');
  });
});

describe('slices', () => {
  const localTime = runtime(
    {
      kind: 'session',
      ast: {
        kind: 'format',
        at: { kind: 'session', which: 'this' },
        pattern: ['YYYY', '-', 'MM', '-', 'DD', ' ', 'HH', ':', 'mm'].map((text) =>
          /\w/.test(text) ? { kind: 'token', token: text } : { kind: 'literal', text },
        ),
      },
    },
    'session_local_time',
  );

  /** The value of $RESULT, the tokens of session formats in it between braces. */
  function sliceOf(script: string): string {
    const files = {
      'digdag/run.sh': `${script}\nkubectl apply -f - <<END\napiVersion: batch/v1\nkind: Job\nresult: "<$RESULT>"\nEND\n`,
    };
    const job = onlyJob(readStep({ command: mixed('./run.sh "', localTime, '" ', exported('env', 'prd')), files }));
    const value = entryOf(job.manifest, 'result');
    if (value?.kind !== 'text') return '';
    return value.parts
      .map((part) => {
        if (part.kind !== 'runtime') return part.text;
        const ast = part.expr.kind === 'session' ? part.expr.ast : undefined;
        if (ast?.kind === 'text') return ast.text;
        return ast?.kind === 'format'
          ? `{${ast.pattern.map((each) => (each.kind === 'token' ? each.token : each.text)).join('')}}`
          : `(${ast?.kind ?? part.expr.kind})`;
      })
      .join('')
      .slice(1, -1);
  }

  test.each([
    ['RESULT=${1:11:2}', '{HH}'],
    ['RESULT=${1:0:10}', '{YYYY-MM-DD}'],
    ['RESULT="x-${1::7}"', 'x-{YYYY-MM}'],
    ['RESULT=${1: -5:2}', '{HH}'],
    ['RESULT=${1:11}', '{HH:mm}'],
    ['RESULT=${1:0:-6}', '{YYYY-MM-DD}'],
    ['A=2; RESULT=${1:A*4:A}', '{DD}'],
    ['RESULT=${1:2:2}', '(slice)'],
    ['RESULT=${1:30:2}', ''],
    ['D=a-$1-$2; RESULT=${D:2:4}${D:13}', '{YYYY}{HH:mm}-prd'],
    ['D=${1//[-: ]/}; RESULT=$D', '(opaque)'],
    ['D=${1//-/}; RESULT=${D:0:6}', '{YYYYMM}'],
    ['D=$(echo "$1" | tr -d ":-"); RESULT=${D:0:8}', '{YYYYMMDD}'],
    ['RESULT=$(echo "$1" | cut -c 1-10)', '{YYYY-MM-DD}'],
    ['RESULT=$(echo "$1" | cut -c12-13)', '{HH}'],
    ['RESULT=$(echo "$1" | cut -d" " -f1)', '{YYYY-MM-DD}'],
    ['RESULT=$(cut -d- -f2 <<< "$1")', '{MM}'],
  ])('%s', (script, want) => {
    expect(sliceOf(script)).toBe(want);
  });
});

describe('parts stay parts', () => {
  test('a run-time value keeps its expression, an export its name, through scripts', () => {
    const reading = readStep({
      command: mixed('./run.sh ', exported('env', 'prd'), ' ', sessionDate),
      files: {
        'digdag/run.sh':
          'ENV=$1\nD="day=$2"\nkubectl apply -f - <<END\napiVersion: batch/v1\nkind: Job\nargs: ["--env=$ENV", "$D"]\nEND\n',
      },
    });
    const { manifest } = onlyJob(reading);
    expect(entryOf(manifest, 'args', 0)).toMatchObject({
      parts: [
        { kind: 'literal', text: '--env=' },
        { kind: 'variable', variable: 'env', text: 'prd' },
      ],
    });
    expect(entryOf(manifest, 'args', 1)).toMatchObject({
      parts: [
        { kind: 'literal', text: 'day=' },
        { kind: 'runtime', expr: { kind: 'session' }, name: 'session_date' },
      ],
    });
  });

  test('a value that Digdag puts in with blanks is several arguments, inside quotes it is one', () => {
    const files = {
      'digdag/run.sh': 'kubectl apply -f - <<END\napiVersion: batch/v1\nkind: Job\ncount: "$#"\nfirst: "$1"\nEND\n',
    };
    const read = (command: StepProject['command']): unknown => {
      const { manifest } = onlyJob(readStep({ command, files }));
      return [entryOf(manifest, 'count'), entryOf(manifest, 'first')].map((value) =>
        value?.kind === 'text' ? readableText(value) : undefined,
      );
    };
    expect(read(mixed('./run.sh ', exported('list', 'a b')))).toEqual(['2', 'a']);
    expect(read(mixed('./run.sh "', exported('list', 'a b'), '"'))).toEqual(['1', 'a b']);
  });
});
