/** What today's language has on its global object besides, without what could wait or keep something alive. */
export const currentGlobals = 'Map Set Symbol BigInt';

/**
 * JavaScript for the inside of the sandbox: leaves of each built-in object what an ES5 engine in Digdag's settings has
 * (GraalJS with ecmascript-version 5 and nashorn-compat, where strings also answer to the methods of java.lang.String),
 * and freezes all of it, so that one evaluation cannot be seen by the next.
 */
export const enginePrelude = `
// Symbols stay: the engine's own methods call each other through them.
function keepOnly(target, names) {
  var keep = {};
  names.split(' ').forEach(function (name) { keep['$' + name] = true; });
  Object.getOwnPropertyNames(target).forEach(function (name) { if (!keep['$' + name]) delete target[name]; });
}

function restrictToEs5() {
  var common = 'length name prototype ';
  keepOnly(Object, common + 'getPrototypeOf setPrototypeOf getOwnPropertyDescriptor getOwnPropertyNames create defineProperty defineProperties seal freeze preventExtensions isSealed isFrozen isExtensible keys');
  keepOnly(Object.prototype, 'constructor toString toLocaleString valueOf hasOwnProperty isPrototypeOf propertyIsEnumerable __proto__ __defineGetter__ __defineSetter__ __lookupGetter__ __lookupSetter__');
  keepOnly(Array, common + 'isArray');
  keepOnly(Array.prototype, 'constructor length toString toLocaleString concat join pop push reverse shift slice sort splice unshift indexOf lastIndexOf every some forEach map filter reduce reduceRight');
  keepOnly(String, common + 'fromCharCode');
  keepOnly(String.prototype, 'constructor length toString valueOf charAt charCodeAt concat indexOf lastIndexOf localeCompare match replace search slice split substr substring toLowerCase toLocaleLowerCase toUpperCase toLocaleUpperCase trim trimLeft trimRight trimStart trimEnd anchor big blink bold fixed fontcolor fontsize italics link small strike sub sup');
  keepOnly(Number, common + 'MAX_VALUE MIN_VALUE NaN NEGATIVE_INFINITY POSITIVE_INFINITY');
  keepOnly(Math, 'E LN10 LN2 LOG2E LOG10E PI SQRT1_2 SQRT2 abs acos asin atan atan2 ceil cos exp floor log max min pow random round sin sqrt tan');
  keepOnly(RegExp, common);
  keepOnly(RegExp.prototype, 'constructor exec test toString compile source global ignoreCase multiline flags sticky unicode unicodeSets dotAll hasIndices');
  keepOnly(Function.prototype, 'constructor length name apply call bind toString');
}

/** The engine's own loops over an array cannot be stopped in the middle, so that they must not begin on one that is nothing but length. */
function limitArrays() {
  var P = Array.prototype;
  ('join concat reverse shift slice sort splice unshift indexOf lastIndexOf every some forEach map filter reduce reduceRight ' +
    'fill copyWithin find findIndex findLast findLastIndex flat flatMap includes toReversed toSorted toSpliced with').split(' ').forEach(function (name) {
    var method = P[name];
    if (method) Object.defineProperty(P, name, {
      value: function () {
        if (this !== null && this !== undefined && this.length > 1000000) throw new RangeError('array too long');
        return method.apply(this, arguments);
      },
      enumerable: false, configurable: true, writable: true
    });
  });
}

function installJavaString() {
  var S = String.prototype;
  function add(name, method) { Object.defineProperty(S, name, { value: method, enumerable: false, configurable: true, writable: true }); }
  function pattern(text, flags) { return new RegExp(text, flags); }
  add('startsWith', function (prefix, at) { at = at || 0; return this.substr(at, prefix.length) === String(prefix); });
  add('endsWith', function (suffix) { suffix = String(suffix); return this.length >= suffix.length && this.slice(this.length - suffix.length) === suffix; });
  add('contains', function (text) { return this.indexOf(text) >= 0; });
  add('isEmpty', function () { return this.length === 0; });
  add('isBlank', function () { return this.trim().length === 0; });
  add('strip', function () { return this.trim(); });
  add('stripLeading', function () { return this.trimLeft(); });
  add('stripTrailing', function () { return this.trimRight(); });
  add('equals', function (other) { return typeof other === 'string' && String(this) === other; });
  add('equalsIgnoreCase', function (other) { return typeof other === 'string' && this.toLowerCase() === other.toLowerCase(); });
  add('repeat', function (times) { if (times < 0) throw new RangeError('count is negative: ' + times); return new Array(Math.floor(times) + 1).join(this); });
  add('matches', function (regex) { return pattern('^(?:' + regex + ')$').test(this); });
  add('replaceAll', function (regex, by) { return this.replace(pattern(regex, 'g'), String(by)); });
  add('replaceFirst', function (regex, by) { return this.replace(pattern(regex), String(by)); });
  add('codePointAt', function (at) {
    var high = this.charCodeAt(at), low = this.charCodeAt(at + 1);
    return high >= 0xd800 && high < 0xdc00 && low >= 0xdc00 && low < 0xe000 ? (high - 0xd800) * 0x400 + low - 0xdc00 + 0x10000 : high;
  });
  add('compareTo', function (other) {
    var n = Math.min(this.length, other.length);
    for (var i = 0; i < n; i++) if (this.charCodeAt(i) !== other.charCodeAt(i)) return this.charCodeAt(i) - other.charCodeAt(i);
    return this.length - other.length;
  });
  add('hashCode', function () { var h = 0; for (var i = 0; i < this.length; i++) h = (h * 31 + this.charCodeAt(i)) | 0; return h; });
}

/** The names an ES5 engine has on its global object, and those of 'further'. */
function restrictGlobals(global, further) {
  var keep = ('Object Function Array String Boolean Number Date RegExp Math JSON Error EvalError RangeError ReferenceError SyntaxError TypeError URIError ' +
    'parseInt parseFloat isNaN isFinite decodeURI decodeURIComponent encodeURI encodeURIComponent escape unescape eval NaN Infinity undefined moment ' + further).split(' ');
  Object.getOwnPropertyNames(global).forEach(function (name) { if (keep.indexOf(name) < 0) delete global[name]; });
  ['load', 'print'].forEach(function (name) { Object.defineProperty(global, name, { value: function () {}, enumerable: false, configurable: false, writable: false }); });
}

function freezeAll(global) {
  var names = Object.getOwnPropertyNames(global), seen = [], todo = names.map(function (name) { return global[name]; });
  while (todo.length > 0) {
    var value = todo.pop();
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || value === global || seen.indexOf(value) >= 0) continue;
    seen.push(value);
    todo.push(Object.getPrototypeOf(value));
    Object.getOwnPropertyNames(value).forEach(function (name) {
      var property = Object.getOwnPropertyDescriptor(value, name);
      todo.push(property.value, property.get, property.set);
    });
    Object.freeze(value);
  }
  names.forEach(function (name) {
    var property = Object.getOwnPropertyDescriptor(global, name);
    if (property.configurable) Object.defineProperty(global, name, { value: property.value, enumerable: property.enumerable, configurable: false, writable: false });
  });
}

/** One evaluation: a letter for the outcome (value, value that depends on the clock, error), then its text. */
function makeRunner(global, state) {
  var compile = Function, parseJson = JSON.parse, toText = String, functions = {}, known = 0, base = Object.getOwnPropertyNames(global);
  var isBase = {};
  base.forEach(function (name) { isBase['$' + name] = true; });
  function clean() {
    var names = Object.getOwnPropertyNames(global);
    if (names.length === base.length) return;
    names.forEach(function (name) { if (!isBase['$' + name]) delete global[name]; });
  }
  return function (source, paramsJson, globalsJson, now) {
    var key = '$' + source, run = functions[key];
    state.now = +now;
    state.touched = false;
    try {
      if (!run) {
        if (known++ > 2000) { functions = {}; known = 0; }
        run = functions[key] = compile(source);
      }
      if (globalsJson !== '') {
        var globals = parseJson(globalsJson);
        for (var name in globals) global[name] = globals[name];
      }
      var text = toText(run.call(parseJson(paramsJson)));
      return (state.touched ? 'c' : 'v') + text;
    } catch (e) {
      return 'e' + (e instanceof Error ? e.name + ': ' + e.message : toText(e));
    } finally {
      if (globalsJson !== '') clean();
    }
  };
}
`;
