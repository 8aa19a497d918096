const MASK = '***';

/** Names of settings whose value is a secret, and not the name of one (`secretName`, `tokenRef`). */
const SECRET_NAME =
  '[A-Za-z0-9_.-]*(?:password|passwd|passphrase|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|credentials?|webhook(?:[_-]?url)?)';

/** A value that only names where the secret is: a variable, a macro, a template tag, a path, or nothing at all. */
const REFERENCE = /^(?:$|[$%@{<!&*|>[/~]|__|\{|true$|false$|null$|none$|gs:|file:|projects\/)/i;

const settings: readonly RegExp[] = [
  // key: value   KEY=value   "key": "value"   --key=value
  new RegExp(`(["']?${SECRET_NAME}["']?[ \\t]*[:=][ \\t]*)("[^"\\n]*"|'[^'\\n]*'|[^\\s,;}\\]"'#]+)`, 'gi'),
  // --password value, also as two items of a list: "--password", "value"
  new RegExp(
    `((?<![\\w.])--?${SECRET_NAME}(?:["']?,)?(?:["']?\\r?\\n[ \\t]*-)?[ \\t]+)(?!["']?-)("[^"\\n]*"|'[^'\\n]*'|[^\\s,;}\\]"']+)`,
    'gi',
  ),
  // mysql -pVALUE, curl -u user:VALUE
  /(\b(?:mysql|mariadb)[a-z-]*["']?[ \t,][^\n;|]*[ \t"']-p)([^\s,;}\]"']+)/gi,
  /(\bcurl["']?[ \t,][^\n;|]*[ \t"'](?:-u|--user)["']?,?[ \t]+["']?[^:\s"']+:)([^\s,;}\]"']+)/gi,
  // {name: DB_PASSWORD, value: x}, on one line or on two
  new RegExp(
    `(name:[ \\t]*["']?${SECRET_NAME}["']?[ \\t]*(?:,[ \\t]*|\\r?\\n[ \\t]*)["']?value["']?:[ \\t]*)("[^"\\n]*"|'[^'\\n]*'|[^\\s,;}\\]"']+)`,
    'gi',
  ),
];

/** Secrets that are recognised by their own form. */
const forms: readonly (readonly [RegExp, string])[] = [
  [/(hooks\.slack\.com\/(?:services|workflows)\/)[A-Za-z0-9/_-]+/g, `$1${MASK}`],
  [/([a-z][a-z0-9+.-]*:\/\/[^\s:/@"']+:)[^\s@/"']+(@)/gi, `$1${MASK}$2`],
  [/\b(?:ghp|gho|ghs|ghu|github_pat|glpat|xox[abposr])[_-][A-Za-z0-9_-]{10,}/g, MASK],
  [/\bAKIA[0-9A-Z]{16}\b/g, MASK],
  [/\bAIza[0-9A-Za-z_-]{35}\b/g, MASK],
  [/\beyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]*/g, MASK],
  [/\b(Bearer[ \t]+)[A-Za-z0-9._~+/-]{12,}=*/g, `$1${MASK}`],
];

/** The text with what looks like a secret masked. Lines stay where they are: positions in the text still hold. */
export function redact(text: string): string {
  let shown = text.replaceAll(
    /(-----BEGIN [A-Z ]*PRIVATE KEY-----)([\s\S]*?)(-----END [A-Z ]*PRIVATE KEY-----)/g,
    (_, begin: string, body: string, end: string) => begin + body.replaceAll(/[^\s]+/g, MASK) + end,
  );
  for (const setting of settings)
    shown = shown.replaceAll(setting, (whole, name: string, value: string) => {
      const bare = value.replaceAll(/^["']|["']$/g, '');
      if (REFERENCE.test(bare)) return whole;
      const quote = value === bare ? '' : (value[0] ?? '');
      return `${name}${quote}${MASK}${quote}`;
    });
  for (const [form, mask] of forms) shown = shown.replaceAll(form, mask);
  return shown;
}

/** The value of a setting, masked where its name says that it is a secret or where the value looks like one. */
export function redactValue(name: string, value: string): string {
  return new RegExp(`^${SECRET_NAME}$`, 'i').test(name) && !REFERENCE.test(value) ? MASK : redact(value);
}
