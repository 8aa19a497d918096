/** Last words of names whose values are secrets. */
const secretName =
  /(?:^|[_.-])(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|API[_-]?KEY|PRIVATE[_-]?KEY|ACCESS[_-]?KEY|SECRET[_-]?KEY|CREDENTIALS?|WEBHOOK[_-]?URL)$|^(?:PGPASSWORD|MYSQL_PWD|REDISCLI_AUTH|SSHPASS)$/i;

/** Texts that are secrets whatever they are called: keys and tokens of known services, private keys, URLs with a password. */
const secretValues: readonly RegExp[] = [
  /\bAKIA[0-9A-Z]{16}\b/,
  /\bgh[pousr]_[A-Za-z0-9]{30,}/,
  /\bgithub_pat_[A-Za-z0-9_]{30,}/,
  /\bglpat-[A-Za-z0-9_-]{20,}/,
  /\bxox[abeprs]-[A-Za-z0-9-]{10,}/,
  /\bAIza[0-9A-Za-z_-]{35}\b/,
  /https:\/\/hooks\.slack\.com\/services\/T\w+/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]+:[^\s@/$]+@/,
];

/** A value that only says where the secret is: empty, a path, a reference of another tool or shell. */
const reference = /^(?:$|\/|\.{1,2}\/|\$|projects\/|arn:|vault:|sm:\/\/|true$|false$|changeme$)/i;

/** True where a variable's value looks like a secret in plain text. */
export function looksSecret(name: string, value: string): boolean {
  return (secretName.test(name) && !reference.test(value)) || secretValues.some((pattern) => pattern.test(value));
}

/** The runs of a text that are secrets whatever they are called, with a name for each. */
export function secretRuns(
  text: string,
): readonly { readonly start: number; readonly end: number; readonly shown: string }[] {
  const found = namedRuns.flatMap(({ shown, pattern }) =>
    [...text.matchAll(pattern)].flatMap((match) => {
      const [start, end] = match.indices?.groups?.['secret'] ?? [];
      return start === undefined || end === undefined ? [] : [{ start, end, shown }];
    }),
  );
  const inOrder = found.sort((a, b) => a.start - b.start || b.end - a.end);
  return inOrder.filter((run, at) => inOrder.slice(0, at).every((earlier) => earlier.end <= run.start));
}

const namedRuns: readonly { readonly shown: string; readonly pattern: RegExp }[] = [
  { shown: 'password', pattern: /\b[a-z][a-z0-9+.-]*:\/\/[^\s:/@]*:(?<secret>[^\s@/$]+)@/dg },
  { shown: 'webhook url', pattern: /(?<secret>https:\/\/hooks\.slack\.com\/services\/T\w+[^\s"']*)/dg },
  { shown: 'token', pattern: /\bAuthorization: *(?:Bearer|Basic|token) +(?<secret>[^\s$"']+)/dgi },
  {
    shown: 'token',
    pattern:
      /(?<secret>\b(?:AKIA[0-9A-Z]{16}\b|gh[pousr]_[A-Za-z0-9]{30,}|github_pat_[A-Za-z0-9_]{30,}|glpat-[A-Za-z0-9_-]{20,}|xox[abeprs]-[A-Za-z0-9-]{10,}|AIza[0-9A-Za-z_-]{35}\b))/dg,
  },
  { shown: 'private key', pattern: /(?<secret>-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*)/dg },
];
