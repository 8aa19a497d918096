import type { DiagnosticArgs, DiagnosticCode } from '../diagnostic.ts';
import { messages } from '../messages.ts';
import { digJapanese } from './dig.ts';
import { exprJapanese } from './expr.ts';
import { flowJapanese } from './flow.ts';
import { jinjaJapanese } from './jinja.ts';
import { launcherJapanese } from './launcher.ts';
import { lintJapanese } from './lint.ts';
import { mergeJapanese } from './merge.ts';
import { outputJapanese } from './output.ts';
import { inJapanese } from './phrase.ts';
import { podJapanese } from './pod.ts';
import { projectJapanese } from './project.ts';
import { reportJapanese } from './report.ts';
import { ruleJapanese } from './rule.ts';
import type { TranslationTable } from './translation.ts';
import { verifyJapanese } from './verify.ts';
import { yamlJapanese } from './yaml.ts';

/** The Japanese of every finding, by code. A code without one does not compile. */
export const japaneseMessages: TranslationTable<DiagnosticArgs> = {
  ...projectJapanese,
  ...yamlJapanese,
  ...digJapanese,
  ...exprJapanese,
  ...jinjaJapanese,
  ...launcherJapanese,
  ...ruleJapanese,
  ...podJapanese,
  ...flowJapanese,
  ...mergeJapanese,
  ...lintJapanese,
  ...verifyJapanese,
  ...outputJapanese,
  ...reportJapanese,
};

/** A finding as a report holds it: the arguments have the shape of the code's, or come from a report of another version. */
interface Told {
  readonly code: string;
  readonly args: object;
  readonly message: string;
  readonly hint?: string;
}

interface Translation {
  readonly message: string;
  readonly hint?: string;
}

/** What a finding says, in Japanese; as it stands where this version does not know its code or arguments. */
export function findingInJapanese({ code, args, message, hint }: Told): Translation {
  if (!isCode(code)) return { message, ...(hint === undefined ? {} : { hint }) };
  const said = saidOf(code, args);
  if (said === undefined) return { message, ...(hint === undefined ? {} : { hint }) };
  if (hint === undefined) return { message: said.message };
  // A hint of the finding's own is not the table's.
  return {
    message: said.message,
    hint: said.english === hint && said.hint !== undefined ? said.hint : inJapanese(hint),
  };
}

function saidOf<C extends DiagnosticCode>(
  code: C,
  args: object,
): (Translation & { readonly english: string | undefined }) | undefined {
  const own = args as DiagnosticArgs[C];
  try {
    const hint = japaneseMessages[code].hint?.(own);
    return {
      message: japaneseMessages[code].text(own),
      english: messages[code].hint?.(own),
      ...(hint === undefined ? {} : { hint }),
    };
  } catch {
    // Arguments of another version.
    return undefined;
  }
}

function isCode(code: string): code is DiagnosticCode {
  return Object.hasOwn(japaneseMessages, code);
}
