import { type Content, knownText } from '../streams.ts';
import { complain, type Flags, lastOf, type Program, type ProgramCall, readFlags, refuse } from './program.ts';

const curlFlags = [
  '-s',
  '-S',
  '-f',
  '-L',
  '-k',
  '-v',
  '-g',
  '-G',
  '-q',
  '--silent',
  '--show-error',
  '--fail',
  '--location',
  '--insecure',
  '--compressed',
  '--fail-with-body',
  '-X=',
  '--request=',
  '-H=',
  '--header=',
  '-o=',
  '--output=',
  '-u=',
  '--user=',
  '-A=',
  '--retry=',
  '--retry-delay=',
  '--max-time=',
  '-m=',
  '--connect-timeout=',
  '-w=',
  '-d=',
  '--data=',
  '--data-binary=',
  '--data-raw=',
  '--data-urlencode=',
  '--json=',
  '--url=',
  '--mail-from=',
  '--mail-rcpt=',
  '-T=',
  '--upload-file=',
];

/** Gets a file, posts a body, or sends a mail. */
export const curl: Program = (call) => {
  const flags = readFlags(call, curlFlags);
  const urls = [...flags.operands, ...(flags.values.get('--url') ?? [])];
  const [url = refuse(call, 'without a URL'), ...more] = urls;
  if (more.length > 0 || flags.values.has('-w') || flags.values.has('-G')) return refuse(call, call.args.join(' '));
  const upload = lastOf(flags, '-T', '--upload-file');
  if (upload !== undefined || flags.values.has('--mail-rcpt')) return sendMail(url, upload, flags, call);
  const method = lastOf(flags, '-X', '--request');
  const body = bodyOf(flags, call) ?? (method === 'POST' ? '' : undefined);
  if (body !== undefined) {
    if (method !== undefined && method !== 'POST') return refuse(call, `-X ${method}`);
    call.state.machine.record({ kind: 'post', url, body });
    call.streams.out.writeUnknown(`${call.name} ${url}`);
    return 0;
  }
  if (method !== undefined && method !== 'GET') return refuse(call, `-X ${method}`);
  const fails = ['-f', '--fail', '--fail-with-body'].some((flag) => flags.values.has(flag));
  return deliver(url, lastOf(flags, '-o', '--output'), fails ? 22 : undefined, call);
};

function sendMail(url: string, upload: string | undefined, flags: Flags, call: ProgramCall): number {
  const recipients = flags.values.get('--mail-rcpt');
  if (upload === undefined || recipients === undefined) return refuse(call, '-T');
  const content = upload === '-' ? call.streams.in.readAll() : call.state.machine.read(call.state.path(upload));
  if (content === undefined) return refuse(call, `-T ${upload}`);
  const sender = lastOf(flags, '--mail-from') ?? '';
  call.state.machine.record({ kind: 'mail', url, sender, recipients, message: knownText(content) });
  return 0;
}

function bodyOf(flags: Flags, call: ProgramCall): string | undefined {
  const parts: string[] = [];
  for (const flag of ['-d', '--data', '--data-binary', '--data-raw', '--data-urlencode', '--json']) {
    for (const value of flags.values.get(flag) ?? []) {
      // The body of a form is compared as text, encoded or not.
      if (!value.startsWith('@') || flag === '--data-raw') parts.push(value);
      else {
        const content: Content | undefined =
          value === '@-' ? call.streams.in.readAll() : call.state.machine.read(call.state.path(value.slice(1)));
        const text = content === undefined ? refuse(call, value) : knownText(content);
        parts.push(flag === '--data-binary' ? text : text.replace(/[\r\n]/g, ''));
      }
    }
  }
  return parts.length === 0 ? undefined : parts.join('&');
}

export const wget: Program = (call) => {
  const flags = readFlags(call, [
    '-q',
    '-nv',
    '--quiet',
    '-O=',
    '--output-document=',
    '--header=',
    '--no-check-certificate',
    '--tries=',
    '--timeout=',
    '-T=',
  ]);
  const [url = refuse(call, 'without a URL'), ...more] = flags.operands;
  if (more.length > 0) return refuse(call, more.join(' '));
  const output = lastOf(flags, '-O', '--output-document') ?? url.replace(/^.*\//, '');
  return deliver(url, output === '-' ? undefined : output, 8, call);
};

/** `missing`: the exit status where there is nothing; undefined where the program takes the server's error page. */
function deliver(url: string, output: string | undefined, missing: number | undefined, call: ProgramCall): number {
  const text = call.state.machine.world.download(url);
  if (text === undefined)
    return missing === undefined ? refuse(call, `of ${url}`) : complain(call, `404 ${url}`, missing);
  if (output === undefined || output === '-') call.streams.out.write(text);
  else call.state.machine.write(call.state.path(output), { text });
  return 0;
}
