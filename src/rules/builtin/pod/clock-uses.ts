import type { Loaded } from '../../rule-set.ts';
import type { ClockRule } from '../../schema.ts';
import { readDateCall } from './clock-date.ts';
import type { ClockLook } from './clock-instant.ts';
import { findClockPatterns } from './clock-patterns.ts';
import { findUnseenClocks } from './clock-unseen.ts';
import type { PartText } from './part-text.ts';
import type { TextLanguage } from './shell-of.ts';
import { findPipedCalls, findSubstitutions, isLogged, type Substitution } from './substitutions.ts';

/** A place in a program text, what it asks, and what is to stand there. */
export interface ClockUse {
  readonly start: number;
  readonly end: number;
  readonly rule: string;
  readonly look: ClockLook | undefined;
  readonly reason: string;
  /** Put around the value where the text is no shell text. */
  readonly quote: string;
}

/** Every look at the clock that a rule sees in a program text, in order. */
export function findClockUses(
  text: PartText,
  program: { readonly language: TextLanguage },
  zone: string,
  rules: readonly Loaded<ClockRule>[],
): readonly ClockUse[] {
  const ofShell = program.language === 'shell' ? findShellUses(text.text, rules, zone) : [];
  const embedded = (rule: Loaded<ClockRule>): boolean =>
    rule.language === program.language ||
    (program.language === 'shell' &&
      rule.language !== 'program' &&
      new RegExp(`\\b${rule.language}[\\d.]*\\s+(?:-[A-Za-z]\\S*\\s+)*-[A-Za-z]*[cer]`, 'u').test(text.text));
  const patterns = rules.filter((rule) => rule.language !== 'shell' && embedded(rule));
  const ofPatterns = findClockPatterns(text.text, patterns, zone).map((match): ClockUse => {
    const quote = match.quote ?? (program.language === 'shell' ? undefined : "'");
    if (quote === undefined)
      return {
        ...match,
        rule: match.rule.id,
        look: undefined,
        quote: '',
        reason: match.reason === '' ? 'it stands between quotes of the shell' : match.reason,
      };
    return { start: match.start, end: match.end, rule: match.rule.id, look: match.look, reason: match.reason, quote };
  });
  return [
    ...ofShell,
    ...ofPatterns.filter((use) => !ofShell.some((other) => use.start < other.end && other.start < use.end)),
  ].sort((a, b) => a.start - b.start);
}

function findShellUses(text: string, rules: readonly Loaded<ClockRule>[], zone: string): readonly ClockUse[] {
  const piped = findPipedCalls(text, (source) => shellRuleFor(source, rules) !== undefined).map(
    ({ start, end, inner }): ClockUse => ({
      start,
      end,
      rule: shellRuleFor(inner, rules)?.id ?? '',
      quote: '',
      look: undefined,
      reason: 'its output goes into a file or a pipe',
    }),
  );
  const read = [...piped, ...substitutedUses(text, rules, zone)];
  return [...read, ...unseenUses(text, read, rules, zone)];
}

/** A look that stays where no rule gives its place a meaning; without it the job would pass for one that can run for any session. */
function unseenUses(
  text: string,
  read: readonly ClockUse[],
  rules: readonly Loaded<ClockRule>[],
  zone: string,
): readonly ClockUse[] {
  const [fallback] = rules.filter((rule) => rule.language === 'shell');
  if (fallback === undefined) return [];
  const absolute = findSubstitutions(text).filter(({ inner }) => readDateCall(inner, zone)?.kind === 'absolute');
  return findUnseenClocks(text, [...read, ...absolute], zone).map(({ start, end, reason }) => ({
    start,
    end,
    reason,
    rule: (shellRuleFor(text.slice(start, end), rules) ?? fallback).id,
    look: undefined,
    quote: '',
  }));
}

function shellRuleFor(source: string, rules: readonly Loaded<ClockRule>[]): Loaded<ClockRule> | undefined {
  return rules.find(
    (rule) => rule.language === 'shell' && rule.pattern !== undefined && new RegExp(rule.pattern, 'u').test(source),
  );
}

function substitutedUses(text: string, rules: readonly Loaded<ClockRule>[], zone: string): readonly ClockUse[] {
  return findSubstitutions(text).flatMap((substitution): readonly ClockUse[] => {
    const rule = shellRuleFor(substitution.inner, rules);
    if (rule === undefined) return printedUse(substitution, rules, zone);
    const use = { start: substitution.start, end: substitution.end, rule: rule.id, quote: '' };
    if (rule.use === 'shell-date') {
      const call = readDateCall(substitution.inner, zone);
      if (call?.kind === 'absolute') return [];
      if (call?.kind === 'look') return [{ ...use, look: call.look, reason: '' }];
      return isLogged(text, substitution.start)
        ? []
        : [{ ...use, look: undefined, reason: call?.reason ?? 'the command around date is not understood' }];
    }
    const [match] = findClockPatterns(substitution.inner, [rule], zone);
    return [{ ...use, look: match?.look, reason: match?.reason ?? 'no rule translates it' }];
  });
}

/** `$(python -c "import datetime; print(…)")`, where all that is printed is one look at the clock. */
function printedUse(
  { start, end, inner }: Substitution,
  rules: readonly Loaded<ClockRule>[],
  zone: string,
): readonly ClockUse[] {
  const call = /^(python|ruby|node|perl|php)[\d.]*\s+(?:-[A-Za-z]\S*\s+)*-[A-Za-z]*[cepr]e?\s+(["'])(.*)\2$/s.exec(
    inner,
  );
  const [, language, , program = ''] = call ?? [];
  const [match, ...more] = findClockPatterns(
    program,
    rules.filter((rule) => rule.language === language),
    zone,
  );
  if (match?.look === undefined || more.length > 0) return [];
  const around = [program.slice(0, match.start), program.slice(match.end)] as const;
  // `node -p` prints the value of its program.
  const implicit = language === 'node' && /^node\S*\s+-\w*p/.test(inner) && around[0].trim() === '';
  const printing = /^(?:(?:import|from|require|use)\b[^;\n]*[;\n]\s*)*(?:print|puts|echo|console\.log)[\s(]\s*$/;
  const printsOnly = (implicit || printing.test(around[0])) && /^\s*\)?\s*;?\s*$/.test(around[1]);
  return printsOnly ? [{ start, end, rule: match.rule.id, look: match.look, reason: '', quote: '' }] : [];
}
