import type { Random } from './random.ts';

/** The variables that the generated expressions know, in the typed JSON of the vectors. */
export const context = {
  $d: [
    ['env', 'prd'],
    ['n', 3],
    ['neg', -7],
    ['f', { $f: 1.5 }],
    ['g', { $f: 2 }],
    ['big', { $i: '123456789012345678901' }],
    ['t', true],
    ['no', false],
    ['nil', null],
    ['s', 'hello World-x'],
    ['e', ''],
    ['q', 'it\'s "q" <é>\n l2\n\nend'],
    ['num', '42'],
    ['items', ['b', 'a', 'C']],
    ['nums', [3, 1, 2]],
    ['mixed', [1, 'a', null, { $f: 0.5 }, true]],
    ['nested', [[1, 2], [3], []]],
    [
      'm',
      {
        $d: [
          ['z', 1],
          ['a', 'x'],
          ['l', [1, 2]],
        ],
      },
    ],
    [
      'us',
      [
        {
          $d: [
            ['name', 'bob'],
            ['age', 30],
            ['on', true],
            ['tags', ['x']],
          ],
        },
        {
          $d: [
            ['name', 'al'],
            ['age', 25],
            ['on', false],
            ['tags', []],
          ],
        },
        {
          $d: [
            ['name', 'Cy'],
            ['age', 30],
          ],
        },
      ],
    ],
  ],
} as const;

type Concrete = 'text' | 'number' | 'list' | 'dict' | 'bool';
type Kind = Concrete | 'any';

const atoms: Readonly<Record<Concrete, readonly string[]>> = {
  text: ['s', 'env', 'q', 'e', 'num', "'a b'", "'x-%s'", "'é日'", '"it\'s"', "'a,b;c'", 'us[0].name', 'm.a', "'{}-{}'"],
  number: ['n', 'neg', 'f', 'g', 'big', '0', '1', '7', '2.5', '1e3', '10', 'us[1].age', 'm.z', '3.0', '1_000', '0x1f'],
  list: ['items', 'nums', 'mixed', 'nested', 'us', '[]', '[1, 2]', "['b', 'A']", '(1, 2)', 'range(4)', 'm.l', "'abc'"],
  dict: ['m', 'us[0]', '{}', "{'k': 1}", "{'b': 2, 'a': [1]}", "dict(x=1, y='b')", "{1: 'i', none: 2}"],
  bool: ['t', 'no', 'true', 'false', 'True', 'none', 'nil', 'us[0].on'],
};
const missing: readonly string[] = [
  'nope',
  'nope.x',
  'm.nope',
  'us[9]',
  'm.nope.x',
  "m['gone']",
  'us[2].on',
  'items[7]',
];

