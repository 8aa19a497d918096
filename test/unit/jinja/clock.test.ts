import { describe, expect, test } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { DiagnosticList } from '../../../src/core/diagnose.ts';
import { repoPath } from '../../../src/core/source.ts';
import type { TextPart, Value } from '../../../src/ir/value.ts';
import type { RenderClock } from '../../../src/jinja/clock/render-clock.ts';
import { jinjaOptions } from '../../../src/jinja/configured.ts';
import { projectLibrary } from '../../../src/jinja/project-library.ts';
import { renderPlain, renderTemplate } from '../../../src/jinja/render.ts';
import { renderedToValues } from '../../../src/jinja/to-value.ts';
import { loadVariables } from '../../../src/jinja/variables.ts';
import { findings } from './project.ts';

interface Setting {
  readonly preset?: string;
  readonly clocks?: Readonly<Record<string, string>>;
  readonly variables?: string;
}

async function environmentOf(template: string, clock: RenderClock, { preset = 'library', clocks }: Setting) {
  const { jinja } = configSchema.parse({ jinja: { preset, clocks } });
  return {
    options: jinjaOptions(jinja),
    library: await projectLibrary(jinja, { read: () => undefined, list: () => [] }),
    clock,
    clockVariables: clocks ?? {},
    searchPath: [''],
    load: (path: ReturnType<typeof repoPath>) => (path === 'main' ? { path, text: template } : undefined),
  };
}

function contextOf({ variables = '' }: Setting) {
  return loadVariables([{ path: repoPath('v.yaml'), text: variables }], 'shallow', new DiagnosticList());
}

/** The manifest's values, a date as the call of GNU date in `«»`; findings behind it. */
async function symbolic(template: string, setting: Setting = {}): Promise<string> {
  const sink = new DiagnosticList();
  const environment = await environmentOf(template, { kind: 'symbolic' }, setting);
  const rendered = renderTemplate(repoPath('main'), contextOf(setting), environment, sink);
  const values = rendered === undefined ? [] : renderedToValues(rendered, repoPath('main'), sink);
  return [...values.map(shown), ...findings(sink)].join(' | ');
}

async function at(template: string, seconds: number, setting: Setting = {}) {
  const environment = await environmentOf(template, { kind: 'at', seconds, zone: 'UTC' }, setting);
  const rendered = renderPlain(repoPath('main'), contextOf(setting), environment);
  return rendered.kind === 'text' ? rendered.text : rendered.error;
}

function shown(value: Value): string {
  switch (value.kind) {
    case 'map':
      return [...value.entries].map(([key, item]) => `${key}: ${shown(item)}`).join(', ');
    case 'list':
      return `[${value.items.map(shown).join(', ')}]`;
    case 'text':
      return value.parts.map(partText).join('');
    case 'scalar':
      return String(value.value);
  }
}

function partText(part: TextPart): string {
  if (part.kind !== 'runtime') return part.text;
  return part.expr.kind === 'opaque' ? `«${part.expr.source}»` : part.expr.kind;
}

/** Recorded with Jinja2 3.1.6 and Python 3.11, whose clock stood at 2026-05-30 12:00 UTC; `today` was `date.today()`. */
const recorded: readonly (readonly [template: string, python: string])[] = [
  ["{{ now().strftime('%Y-%m-%d') }}", '2026-05-30'],
  ['{{ now().date() }}', '2026-05-30'],
  ['{{ now().date().isoformat() }}', '2026-05-30'],
  ["{{ (now() - timedelta(days=1)).strftime('%Y%m%d') }}", '20260529'],
  ["{{ (now() + timedelta(hours=13)).strftime('%Y%m%d') }}", '20260531'],
  ["{{ (today - timedelta(weeks=1, days=-1)).strftime('%d/%m/%y') }}", '24/05/26'],
  ["{{ (today - timedelta(days=1) * 3).strftime('%F') }}", '2026-05-27'],
  ["{{ (timedelta(days=2) + today).strftime('%F') }}", '2026-06-01'],
  ["{{ (today.replace(day=1) - timedelta(days=1)).strftime('%Y-%m') }}", '2026-04'],
  ["{{ today.replace(month=1, day=1).strftime('%F') }}", '2026-01-01'],
  ['{{ now().replace(hour=0, minute=0, second=0, microsecond=0) }}', '2026-05-30 00:00:00'],
  ['{{ now().replace(hour=0, minute=0, second=0, microsecond=0).isoformat() }}', '2026-05-30T00:00:00'],
  ["{{ now().date().strftime('%F %H') }}", '2026-05-30 00'],
  ['{{ now().year }}-{{ now().month }}-{{ now().day }}', '2026-5-30'],
  ['{{ today.isoweekday() }}', '6'],
  ["{{ datetime.now(ZoneInfo('Asia/Tokyo')).strftime('%F') }}", '2026-05-30'],
  ["{{ (datetime.now(timezone.utc) + timedelta(hours=9)).strftime('%F') }}", '2026-05-30'],
  ["{{ datetime.now(timezone(timedelta(hours=13))).strftime('%F') }}", '2026-05-31'],
  ["{{ date.today().strftime('%G-W%V') }}", '2026-W22'],
  ["{{ today.strftime('%F')|replace('-', '') }}", '20260530'],
  ["{{ '%s_%s' % (today.strftime('%b'), 'x') }}", 'May_x'],
  ["{{ '{}/{}'.format(today.strftime('%y'), 'x') }}", '26/x'],
  ["{{ [today.strftime('%F'), 'x']|join('_') }}", '2026-05-30_x'],
  ["{{ [today.strftime('%F')]|tojson }}", '["2026-05-30"]'],
];

