import { describe, expect, test } from 'vitest';
import { loadTemplate } from '../../../src/templates/load.ts';

describe('loadTemplate', () => {
  test('a value that is missing is an error of ours, not an empty text', () => {
    expect(() => loadTemplate('Makefile.njk', {})).toThrow(/undefined/);
  });

  test('values are put in as they are, and tags in them stay text', () => {
    const made = loadTemplate('Makefile.njk', { environments: ["<&'>", '{{ 1 + 1 }}'] });
    expect(made).toContain("\nENVIRONMENTS := <&'> {{ 1 + 1 }}\n");
  });

  test('a template that does not exist is an error', () => {
    expect(() => loadTemplate('nothing.njk', {})).toThrow(/nothing\.njk/);
  });
});
