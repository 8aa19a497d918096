import type { MessageTable } from '../diagnostic.ts';

export interface JinjaDiagnostics {
  JINJA_UNDEFINED: { readonly name: string; readonly problem: string };
  JINJA_SYNTAX: { readonly problem: string };
  JINJA_TYPE: { readonly kind: string; readonly problem: string };
  JINJA_NAME_UNKNOWN: { readonly what: string; readonly name: string };
  JINJA_TEMPLATE_MISSING: { readonly name: string };
  JINJA_CLOCK: { readonly name: string };
  JINJA_CLOCK_OPERATION: { readonly operation: string };
  JINJA_LIMIT: { readonly limit: string };
  JINJA_UNSUPPORTED: { readonly feature: string };
  JINJA_PRINTS_BUILTIN: { readonly name: string };
  JINJA_MACRO_CHANGED: { readonly macro: string; readonly operation: string };
  JINJA_PRINTS_UNDEFINED: { readonly name: string; readonly stays: boolean };
  JINJA_VARIABLES_NOT_MAPPING: { readonly found: string };
  JINJA_VARIABLES_KEY: { readonly problem: string };
  JINJA_VARIABLES_FORMAT: { readonly problem: string };
  JINJA_RENDERED_NOT_YAML: { readonly problem: string; readonly template: string };
  JINJA_RENDERED_DIFFERS: {
    readonly template: string;
    readonly rendered: string;
    readonly ours: string;
    readonly theirs: string;
    readonly lines: number;
  };
  JINJA_BODY_MISSING: { readonly what: string; readonly name: string; readonly defined: string; readonly why: string };
  JINJA_SCRIPT_OPTION: { readonly option: string; readonly value: string };
  JINJA_RENDERED_USED: { readonly template: string; readonly rendered: string; readonly problem: string };
}

export const jinjaMessages: MessageTable<JinjaDiagnostics> = {
  JINJA_UNDEFINED: {
    severity: 'error',
    text: (a) => a.problem,
    hint: (a) =>
      a.name === '' ? 'check the name, or give a default' : `set ${a.name} in the variable files, or give a default`,
  },
  JINJA_SYNTAX: {
    severity: 'error',
    text: (a) => a.problem,
    hint: () => 'correct the tag; Jinja2 refuses the template as well',
  },
  JINJA_TYPE: {
    severity: 'error',
    text: (a) => `${a.kind}: ${a.problem}`,
    hint: () => 'correct the expression or the type of the variable; Jinja2 fails here as well',
  },
  JINJA_NAME_UNKNOWN: {
    severity: 'error',
    text: (a) => `there is no ${a.what} named ${a.name}`,
    hint: (a) =>
      `choose the preset of the tool that rendered the templates, or write what it does in dig2argo.yaml: ${bodyToWrite(a.what, a.name)}`,
  },
  JINJA_BODY_MISSING: {
    severity: 'warning',
    text: (a) => `the ${a.what} ${a.name} is the build script's own (${a.defined}), and was not taken over: ${a.why}`,
    hint: (a) => `write what it does in dig2argo.yaml: ${bodyToWrite(a.what, a.name)}`,
  },
  JINJA_SCRIPT_OPTION: {
    severity: 'warning',
    text: (a) => `the build script sets ${a.option}=${a.value}, which is not read here`,
    hint: () => 'compare a rendered manifest with ours: give `rendered` beside `template` in dig2argo.yaml',
  },
  JINJA_TEMPLATE_MISSING: {
    severity: 'error',
    text: (a) => `the template ${a.name} was not found`,
    hint: () => 'add its folder to jinja.search_path in dig2argo.yaml',
  },
  JINJA_CLOCK: {
    severity: 'error',
    text: (a) => `${a.name} is the time at which the templates were rendered, not the time of a run`,
    hint: (a) =>
      `say in dig2argo.yaml what the build script passes on, such as jinja: {clocks: {${/^\w+$/.test(a.name) ? a.name : 'today'}: "date.today()"}}; or replace it by a variable where the date of the build is meant, by a run-time macro that the launcher fills where the date of the session is`,
  },
  JINJA_CLOCK_OPERATION: {
    severity: 'error',
    text: (a) => `${a.operation} needs a date that is known only in a session: the template asks the clock`,
    hint: () =>
      'print the date in one format and leave the rest to the program; or replace it by a variable where the date of the build is meant',
  },
  JINJA_LIMIT: {
    severity: 'error',
    text: (a) => `rendering was stopped at ${a.limit}`,
    hint: () => 'look for a loop or a macro that calls itself',
  },
  JINJA_UNSUPPORTED: {
    severity: 'error',
    text: (a) => `cannot be reproduced outside Python: ${a.feature}`,
    hint: () => 'print a value that is text, number, list or mapping',
  },
  JINJA_MACRO_CHANGED: {
    severity: 'warning',
    text: (a) =>
      `${a.operation} is applied to ${a.macro} itself, not to what the launcher puts in its place at run time`,
    hint: () =>
      'the legacy manifest is rendered the same way; check that it is meant, or give the changed value a macro of its own',
  },
  JINJA_PRINTS_BUILTIN: {
    severity: 'warning',
    text: (a) => `no variable ${a.name} is set, so Jinja2 prints its built-in ${a.name} here`,
    hint: (a) => `set ${a.name} in the variable files`,
  },
  JINJA_PRINTS_UNDEFINED: {
    severity: 'warning',
    text: (a) => `${a.name} is undefined and ${a.stays ? `stays in the text as {{ ${a.name} }}` : 'prints nothing'}`,
    hint: (a) => `set ${a.name} in the variable files, or remove the tag`,
  },
  JINJA_VARIABLES_NOT_MAPPING: {
    severity: 'error',
    text: (a) => `a variable file must hold a mapping, found ${a.found}`,
  },
  JINJA_VARIABLES_KEY: { severity: 'error', text: (a) => a.problem, hint: () => 'use plain text as key' },
  JINJA_VARIABLES_FORMAT: { severity: 'error', text: (a) => `the variable file cannot be read: ${a.problem}` },
  JINJA_RENDERED_DIFFERS: {
    severity: 'warning',
    text: (a) =>
      `${a.rendered} is not what ${a.template} renders to (${a.lines} line${a.lines === 1 ? '' : 's'}): it has ${quoted(a.theirs)}, the template gives ${quoted(a.ours)}; the rendered file is used`,
    hint: () => 'render again and commit, or correct template options and variables in dig2argo.yaml',
  },
  JINJA_RENDERED_USED: {
    severity: 'warning',
    text: (a) => `${a.problem}; the lines of ${a.template} that need it are taken from ${a.rendered}`,
    hint: () =>
      'give what is missing in dig2argo.yaml: fields taken from rendered files cannot become parameters by name',
  },
  JINJA_RENDERED_NOT_YAML: {
    severity: 'error',
    text: (a) => `what ${a.template} renders is not valid YAML: ${a.problem}`,
    hint: () => 'check quoting and whitespace control around this tag',
  },
};

/** The line to write, with the shape that a function of this kind has. */
function bodyToWrite(what: string, name: string): string {
  return `jinja: {${what}s: {${name}: "${what === 'global' ? '(…) => …' : 'value => …'}"}}`;
}

function quoted(line: string): string {
  return line === '' ? 'no such line' : `"${line}"`;
}
