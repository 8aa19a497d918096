import type { MessageTable } from '../diagnostic.ts';

export interface DigDiagnostics {
  DIG_INCLUDE_MISSING: { readonly path: string };
  DIG_INCLUDE_OUTSIDE: { readonly path: string };
  DIG_INCLUDE_CYCLE: { readonly path: string };
  DIG_INCLUDE_VALUE: Record<never, never>;
  DIG_WORKFLOW_NAME: { readonly name: string; readonly problem: string };
  DIG_TIMEZONE: { readonly written: string };
  DIG_TOP_LEVEL_KEY: { readonly key: string; readonly similar: readonly string[] };
  DIG_NULL: { readonly key: string };
  DIG_NOT_MAPPING: { readonly key: string; readonly found: string };
  DIG_NOT_TASK: { readonly task: string; readonly found: string };
  DIG_NOT_BOOLEAN: { readonly key: string; readonly found: string };
  DIG_TASK_NAME: { readonly task: string; readonly problem: string };
  DIG_TWO_OPERATORS: { readonly task: string; readonly operators: readonly string[] };
  DIG_OPERATOR_WITH_TASKS: { readonly task: string; readonly operator: string; readonly subtask: string };
  DIG_GROUP_KEY: { readonly task: string; readonly key: string; readonly similar: readonly string[] };
  DIG_PARALLEL: { readonly found: string };
  DIG_PARALLEL_LIMIT: { readonly found: string };
  DIG_BACKGROUND_IN_PARALLEL: { readonly task: string };
  DIG_AFTER_NOT_PARALLEL: { readonly task: string };
  DIG_AFTER_NOT_LIST: { readonly task: string; readonly found: string };
  DIG_AFTER_UNKNOWN: { readonly task: string; readonly name: string; readonly earlier: readonly string[] };
  DIG_FAILS_AT_RUN: { readonly task: string; readonly key: string; readonly problem: string };
  DIG_SCHEDULE_EMPTY: Record<never, never>;
  DIG_SCHEDULE_KIND: { readonly kind: string; readonly similar: readonly string[] };
  DIG_SCHEDULE_VALUE: { readonly kind: string; readonly written: string; readonly problem: string };
  DIG_SCHEDULE_OPTION: { readonly option: string; readonly similar: readonly string[] };
  DIG_SCHEDULE_DATE: { readonly option: string; readonly written: string };
  DIG_SCHEDULE_RANGE: { readonly start: string; readonly end: string };
  DIG_SCHEDULE_OPTION_VALUE: { readonly option: string; readonly written: string; readonly wanted: string };
  DIG_SCHEDULE_NEVER: { readonly pattern: string };
  DIG_SLA: { readonly problem: string };
}

const similarHint = (similar: readonly string[]): string =>
  similar.length === 0 ? '' : `did you mean ${similar.join(' or ')}? `;

