import { Random } from './random.ts';

/** Texts of variable files: what people write, and the corners of YAML 1.1. The same for the same seed. */
export function generateVariableFiles(seed: number, count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => new VariableFile(new Random(seed * 2_000_003 + at)).make());
}

const plains: readonly string[] = [
  'a',
  'etl-v2',
  'true',
  'Yes',
  'NO',
  'on',
  'oFF',
  'y',
  'n',
  'TRUE',
  'tRue',
  'null',
  'Null',
  '~',
  'NULL',
  'nULL',
  '0',
  '1',
  '-7',
  '+3',
  '010',
  '08',
  '0o10',
  '0b101',
  '0x1F',
  '0xZ',
  '1_000',
  '_1',
  '1__0',
  '12345678901234567890123',
  '9007199254740993',
  '1.0',
  '1.10',
  '1.',
  '.5',
  '-.5',
  '+1.5e3',
  '1e3',
  '1.0e+3',
  '1.5e-7',
  '1.0E+20',
  '1_0.5',
  '.inf',
  '-.INF',
  '.NaN',
  '.nan',
  'inf',
  '3:30',
  '3:30:15',
  '190:20:30.15',
  '1:60',
  '0:30',
  '2026-01-02',
  '2026-1-2',
  '2026-13-02',
  '2026-02-30',
  '2026-01-02 03:04:05',
  '2026-01-02T03:04:05Z',
  '2026-01-02t03:04:05.123456789',
  '2026-01-02 03:04:05 +09:00',
  '2026-01-02 03:04:05.1 -5',
  '2026-01-02T25:00:00',
  '2024-02-29T23:59:59.9+14:45',
  '09:30',
  '=',
  '<',
  'a: b',
  'x:y',
  'http://h:80/p?q=1#f',
  'a #c',
  'a#c',
  '@at',
  '`tick',
  '%p',
  '-',
  '- a',
  '-a',
  '?q',
  '? q',
  ':x',
  'a,b',
  '[x',
  '{{ x }}',
  '!x',
  '*nope',
  '日本',
  'é',
  "it's",
  'say "hi"',
  'tab\there',
  'trail ',
  '1.2.3',
  '1,000',
  '12e03',
  '0.1',
  '1e400',
  '1.0e+400',
  '100500m',
  '512Mi',
  '0777',
  '-010',
  '+0x1f',
  '-0b11',
  '1.7976931348623157e+308',
  '123456789.123456789',
  '1.0e-10',
  '100000000000000000.0',
];

const quoted: readonly string[] = [
  "'single'",
  "'it''s'",
  "'a\n  b'",
  "'a\n\n  b'",
  '"double"',
  '"a\\nb"',
  '"\\x41\\u65e5\\U0001F600"',
  '"a\\\n  b"',
  '"a\n  b"',
  '"\\t\\e\\0\\_\\N\\L\\P\\/"',
  '"\\q"',
  "'open",
  '""',
  "''",
  '"tab\\there"',
  "'2026-01-02'",
  '"1.0"',
];

const tagged: readonly string[] = [
  '!!str 1',
  '!!int "3"',
  '!!float 1',
  '!!float "1.5"',
  '!!bool "yes"',
  '!!null ""',
  '!!binary aGVsbG8=',
  '!!timestamp 2026-01-02',
  '!!int x',
  '!custom 1',
  '! 12',
  '!!str',
  '!!str true',
  '!!omap [a: 1, b: 2]',
  '!!pairs [a: 1, a: 2]',
  '!!map {a: 1}',
  '!!seq [1]',
  '!!python/none x',
  '!<tag:yaml.org,2002:str> 7',
  '!!binary "###"',
];

class VariableFile {
  readonly #random: Random;
  #anchors: string[] = [];

  constructor(random: Random) {
    this.#random = random;
  }

  make(): string {
    const random = this.#random;
    const head = random.pick(['', '', '', '---\n', '%YAML 1.1\n---\n', '# comment\n', '\n\n', '--- # c\n', '\ufeff']);
    const body = random.chance(0.9) ? this.#map(0, 3) : random.chance(0.5) ? this.#list(0, 2) : `${this.#scalar(0)}\n`;
    const tail = random.pick(['', '', '', '', '...\n', '# end', '\n\n', '---\nb: 2\n', '...\n# c\n']);
    const text = `${head}${body}${tail}`;
    return random.chance(0.05) ? text.replaceAll('\n', '\r\n') : text;
  }