describe('at one moment, dates are those of Python', () => {
  test.each(recorded)('%s', async (template, python) => {
    expect(await at(template, Date.UTC(2026, 4, 30, 12) / 1000)).toBe(python);
    expect(await symbolic(`d: x ${template}`)).not.toContain('JINJA');
  });

  const fields = '%Y|%y|%m|%-m|%d|%-d|%j|%-j|%H|%-H|%I|%-I|%p|%u|%w|%a|%A|%b|%h|%B|%V|%G|%F|%D|%%';
  test.each([
    [
      Date.UTC(2021, 0, 3, 9, 5),
      '2021|21|01|1|03|3|003|3|09|9|09|9|AM|7|0|Sun|Sunday|Jan|Jan|January|53|2020|2021-01-03|01/03/21|%',
    ],
    [
      Date.UTC(2024, 11, 30),
      '2024|24|12|12|30|30|365|365|00|0|12|12|AM|1|1|Mon|Monday|Dec|Dec|December|01|2025|2024-12-30|12/30/24|%',
    ],
    [
      Date.UTC(2027, 10, 28, 13),
      '2027|27|11|11|28|28|332|332|13|13|01|1|PM|7|0|Sun|Sunday|Nov|Nov|November|47|2027|2027-11-28|11/28/27|%',
    ],
    [
      Date.UTC(2026, 0, 1),
      '2026|26|01|1|01|1|001|1|00|0|12|12|AM|4|4|Thu|Thursday|Jan|Jan|January|01|2026|2026-01-01|01/01/26|%',
    ],
  ])('strftime at %d', async (ms, python) => {
    expect(await at(`{{ now().strftime('${fields}') }}`, ms / 1000)).toBe(python);
  });
});

describe('without a moment, dates stay what asks for them', () => {
  const cases: readonly (readonly [template: string, shown: string, setting?: Setting])[] = [
    ['d: "{{ now().strftime(\'%Y-%m-%d\') }}"', 'd: «date +%Y-%m-%d»'],
    ['d: {{ utcnow().date() }}', 'd: «date -u +%Y-%m-%d»'],
    ["d: x{{ (today - timedelta(days=1)).strftime('%Y%m%d') }}", 'd: x«date -d "-1 day" +%Y%m%d»'],
    ["d: x{{ (now() + timedelta(hours=9)).strftime('%d') }}", 'd: x«date -d "+9 hour" +%d»'],
    [
      "d: x{{ (today.replace(day=1) - timedelta(days=1)).strftime('%F') }}",
      'd: x«date -d "$(date +%Y-%m-01) -1 day" +%Y-%m-%d»',
    ],
    ["d: x{{ now().strftime('%d %b') }}", "d: x«date '+%d %b'»"],
    [
      'd: x{{ stamp }}',
      'd: x«TZ=Asia/Tokyo date +%Y%m%d»',
      { clocks: { stamp: "datetime.now(ZoneInfo('Asia/Tokyo')).strftime('%Y%m%d')" } },
    ],
    ["d: x{{ today|replace('-', '/') }}", 'd: x«date +%Y/%m/%d»', { clocks: { today: 'date.today()' } }],
    ['d: {{ today }}', 'd: kept', { clocks: { today: 'date.today()' }, variables: 'today: kept' }],
    ["d: x{{ now(utc=true, fmt='%Y') }}", 'd: x«date -u +%Y»', { preset: 'ansible' }],
    [
      'd: x{{ ansible_date_time.date }} {{ ansible_facts.date_time.weekday }}',
      'd: x«date +%Y-%m-%d» «date +%A»',
      { preset: 'ansible' },
    ],
    ["d: x{{ lookup('pipe', 'date -d yesterday +%Y%m%d') }}", 'd: x«date -d "-1 day" +%Y%m%d»', { preset: 'ansible' }],
    [
      "d: x{{ lookup('pipe', 'TZ=Asia/Tokyo date \"+%d %b\"') }}",
      "d: x«TZ=Asia/Tokyo date '+%d %b'»",
      { preset: 'ansible' },
    ],
    [
      "d: x{{ '%F'|strftime }} {{ '%F'|strftime(ansible_date_time.epoch|int - 86400) }}",
      'd: x«date +%Y-%m-%d» «date -d "-1 day" +%Y-%m-%d»',
      { preset: 'ansible' },
    ],
  ];
  const named = cases.map(([template, expected, setting = {}]) => ({ template, expected, setting }));
  test.each(named)('$template', async ({ template, expected, setting }) => {
    expect(await symbolic(template, setting)).toBe(expected);
  });
});