/** Filters by the kind of their result, with the kind of value they are made for. */
const filters: Readonly<Record<Kind, readonly (readonly [Concrete, string])[]>> = {
  text: [
    ['text', 'upper'],
    ['text', 'lower'],
    ['text', 'title'],
    ['text', 'capitalize'],
    ['text', 'trim'],
    ['text', "trim('hx')"],
    ['text', "replace('l', 'L')"],
    ['text', "replace('o', '', 1)"],
    ['text', 'reverse'],
    ['text', 'first'],
    ['text', 'last'],
    ['text', 'indent'],
    ['text', 'indent(2)'],
    ['text', 'indent(2, true)'],
    ['text', 'indent(3, blank=true)'],
    ['text', "indent('> ', first=true)"],
    ['text', 'truncate(5)'],
    ['text', 'truncate(5, true)'],
    ['text', "truncate(7, false, '~')"],
    ['text', 'truncate(9, true, "", 0)'],
    ['text', 'center(20)'],
    ['text', 'wordwrap(5)'],
    ['text', "wordwrap(4, false, '|')"],
    ['text', 'urlencode'],
    ['text', 'tojson'],
    ['text', 'e'],
    ['text', 'escape'],
    ['text', 'striptags'],
    ['text', "format('x')"],
    ['text', "format('x', 1)"],
    ['text', 'string'],
    ['text', 'sort|join'],
    ['text', 'pprint'],
    ['text', 'safe'],
    ['text', 'forceescape'],
    ['text', 'max'],
    ['text', 'min'],
    ['text', "join('-')"],
    ['text', 'urlize'],
    ['text', "default('d')"],
    ['text', "default('d', true)"],
    ['text', 'd'],
    ['text', 'filesizeformat'],
    ['number', 'string'],
    ['number', 'filesizeformat'],
    ['number', 'filesizeformat(true)'],
    ['number', 'tojson'],
    ['number', 'upper'],
    ['number', 'center(9)'],
    ['number', 'e'],
    ['number', 'pprint'],
    ['number', 'urlencode'],
    ['number', 'trim'],
    ['number', "replace('1', '2')"],
    ['number', 'truncate(3)'],
    ['number', 'indent(2)'],
    ['number', "format('a')"],
    ['list', 'join'],
    ['list', "join(', ')"],
    ['list', "join('|', attribute='name')"],
    ['list', "map('int')|join(',')"],
    ['list', 'tojson'],
    ['list', 'tojson(2)'],
    ['list', 'tojson(indent=1)'],
    ['list', 'string'],
    ['list', 'pprint'],
    ['list', 'xmlattr'],
    ['list', 'upper'],
    ['list', 'e'],
    ['list', 'urlencode'],
    ['list', 'filesizeformat'],
    ['dict', 'tojson'],
    ['dict', 'tojson(4)'],
    ['dict', 'string'],
    ['dict', 'pprint'],
    ['dict', 'join'],
    ['dict', "join(',')"],
    ['dict', 'xmlattr'],
    ['dict', 'xmlattr(false)'],
    ['dict', 'urlencode'],
    ['bool', 'string'],
    ['bool', 'tojson'],
    ['bool', 'upper'],
    ['bool', 'e'],
  ],
  number: [
    ['text', 'length'],
    ['text', 'wordcount'],
    ['text', 'int'],
    ['text', 'int(7)'],
    ['text', 'int(0, 16)'],
    ['text', 'float'],
    ['text', 'float(1.5)'],
    ['text', 'count'],
    ['number', 'abs'],
    ['number', 'round'],
    ['number', 'round(1)'],
    ['number', "round(1, 'floor')"],
    ['number', "round(method='ceil')"],
    ['number', 'round(-1)'],
    ['number', 'int'],
    ['number', 'float'],
    ['number', 'default(1)'],
    ['number', 'length'],
    ['list', 'length'],
    ['list', 'sum'],
    ['list', "sum(attribute='age')"],
    ['list', 'sum(start=5)'],
    ['list', 'wordcount'],
    ['list', 'count'],
    ['dict', 'length'],
    ['dict', 'sum'],
    ['bool', 'int'],
    ['bool', 'float'],
    ['bool', 'abs'],
    ['bool', 'round'],
    ['bool', 'sum'],
  ],
  list: [
    ['text', 'list'],
    ['text', 'unique|list'],
    ['text', 'batch(3)|list'],
    ['text', 'slice(2)|list'],
    ['number', 'list'],
    ['list', 'sort'],
    ['list', 'sort(reverse=true)'],
    ['list', 'sort(case_sensitive=true)'],
    ['list', "sort(attribute='age')"],
    ['list', "sort(attribute='age,name')"],
    ['list', 'unique|list'],
    ['list', "unique(attribute='age')|list"],
    ['list', 'reverse|list'],
    ['list', 'list'],
    ['list', 'batch(2)|list'],
    ['list', "batch(2, '-')|list"],
    ['list', 'slice(2)|list'],
    ['list', "slice(2, 'x')|list"],
    ['list', "map('upper')|list"],
    ['list', "map(attribute='name')|list"],
    ['list', "map(attribute='on', default='?')|list"],
    ['list', "map('default', 'd')|list"],
    ['list', "select('string')|list"],
    ['list', 'select|list'],
    ['list', "reject('none')|list"],
    ['list', "select('greaterthan', 1)|list"],
    ['list', "selectattr('on')|list"],
    ['list', "selectattr('age', 'equalto', 30)|map(attribute='name')|list"],
    ['list', "rejectattr('on', 'defined')|list"],
    ['list', "groupby('age')|list"],
    ['list', "groupby('age')|map('first')|list"],
    ['list', "groupby('on', default=false)|list"],
    ['list', "groupby(attribute='name', case_sensitive=true)|list"],
    ['list', 'items|list'],
    ['list', 'dictsort'],
    ['dict', 'list'],
    ['dict', 'items|list'],
    ['dict', 'dictsort'],
    ['dict', 'dictsort(true)'],
    ['dict', "dictsort(by='value')"],
    ['dict', "dictsort(by='key', reverse=true)"],
    ['dict', "dictsort(false, 'size')"],
    ['dict', 'sort'],
    ['dict', 'unique|list'],
    ['dict', 'reverse|list'],
    ['dict', "map('upper')|list"],
    ['dict', 'batch(1)|list'],
    ['bool', 'list'],
  ],
  dict: [
    ['dict', 'first'],
    ['dict', 'last'],
    ['dict', 'default({})'],
    ['dict', 'max'],
  ],
  bool: [
    ['bool', "default('d')"],
    ['bool', "default('d', true)"],
  ],
  any: [
    ['list', 'first'],
    ['list', 'last'],
    ['list', 'max'],
    ['list', 'min'],
    ['list', "max(attribute='age')"],
    ['list', "min(attribute='name')"],
    ['list', 'default([])'],
    ['list', "attr('x')"],
  ],
};

