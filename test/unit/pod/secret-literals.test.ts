import { expect, test } from 'vitest';
import { SecretBook } from '../../../src/rules/builtin/pod/secret-book.ts';
import { looksSecret } from '../../../src/rules/builtin/pod/secret-texts.ts';
import { convert } from './job.ts';

test.each([
  ['DB_PASSWORD', 'hunter2'],
  ['password', 'x'],
  ['GITHUB_TOKEN', 'abc'],
  ['SLACK_WEBHOOK_URL', 'https://example.test/hook'],
  ['API_KEY', '1'],
  ['ANYTHING', 'AKIAABCDEFGHIJKLMNOP'],
  ['ANYTHING', 'xoxb-1234567890-abcdef'],
  ['ANYTHING', 'https://hooks.slack.com/services/T000/B000/XXX'],
  ['DSN', 'postgres://app:s3cret@db:5432/app'],
  ['CERT', '-----BEGIN RSA PRIVATE KEY-----\nMII'],
])('%s=%s looks like a secret', (name, value) => {
  expect(looksSecret(name, value)).toBe(true);
});

test.each([
  ['DB_PASSWORD', ''],
  ['TOKEN_FILE', '/etc/token'],
  ['TOKEN', '/etc/token'],
  ['SECRET', 'projects/p/secrets/s/versions/latest'],
  ['API_TOKEN', '$(OTHER)'],
  ['USE_TOKEN', 'true'],
  ['TOKENIZER', 'mecab'],
  ['DSN', 'postgres://app@db:5432/app'],
  ['URL', 'https://example.test/a:b@c'],
  ['DSN', 'postgres://app:$PASSWORD@db/app'],
])('%s=%s does not', (name, value) => {
  expect(looksSecret(name, value)).toBe(false);
});

test('a secret becomes a key of a Secret; its value is nowhere', () => {
  const { template, body, codes } = convert({
    main: 'env: [{name: DB_PASSWORD, value: "hunter2-<<env>>"}, {name: MODE, value: full}]',
    pod: 'initContainers: [{name: prepare, image: "example.test/p:1", command: [p], env: [{name: DB_PASSWORD, value: other}]}]',
  });
  const reference = (key: string): unknown => ({ secretKeyRef: { name: 'job-secrets', key } });
  expect(body.container.env).toEqual([
    { name: 'DB_PASSWORD', valueFrom: reference('DB_PASSWORD') },
    { name: 'MODE', value: 'full' },
  ]);
  expect(body.initContainers[0].env).toEqual([{ name: 'DB_PASSWORD', valueFrom: reference('DB_PASSWORD_2') }]);
  expect(codes).toEqual(['POD_SECRET_LITERAL', 'POD_SECRET_LITERAL']);
  expect(template?.accepted.map((it) => it.path)).toEqual([
    'containers[main].env[DB_PASSWORD]',
    'initContainers[prepare].env[DB_PASSWORD]',
  ]);
  expect(template?.needs.map((it) => `${it.kind} ${it.name} ${it.key}`)).toEqual([
    'Secret job-secrets DB_PASSWORD',
    'Secret job-secrets DB_PASSWORD_2',
  ]);
  expect(JSON.stringify(template)).not.toContain('hunter2');
});

test('one value under one name is one key in all steps', () => {
  const book = new SecretBook('Daily Sales');
  expect(book.keyFor('TOKEN', 'a')).toEqual({ secret: 'daily-sales-secrets', key: 'TOKEN' });
  expect(book.keyFor('TOKEN', 'b').key).toBe('TOKEN_2');
  expect(book.keyFor('TOKEN', 'a').key).toBe('TOKEN');
});