describe('what needs the date itself is an error on its line', () => {
  const date = { clocks: { today: 'date.today()' } };
  const cases: readonly (readonly [template: string, setting?: Setting])[] = [
    ['{{ now() }}'],
    ['{{ now().isoformat() }}'],
    ["{{ now().strftime('%H:%M') }}"],
    ["{{ now().strftime('%U') }}"],
    ['{% if now().weekday() == 0 %}x{% endif %}'],
    ['{{ now().timestamp() }}'],
    ['{{ (now() - now()).days }}'],
    ['{{ now().year - 1 }}'],
    ['{% if today == now() %}{% endif %}', date],
    ["{{ '2026-01-01' < today|string }}", date],
    ["{{ 'a' is eq(today|string) }}", date],
    ['{{ today|string|upper }}', date],
    ["{{ (today|string).split('-') }}", date],
    ["{{ 'a'.split(today|string) }}", date],
    ['{{ (today|string)[:4] }}', date],
    ['{{ today|string|length }}', date],
    ["{{ '%12s' % today }}", date],
    ["{{ '%12s'|format(today) }}", date],
    ["{{ '{:>12}'.format(today|string) }}", date],
    ['{% for c in today|string %}{{ c }}{% endfor %}', date],
    ["{{ [{'d': today|string}]|groupby('d') }}", date],
    ["{{ {'x': today|string}|dictsort(by='value') }}", date],
    ['{{ ansible_date_time.epoch }}', { preset: 'ansible' }],
    ['{{ ansible_date_time.iso8601 }}', { preset: 'ansible' }],
    ['{{ ansible_date_time.date|b64encode }}', { preset: 'ansible' }],
    ["{{ lookup('pipe', 'date') }}", { preset: 'ansible' }],
    ["{{ lookup('pipe', 'date -d last-month +%F') }}", { preset: 'ansible' }],
  ];
  const named = cases.map(([template, setting = {}]) => ({ template, setting }));
  test.each(named)('$template', async ({ template, setting }) => {
    expect(await symbolic(`a: 1\nd: "${template.replaceAll('"', "'")}"`, setting)).toBe(
      'JINJA_CLOCK_OPERATION main:2:1',
    );
  });

  test('a key, and a text that YAML reads as a number', async () => {
    expect(await symbolic("{{ now().strftime('%F') }}: 1")).toContain('JINJA_CLOCK_OPERATION main:1:1');
    expect(await symbolic("d: {{ now().strftime('%Y%m%d') }}")).toContain('JINJA_CLOCK_OPERATION main:1:4');
  });
});

test('a name that nobody passes on stays undefined where it is only printed', async () => {
  expect(await symbolic('d: "{{ today }}"')).toBe('d:  | JINJA_PRINTS_UNDEFINED main:1:8');
  expect(await symbolic('d: "{{ today }}"', { preset: 'j2cli' })).toBe('JINJA_CLOCK main:1:8');
  expect(await symbolic('d: "{% if now is defined %}x{% endif %}"')).toBe('d: ');
});

test('a wrong expression in dig2argo.yaml names itself', async () => {
  expect(await at('{{ x }}', 0, { clocks: { x: 'arrow.utcnow()' } })).toContain(
    "'arrow' is undefined (jinja.clocks.x of dig2argo.yaml)",
  );
});