/** Methods and attributes by the kind of their result, with the kind of object that has them. */
const methods: Readonly<Record<Kind, readonly (readonly [Concrete, string])[]>> = {
  text: [
    ['text', 'upper()'],
    ['text', 'lower()'],
    ['text', 'title()'],
    ['text', 'capitalize()'],
    ['text', 'swapcase()'],
    ['text', 'casefold()'],
    ['text', 'strip()'],
    ['text', "strip('hx')"],
    ['text', 'lstrip()'],
    ['text', 'rstrip()'],
    ['text', "replace('l', 'L')"],
    ['text', "replace('l', 'L', 1)"],
    ['text', 'zfill(8)'],
    ['text', "center(9, '*')"],
    ['text', 'ljust(7)'],
    ['text', "rjust(7, '.')"],
    ['text', "join(['a', 'b'])"],
    ['text', 'join(items)'],
    ['text', 'format(1, 2)'],
    ['text', 'format(a=1)'],
    ['text', 'expandtabs(4)'],
    ['text', "removeprefix('he')"],
    ['text', "removesuffix('x')"],
    ['text', "translate({108: 'L'})"],
  ],
  number: [
    ['text', "find('l')"],
    ['text', "rfind('l')"],
    ['text', "count('l')"],
    ['number', 'bit_length()'],
    ['number', 'conjugate()'],
    ['number', 'real'],
    ['number', 'numerator'],
    ['number', 'denominator'],
    ['number', 'imag'],
    ['list', 'index(1)'],
    ['list', "index('a')"],
    ['list', 'count(1)'],
    ['bool', 'bit_length()'],
    ['bool', 'real'],
    ['bool', 'numerator'],
  ],
  list: [
    ['text', 'split()'],
    ['text', "split('-')"],
    ['text', "split('l', 1)"],
    ['text', "rsplit('l', 1)"],
    ['text', 'splitlines()'],
    ['text', 'splitlines(true)'],
    ['text', "partition('l')"],
    ['text', "rpartition('l')"],
    ['list', 'copy()'],
    ['dict', 'items()'],
    ['dict', 'keys()'],
    ['dict', 'values()'],
    ['dict', 'items()|list'],
    ['dict', 'keys()|list'],
  ],
  dict: [
    ['dict', 'copy()'],
    ['dict', "fromkeys(['a'], 1)"],
  ],
  bool: [
    ['text', "startswith('h')"],
    ['text', "startswith(('h', 'a'))"],
    ['text', "endswith('x')"],
    ['text', 'isdigit()'],
    ['text', 'isalpha()'],
    ['text', 'isalnum()'],
    ['text', 'isupper()'],
    ['text', 'islower()'],
    ['text', 'isspace()'],
    ['text', 'isidentifier()'],
    ['text', 'istitle()'],
  ],
  any: [
    ['text', "index('zz')"],
    ['text', 'join(mixed)'],
    ['text', 'join(nums)'],
    ['text', 'encode()'],
    ['text', 'nope()'],
    ['text', 'upper(1)'],
    ['text', 'split(1)'],
    ['number', 'is_integer()'],
    ['number', 'nope()'],
    ['number', 'hex()'],
    ['list', 'append(9)'],
    ['list', 'pop()'],
    ['list', 'pop(0)'],
    ['list', 'insert(0, 5)'],
    ['list', 'extend([7])'],
    ['list', 'remove(1)'],
    ['list', 'reverse()'],
    ['list', 'sort()'],
    ['list', 'clear()'],
    ['list', 'keys()'],
    ['list', 'upper()'],
    ['list', 'length'],
    ['dict', "get('z')"],
    ['dict', "get('nope')"],
    ['dict', "get('nope', 'd')"],
    ['dict', "pop('z')"],
    ['dict', "pop('nope')"],
    ['dict', "pop('nope', 1)"],
    ['dict', "update({'q': 1})"],
    ['dict', 'update(q=2)'],
    ['dict', "setdefault('z', 9)"],
    ['dict', "setdefault('w', 9)"],
    ['dict', 'clear()'],
    ['dict', 'popitem()'],
    ['dict', 'z'],
    ['dict', 'nope()'],
    ['bool', 'upper()'],
    ['bool', 'nope'],
  ],
};

