interface Script {
  readonly name: string;
  readonly script: string;
  /** The words of each `show`, as bash 5.2 gives them for a script in a file. */
  readonly want: readonly (readonly string[])[];
  readonly exit?: number;
}

export const scripts: readonly Script[] = [
  {
    name: 'quoting',
    script: `a='x  y'; show $a "$a" '$a' \\$a "\\$a\\\\" ""`,
    want: [['x', 'y', 'x  y', '$a', '$a', '$a\\', '']],
  },
  {
    name: 'defaults',
    script: 'show ${x:-y} ${EMPTY:-e} "${EMPTY-e}" ${env:+set} ${x:=new} $x',
    want: [['y', 'e', '', 'set', 'new', 'new']],
  },
  {
    name: 'cuts and lengths',
    script: 'f=a/b.tar.gz; show ${f##*/} ${f%.*} ${f%%.*} ${f#*/} ${#f} ${f/b/c} ${f//a/A} ${f:2:3}',
    want: [['b.tar.gz', 'a/b.tar', 'a/b', 'b.tar.gz', '10', 'a/c.tar.gz', 'A/b.tAr.gz', 'b.t']],
  },
  { name: 'a required variable', script: ': ${nope:?missing}; show after', want: [], exit: 1 },
  { name: 'set -u', script: 'set -u; show ${nope:-ok}; show $nope; show after', want: [['ok']], exit: 1 },
  {
    name: 'set -e',
    script: 'set -e; false || show or; if false; then :; fi; ! true; show on; false; show after',
    want: [['or'], ['on']],
    exit: 1,
  },
  {
    name: 'set -e in a function that is tested',
    script: 'set -e; f() { false; echo inside > /tmp/i; }; if f; then show yes; fi; show $(cat /tmp/i); f; show after',
    want: [['yes'], ['inside']],
    exit: 1,
  },
  {
    name: 'SECONDS',
    script:
      'sleep 2; show $SECONDS; end=$((SECONDS + 5)); while [ $SECONDS -lt $end ]; do sleep 2; done; show $SECONDS; SECONDS=0; sleep 1; (show $SECONDS)',
    want: [['2'], ['8'], ['1']],
  },
  {
    name: 'a program behind a function of its name',
    script: 'expr() { command expr 1 + "$1"; }; show $(expr 2); expr 3 > /tmp/n; show $(cat /tmp/n)',
    want: [['3'], ['4']],
  },
  {
    name: 'expr',
    script: "n=0; n=`expr $n + 1`; show $n $(expr 7 / 2) $(expr 3 '*' 4); expr 1 - 1 > /dev/null || show zero",
    want: [['1', '3', '12'], ['zero']],
  },
  {
    name: 'lines that awk chooses',
    script:
      "printf 'a 1\\nname: x\\n  name: y\\n' > /tmp/l; show $(awk '/name:/ {print $2; exit}' /tmp/l) $(awk '$1==\"name:\" { print $2 }' /tmp/l) $(awk 'NR==1{print $2,$1}' /tmp/l); grep -qx 'name: x' /tmp/l && show whole; grep -x --quiet name /tmp/l || show part",
    want: [['x', 'x', 'y', '1', 'a'], ['whole'], ['part']],
  },
  {
    name: 'alternatives of an expression',
    script:
      "for s in Complete Failed Running; do echo $s | grep -qE '^(Complete|Fail)' && show $s; echo $s | grep -q 'Run\\|Fail' && show $s; done; printf 'a\\nb\\nc\\n' | sed -nE '/a|c/p' > /tmp/a; show $(cat /tmp/a)",
    want: [['Complete'], ['Failed'], ['Failed'], ['Running'], ['a', 'c']],
  },
  {
    name: 'absolute paths',
    script: 'cd /tmp; show "$(readlink -f ./a/../b)" "$(realpath /tmp/c)" "$(dirname "$(readlink -f d)")"',
    want: [['/tmp/b', '/tmp/c', '/tmp']],
  },
  {
    name: 'a file put into a text',
    script:
      'printf \'a $X\\n\' > /tmp/t; X=1; F=/tmp/t; show "$(<"$F")"; eval "cat <<EOF\n$(<"${F}")\nEOF" > /tmp/o; show "$(cat /tmp/o)"',
    want: [['a $X'], ['a 1']],
  },
  { name: 'set -e is forgotten in a substitution', script: 'set -e; x=$(false; echo on); show "$x"', want: [['on']] },
  { name: 'the status of an assignment', script: 'set -e; x=$(exit 3); show after', want: [], exit: 3 },
  { name: 'the status of export hides it', script: 'set -e; export x=$(exit 3); show after', want: [['after']] },
  {
    name: 'pipefail',
    script: 'set -e; false | cat; show one; set -o pipefail; false | cat; show two',
    want: [['one']],
    exit: 1,
  },
  { name: 'a pipe has its own variables', script: 'x=1; echo 2 | read -r x; show $x', want: [['1']] },
  {
    name: 'a subshell has its own variables and folder',
    script: 'x=1; (x=2; cd /tmp; show $x); show $x',
    want: [['2'], ['1']],
  },
  {
    name: 'the rest of a line',
    script: 'printf \'a b  c \\n\' | { read -r x y; show "$x" "$y"; }',
    want: [['a', 'b  c']],
  },
  {
    name: 'functions, local and return',
    script: 'x=1; f() { local x=$1; [ "$x" = 5 ] && return 4; show $x $#; }; f 2 3; f 5; show $? $x',
    want: [
      ['2', '2'],
      ['4', '1'],
    ],
  },
  {
    name: 'positional parameters',
    script: 'set -- a "b c"; show "$@"; show $*; show "$*"; shift; show $1 $#; for i; do show "$i"; done',
    want: [['a', 'b c'], ['a', 'b', 'c'], ['a b c'], ['b', 'c', '1'], ['b c']],
  },
  {
    name: 'case',
    script: 'for x in a.yaml b "c d"; do case "$x" in *.yaml) show yaml;; b|q) show b;; *" "*) show blank;; esac; done',
    want: [['yaml'], ['b'], ['blank']],
  },
  {
    name: 'loops',
    script:
      'i=0; while [ $i -lt 5 ]; do i=$((i + 1)); [ $i -eq 2 ] && continue; [ $i -eq 4 ] && break; show $i; done; until [ $i = 6 ]; do i=$((i+1)); done; show $i',
    want: [['1'], ['3'], ['6']],
  },
  {
    name: 'breaking out of two',
    script:
      'for a in 1 2; do for b in 1 2; do [ $b = 2 ] && continue 2; show $a$b; done; done; for a in 1 2; do for b in 1; do break 2; done; done; show $a',
    want: [['11'], ['21'], ['1']],
  },
  {
    name: 'tests',
    script:
      '[ -z "" -a ! -n "" ] && show a; [ "x" = x -o b ] && show b; [[ a1 == a? && ! x == y ]] && show c; [ 2 -gt 10 ] || show d; test -f /tmp/none || show e',
    want: [['a'], ['b'], ['c'], ['d'], ['e']],
  },
  {
    name: 'arithmetic',
    script:
      'x=7; show $((x % 4 + 2 * 3)) $((x > 3 ? 10 : 20)) $((10#08 + 1)) $((-7 / 2)); ((x == 7)) && show yes; ((x += 2)); show $x',
    want: [['9', '10', '9', '-3'], ['yes'], ['9']],
  },
  {
    name: 'here-documents',
    script:
      'n=5; cat <<EOF > /tmp/f\na $n $(echo x) \\$n\nEOF\ncat <<\'EOF\' >> /tmp/f\nb $n\nEOF\nshow "$(cat /tmp/f)"; show "$(cat <<< "c $n")"',
    want: [['a 5 x $n\nb $n'], ['c 5']],
  },
  {
    name: 'redirections',
    script:
      '{ echo out; echo err >&2; } > /tmp/o 2>&1; show "$(cat /tmp/o)"; echo x > /dev/null; show "$(echo y 2>/dev/null)"; cat < /tmp/none 2>/dev/null || show missing',
    want: [['out\nerr'], ['y'], ['missing']],
  },
  {
    name: 'an EXIT trap',
    script: 'f() { rc=$?; show end $rc; exit 9; }; trap f EXIT; show start; exit 4',
    want: [['start'], ['end', '4']],
    exit: 9,
  },
  { name: 'an EXIT trap keeps the status', script: "set -e; trap 'show bye' EXIT; false", want: [['bye']], exit: 1 },
  {
    name: 'a trap is not inherited',
    script: "trap 'show bye' EXIT; (true); x=$(true); show on",
    want: [['on'], ['bye']],
  },
  {
    name: 'an ERR trap',
    script: "set -e; trap 'show err $?' ERR; true; (exit 3); show after",
    want: [['err', '3']],
    exit: 3,
  },
  {
    name: 'sed',
    script: `echo 'a/b a.b __X__' | sed -e 's|a/b|q&q|' -e 's/a\\.b/[\\\\1]/' -e "s/__X__/\${env}/g" > /tmp/s; show "$(cat /tmp/s)"; printf '1\\n2\\n3\\n' > /tmp/l; sed -i '2d' /tmp/l; show "$(sed -n '$p' /tmp/l)" "$(sed 's/\\([0-9]\\)/<\\1>/' /tmp/l)"`,
    want: [['qa/bq [\\1] prd'], ['3', '<1>\n<3>']],
  },
  {
    name: 'envsubst',
    script:
      "export A=1; B=2; printf '%s' '$A ${B} ${C}x $9' > /tmp/e; show \"$(envsubst < /tmp/e)\" \"$(envsubst '$B' < /tmp/e)\"",
    want: [['1  x $9', '$A  ${C}x $9']],
  },
  {
    name: 'dates',
    script:
      "show $(date -u -d '2026-03-31 -1 month' +%F) $(date -u -d '2024-03-01 1 day ago' +%Y%m%d) $(date -u -d '2026-01-01 +36 hours' '+%d%H') $(TZ=Asia/Tokyo date -d @0 +%H:%M%z) $(date -u -d 2026-12-31 +%j-%u-%a)",
    want: [['2026-03-03', '20240229', '0212', '09:00+0900', '365-4-Thu']],
  },
  {
    name: 'text tools',
    script:
      "show $(printf 'k=v=w\\n' | cut -d= -f2-) $(echo Ab | tr A-Z a-z) $(printf 'a\\nb\\nab\\n' | grep -c b) $(basename /x/y.sh .sh) $(dirname /x/y.sh) $(printf '%03d:%s' 7 z) $(printf 'a b\\n' | awk '{print $2}') $(printf 'a\\nb\\n' | tail -n 1) $(printf 'a1\\na2\\na3\\n' | grep -m1 a) $(printf 'a1\\na2\\na3\\n' | grep -c -m 2 a)",
    want: [['v=w', 'ab', '2', 'y', '/x', '007:z', 'b', 'b', 'a1', '2']],
  },
  {
    name: 'getopts without options',
    script:
      "set -u; f() { set -- job day; while getopts 'n:k' o; do show $o; done; shift $((OPTIND - 1)); show $# $1 $2 $OPTIND; }; f",
    want: [['2', 'job', 'day', '1']],
  },
  {
    name: 'getopts up to --',
    script: 'set -- -k -- -n day; while getopts \'n:k\' o; do show $o; done; shift $((OPTIND - 1)); show $# $1 $2 "$o"',
    want: [['k'], ['2', '-n', 'day', '?']],
  },
  {
    name: 'getopts without the value of an option',
    script: 'set -- -n; getopts \':n:\' o; show "$o" $OPTARG $OPTIND',
    want: [[':', 'n', '2']],
  },
  {
    name: 'shift by too much',
    script: 'set -- a b; shift 3 || show no; shift -1 2>/dev/null || show $#',
    want: [['no'], ['2']],
  },
  {
    name: 'getopts',
    script:
      "set -- -ab val -c rest; while getopts 'ab:c' o; do show $o ${OPTARG:-}; done; shift $((OPTIND - 1)); show $1",
    want: [['a'], ['b', 'val'], ['c'], ['rest']],
  },
  {
    name: 'variables of one command',
    script:
      'A=1; A=2 sh -c \'show "$A"\'; show $A; env A=3 bash -c \'show "$A" "$1"\' x y; export A; bash -c \'show $A\'',
    want: [['2'], ['1'], ['3', 'y'], ['1']],
  },
  {
    name: 'eval and backquotes',
    script: 'v=name; name=x; eval "show \\$$v"; show `echo \\`echo y\\``',
    want: [['x'], ['y']],
  },
  {
    name: 'comments and continued lines',
    script: 'show a \\\n  b # c\n# d\nshow "#e" f#g',
    want: [
      ['a', 'b'],
      ['#e', 'f#g'],
    ],
  },
  {
    name: 'and, or, not',
    script: 'true && false || show a; ! false && show b; false && show c; show $?',
    want: [['a'], ['b'], ['1']],
  },
  {
    name: 'arrays',
    script:
      'a=(x "y z"); a+=(w); show "${a[@]}"; show ${#a[@]} ${a[1]} "${a[*]}" "${a[-1]}" "${a[@]:1}" "${!a[@]}"; a[5]=q; show "${a[@]/y/Y}"; b=(); show "${b[@]}" end; i=1; show "${a[i + 1]}"',
    want: [
      ['x', 'y z', 'w'],
      ['3', 'y', 'z', 'x y z w', 'w', 'y z', 'w', '0', '1', '2'],
      ['x', 'Y z', 'w', 'q'],
      ['end'],
      ['w'],
    ],
  },
  {
    name: 'associative arrays',
    script:
      'declare -A c=([prd]=batch-prd [dev]="batch dev"); env=prd; show "${c[$env]}" "${c[dev]}" ${#c[@]} "${c[none]:-no}"; f() { local -A m; m[k]=v; local l=(1 2); show "${m[k]}" "${l[@]}"; }; f; show "${l[@]:-gone}"',
    want: [['batch-prd', 'batch dev', '2', 'no'], ['v', '1', '2'], ['gone']],
  },
  {
    name: 'lists of positional parameters',
    script:
      'set -- a "b c" d; show "${@:2}"; show ${@:1:1} "${*:2}"; f() { show "${@#b}" $#; }; f "$@"; set -u; e=(); show ${e[@]+"${e[@]}"} end; show ${1+"$@"}',
    want: [['b c', 'd'], ['a', 'b c d'], ['a', ' c', 'd', '3'], ['end'], ['a', 'b c', 'd']],
  },
  {
    name: 'letters, anchors, indirection',
    script: 'x=aBc-a; n=x; show ${x^^} ${x,,} ${x^} ${x/#a/Z} ${x/%a/Z} ${!n} "${none:-a b}" ${none:-"a b" c}',
    want: [['ABC-A', 'abc-a', 'ABc-a', 'ZBc-a', 'aBc-Z', 'aBc-a', 'a b', 'a b', 'c']],
  },
  {
    name: 'adding to a variable',
    script: 'x=a; x+=b; f() { local y+=c; show $x; }; x+="$x"; show $x',
    want: [['abab']],
  },
  {
    name: 'braces',
    script: 'show a{b,c}d {1..3} {03..01} x{y} "{a,b}"',
    want: [['abd', 'acd', '1', '2', '3', '03', '02', '01', 'x{y}', '{a,b}']],
  },
  { name: 'ANSI quotes', script: `show $'a\\tb\\'c' "$(printf '%s' $'x\\ny')"`, want: [["a\tb'c", 'x\ny']] },
  {
    name: 'counting',
    script: 'for ((i = 0; i < 3; i++)); do show $i; done; show $(seq 2) $(seq 3 -1 2) $(seq -w 9 10)',
    want: [['0'], ['1'], ['2'], ['1', '2', '3', '2', '09', '10']],
  },
  {
    name: 'substitution of processes',
    script:
      'cat <(echo a) <(echo b) > /tmp/p; show $(cat /tmp/p); while read -r l; do show $l; done < <(printf "c\\nd\\n"); echo hidden > >(tee /tmp/t >/dev/null)',
    want: [['a', 'b'], ['c'], ['d']],
  },
  {
    name: 'background commands',
    script:
      'f() { sleep $1; return $2; }; f 4 3 & p=$!; f 2 0 & q=$!; kill -0 $p && show runs; wait -n; show $?; wait $p; show $?; wait $q; show $?; false & wait; show $?',
    want: [['runs'], ['0'], ['3'], ['0'], ['0']],
  },
  {
    name: 'a failure in the background',
    script:
      'set -e; pids=(); for s in 0 4 0; do (exit $s) & pids+=($!); done; rc=0; for p in "${pids[@]}"; do wait "$p" || rc=$?; done; show $rc; (exit 2) & wait $!; show never',
    want: [['4']],
    exit: 2,
  },
  {
    name: 'the status of each command of a pipe',
    script: '(exit 3) | (exit 4) | true; show "${PIPESTATUS[@]}"; false; show $PIPESTATUS',
    want: [['3', '4', '0'], ['1']],
  },
  {
    name: 'where a program is',
    script: 'command -v cat >/dev/null && show yes; f() { :; }; command -v f > /dev/null && show f',
    want: [['yes'], ['f']],
  },
];
