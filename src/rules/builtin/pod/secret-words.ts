import { looksSecret, secretRuns } from './secret-texts.ts';

/** A secret in plain text inside one word of a command line. */
export interface SecretRun {
  readonly start: number;
  readonly end: number;
  /** How the command line calls it, without dashes: `password`, `API_KEY`, or what it is. */
  readonly shown: string;
}

/** Programs with options of their own that hold a password. */
const mysql = /(?:^|\/)(?:mysql|mysqldump|mysqladmin|mysqlimport|mariadb|mariadb-dump)$/;
const curl = /(?:^|\/)curl$/;

/** The secrets in one word, which its own form tells, the option before it, or the program. */
export function secretsInWord(word: string, before: string | undefined, program: string): readonly SecretRun[] {
  const whole = byForm(word, before, program);
  return whole === undefined ? secretRuns(word) : [whole];
}

function byForm(word: string, before: string | undefined, program: string): SecretRun | undefined {
  const rest = (start: number, shown: string): SecretRun => ({
    start,
    end: word.length,
    shown: shown.replace(/^-+/, ''),
  });
  const assigned = /^((?:-{1,2})?[A-Za-z][\w.-]*)=(?=.)/.exec(word);
  if (assigned?.[1] !== undefined)
    return isSecret(assigned[1], word.slice(assigned[0].length)) ? rest(assigned[0].length, assigned[1]) : undefined;
  if (mysql.test(program) && /^-p./.test(word) && !/^\$/.test(word.slice(2))) return rest(2, 'password');
  if (before === undefined || word.startsWith('-')) return undefined;
  const account = /^[^:\s]+:(?=[^$\s])/.exec(word);
  if (curl.test(program) && /^(?:-u|--user)$/.test(before) && account !== null)
    return rest(account[0].length, 'password');
  return /^--?[A-Za-z][\w.-]*$/.test(before) && isSecret(before, word) ? rest(0, before) : undefined;
}

function isSecret(name: string, value: string): boolean {
  return looksSecret(name.replace(/^-+/, ''), value) && secretRuns(value).length === 0;
}

/** The variable that takes the place of a secret: its name in capitals. */
export function variableFor(shown: string): string {
  const clean = shown.replaceAll(/[^A-Za-z0-9]+/g, '_').replaceAll(/^_+|_+$/g, '');
  const upper = clean.toUpperCase();
  return /^[A-Z]/.test(upper) ? upper : 'SECRET';
}