const tests: readonly string[] = [
  'defined',
  'undefined',
  'none',
  'boolean',
  'true',
  'false',
  'integer',
  'float',
  'number',
  'string',
  'mapping',
  'iterable',
  'sequence',
  'callable',
  'escaped',
  'odd',
  'even',
  'lower',
  'upper',
  'divisibleby 3',
  'divisibleby(0)',
  'sameas none',
  'sameas(t)',
  'in items',
  "in ['a', 3]",
  'in m',
  'eq 3',
  "equalto 'prd'",
  'ne 3',
  '!= 3',
  '== 3',
  'gt 2',
  'ge 2.0',
  'lt n',
  'le neg',
  'greaterthan 1',
  'lessthan 9',
  'filter',
  'test',
  'nosuchtest',
];

const kinds = ['text', 'number', 'list', 'dict', 'bool'] as const;

/** Expressions of every kind: most of them fit, some have an operand of the wrong type. */
export class Expressions {
  readonly #random: Random;
  /** How likely an operand is missing or of a type that does not fit. */
  readonly #wild: number;
  /** Local names that the statements around have set. */
  names: readonly string[] = [];

  constructor(random: Random) {
    this.#random = random;
    this.#wild = random.pick([0, 0.02, 0.1, 0.2]);
  }

  any(depth = 3): string {
    return this.of('any', depth);
  }

