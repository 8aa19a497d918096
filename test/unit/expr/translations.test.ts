import { beforeAll, describe, expect, test } from 'vitest';
import { sessionExprToArgo } from '../../../src/argo-expr/from-session.ts';
import { evaluateTemplate } from '../../../src/argo-expr/template.ts';
import { analyseText } from '../../../src/expr/analyse-text.ts';
import { createEvaluator } from '../../../src/expr/create-evaluator.ts';
import type { Evaluator } from '../../../src/expr/evaluator.ts';
import { sampleSessions } from '../../../src/expr/sample-sessions.ts';
import { builtInParams } from '../../../src/session/built-ins.ts';

const from = { via: 'default', reason: 'test' } as const;
let evaluator: Evaluator;
beforeAll(async () => {
  evaluator = await createEvaluator();
});

/** How people write dates in .dig files: each has an exact translation for a session at midnight. */
const exact: readonly string[] = [
  'session_date',
  'session_time',
  'session_date_compact',
  'session_local_time',
  'session_tz_offset',
  'session_unixtime',
  "session_date.replace(/-/g, '')",
  "session_date.replace(/-/g, '/')",
  "session_date.split('-')[0]",
  "session_date.split('-')[1]",
  "session_date.split('-')[2]",
  "session_date.split('-').join('')",
  'session_date.substr(0, 4)',
  'session_date.substring(0, 7)',
  'session_date.slice(0, 7)',
  'session_date.slice(5, 7)',
  'session_date.slice(-2)',
  'session_date_compact.substr(0, 6)',
  'session_date_compact.substring(2)',
  'session_time.slice(0, 10)',
  'session_time.substr(0, 10)',
  "session_date + ' 00:00:00'",
  "'dt=' + session_date",
  "'s3://bucket/' + session_date_compact + '/'",
  "session_date.concat('T00:00:00')",
  "moment(session_time).format('YYYY-MM-DD')",
  "moment(session_time).format('YYYYMMDD')",
  "moment(session_time).format('YYYY/MM/DD')",
  "moment(session_time).format('YYYY')",
  "moment(session_time).format('MM')",
  "moment(session_time).format('M')",
  "moment(session_time).format('DD')",
  "moment(session_time).format('D')",
  "moment(session_time).format('YYYYMM')",
  "moment(session_time).format('YYYY-MM')",
  "moment(session_time).format('YYYY-MM-DD HH:mm:ss')",
  "moment(session_time).format('YYYY-MM-DDTHH:mm:ssZ')",
  "moment(session_time).format('YYYYMMDDHHmmss')",
  "moment(session_time).format('ddd')",
  "moment(session_time).format('dddd')",
  "moment(session_time).format('MMM D, YYYY')",
  "moment(session_time).format('d')",
  "moment(session_time).format('E')",
  "moment(session_time).format('[year=]YYYY/[month=]MM/[day=]DD')",
  "moment(session_time).format('Q')",
  "moment(session_time).format('X')",
  'moment(session_time).format()',
  "moment(session_date).format('YYYYMMDD')",
  "moment(session_date_compact, 'YYYYMMDD').format('YYYY-MM-DD')",
  "moment.unix(session_unixtime).format('YYYY-MM-DD')",
  "moment(session_time).add(1, 'days').format('YYYY-MM-DD')",
  "moment(session_time).add(-1, 'days').format('YYYY-MM-DD')",
  "moment(session_time).subtract(1, 'days').format('YYYY-MM-DD')",
  "moment(session_time).subtract(1, 'day').format('YYYYMMDD')",
  "moment(session_time).subtract(7, 'days').format('YYYYMMDD')",
  "moment(session_time).subtract('days', 1).format('YYYYMMDD')",
  "moment(session_time).add(1, 'd').format('YYYYMMDD')",
  "moment(session_time).add(1, 'week').format('YYYY-MM-DD')",
  "moment(session_time).subtract(2, 'weeks').format('YYYY-MM-DD')",
  "moment(session_time).subtract(1, 'month').format('YYYYMM')",
  "moment(session_time).subtract(1, 'months').format('YYYY-MM-DD')",
  "moment(session_time).add(1, 'month').format('YYYY-MM-DD')",
  "moment(session_time).add(1, 'M').format('YYYYMM')",
  "moment(session_time).subtract(13, 'months').format('YYYYMM')",
  "moment(session_time).subtract(1, 'year').format('YYYY-MM-DD')",
  "moment(session_time).add(1, 'years').format('YYYY')",
  "moment(session_time).startOf('month').format('YYYY-MM-DD')",
  "moment(session_time).endOf('month').format('YYYY-MM-DD')",
  "moment(session_time).startOf('year').format('YYYY-MM-DD')",
  "moment(session_time).endOf('year').format('YYYYMMDD')",
  "moment(session_time).startOf('day').format('YYYY-MM-DD HH:mm:ss')",
  "moment(session_time).startOf('week').format('YYYY-MM-DD')",
  "moment(session_time).startOf('isoWeek').format('YYYY-MM-DD')",
  "moment(session_time).endOf('isoWeek').format('YYYY-MM-DD')",
  "moment(session_time).startOf('quarter').format('YYYY-MM-DD')",
  "moment(session_time).subtract(1, 'month').startOf('month').format('YYYY-MM-DD')",
  "moment(session_time).subtract(1, 'month').endOf('month').format('YYYY-MM-DD')",
  "moment(session_time).startOf('month').subtract(1, 'days').format('YYYY-MM-DD')",
  "moment(session_time).add(1, 'month').startOf('month').format('YYYY-MM-DD')",
  "moment(session_time).startOf('month').add(14, 'days').format('YYYY-MM-DD')",
  "moment(session_time).date(1).format('YYYY-MM-DD')",
  "moment(session_time).date(1).subtract(1, 'days').format('YYYYMMDD')",
  'moment(session_time).year()',
  'moment(session_time).month()',
  'moment(session_time).month() + 1',
  'moment(session_time).date()',
  'moment(session_time).day()',
  'moment(session_time).isoWeekday()',
  'moment(session_time).dayOfYear()',
  'moment(session_time).unix()',
  "moment(session_time).add(1, 'days').unix()",
  "moment(session_time).startOf('month').unix()",
  'session_unixtime - 86400',
  'session_unixtime + 3600',
  "moment(session_time).utc().format('YYYY-MM-DDTHH:mm:ss')",
  "moment(session_time).utc().format('YYYYMMDD')",
  'moment(session_time).day() == 1',
  'moment(session_time).day() === 0 || moment(session_time).day() === 6',
  "moment(session_time).format('E') == '1'",
  "moment(session_time).format('ddd') == 'Mon'",
  "moment(session_time).format('D') == '1'",
  "moment(session_time).date() == 1 ? 'monthly' : 'daily'",
  'moment(session_time).day() == 1 ? 3 : 1',
  "moment(session_time).add(1, 'd').date() == 1",
  'moment(session_time).date() <= 7',
  "session_date > '2022-01-01'",
  "session_date == '2024-02-29'",
  '!(moment(session_time).isoWeekday() > 5)',
  "moment(session_time).format('YYYY') + '-' + moment(session_time).format('MM')",
  "'from ' + moment(session_time).subtract(1, 'days').format('MM/DD') + ' to ' + moment(session_time).format('MM/DD')",
  "moment(session_time).format('YYYYMMDD').substr(0, 6)",
  "moment(session_time).format('YYYY-MM-DD').replace(/-/g, '')",
  "moment(session_time).diff(moment(session_time).startOf('month'), 'days')",
];

