import { context, Expressions } from './expressions.ts';
import { Random } from './random.ts';

/** One rendering, in the format of `vectors/jinja`. */
export interface GeneratedCase {
  readonly id: string;
  readonly template: string;
  readonly templates: Readonly<Record<string, string>>;
  readonly context: typeof context;
  readonly options: Readonly<Record<string, unknown>>;
}

/** `count` templates; the same for the same seed. */
export function generateCases(seed: number, count: number): readonly GeneratedCase[] {
  return Array.from({ length: count }, (_, at) =>
    new Template(new Random(seed * 1_000_003 + at), `g${seed}-${at}`).make(),
  );
}

interface Place {
  readonly depth: number;
  readonly inLoop: boolean;
  readonly inMacro: boolean;
}

class Template {
  readonly #random: Random;
  readonly #id: string;
  readonly #expressions: Expressions;
  readonly #templates: Record<string, string> = {};
  #options: Record<string, unknown> = {};
  #names: string[] = [];
  #macros: string[] = [];
  #blocks = 0;

  constructor(random: Random, id: string) {
    this.#random = random;
    this.#id = id;
    this.#expressions = new Expressions(random);
  }

  make(): GeneratedCase {
    const random = this.#random;
    this.#options = this.#makeOptions();
    const template = random.weighted([
      [3, () => `${this.#lead()}{{ ${this.#expressions.any(4)} }}`],
      [6, () => this.#body({ depth: 3, inLoop: false, inMacro: false }, 6)],
      [1.5, () => this.#inheriting()],
      [0.4, () => this.#broken()],
    ]);
    return { id: this.#id, template, templates: this.#templates, context, options: this.#options };
  }

  #makeOptions(): Record<string, unknown> {
    const random = this.#random;
    const options: Record<string, unknown> = { extensions: ['jinja2.ext.do', 'jinja2.ext.loopcontrols'] };
    for (const name of ['trim_blocks', 'lstrip_blocks', 'keep_trailing_newline'])
      if (random.chance(0.4)) options[name] = true;
    if (random.chance(0.45)) options['undefined'] = random.pick(['strict', 'chainable', 'debug']);
    if (random.chance(0.12)) options['line_statement_prefix'] = random.pick(['#', '%%']);
    if (random.chance(0.1)) options['line_comment_prefix'] = random.pick(['##', '//']);
    return options;
  }

  /** Lines before, so that the line of an error means something. */
  #lead(): string {
    return this.#random.pick(['', '', 'a\n', '\n\n', 'x: 1\r\n', '{# c #}\n', '{#\n\n#}']);
  }

  #text(): string {
    return this.#random.pick([
      'a',
      ' ',
      '\n',
      '  ',
      '\n\n',
      '\t',
      ': ',
      '- c\n',
      '  b',
      'x\r\n',
      '\n  ',
      '{',
      '}',
      '%',
      '#',
      '日',
    ]);
  }

  #open(): string {
    return this.#random.pick(['{%', '{%', '{%', '{%-', '{%+']);
  }

  #close(): string {
    return this.#random.pick(['%}', '%}', '%}', '-%}', '+%}']);
  }

  #tag(inside: string): string {
    const prefix = this.#options['line_statement_prefix'];
    if (typeof prefix === 'string' && this.#random.chance(0.3) && !inside.includes('\n'))
      return `\n${this.#random.pick(['', '  '])}${prefix}${this.#random.pick(['', ' '])}${inside}${this.#random.pick(['', ':', ' '])}\n`;
    return `${this.#open()} ${inside} ${this.#close()}`;
  }

  #print(expression: string): string {
    return `${this.#random.pick(['{{', '{{', '{{', '{{-', '{{+'])} ${expression} ${this.#random.pick(['}}', '}}', '-}}'])}`;
  }

  #body(place: Place, most: number): string {
    const random = this.#random;
    const outer = { names: this.#names, macros: this.#macros };
    this.#names = [...outer.names];
    this.#macros = [...outer.macros];
    const pieces = Array.from({ length: 1 + random.below(most) }, () => {
      this.#expressions.names = this.#names;
      return this.#piece(place);
    });
    // Names stay known behind their scope now and then: what they mean there is half of the point.
    if (random.chance(0.6)) Object.assign(outer, { names: this.#names, macros: this.#macros });
    this.#names = outer.names;
    this.#macros = outer.macros;
    this.#expressions.names = this.#names;
    return pieces.join('');
  }

  #piece(place: Place): string {
    const random = this.#random;
    if (place.depth <= 0) return random.chance(0.5) ? this.#text() : this.#print(this.#expressions.any(1));
    return random.weighted([
      [4, () => this.#text()],
      [4, () => this.#print(this.#expressions.any(2))],
      [1.5, () => this.#set()],
      [2, () => this.#if(place)],
      [2.2, () => this.#for(place)],
      [0.8, () => this.#setBlock(place)],
      [0.8, () => this.#with(place)],
      [1.2, () => this.#macro(place)],
      [1, () => this.#callBlock(place)],
      [0.5, () => this.#filterBlock(place)],
      [0.8, () => this.#include()],
      [0.8, () => this.#import()],
      [0.4, () => this.#block(place)],
      [0.5, () => this.#raw()],
      [0.6, () => this.#comment()],
      [0.4, () => this.#tag(`do ${this.#expressions.any(1)}`)],
      [0.5, () => this.#namespace()],
      [0.3, () => this.#helper()],
    ]);
  }

  #name(): string {
    const name = this.#random.pick(['x', 'y', 'v', 'i', '_p', 'loopy', 'n', 's']);
    if (!this.#names.includes(name)) this.#names.push(name);
    return name;
  }

  #set(): string {
    const random = this.#random;
    return random.weighted([
      [5, () => this.#tag(`set ${this.#name()} = ${this.#expressions.any(2)}`)],
      [
        1,
        () =>
          this.#tag(`set ${this.#name()}, ${this.#name()} = ${this.#expressions.any(1)}, ${this.#expressions.any(1)}`),
      ],
      [
        0.5,
        () =>
          this.#tag(
            `set ${this.#name()}, ${this.#name()} = ${random.pick(['items', 'nums[:2]', "'ab'", 'm', 'n', 'nope'])}`,
          ),
      ],
    ]);
  }

  #setBlock(place: Place): string {
    const random = this.#random;
    const filter = random.chance(0.3)
      ? ` | ${random.pick(['upper', 'trim', 'indent(2)', 'length', "replace('a', 'b')"])}`
      : '';
    return `${this.#tag(`set ${this.#name()}${filter}`)}${this.#body(deeper(place), 3)}${this.#tag('endset')}`;
  }

  #if(place: Place): string {
    const random = this.#random;
    const inner = deeper(place);
    const elif = random.chance(0.3) ? `${this.#tag(`elif ${this.#expressions.any(1)}`)}${this.#body(inner, 2)}` : '';
    const otherwise = random.chance(0.4) ? `${this.#tag('else')}${this.#body(inner, 2)}` : '';
    return `${this.#tag(`if ${this.#expressions.any(2)}`)}${this.#body(inner, 3)}${elif}${otherwise}${this.#tag('endif')}`;
  }

  #for(place: Place): string {
    const random = this.#random;
    const inner: Place = { ...deeper(place), inLoop: true };
    const recursive = random.chance(0.12);
    const [target, iterable] = recursive
      ? ['i', 'nested']
      : random.weighted([
          [5, () => [this.#name(), this.#expressions.of('list', 1)] as const],
          [
            2,
            () =>
              [
                `${this.#name()}, ${this.#name()}`,
                random.pick(['m.items()', 'm|items', 'm|dictsort', "us|groupby('age')", 'nested', 'm', 'mixed']),
              ] as const,
          ],
          [0.5, () => ['x, (y, v)', "[(1, (2, 3)), (4, 'ab')]"] as const],
          [0.7, () => [this.#name(), this.#expressions.any(1)] as const],
        ]);
    const filter = random.chance(0.2) ? ` if ${this.#expressions.of('bool', 1)}` : '';
    const control = random.chance(0.2)
      ? `${this.#tag(`if ${random.pick(['loop.index > 1', 'loop.first', 't', this.#expressions.any(1)])}`)}${this.#tag(random.pick(['break', 'continue']))}${this.#tag('endif')}`
      : '';
    const meta = random.chance(0.5) ? this.#print(this.#loopVariable(recursive)) : '';
    const otherwise = random.chance(0.25) ? `${this.#tag('else')}${this.#body(deeper(place), 2)}` : '';
    return `${this.#tag(`for ${target} in ${iterable}${filter}${recursive ? ' recursive' : ''}`)}${control}${meta}${this.#body(inner, 3)}${otherwise}${this.#tag('endfor')}`;
  }

  #loopVariable(recursive: boolean): string {
    const random = this.#random;
    if (recursive && random.chance(0.6))
      return random.pick(['loop(i) if i is iterable else i', 'loop(i)', 'loop.depth', 'loop.depth0']);
    return random.pick([
      'loop.index',
      'loop.index0',
      'loop.revindex',
      'loop.revindex0',
      'loop.first',
      'loop.last',
      'loop.length',
      'loop.previtem',
      'loop.nextitem',
      "loop.cycle('a', 'b')",
      'loop.changed(x)',
      'loop.depth',
      'loop.nope',
      'loop',
      "loop.previtem|default('-')",
      'loop.nextitem is defined',
      'loop.cycle()',
      'loop(1)',
    ]);
  }

  #with(place: Place): string {
    const bindings = this.#random.pick(['x = 5', 'x = 1, y = x', 'v = n', '', 'a = items, b = m']);
    return `${this.#tag(`with ${bindings}`)}${this.#body(deeper(place), 3)}${this.#tag('endwith')}`;
  }

  #macro(place: Place): string {
    const random = this.#random;
    const name = random.pick(['f', 'g2', 'h', '_hidden']);
    const parameters = random.pick(['', 'x', 'x, y', "x, y='d'", 'x=1, y=x', 'x, caller=none', 'a, b=[]']);
    const head = random.pick([
      '',
      '{{ varargs }}',
      '{{ kwargs }}',
      '{{ caller() }}',
      '{{ caller(1) }}',
      '{{ x }}',
      '{{ y }}',
      '{{ varargs|length }}{{ kwargs|items|list }}',
    ]);
    const body = this.#body({ depth: Math.min(1, place.depth - 1), inLoop: false, inMacro: true }, 3);
    this.#macros.push(name);
    return `${this.#tag(`macro ${name}(${parameters})`)}${head}${body}${this.#tag('endmacro')}${random.chance(0.7) ? this.#print(this.#call(name)) : ''}`;
  }

  #call(name: string): string {
    const random = this.#random;
    const given = random.pick([
      '',
      '1',
      '1, 2',
      'x=1',
      '1, y=2',
      '1, 2, 3',
      'zz=1',
      '*items',
      '**m',
      "*[1], **{'y': 2}",
      '1, x=2',
      'nope',
      'items',
      'y=n',
    ]);
    return random.pick([
      `${name}(${given})`,
      `${name}(${given})`,
      `${name}(${given})|upper`,
      `${name}.name`,
      `${name}.arguments`,
      `${name}.catch_kwargs`,
    ]);
  }

  #callBlock(place: Place): string {
    const random = this.#random;
    const name = random.pick([...this.#macros, 'f', 'nope']);
    const parameters = random.pick(['', '', '(x)', '(x, y=2)', '()']);
    const given = random.pick(['', '1', 'x=2', '1, 2', '*items']);
    return `${this.#tag(`call${parameters} ${name}(${given})`)}${this.#body(deeper(place), 2)}${this.#tag('endcall')}`;
  }

  #filterBlock(place: Place): string {
    const filter = this.#random.pick([
      'upper',
      'indent(2)',
      'trim',
      'replace("a", "b")|upper',
      'length',
      'nosuch',
      'indent(2, true)',
      'truncate(4)',
      'wordwrap(3)',
      'center(12)',
    ]);
    return `${this.#tag(`filter ${filter}`)}${this.#body(deeper(place), 3)}${this.#tag('endfilter')}`;
  }

  #include(): string {
    const random = this.#random;
    const name = this.#partial();
    return this.#tag(
      `include ${random.pick([`'${name}'`, `['gone', '${name}']`, "'gone'", 'nope', `'${name}' if t else 'gone'`, `('${name}',)`, '[]'])}${random.pick(['', '', ' ignore missing', ' without context', ' ignore missing with context', ' with context'])}`,
    );
  }

  #import(): string {
    const random = this.#random;
    const name = this.#library();
    const how = random.pick(['', '', ' with context', ' without context']);
    return random.weighted([
      [
        2,
        () =>
          `${this.#tag(`import '${name}' as lib${how}`)}${this.#print(random.pick(['lib.f(1)', 'lib.k', 'lib.nope', 'lib.f()', 'lib._p', 'lib.inner', 'lib.f(x=2)|trim']))}`,
      ],
      [
        2,
        () =>
          `${this.#tag(`from '${name}' import ${random.pick(['f', 'f as ff', 'k', 'nope', 'f, k', 'nope as z', 'f as x, k as y'])}${how}`)}${this.#print(random.pick(['f(2)', 'ff(1)', 'k', 'nope', 'z', 'y', 'f()']))}`,
      ],
    ]);
  }

  #partial(): string {
    const random = this.#random;
    const name = random.pick(['p1', 'p2']);
    if (this.#templates[name] === undefined) {
      this.#templates[name] = '';
      this.#templates[name] = this.#body({ depth: 1, inLoop: false, inMacro: false }, 4);
    }
    return name;
  }

  #library(): string {
    const random = this.#random;
    if (this.#templates['lib'] === undefined) {
      const seen = random.pick(['{{ n }}', '{{ x }}', '{{ k }}', '{{ env }}', '{{ y }}']);
      this.#templates['lib'] =
        `${this.#lead()}{% set k = ${random.pick(['1', 'n', 'x', 'env', 'nope'])} %}{% set _p = 2 %}{% macro f(x, y=k) %}\n${seen}${random.pick(['', '{{ 1 / 0 }}', '{{ x.z.w }}', '{{ k + 1 }}'])}{% endmacro %}${random.pick(['', 'text', '{{ x }}', '{% for inner in nums %}{% endfor %}'])}`;
    }
    return 'lib';
  }

  #block(place: Place): string {
    this.#blocks += 1;
    const name = `b${this.#blocks}`;
    const scoped = this.#random.pick(['', ' scoped', ' required', ' scoped required']);
    if (place.inMacro) return '';
    return `${this.#tag(`block ${name}${scoped}`)}${scoped.includes('required') ? ' ' : this.#body(deeper(place), 2)}${this.#tag(`endblock${this.#random.pick(['', ` ${name}`])}`)}`;
  }

  #raw(): string {
    const random = this.#random;
    return `{%${random.pick(['', '-', '+'])} raw ${random.pick(['', '-'])}%}${random.pick(['{{ y }}', ' {% if %}\n', '\n\n', '{# c', '__X__'])}{%${random.pick(['', '-', '+'])} endraw ${random.pick(['', '-', '+'])}%}`;
  }

  #comment(): string {
    const random = this.#random;
    const prefix = this.#options['line_comment_prefix'];
    if (typeof prefix === 'string' && random.chance(0.5))
      return `${random.pick(['a ', '\n', '  '])}${prefix} c {{ x }}\n`;
    return `{#${random.pick(['', '-', '+'])} c ${random.pick(['', '\n', '{{ x }}'])} ${random.pick(['', '-', '+'])}#}`;
  }

  #namespace(): string {
    const random = this.#random;
    this.#names.push('ns');
    return random.pick([
      this.#tag('set ns = namespace(v=0)'),
      `${this.#tag('set ns = namespace(v=1, w=[])')}${this.#tag('for i in nums')}${this.#tag('set ns.v = ns.v + i')}${this.#tag('endfor')}${this.#print('ns.v')}`,
      this.#tag('set ns.v = 1'),
      this.#print('ns.v'),
      `${this.#tag('set ns = namespace(m)')}${this.#print('ns.z')}`,
      this.#tag('set x.v = 1'),
    ]);
  }

  #helper(): string {
    return this.#random.pick([
      "{% set c = cycler('a', 'b') %}{{ c.next() }}{{ c.current }}{{ c.next() }}{% do c.reset() %}{{ c.next() }}",
      "{% set j = joiner('; ') %}{% for i in nums %}{{ j() }}{{ i }}{% endfor %}",
      '{{ dict(a=1, b=2) }}{{ dict([(1, 2)]) }}',
      '{{ range(1, 10, 3)|list }}{{ range(3)|length }}{{ range(0) }}',
      '{{ range(n, neg, -2)|list }}{{ range() }}',
      '{{ cycler() }}',
      '{{ joiner(1, 2, 3) }}',
      '{{ range }}{{ dict }}{{ namespace }}',
      "{% autoescape true %}{{ '<' }}{{ '<'|safe }}{{ q ~ '<' }}{% endautoescape %}",
    ]);
  }

  #inheriting(): string {
    const random = this.#random;
    const place: Place = { depth: 1, inLoop: false, inMacro: false };
    const block = (name: string, body: string, how = ''): string =>
      `${this.#tag(`block ${name}${how}`)}${body}${this.#tag('endblock')}`;
    const parent = [
      this.#body(place, 2),
      block('one', this.#body(place, 2)),
      random.chance(0.5)
        ? `{% for i in nums %}${block('two', random.pick(['{{ i }}', '{{ loop.index }}', '']), random.pick(['', ' scoped', ' scoped required', ' required']))}{% endfor %}`
        : '',
      random.pick(['', '{{ self.one() }}', '{{ self.nope() }}', block('three', '{{ n }}')]),
    ];
    this.#templates['base'] = parent.join('\n');
    const middle = random.chance(0.4);
    if (middle)
      this.#templates['middle'] = `{% extends 'base' %}\n${block('one', `M{{ super() }}${this.#body(place, 1)}`)}`;
    const child = [
      this.#random.pick(['', '', this.#set(), 'text\n']),
      `{% extends ${random.pick([middle ? "'middle'" : "'base'", middle ? "'middle'" : "'base'", "'base' if t else 'gone'", "'gone'", 'nope'])} %}`,
      random.pick(['', 'dropped {{ nope.x }}', this.#set(), this.#macro(place)]),
      block('one', random.pick(['{{ super() }}', 'own', '{{ super.super() }}', this.#body(place, 2), 'own'])),
      random.chance(0.5) ? block('two', random.pick(['[{{ i }}]', '{{ super() }}', this.#body(place, 2)])) : '',
      random.pick(['', block('unused', '{{ n }}'), "{% extends 'base' %}"]),
    ];
    return child.join(random.pick(['', '\n']));
  }

  /** Syntax errors, for their kind and line. */
  #broken(): string {
    const random = this.#random;
    return `${this.#lead()}${this.#body({ depth: 1, inLoop: false, inMacro: false }, 2)}\n${random.pick([
      '{% if x %}',
      '{% for %}{% endfor %}',
      '{{ x',
      '{{ x | }}',
      '{% endif %}',
      '{% nosuch %}',
      '{{ a b }}',
      '{% set 1 = 2 %}',
      "{{ 'x }}",
      '{{ (1 }}',
      '{{ 1) }}',
      '{% block a %}{% endblock b %}',
      '{% block a %}{% endblock %}{% block a %}{% endblock %}',
      '{% for x in y %}{% else %}{% else %}{% endfor %}',
      '{{ x is }}',
      '{{ x.}}',
      '{{ x[1:2:3:4] }}',
      '{% macro f(a=1, b) %}{% endmacro %}',
      '{% include %}',
      "{% import 'lib' %}",
      '{# open',
      '{% raw %}open',
      '{{ f(a=1, 2) }}',
      '{{ f(**m, *x) }}',
      '{% set loop = 1 %}{% for i in nums %}{{ loop.index }}{% endfor %}',
      '{% for loop in nums %}{% endfor %}',
      '{{ n|nosuch }}',
      '{% if false %}{{ n|nosuch }}{% endif %}',
      '{{ n is nosuch }}',
      '{{ 1 if }}',
      '{% call f %}{% endcall %}',
      '{% set x %}',
      '{{ "\\x4" }}',
      '{{ 08 }}',
      '{{ 1__0 }}',
      '{{ é }}{{ a$ }}',
      '{{ not }}',
      '{% extends "a" "b" %}',
      '{% with a %}{% endwith %}',
      '{% filter upper %}',
      '{{ [1, 2 }}',
      '{{ {1: 2 }}',
      '{% if x %}{% elif %}{% endif %}',
      '{% from "lib" import _p %}',
      '{% from "lib" import f with %}',
      '{% autoescape %}{% endautoescape %}',
      '{{ -}}',
      '{%- -%}',
    ])}\n`;
  }
}

function deeper(place: Place): Place {
  return { ...place, depth: place.depth - 1 };
}
