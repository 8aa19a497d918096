import type { MessageTable } from '../diagnostic.ts';

export interface YamlDiagnostics {
  YAML_SYNTAX: { readonly problem: string };
  YAML_TAB: Record<never, never>;
  YAML_CHARACTER: { readonly code: string };
  YAML_ESCAPE: { readonly escape: string };
  YAML_FLOW_QUESTION: Record<never, never>;
  YAML_ANCHOR_NAME: { readonly name: string };
  YAML_DUPLICATE_KEY: { readonly key: string };
  YAML_DUPLICATE_IGNORED: { readonly key: string };
  YAML_NULL_KEY: Record<never, never>;
  YAML_TAG_UNKNOWN: { readonly tag: string };
  YAML_TAG_VALUE: { readonly tag: string; readonly text: string };
  YAML_MERGE: { readonly found: string };
  YAML_ALIAS_UNKNOWN: { readonly name: string };
  YAML_ANCHOR_TWICE: { readonly name: string };
  YAML_ALIAS_RECURSIVE: { readonly name: string };
  YAML_TOO_LARGE: { readonly limit: number };
  YAML_TOO_DEEP: Record<never, never>;
  YAML_NOT_MAPPING: { readonly found: string };
  YAML_TWO_DOCUMENTS: Record<never, never>;
  YAML_SEPARATOR: { readonly line: string };
}

export const yamlMessages: MessageTable<YamlDiagnostics> = {
  YAML_SYNTAX: {
    severity: 'error',
    text: (a) => `not valid YAML: ${a.problem}`,
    hint: () => 'quote the value if it holds ": ", " #", braces, or starts with a special character',
  },
  YAML_TAB: {
    severity: 'error',
    text: () => 'a tab stands where only spaces may',
    hint: () => 'replace the tab by spaces',
  },
  YAML_CHARACTER: {
    severity: 'error',
    text: (a) => `the character ${a.code} is not allowed in YAML`,
    hint: () => 'remove it, or write it as an escape in a double-quoted string',
  },
  YAML_ESCAPE: {
    severity: 'error',
    text: (a) => `${a.escape} is no escape in a double-quoted string`,
    hint: () => 'use single quotes, or double the backslash',
  },
  YAML_FLOW_QUESTION: {
    severity: 'error',
    text: () => 'a question mark in unquoted text between brackets or braces',
    hint: () => 'quote the value',
  },
  YAML_ANCHOR_NAME: {
    severity: 'error',
    text: (a) => `${a.name} is no valid anchor or alias name`,
    hint: () => 'use letters, digits, "-" and "_"; quote the value if it is no alias',
  },
  YAML_DUPLICATE_KEY: {
    severity: 'error',
    text: (a) => `the key ${a.key} appears twice in one mapping`,
    hint: () => 'remove one of the two',
  },
  YAML_DUPLICATE_IGNORED: {
    severity: 'warning',
    text: (a) => `the key ${a.key} appears twice in one mapping; the last one counts`,
    hint: () => 'remove the first one',
  },
  YAML_NULL_KEY: {
    severity: 'error',
    text: () => 'a mapping has an empty key',
    hint: () => 'write the key, or quote it',
  },
  YAML_TAG_UNKNOWN: {
    severity: 'error',
    text: (a) => `the tag ${a.tag} is unknown`,
    hint: () => 'quote the value if the exclamation mark belongs to it',
  },
  YAML_TAG_VALUE: {
    severity: 'error',
    text: (a) => `${JSON.stringify(a.text)} cannot be read as ${a.tag}`,
    hint: () => 'remove the tag, or correct the value',
  },
  YAML_MERGE: {
    severity: 'error',
    text: (a) => `"<<" needs a mapping or a list of mappings, found ${a.found}`,
  },
  YAML_ANCHOR_TWICE: {
    severity: 'error',
    text: (a) => `the anchor &${a.name} is set a second time, which PyYAML refuses`,
    hint: () => 'give the second anchor another name',
  },
  YAML_ALIAS_UNKNOWN: {
    severity: 'error',
    text: (a) => `the alias *${a.name} refers to no anchor above it in this file`,
    hint: () => 'anchors do not reach across included files; quote the value if it is no alias',
  },
  YAML_ALIAS_RECURSIVE: {
    severity: 'error',
    text: (a) => `the alias *${a.name} lies inside its own anchor`,
  },
  YAML_TOO_LARGE: {
    severity: 'error',
    text: (a) => `with its aliases written out, the document holds more than ${a.limit} values`,
  },
  YAML_TOO_DEEP: {
    severity: 'error',
    text: () => 'the document is nested too deeply',
  },
  YAML_NOT_MAPPING: {
    severity: 'error',
    text: (a) => `the file must hold a mapping, found ${a.found}`,
  },
  YAML_TWO_DOCUMENTS: {
    severity: 'error',
    text: () => 'the file holds a second document',
    hint: () => 'remove the "---" line, or split the file',
  },
  YAML_SEPARATOR: {
    severity: 'error',
    text: (a) => `kubectl does not accept ${JSON.stringify(a.line)} as a separator of documents`,
    hint: () => 'leave nothing but a comment behind "---"',
  },
};