  #key(): string {
    const random = this.#random;
    return random.weighted([
      [10, () => random.pick(['a', 'b', 'c', 'name', 'image', 'x-y', 'k_1', 'env', 'y', 'n'])],
      [
        1,
        () => random.pick(['1', '01', '1.0', 'true', 'yes', 'null', '~', '2026-01-02', '"q"', "'s'", '10', '.5', '=']),
      ],
      [0.3, () => random.pick(['a b', 'a.b', '日', '? k', '[1, 2]', '{a: 1}', '!!str 1', '&k key', 'é', 'a:b', '- z'])],
    ]);
  }

  #map(indent: number, depth: number): string {
    const random = this.#random;
    const pad = ' '.repeat(indent);
    const lines = Array.from({ length: 1 + random.below(4) }, () => {
      if (random.chance(0.07) && this.#anchors.length > 0) return `${pad}<<: ${this.#merge()}\n`;
      const space = random.pick([' ', ' ', ' ', '  ', ' ']);
      const comment = random.chance(0.08) ? `${pad}# about it\n` : '';
      return `${comment}${pad}${this.#key()}:${this.#value(indent, depth, space)}`;
    });
    return lines.join(random.chance(0.1) ? '\n' : '');
  }

  #merge(): string {
    const random = this.#random;
    const alias = (): string => `*${random.pick(this.#anchors)}`;
    return random.pick([alias(), `[${alias()}, ${alias()}]`, '{m: 1, n: 2}', '1', `[${alias()}, {z: 9}]`]);
  }

  #list(indent: number, depth: number): string {
    const random = this.#random;
    const pad = ' '.repeat(indent);
    return Array.from({ length: 1 + random.below(3) }, () => {
      if (depth > 0 && random.chance(0.3)) return `${pad}- ${this.#map(indent + 2, depth - 1).slice(indent + 2)}`;
      return `${pad}-${this.#value(indent, depth - 1, ' ')}`;
    }).join('');
  }

  /** What follows a colon or a dash, with its line end. */
  #value(indent: number, depth: number, space: string): string {
    const random = this.#random;
    const anchor = random.chance(0.12) ? this.#anchor() : '';
    if (depth > 0 && random.chance(0.25))
      return `${anchor}\n${this.#map(indent + random.pick([2, 2, 4, 1]), depth - 1)}`;
    if (depth > 0 && random.chance(0.15)) return `${anchor}\n${this.#list(indent + random.pick([0, 2]), depth - 1)}`;
    if (random.chance(0.08)) return `${anchor}${space}${this.#block(indent)}`;
    const comment = random.chance(0.1) ? ' # why' : '';
    return `${anchor}${space}${this.#scalar(indent)}${comment}\n`;
  }

  #anchor(): string {
    const name = this.#random.pick(['base', 'x', 'a1']);
    this.#anchors.push(name);
    return ` &${name}`;
  }

  #scalar(indent: number): string {
    const random = this.#random;
    return random.weighted([
      [8, () => random.pick(plains)],
      [3, () => random.pick(quoted)],
      [1, () => random.pick(tagged)],
      [2, () => this.#flow(2)],
      [0.5, () => (this.#anchors.length > 0 ? `*${random.pick(this.#anchors)}` : '*x')],
      [0.7, () => ''],
      [0.6, () => `long text\n${' '.repeat(indent + 2)}that goes on\n\n${' '.repeat(indent + 3)}and on`],
    ]);
  }

  #flow(depth: number): string {
    const random = this.#random;
    const one = (): string =>
      depth > 0 && random.chance(0.3)
        ? this.#flow(depth - 1)
        : random.chance(0.3)
          ? random.pick(quoted)
          : random.pick([
              'a',
              '1',
              '1.0',
              'yes',
              '010',
              '2026-01-02',
              'x y',
              '~',
              '',
              'a: 1',
              '3:30',
              "'q'",
              'http://x/y',
            ]);
    const separator = random.pick([', ', ',', ' , ', ',\n    ']);
    if (random.chance(0.5)) return `[${random.repeat(3, one, separator)}${random.pick(['', '', ',', ' '])}]`;
    return `{${random.repeat(3, () => `${random.pick(['a', 'b', '"k"', '1', 'yes', '? z'])}${random.pick([': ', ': ', ':', ''])}${one()}`, separator)}${random.pick(['', '', ','])}}`;
  }

  #block(indent: number): string {
    const random = this.#random;
    const pad = ' '.repeat(indent + random.pick([2, 2, 4]));
    const header = `${random.pick(['|', '>'])}${random.pick(['', '', '-', '+', '2', '2-', '+2'])}${random.pick(['', '', ' # c'])}`;
    const lines = Array.from({ length: 1 + random.below(4) }, () =>
      random.pick([
        `${pad}line`,
        `${pad}  deeper`,
        '',
        `${pad}# no comment`,
        `${pad}a: b`,
        pad,
        `${pad}  `,
        `${pad}end `,
      ]),
    );
    return `${header}\n${lines.join('\n')}${random.pick(['\n', '\n', '\n\n', ''])}`;
  }
}
