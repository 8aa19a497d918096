import { describe, expect, test } from 'vitest';
import { convert } from './job.ts';

const reference = (key: string): unknown => ({ secretKeyRef: { name: 'job-secrets', key } });

/** Converts a container with these words, and gives its words and variables. */
function run(
  command: readonly string[],
  args: readonly string[],
  env: readonly object[] = [],
): ReturnType<typeof convert> {
  return convert({ main: JSON.stringify({ command, args, env }) });
}

describe('an argument takes the value from a variable', () => {
  test.each([
    [['--password=hunter2'], ['--password=$(PASSWORD)'], ['PASSWORD']],
    [['--api-key', 'hunter2', '--x'], ['--api-key', '$(API_KEY)', '--x'], ['API_KEY']],
    [['--db=postgres://app:hunter2@db:5432/app'], ['--db=postgres://app:$(PASSWORD)@db:5432/app'], ['PASSWORD']],
    [
      ['--token=hunter2', '--other-token=hunter3'],
      ['--token=$(TOKEN)', '--other-token=$(OTHER_TOKEN)'],
      ['TOKEN', 'OTHER_TOKEN'],
    ],
    [['--token=hunter2', '--token=hunter2'], ['--token=$(TOKEN)', '--token=$(TOKEN)'], ['TOKEN']],
    [['--header=Authorization: Bearer hunter2'], ['--header=Authorization: Bearer $(TOKEN)'], ['TOKEN']],
    [['--password=hunter2-<<env>>'], ['--password=$(PASSWORD)'], ['PASSWORD']],
  ])('%j', (args, becomes, keys) => {
    const { template, body, codes } = run(['/app/load'], args);
    expect(body.container.args).toEqual(becomes);
    expect(body.container.env).toEqual(keys.map((key) => ({ name: key, valueFrom: reference(key) })));
    expect(codes).toEqual(keys.map(() => 'POD_SECRET_LITERAL'));
    expect(template?.needs.map((it) => it.key)).toEqual([...keys].sort());
    expect(JSON.stringify(template)).not.toContain('hunter');
  });

  test('of programs with options of their own', () => {
    expect(run(['mysql'], ['-uapp', '-phunter2']).body.container.args).toEqual(['-uapp', '-p$(PASSWORD)']);
    expect(run(['/usr/bin/curl'], ['-u', 'app:hunter2']).body.container.args).toEqual(['-u', 'app:$(PASSWORD)']);
  });

  test('a name that the container uses is not taken again', () => {
    const { body } = run(['/app/load'], ['--password=hunter2'], [{ name: 'PASSWORD', value: '$(OTHER)' }]);
    expect(body.container.args).toEqual(['--password=$(PASSWORD_SECRET)']);
  });
});

describe('what is no secret in plain text stays', () => {
  test.each([
    '--password=$(PASSWORD)',
    '--password-file=/etc/password',
    '--token=/etc/token',
    '--token=__OPAQUE__',
    '--url=https://example.test/a:b@c',
    '--db=postgres://app@db/app',
    '--keys=a,b',
    '-phunter2',
  ])('%s', (word) => {
    const { body, codes } = run(['/app/load'], [word]);
    expect(body.container.env).toBeUndefined();
    expect(codes).toEqual([]);
  });
});

describe('shell text reads the variable, as its quotes ask for', () => {
  test.each([
    ['export API_KEY=hunter2; /app/load', 'export API_KEY="${API_KEY_SECRET}"; /app/load', 'API_KEY_SECRET'],
    ['PGPASSWORD=hunter2 psql -h db', 'PGPASSWORD="${PGPASSWORD_SECRET}" psql -h db', 'PGPASSWORD_SECRET'],
    ['/app/load --password="hunter2 x" && echo', '/app/load --password="${PASSWORD}" && echo', 'PASSWORD'],
    ["/app/load --password 'hunter2$' && echo", "/app/load --password ''\"${PASSWORD}\"'' && echo", 'PASSWORD'],
    ['mysql -uapp -phunter2 < q.sql', 'mysql -uapp -p"${PASSWORD}" < q.sql', 'PASSWORD'],
    ['curl "ftp://app:hunter2@h/f" | wc', 'curl "ftp://app:${PASSWORD}@h/f" | wc', 'PASSWORD'],
  ])('%s', (text, becomes, variable) => {
    const { template, body, codes } = run(['sh', '-c'], [text]);
    expect(body.container.args).toEqual([becomes]);
    expect(body.container.env.map((it: { name: string }) => it.name)).toEqual([variable]);
    expect(codes).toEqual(['POD_SECRET_LITERAL']);
    expect(JSON.stringify(template)).not.toContain('hunter');
  });

  test.each([
    'export API_KEY=$OTHER; /app/load',
    '/app/load --token "$(cat /etc/token)"',
    'for x in a b; do /app/load --password=$P $x; done',
    'PASSWORD= /app/load',
  ])('%s has none', (text) => {
    const { body, codes } = run(['sh', '-c'], [text]);
    expect(body.container).toMatchObject({ args: [text] });
    expect(codes).toEqual([]);
  });
});

describe('where no reference can stand, the step is not converted and the text is nowhere', () => {
  test.each([
    ['a loop', ['sh', '-c'], ['for x in a b; do /app/load --password=hunter2 $x; done'], 'args[0]'],
    ['a value of two pieces', ['sh', '-c'], ["/app/load --password=hunter'2'; echo"], 'args[0]'],
    ['another language', ['python', '-c', 'connect("postgres://app:hunter2@db/app")'], [], 'command[2]'],
    ['a dollar that would double', ['/app/load'], ['--x=a://b:hunter2$(X)@c', '--password=hunter$(X)'], 'args[1]'],
  ])('%s', (_, command, args, place) => {
    const { template, codes, messages } = run(command, args);
    expect(template).toBeUndefined();
    expect(codes.at(-1)).toBe('POD_SECRET_IN_COMMAND');
    expect(messages.at(-1)).toContain(place);
    expect(messages.join()).not.toContain('hunter');
  });
});
