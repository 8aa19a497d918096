import { InvalidArgumentError, Option } from 'commander';
import type { Severity } from '../../core/diagnostic.ts';

export type Format = 'text' | 'json' | 'markdown' | 'sarif' | 'html' | 'github' | 'junit';

export const allFormats: readonly Format[] = ['text', 'json', 'markdown', 'html', 'sarif', 'github', 'junit'];

/** The forms that a command can print. */
export function formatOption(formats: readonly Format[] = ['text', 'json', 'markdown']): Option {
  return new Option('--format <format>', 'form of what is printed to stdout').choices(formats).default('text');
}

export function failOnOption(): Option {
  return new Option('--fail-on <severity>', 'exit with 1 for findings this grave, or graver')
    .choices(['error', 'warning', 'info'])
    .default('error');
}

export function languageOption(description: string): Option {
  return new Option('--lang <language>', description).choices(['en', 'ja']);
}

/** An option that may be given several times, or once with commas. */
export function listOption(flags: string, description: string): Option {
  return new Option(flags, `${description}; may be repeated`).argParser(
    (given: string, before: readonly string[] | undefined) => [...(before ?? []), ...parts(given)],
  );
}

function parts(given: string): readonly string[] {
  const found = given
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (found.length === 0) throw new InvalidArgumentError('It is empty.');
  return found;
}

export interface ResultOptions {
  readonly format: Format;
  readonly failOn: Severity;
}
