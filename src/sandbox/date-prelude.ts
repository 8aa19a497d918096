/**
 * JavaScript for the inside of the sandbox: `Date` in the workflow's zone, as the engines of Digdag give it.
 *
 * Local time to UTC follows ES5 (15.9.1.9), not later editions: `t - LocalTZA - DaylightSavingTA(t - LocalTZA)`.
 * So an ambiguous time is the second of the two, and a time in a gap lies before it. An ISO text without an offset is UTC.
 * The clock is the caller's: reading it sets `state.touched`.
 */
export const datePrelude = String.raw`
function installDate(global, state) {
  var Real = Date, P = Real.prototype, MINUTE = 60000;
  var call = Function.prototype.call;
  var getTime = call.bind(P.getTime), setTime = call.bind(P.setTime);
  var DAYS = ['Sun','Mon','Tue','Wed','Thu','Fri','Sat'];
  var MONTHS = ['Jan','Feb','Mar','Apr','May','Jun','Jul','Aug','Sep','Oct','Nov','Dec'];

  var lastZone, lastEntry = 0, lastFrom = 0, lastUntil = 0;
  function entryAt(ms) {
    if (ms >= lastFrom && ms < lastUntil && lastZone === state.zone) return lastEntry;
    var untils = state.zone.untils, low = 0, high = untils.length - 1;
    while (low < high) {
      var middle = (low + high) >> 1;
      if (ms < untils[middle]) high = middle; else low = middle + 1;
    }
    lastZone = state.zone;
    lastEntry = low;
    lastFrom = low === 0 ? -Infinity : untils[low - 1];
    lastUntil = low === untils.length - 1 ? Infinity : untils[low];
    return low;
  }
  function offsetAt(ms) { return state.zone.offsets[entryAt(ms)]; }
  function standardOffset() {
    var offsets = state.zone.offsets, n = offsets.length;
    return n > 1 && state.zone.untils[n - 2] > 2e12 ? Math.max(offsets[n - 1], offsets[n - 2]) : offsets[n - 1];
  }
  function toUtc(local) { return isNaN(local) ? NaN : local + offsetAt(local + standardOffset() * MINUTE) * MINUTE; }
  function toLocal(ms) { return new Real(ms - offsetAt(ms) * MINUTE); }
  function two(n) { return (n < 10 ? '0' : '') + n; }
  function four(n) { var s = String(Math.abs(n)); while (s.length < 4) s = '0' + s; return (n < 0 ? '-' : '') + s; }
  function now() { state.touched = true; return state.now; }

  function parse(text) {
    text = String(text).trim();
    var iso = /^([+-]\d{6}|\d{4})(-\d\d(-\d\d)?)?(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
    if (iso) return Real.parse(iso[4] && !iso[7] ? text + 'Z' : text);
    var year = /^\d{5,6}$/.exec(text);
    if (/[^ -~]/.test(text)) return NaN;
    if (year) return toUtc(Real.UTC(Number(text), 0, 1));
    if (/(?:\b(?:GMT|UTC|UT|Z|[ECMP][SD]T)|\d\s*[+-]\d\d:?\d\d)\b/.test(text)) return Real.parse(text);
    return toUtc(Real.parse(text + ' GMT'));
  }

  function ZonedDate(a) {
    if (!(this instanceof ZonedDate)) return new ZonedDate(now()).toString();
    if (arguments.length === 0) return new Real(now());
    if (arguments.length > 1) return new Real(toUtc(Real.UTC.apply(Real, arguments)));
    if (a instanceof Real) return new Real(getTime(a));
    if (typeof a === 'object' && a !== null) { var p = a.valueOf(); a = typeof p === 'object' ? String(a) : p; }
    return new Real(typeof a === 'string' ? parse(a) : Number(a));
  }
  ZonedDate.prototype = P;
  ZonedDate.UTC = Real.UTC;
  ZonedDate.parse = parse;
  ZonedDate.now = now;
  var hidden = { enumerable: false, writable: true, configurable: true };
  function define(target, name, value) { hidden.value = value; Object.defineProperty(target, name, hidden); }
  define(P, 'constructor', ZonedDate);

  ['FullYear','Month','Date','Day','Hours','Minutes','Seconds','Milliseconds'].forEach(function (field) {
    var getUtc = call.bind(P['getUTC' + field]);
    define(P, 'get' + field, function () { return isNaN(getTime(this)) ? NaN : getUtc(toLocal(getTime(this))); });
    if (field === 'Day') return;
    var setUtc = P['setUTC' + field];
    define(P, 'set' + field, function () {
      var ms = getTime(this);
      if (isNaN(ms) && field !== 'FullYear') return NaN;
      var local = isNaN(ms) ? new Real(0) : toLocal(ms);
      setUtc.apply(local, arguments);
      return setTime(this, toUtc(getTime(local)));
    });
  });
  define(P, 'getYear', function () { return this.getFullYear() - 1900; });
  define(P, 'setYear', function (y) { y = Number(y); return this.setFullYear(y >= 0 && y < 100 ? 1900 + y : y); });
  define(P, 'getTimezoneOffset', function () { return isNaN(getTime(this)) ? NaN : offsetAt(getTime(this)); });

  function dateText(d) { return DAYS[d.getDay()] + ' ' + MONTHS[d.getMonth()] + ' ' + two(d.getDate()) + ' ' + four(d.getFullYear()); }
  function clockText(d) { return two(d.getHours()) + ':' + two(d.getMinutes()) + ':' + two(d.getSeconds()); }
  function zoneText(d) {
    var ahead = -d.getTimezoneOffset(), abs = Math.floor(Math.abs(ahead));
    return 'GMT' + (ahead < 0 ? '-' : '+') + two(Math.floor(abs / 60)) + two(abs % 60) + ' (' + state.zone.abbreviations[entryAt(getTime(d))] + ')';
  }
  function text(make) { return function () { return isNaN(getTime(this)) ? 'Invalid Date' : make(this); }; }
  var whole = text(function (d) { return dateText(d) + ' ' + clockText(d) + ' ' + zoneText(d); });
  define(P, 'toString', whole);
  define(P, 'toLocaleString', whole);
  define(P, 'toDateString', text(dateText));
  define(P, 'toTimeString', text(function (d) { return clockText(d) + ' ' + zoneText(d); }));
  define(P, 'toLocaleDateString', text(function (d) { return four(d.getFullYear()) + '-' + two(d.getMonth() + 1) + '-' + two(d.getDate()); }));
  define(P, 'toLocaleTimeString', text(clockText));
  define(global, 'Date', ZonedDate);

  define(Math, 'random', function () { state.touched = true; return state.now % 997 / 997; });
}
`;
