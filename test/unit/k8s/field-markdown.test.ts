import { expect, test } from 'vitest';
import { fieldMarkdown } from '../../../src/k8s/field-markdown.ts';
import { fieldPlaces } from '../../../src/k8s/field-places.ts';

test('every place has its row, under the heading of its kind', () => {
  const text = fieldMarkdown();
  expect(text.split('\n').filter((line) => line.startsWith('| `'))).toHaveLength(fieldPlaces.length);
  expect(text).toContain('| `spec.backoffLimit` | `T.retryStrategy` | n makes n + 1 pods; 6 where it is absent |');
  const none = text.slice(text.indexOf('## Without a place'));
  expect(none).toContain(
    '| `spec.template.spec.priority` | `POD_FIELD_LOST` | admission takes the number of the priority class only |',
  );
});