  of(kind: Kind, depth: number): string {
    const random = this.#random;
    if (random.chance(this.#wild * 0.5)) return random.pick(missing);
    if (this.names.length > 0 && random.chance(0.12)) return random.pick(this.names);
    const wanted = kind === 'any' || random.chance(this.#wild) ? random.pick(kinds) : kind;
    if (depth <= 0) return random.pick(atoms[wanted]);
    return random.weighted([
      [3, () => random.pick(atoms[wanted])],
      [5, () => this.#filtered(wanted, depth)],
      [2.5, () => this.#method(wanted, depth)],
      [1.5, () => (wanted === 'text' || wanted === 'list' ? this.#slice(wanted, depth) : random.pick(atoms[wanted]))],
      [1.2, () => this.#ternary(wanted, depth)],
      [2, () => this.#arithmetic(wanted, depth)],
      [kind === 'any' || kind === 'bool' ? 2 : 0.1, () => this.#logic(depth)],
      [
        kind === 'any' || kind === 'bool' ? 2 : 0.1,
        () => `${this.#primary('any', depth)} is ${random.chance(0.3) ? 'not ' : ''}${random.pick(tests)}`,
      ],
      [kind === 'any' || kind === 'text' ? 1 : 0, () => `${this.of('any', depth - 1)} ~ ${this.of('any', depth - 1)}`],
      [kind === 'any' ? 1 : 0, () => this.#literal(depth)],
      [0.3, () => `(${this.of(kind, depth - 1)})`],
    ]);
  }

  #primary(kind: Kind, depth: number): string {
    const text = this.of(kind, depth - 1);
    return /^[\w.[\]]+$/.test(text) && !/^[\d.]/.test(text) ? text : `(${text})`;
  }

  #filtered(kind: Concrete, depth: number): string {
    const random = this.#random;
    const table =
      filters[kind].length === 0 || random.chance(this.#wild)
        ? filters[random.pick(['text', 'list', 'any'] as const)]
        : filters[kind];
    const [from, filter] = random.pick(table);
    return `${this.#primary(random.chance(this.#wild) ? 'any' : from, depth)}${random.pick(['|', ' | '])}${this.#argument(filter)}`;
  }

  #method(kind: Concrete, depth: number): string {
    const random = this.#random;
    const [of, method] = random.pick(random.chance(0.05 + this.#wild) ? methods.any : methods[kind]);
    return `${this.#primary(random.chance(this.#wild) ? 'any' : of, depth)}.${method}`;
  }

  /** Sometimes an argument of another type, or one too many. */
  #argument(filter: string): string {
    const random = this.#random;
    if (!random.chance(this.#wild)) return filter;
    const other = random.pick(["'z'", 'none', '-1', '1.5', '[]', 'nope', 'true', 'n', '0']);
    if (!filter.includes('(')) return `${filter}(${other})`;
    return random.chance(0.3) ? filter.replace(')', `, ${other})`) : filter.replace(/\(.*?(?=[,)])/, `(${other}`);
  }

  #slice(kind: 'text' | 'list', depth: number): string {
    const random = this.#random;
    const of = this.#primary(kind, depth);
    const bound = (): string =>
      random.chance(this.#wild)
        ? random.pick(['nope', "'a'", 'f'])
        : random.pick(['', '0', '1', '2', '-1', '-2', '9', 'n', 'none']);
    const key = random.chance(kind === 'text' ? 0.4 : 0.1)
      ? random.chance(this.#wild)
        ? random.pick(["'a'", "'name'", 'nil', '1.0', 'nope'])
        : random.pick(['0', '1', '-1', '9', 'n', 't'])
      : random.chance(0.7)
        ? `${bound()}:${bound()}`
        : `${bound()}:${bound()}:${random.pick(['', '1', '2', '-1', '-2', '0'])}`;
    return `${of}[${key}]`;
  }

  #ternary(kind: Kind, depth: number): string {
    const then = `${this.of(kind, depth - 1)} if ${this.of('bool', depth - 1)}`;
    return this.#random.chance(0.75) ? `${then} else ${this.of(kind, depth - 1)}` : then;
  }

  #arithmetic(kind: Kind, depth: number): string {
    const random = this.#random;
    const number = (): string => this.of('number', depth - 1);
    if (kind === 'text')
      return random.weighted([
        [3, () => `${this.of('text', depth - 1)} + ${this.of('text', depth - 1)}`],
        [1, () => `${this.of('text', 0)} * ${random.pick(['2', '0', '-1', 'n', 'f', 't'])}`],
        [1, () => `'%s/%d' % (${this.of('any', 0)}, ${number()})`],
        [
          1,
          () =>
            `${random.pick(["'%05.2f'", "'%x'", "'%-5s|'", "'%r'", "'%+d'", "'%e'", "'%g'", "'%c'", "'%%'", "'%q'"])} % ${this.of('any', 0)}`,
        ],
        [1, () => `'{:>6}{!r}'.format(${this.of('any', 0)}, ${this.of('any', 0)})`],
      ]);
    if (kind === 'list')
      return `${this.of('list', depth - 1)} ${random.pick(['+', '*'])} ${random.pick(['[1]', '2', 'items'])}`;
    const exponent = random.pick(['2', '0', '-1', '3']);
    return random.weighted([
      [5, () => `${number()} ${random.pick(['+', '-', '*', '/', '//', '%'])} ${number()}`],
      [1, () => `${number()} ** ${exponent}`],
      [1, () => `-${number()}`],
      [0.4, () => `+${number()}`],
    ]);
  }

  #logic(depth: number): string {
    const random = this.#random;
    const one = (): string => this.of('any', depth - 1);
    return random.weighted([
      [2, () => `${one()} ${random.pick(['and', 'or'])} ${one()}`],
      [1, () => `not ${one()}`],
      [2, () => `${one()} ${random.pick(['==', '!=', '<', '<=', '>', '>='])} ${one()}`],
      [
        1,
        () => `${one()} ${random.pick(['in', 'not in'])} ${this.of(random.pick(['list', 'dict', 'text']), depth - 1)}`,
      ],
      [0.5, () => `${this.of('number', 0)} < ${this.of('number', 0)} <= ${this.of('number', 0)}`],
    ]);
  }

  #literal(depth: number): string {
    const random = this.#random;
    const one = (): string => this.of('any', depth - 1);
    return random.weighted([
      [2, () => `[${random.repeat(3, one, ', ')}]`],
      [1, () => `(${one()}, ${one()})`],
      [1, () => `(${one()},)`],
      [2, () => `{${random.repeat(3, () => `${random.pick(["'k'", '1', 'n', 't', 'e'])}: ${one()}`, ', ')}}`],
    ]);
  }
}