export const digMessages: MessageTable<DigDiagnostics> = {
  DIG_INCLUDE_MISSING: {
    severity: 'error',
    text: (a) => `the included file ${a.path} does not exist`,
    hint: () => 'paths are relative to the including file; `${…}` is not replaced in them',
  },
  DIG_INCLUDE_OUTSIDE: {
    severity: 'error',
    text: (a) => `the included file ${a.path} lies outside the folder of the including file`,
    hint: () => 'move it below that folder',
  },
  DIG_INCLUDE_CYCLE: { severity: 'error', text: (a) => `${a.path} includes itself` },
  DIG_INCLUDE_VALUE: {
    severity: 'error',
    text: () => '`!include` stands in the place of a value, where Digdag does not find the file',
    hint: () => 'write it as a key: `!include : path`',
  },
  DIG_WORKFLOW_NAME: {
    severity: 'error',
    text: (a) => `a workflow cannot be called ${JSON.stringify(a.name)}: ${a.problem}`,
    hint: () => 'rename the file',
  },
  DIG_TIMEZONE: {
    severity: 'error',
    text: (a) => `${a.written} is no time zone Digdag knows`,
    hint: () => 'give a region such as Asia/Tokyo, or an offset such as +09:00',
  },
  DIG_TOP_LEVEL_KEY: {
    severity: 'error',
    text: (a) => `${JSON.stringify(a.key)} is no key of a workflow`,
    hint: (a) => `${similarHint(a.similar)}a task begins with "+"; a file that is only included belongs in a subfolder`,
  },
  DIG_NULL: { severity: 'error', text: (a) => `${a.key} has no value`, hint: () => 'give it a value, or remove it' },
  DIG_NOT_MAPPING: { severity: 'error', text: (a) => `${a.key} must be a mapping, found ${a.found}` },
  DIG_NOT_TASK: {
    severity: 'error',
    text: (a) => `the task ${a.task} must be a mapping or a list of mappings, found ${a.found}`,
    hint: () => 'give it an operator, such as `sh>: command`',
  },
  DIG_NOT_BOOLEAN: {
    severity: 'error',
    text: (a) => `${a.key} must be true or false, found ${a.found}`,
    hint: () => 'write true or false; this key is read before `${…}` is replaced',
  },
  DIG_TASK_NAME: {
    severity: 'error',
    text: (a) => `a task cannot be called ${JSON.stringify(a.task)}: ${a.problem}`,
    hint: () => 'rename the task',
  },
  DIG_TWO_OPERATORS: {
    severity: 'error',
    text: (a) => `the task ${a.task} has more than one operator: ${a.operators.join(', ')}`,
    hint: () => 'split it into two tasks',
  },
  DIG_OPERATOR_WITH_TASKS: {
    severity: 'error',
    text: (a) => `the task ${a.task} has the operator ${a.operator} and the task ${a.subtask}`,
    hint: () => 'move the operator into a task of its own',
  },
  DIG_GROUP_KEY: {
    severity: 'error',
    text: (a) => `the group ${a.task} has the unknown key ${JSON.stringify(a.key)}`,
    hint: (a) => `${similarHint(a.similar)}a group takes directives and "+tasks"; an operator ends with ">"`,
  },
  DIG_PARALLEL: {
    severity: 'error',
    text: (a) => `_parallel must be true, false or a mapping with a limit, found ${a.found}`,
    hint: () => 'write `_parallel: true` or `_parallel: {limit: 2}`',
  },
  DIG_PARALLEL_LIMIT: {
    severity: 'error',
    text: (a) => `the limit of _parallel must be a whole number, found ${a.found}`,
  },
  DIG_BACKGROUND_IN_PARALLEL: {
    severity: 'error',
    text: (a) => `${a.task} has _background below _parallel`,
    hint: () => 'remove _background',
  },
  DIG_AFTER_NOT_PARALLEL: {
    severity: 'error',
    text: (a) => `${a.task} has _after, but its group is not parallel`,
    hint: () => 'add `_parallel: true` to the group, or remove _after',
  },
  DIG_AFTER_NOT_LIST: {
    severity: 'error',
    text: (a) => `_after of ${a.task} must be a list of names, found ${a.found}`,
  },
  DIG_AFTER_UNKNOWN: {
    severity: 'error',
    text: (a) => `${a.task} waits for ${a.name}, which is no earlier task of its group`,
    hint: (a) => (a.earlier.length === 0 ? 'no task stands before it' : `name one of ${a.earlier.join(', ')}`),
  },
  DIG_FAILS_AT_RUN: {
    severity: 'warning',
    text: (a) => `${a.task} loads, but fails when it runs: ${a.key} ${a.problem}`,
  },
  DIG_SCHEDULE_EMPTY: {
    severity: 'error',
    text: () => 'the schedule has no kind',
    hint: () => 'add one, such as `daily>: 07:00:00`',
  },
  DIG_SCHEDULE_KIND: {
    severity: 'error',
    text: (a) => `there is no schedule of the kind ${a.kind}`,
    hint: (a) => similarHint(a.similar).trim() || 'use hourly>, daily>, weekly>, monthly>, cron> or minutes_interval>',
  },
  DIG_SCHEDULE_VALUE: { severity: 'error', text: (a) => `${a.kind}> cannot read ${a.written}: ${a.problem}` },
  DIG_SCHEDULE_OPTION: {
    severity: 'error',
    text: (a) => `a schedule has no option ${a.option}`,
    hint: (a) => `${similarHint(a.similar)}remove it: Digdag refuses the project when it is pushed`,
  },
  DIG_SCHEDULE_DATE: {
    severity: 'error',
    text: (a) => `${a.option} of the schedule must be a date such as 2024-03-30, found ${a.written}`,
  },
  DIG_SCHEDULE_RANGE: { severity: 'error', text: (a) => `the schedule ends (${a.end}) before it starts (${a.start})` },
  DIG_SCHEDULE_OPTION_VALUE: {
    severity: 'warning',
    text: (a) =>
      `${a.option} of the schedule must be ${a.wanted}, found ${a.written}; it loads, but fails when it is used`,
  },
  DIG_SCHEDULE_NEVER: {
    severity: 'warning',
    text: (a) => `the schedule ${a.pattern} names a day that no month has: Digdag searches for it without end`,
    hint: () => 'correct the day or the month',
  },
  DIG_SLA: { severity: 'error', text: (a) => `the sla cannot be read: ${a.problem}` },
};
