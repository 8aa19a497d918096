import { describe, expect, test } from 'vitest';
import { alignTexts } from '../../../src/dedup/align-text.ts';
import { leafText } from '../../../src/dedup/plain-text.ts';
import { byDefault, text } from '../../../src/ir/build-value.ts';
import type { TextPart, TextValue } from '../../../src/ir/value.ts';

const from = byDefault('test');
const literal = (value: string): TextPart => ({ kind: 'literal', text: value, from });
const variable = (name: string, value: string): TextPart => ({ kind: 'variable', variable: name, text: value, from });
const of = (...parts: TextPart[]): TextValue => ({ kind: 'text', parts, from, control: [] });

/** Pieces as text, differing ones as `[a|b]`. */
function shown(texts: readonly TextValue[]): string | undefined {
  return alignTexts(texts)
    ?.map((piece) => (piece.kind === 'same' ? leafText(piece.text) : `[${piece.slices.map(leafText).join('|')}]`))
    .join('');
}

describe('by what stands between separators', () => {
  test.each([
    [['--table=orders', '--table=stock'], '--table=[orders|stock]'],
    [['gs://a/x/{{d}}', 'gs://b/y/{{d}}'], 'gs://[a|b]/[x|y]/{{d}}'],
    [['--columns=id,name', '--columns=id,rank,price'], '--columns=[id,name|id,rank,price]'],
    [['order-items', 'orders'], '[order-items|orders]'],
    [['same', 'same'], 'same'],
    [['a b', 'a  b c'], 'a [b| b c]'],
    [['', 'x'], '[|x]'],
  ])('%j', (texts, expected) => expect(shown(texts.map((each) => text(each, from)))).toBe(expected));
});

test('a tag that differs has no alignment', () => {
  expect(shown([text('x {{a}} y', from), text('x {{b}} y z', from)])).toBeUndefined();
});

test('the same variables are the pieces, whatever separators their values hold', () => {
  const texts = [of(literal('-i='), variable('db', 'p:a:1')), of(literal('-i='), variable('db', 'p:b'))];
  expect(shown(texts)).toBe('-i=[p:a:1|p:b]');
  expect(alignTexts(texts)?.[1]).toMatchObject({ variable: 'db' });
});
