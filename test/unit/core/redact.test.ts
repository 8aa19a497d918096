import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { redact, redactValue } from '../../../src/core/redact.ts';

describe('secrets are masked', () => {
  test.each([
    ['password: hunter2', 'password: ***'],
    ['DB_PASSWORD="hun ter2"', 'DB_PASSWORD="***"'],
    ["api_key: 'abc'", "api_key: '***'"],
    ['curl --token abcdef https://x', 'curl --token *** https://x'],
    ['- {name: DB_PASSWORD, value: "s3cret"}', '- {name: DB_PASSWORD, value: "***"}'],
    ['- name: SLACK_TOKEN\n  value: s3cret\n', '- name: SLACK_TOKEN\n  value: ***\n'],
    ['https://hooks.slack.com/services/T000/B000/XXXX', 'https://hooks.slack.com/services/***'],
    ['postgres://app:pw@db:5432/shop', 'postgres://app:***@db:5432/shop'],
    ['Authorization: Bearer abcdefghijklmnop', 'Authorization: Bearer ***'],
    ['ghp_abcdefghijklmnopqrstuvwxyz0123456789', '***'],
    ['AKIAABCDEFGHIJKLMNOP', '***'],
    [
      '-----BEGIN PRIVATE KEY-----\nabc\ndef\n-----END PRIVATE KEY-----',
      '-----BEGIN PRIVATE KEY-----\n***\n***\n-----END PRIVATE KEY-----',
    ],
  ])('%j', (text, want) => expect(redact(text)).toBe(want));
});

describe('what only names a secret stays', () => {
  test.each([
    'secretName: mysql-shop',
    'secretKeyRef: {name: mysql-shop, key: password}',
    'password: ${DB_PASSWORD}',
    'password: "{{ db_password }}"',
    'token: __TOKEN__',
    'password=$1',
    '- {name: MYSQL_PASSWORD, valueFrom: {secretKeyRef: {name: mysql-shop, key: password}}}',
    '--credential_file=/var/secrets/google/key.json',
    'automountServiceAccountToken: false',
    'session_date: 2026-03-01',
    'the token of the session',
  ])('%s', (text) => expect(redact(text)).toBe(text));
});

test('lines stay where they are', () => {
  const line = fc.constantFrom(
    'password: x',
    'a: 1',
    'token=abc',
    '-----BEGIN RSA PRIVATE KEY-----',
    'MIIE',
    '-----END RSA PRIVATE KEY-----',
    '',
  );
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      expect(redact(lines.join('\n')).split('\n')).toHaveLength(Math.max(1, lines.length));
    }),
  );
});

test.each([
  ['db_password', 'hunter2', '***'],
  ['db_password', '{{workflow.parameters.x}}', '{{workflow.parameters.x}}'],
  ['slack_channel', '#batch', '#batch'],
  ['url', 'https://hooks.slack.com/services/T/B/X', 'https://hooks.slack.com/services/***'],
])('the parameter %s = %s', (name, value, want) => expect(redactValue(name, value)).toBe(want));

test.each([
  ['args: ["--db-password", "hunter2", "--x"]', 'args: ["--db-password", "***", "--x"]'],
  ['- --token\n- hunter2', '- --token\n- ***'],
  ['mysql -uapp -phunter2 < q', 'mysql -uapp -p*** < q'],
  ["curl -s -u 'app:hunter2' https://h", "curl -s -u 'app:***' https://h"],
])('%s is masked in a command line', (text, shown) => {
  expect(redact(text)).toBe(shown);
});

test.each([
  '- --use-token\n- --other',
  'the Secret my-secret with its values',
  'mysql -uapp -p < q',
  'curl -u "$USER:$PASS" h',
])('%s holds no secret', (text) => {
  expect(redact(text)).toBe(text);
});
