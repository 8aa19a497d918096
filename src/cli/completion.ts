import type { Command, Option } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof shells)[number];

interface CommandWords {
  /** Words behind the program's name: `convert`, `rules list`. */
  readonly path: readonly string[];
  readonly summary: string;
  readonly options: readonly OptionWords[];
  readonly subcommands: readonly string[];
}

interface OptionWords {
  readonly flags: readonly string[];
  readonly description: string;
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

/** A script that completes commands, options and their choices; everything else is a file. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = commandsOf(program);
  switch (shell) {
    case 'bash':
      return bashScript(program.name(), commands);
    case 'zsh':
      return zshScript(program.name(), commands);
    case 'fish':
      return fishScript(program.name(), commands);
  }
}

function commandsOf(program: Command): readonly CommandWords[] {
  const shared = program.options.map(optionWords);
  const visit = (command: Command, path: readonly string[]): readonly CommandWords[] => [
    {
      path,
      summary: command.summary() || (command.description().split('.')[0] ?? ''),
      options: [...command.options.map(optionWords), ...shared, help],
      // A closed list of values for an argument completes as a list of commands does.
      subcommands: [
        ...command.commands.map((each) => each.name()),
        ...command.registeredArguments.flatMap((argument) => argument.argChoices ?? []),
      ],
    },
    ...command.commands.flatMap((each) => visit(each, [...path, each.name()])),
  ];
  return [
    { path: [], summary: '', options: [...shared, help], subcommands: program.commands.map((each) => each.name()) },
    ...program.commands.flatMap((each) => visit(each, [each.name()])),
  ];
}

const help: OptionWords = { flags: ['--help'], description: 'show the help', choices: [], takesValue: false };

function optionWords(option: Option): OptionWords {
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    description: option.description,
    choices: option.argChoices ?? [],
    takesValue: option.required || option.optional,
  };
}

function bashScript(name: string, commands: readonly CommandWords[]): string {
  const choices = commands.flatMap(({ path, options }) =>
    options.flatMap((option) =>
      option.choices.length === 0
        ? []
        : option.flags.map((flag) => `    '${[...path, flag].join(' ')}') words='${option.choices.join(' ')}';;`),
    ),
  );
  const words = commands.map(({ path, options, subcommands }) => {
    const flags = options.flatMap((option) => option.flags);
    return `    '${path.join(' ')}') words='${[...subcommands, ...flags].join(' ')}'; subs='${subcommands.join(' ')}';;`;
  });
  return `# dig2argo completion for bash: source <(${name} completion bash)
_${name}() {
  local cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} path='' subs='${commands[0]?.subcommands.join(' ') ?? ''}' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case " $subs " in *" $word "*) path="\${path:+$path }$word"; _${name}_words "$path";; esac
  done
  case "\${path:+$path }$prev" in
${choices.join('\n')}
    *) _${name}_words "$path"
       if [[ $cur != -* && -z $subs ]]; then COMPREPLY=($(compgen -f -- "$cur")); return; fi;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}
_${name}_words() {
  case "$1" in
${words.join('\n')}
  esac
}
complete -o filenames -F _${name} ${name}
`;
}

function zshScript(name: string, commands: readonly CommandWords[]): string {
  const described = (path: readonly string[], subcommands: readonly string[]): string =>
    subcommands
      .map((word) => {
        const summary = commands.find((each) => each.path.join(' ') === [...path, word].join(' '))?.summary ?? '';
        return zshQuoted(`${word}:${summary}`);
      })
      .join(' ');
  const cases = commands.map(({ path, options, subcommands }) => {
    const specs = options.flatMap(({ flags, description, choices, takesValue }) =>
      flags.map((flag) => {
        const value = choices.length > 0 ? `:value:(${choices.join(' ')})` : takesValue ? ':value:_files' : '';
        return zshQuoted(`${flag}[${description.replaceAll(/[[\]:]/g, '\\$&')}]${value}`);
      }),
    );
    const rest =
      subcommands.length > 0
        ? `_values=(${described(path, subcommands)}); _describe command _values`
        : `_arguments ${specs.join(' ')} '*:file:_files'`;
    return `    ${zshQuoted(path.join(' '))}) ${rest};;`;
  });
  return `#compdef ${name}
# dig2argo completion for zsh: source <(${name} completion zsh)
_${name}() {
  local -a _values
  local path_=''
  (( CURRENT > 2 )) && path_=$words[2]
  if [[ $path_ == rules ]] && (( CURRENT > 3 )); then path_="$words[2] $words[3]"; fi
  case $path_ in
${cases.join('\n')}
  esac
}
compdef _${name} ${name}
`;
}

function zshQuoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

function fishScript(name: string, commands: readonly CommandWords[]): string {
  const lines = commands.flatMap(({ path, options, subcommands }) => {
    const last = path.at(-1);
    const condition =
      last === undefined
        ? '__fish_use_subcommand'
        : subcommands.length > 0
          ? `__fish_seen_subcommand_from ${last}; and not __fish_seen_subcommand_from ${subcommands.join(' ')}`
          : path.map((word) => `__fish_seen_subcommand_from ${word}`).join('; and ');
    const names = subcommands.map((word) => {
      const summary = commands.find((each) => each.path.join(' ') === [...path, word].join(' '))?.summary ?? '';
      return `complete -c ${name} -f -n '${condition}' -a ${word} -d ${fishQuoted(summary)}`;
    });
    const flags = options.map(({ flags: all, description, choices, takesValue }) => {
      const long = all.find((flag) => flag.startsWith('--'))?.slice(2);
      const short = all.find((flag) => /^-[^-]$/.test(flag))?.slice(1);
      const value = choices.length > 0 ? ` -x -a ${fishQuoted(choices.join(' '))}` : takesValue ? ' -r' : '';
      return `complete -c ${name} -n '${condition}'${short === undefined ? '' : ` -s ${short}`}${long === undefined ? '' : ` -l ${long}`}${value} -d ${fishQuoted(description)}`;
    });
    return [...names, ...flags];
  });
  return `# dig2argo completion for fish: ${name} completion fish | source\n${lines.join('\n')}\n`;
}

function fishQuoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
