import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromPlain, type PlainData } from '../../../src/emit/plain-value.ts';
import { changeCount, diffDocuments } from '../../../src/merge/diff.ts';
import { applyOperations, toJson } from '../../helpers/plain.ts';

function operations(from: PlainData, to: PlainData): string[] {
  return diffDocuments(fromPlain(from, 'test'), fromPlain(to, 'test')).map(
    (each) => `${each.op} ${each.path}${each.value === undefined ? '' : ` ${JSON.stringify(toJson(each.value))}`}`,
  );
}

describe('diffDocuments', () => {
  test('equal documents need nothing', () => expect(operations({ a: [1] }, { a: [1] })).toEqual([]));

  test('a replaced value is guarded by the old one, and by the name of the item it is in', () => {
    expect(
      operations(
        {
          templates: [
            { name: 'a', n: 1 },
            { name: 'b', n: 1 },
          ],
        },
        {
          templates: [
            { name: 'a', n: 1 },
            { name: 'b', n: 2 },
          ],
        },
      ),
    ).toEqual(['test /templates/1/name "b"', 'test /templates/1/n 1', 'replace /templates/1/n 2']);
  });

  test('a missing item is removed from the end, a new one added in its place', () => {
    expect(operations([{ name: 'a' }, { name: 'b' }, { name: 'c' }], [{ name: 'b' }, { name: 'd' }])).toEqual([
      'test /2/name "c"',
      'remove /2',
      'test /0/name "a"',
      'remove /0',
      'add /1 {"name":"d"}',
    ]);
  });

  test('one guard serves all changes of an item', () => {
    expect(operations([{ name: 'a', x: 1, y: 1 }], [{ name: 'a', x: 2, y: 2 }])).toEqual([
      'test /0/name "a"',
      'test /0/x 1',
      'replace /0/x 2',
      'test /0/y 1',
      'replace /0/y 2',
    ]);
  });

  test('keys with slashes and tildes are escaped', () =>
    expect(operations({ 'a/b~c': 1 }, {})).toEqual(['remove /a~1b~0c']));

  test('guards do not count as changes', () => {
    expect(
      changeCount(diffDocuments(fromPlain([{ name: 'a', x: 1 }], 't'), fromPlain([{ name: 'a', x: 2 }], 't'))),
    ).toBe(1);
  });

  test('the operations make one document of the other, whatever they are', () => {
    const leaf = fc.oneof(
      fc.integer({ min: 0, max: 2 }),
      fc.constantFrom('x', 'y', '--flag=1', '--flag=2'),
      fc.boolean(),
    );
    const document = fc.letrec((tie) => ({
      node: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('node'), { maxLength: 3 }),
        fc.array(tie('named'), { maxLength: 4 }),
        fc.dictionary(fc.constantFrom('a', 'b', 'c/d', 'e~f'), tie('node'), { maxKeys: 3 }),
      ),
      named: fc.record({ name: fc.constantFrom('p', 'q', 'r', 's'), v: tie('node') }),
    })).node;
    const root = fc.dictionary(fc.constantFrom('spec', 'kind'), document, { maxKeys: 2 });
    let changed = 0;
    fc.assert(
      fc.property(root, root, (a, b) => {
        const [from, to] = [fromPlain(a as PlainData, 't'), fromPlain(b as PlainData, 't')];
        const made = applyOperations(toJson(from), diffDocuments(from, to));
        if (JSON.stringify(a) !== JSON.stringify(b)) changed++;
        expect(sorted(made)).toEqual(sorted(toJson(to)));
      }),
      { numRuns: 2000, seed: 11 },
    );
    expect(changed).toBeGreaterThan(1000);
  });
});

/** Key order carries no meaning in a manifest. */
function sorted(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}

describe('groups of steps', () => {
  test('a group is guarded by the name of its first step', () => {
    const from = { steps: [[{ name: 'extract' }], [{ name: 'load' }, { name: 'copy' }]] };
    expect(operations(from, { steps: [[{ name: 'extract' }]] })).toEqual([
      'test /steps/1/0/name "load"',
      'remove /steps/1',
    ]);
  });
});
