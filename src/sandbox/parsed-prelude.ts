/**
 * JavaScript for the inside of the sandbox: `moment(text)` parses a text once for a zone and a locale, and copies it after that.
 * What is kept is in nobody's reach, and a result that depended on the clock is not kept.
 */
export const parsedPrelude = `
function makeRememberParsed(state) {
  return function (parse, copy) {
    var known = {}, count = 0, zone;
    // Copies of a moment share the account of how it was parsed; these must not.
    function apart(moment) {
      var made = copy(moment), flags = moment._pf, own = {};
      for (var name in flags) own[name] = flags[name] instanceof Array ? flags[name].slice() : flags[name];
      made._pf = own;
      return made;
    }
    return function (text, locale) {
      if (text.length > 40) return parse(text);
      if (zone !== state.zone || count > 500) { known = {}; count = 0; zone = state.zone; }
      var key = '$' + text, before = known[key];
      if (before !== undefined && before._locale === locale) return apart(before);
      var touched = state.touched;
      state.touched = false;
      var made = parse(text);
      if (!state.touched) { known[key] = apart(made); count++; }
      state.touched = touched || state.touched;
      return made;
    };
  };
}
`;