/** What people write too, and why there is no translation: each is reported with these words. */
const refused: readonly (readonly [expression: string, zone: string, reason: RegExp])[] = [
  ["moment().format('YYYY-MM-DD')", 'Asia/Tokyo', /clock/],
  ['new Date().getTime()', 'Asia/Tokyo', /clock/],
  ['Date.now()', 'Asia/Tokyo', /must be run/],
  ["moment(session_time).subtract({days: 3}).format('YYYYMMDD')", 'Asia/Tokyo', /makes an object/],
  ["moment(session_time).isBefore('2022-06-01')", 'Asia/Tokyo', /./],
  ['nope', 'Asia/Tokyo', /no parameter nope/],
  ['session_uuid', 'Asia/Tokyo', /server|session_uuid/],
  ['session_date.match(/\\d+/)[0]', 'Asia/Tokyo', /regular expression/],
  ['(function () { return session_date; })()', 'Asia/Tokyo', /must be run/],
  ['moment(session_time).fromNow()', 'Asia/Tokyo', /./],
  ['Math.random()', 'Asia/Tokyo', /./],
];

const zones = ['Asia/Tokyo', 'UTC', 'America/New_York'] as const;

describe.each(zones)('in %s', (zone) => {
  test.each(exact)('%s', (source) => {
    const written = `\${${source}}`;
    const read = analyseText(written, from, new Map());
    const argo = read.parts.map((part) => {
      if (part.kind !== 'runtime') return part.text;
      if (part.expr.kind !== 'session')
        throw new Error(part.expr.kind === 'opaque' ? part.expr.reason : part.expr.kind);
      const result = sessionExprToArgo(part.expr.ast, {
        timezone: zone,
        input: { kind: 'date', name: 'session_date' },
      });
      if (result.kind === 'refused') throw new Error(result.reason);
      return result.text;
    });
    const sessions = sampleSessions(zone, true);
    expect(sessions.length).toBeGreaterThan(5);
    for (const session of sessions) {
      const params = builtInParams({ zone, session });
      const digdag = evaluator.evaluateText(written, params);
      const inputs = new Map([['inputs.parameters.session_date', String(params.get('session_date'))]]);
      expect(evaluateTemplate(argo.join(''), inputs)).toEqual({
        kind: 'text',
        text: digdag.kind === 'value' ? digdag.value : digdag.message,
      });
    }
  });
});

test.each(refused)('%s is named, not guessed', (source, zone, reason) => {
  const read = analyseText(`\${${source}}`, from, new Map());
  const reasons = read.parts.map((part) => {
    if (part.kind !== 'runtime') return `literal ${part.text}`;
    if (part.expr.kind === 'opaque') return part.expr.reason;
    if (part.expr.kind !== 'session') return part.expr.kind;
    const result = sessionExprToArgo(part.expr.ast, { timezone: zone, input: { kind: 'date', name: 'session_date' } });
    return result.kind === 'refused' ? result.reason : `translated: ${result.text}`;
  });
  expect(reasons.join(' ')).toMatch(reason);
  expect(reasons.join(' ')).not.toMatch(/^translated|^literal/);
});
