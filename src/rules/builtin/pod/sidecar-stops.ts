import { withEntry } from '../../../ir/build-value.ts';
import { entryOf, itemsOf, staticText } from '../../../ir/read-value.ts';
import type { MapValue } from '../../../ir/value.ts';
import type { Loaded } from '../../rule-set.ts';
import type { SidecarRule } from '../../schema.ts';
import type { PodContext } from './context.ts';
import { imageText } from './images.ts';
import { deadlineInWords } from './limits.ts';
import { MainScript } from './main-script.ts';
import { containerName, type PodParts, programLine, sidecarRuleOf } from './pod-parts.ts';
import { unwrapPolling } from './polling.ts';
import { removeSharedVolume } from './shared-volume.ts';
import { type InlineProgram, inlineProgram, variableNames, withProgramText, withWords } from './shell-of.ts';

type Stop = SidecarRule['stops'][number];

interface MainState {
  readonly program: InlineProgram;
  readonly script: MainScript;
}

/** What became of the way a pod stops one sidecar. */
type Outcome =
  | { readonly kind: 'none' }
  | { readonly kind: 'kept'; readonly reason: string }
  | { readonly kind: 'removed'; readonly stop: Stop; readonly sidecar: MapValue; readonly file: string | undefined };

/**
 * Takes out what the legacy pod did to end its sidecars, since Argo ends them when the main container ends. A stop goes only where
 * the main container's exit status provably stays the same; else it stays and is reported.
 */
export function removeSidecarStops(parts: PodParts, manifest: MapValue, context: PodContext): PodParts {
  if (parts.others.length === 0) return parts;
  const state = mainState(parts.main);
  const outcomes = parts.others.map((container) => outcomeFor(container, parts, state, manifest, context));
  const others = parts.others.map((container, at) => {
    const outcome = outcomes[at];
    return outcome?.kind === 'removed' ? outcome.sidecar : container;
  });
  for (const container of others)
    if (sidecarRuleOf(container, context) !== undefined) reportExitCode(container, context);
  const edited = { ...parts, main: finishMain(parts.main, state, outcomes, context), others };
  return removeSharedNamespace(removeVolumes(edited, outcomes, context), outcomes, context);
}

function mainState(main: MapValue): MainState | undefined {
  const program = inlineProgram(main);
  if (program?.language !== 'shell') return undefined;
  const script = MainScript.read(program.text.parts);
  return script === undefined ? undefined : { program, script };
}

function outcomeFor(
  container: MapValue,
  parts: PodParts,
  state: MainState | undefined,
  manifest: MapValue,
  context: PodContext,
): Outcome {
  const name = containerName(container);
  const rule = sidecarRuleOf(container, context);
  if (rule === undefined) {
    context.report('POD_SECOND_CONTAINER', { container: name, main: containerName(parts.main) }, container);
    return { kind: 'none' };
  }
  const outcomes = rule.stops.map((stop) => tryStop(stop, container, state, rule, context));
  const removed = outcomes.find((outcome) => outcome.kind === 'removed');
  if (removed !== undefined) return removed;
  const kept = outcomes.find((outcome) => outcome.kind === 'kept') ?? unseenStop(container, parts, state, rule);
  if (kept.kind === 'kept')
    context.report('SIDECAR_STOP_KEPT', { container: name, reason: kept.reason }, parts.main, rule.id);
  else if (rule.never_ends && context.input.wait.containerAlone !== true)
    context.report(
      'JOB_NEVER_COMPLETES',
      { container: name, deadline: deadlineInWords(manifest, context) },
      container,
      rule.id,
    );
  return kept;
}

function tryStop(
  stop: Stop,
  container: MapValue,
  state: MainState | undefined,
  rule: Loaded<SidecarRule>,
  context: PodContext,
): Outcome {
  const wrapper = stop.sidecar.length === 0 ? undefined : wrapperOf(container, stop);
  if (stop.sidecar.length > 0 && wrapper === undefined) return { kind: 'none' };
  if (stop.removes.includes('admin-port') && rule.admin_port !== undefined && !opensAdminPort(container, rule))
    return { kind: 'none' };
  if (state === undefined && stop.main.length > 0) return { kind: 'none' };
  const cut = state?.script.cut(
    stop.main.map((pattern) => new RegExp(pattern, 'u')),
    wrapper?.groups['file'],
  ) ?? { kind: 'cut' };
  if (cut.kind === 'absent') return { kind: 'none' };
  if (cut.kind === 'refused') return { kind: 'kept', reason: cut.reason };
  const name = containerName(container);
  const from = { via: 'rule', rule: rule.id, from: [container.from] } as const;
  context.accept(
    `containers[${containerName(container)}]`,
    rule.id,
    `its stop (${stop.name}) is gone: Argo stops ${name} (${imageText(container)}) when the main container ends`,
  );
  return {
    kind: 'removed',
    stop,
    sidecar: wrapper === undefined ? container : withWords(container, wrapper.words, from),
    file: wrapper?.groups['file'],
  };
}

function wrapperOf(container: MapValue, stop: Stop): ReturnType<typeof unwrapPolling> {
  const program = inlineProgram(container);
  if (program?.language !== 'shell') return undefined;
  for (const pattern of stop.sidecar) {
    const wrapper = unwrapPolling(program.text.parts, new RegExp(pattern, 'u'));
    if (wrapper !== undefined) return wrapper;
  }
  return undefined;
}

/** Something in the pod hints at a stop that could not be read. */
function unseenStop(
  container: MapValue,
  parts: PodParts,
  state: MainState | undefined,
  rule: Loaded<SidecarRule>,
): Outcome {
  const shell = inlineProgram(parts.main)?.language === 'shell';
  if (/^(?:\S*\/)?timeout (?:-\S+ )*[\d.]+[smhd]? /.test(programLine(container)))
    return { kind: 'kept', reason: 'its own command ends it after a time' };
  if (shell && state === undefined)
    return { kind: 'kept', reason: "the main container's shell text holds more than simple commands" };
  if (inlineProgram(container)?.language === 'shell' && !runsForever(programLine(container)))
    return { kind: 'kept', reason: "the sidecar's shell text ends its program in a way that no rule knows" };
  if (/\/(?:quitquitquit|shutdown|healthcheck\/fail)\b|\b(?:pkill|killall|kill)\b/.test(programLine(parts.main)))
    return { kind: 'kept', reason: "the main container's command may end it, in a way that no rule knows" };
  const helper = parts.others.find(
    (other) => other !== container && /\/(?:quitquitquit|shutdown|healthcheck\/fail)\b/.test(programLine(other)),
  );
  if (helper !== undefined)
    return { kind: 'kept', reason: `container ${containerName(helper)} may end it, in a way that no rule knows` };
  if (opensAdminPort(container, rule))
    return {
      kind: 'kept',
      reason: 'it has a port by which a program inside another container may end it, which cannot be seen from here',
    };
  const shared = entryOf(parts.spec, 'shareProcessNamespace');
  if (shared?.kind === 'scalar' && shared.value === true)
    return {
      kind: 'kept',
      reason: 'the containers share their processes, and a program of another one may end the sidecar',
    };
  return { kind: 'none' };
}

/** The main container without the cut commands, and without its shell where nothing needs one any more. */
function finishMain(
  main: MapValue,
  state: MainState | undefined,
  outcomes: readonly Outcome[],
  context: PodContext,
): MapValue {
  if (state === undefined || !state.script.changed) return main;
  const keepsShell = outcomes.some((outcome) => outcome.kind === 'removed' && outcome.stop.shell === 'keep');
  const result = state.script.result(state.program.bare && !keepsShell, variableNames(main));
  const from = context.made(state.program.text);
  const name = containerName(main);
  context.accept(
    `containers[${name}].command`,
    context.input.rule,
    'the commands that stopped a sidecar are cut out of the shell text',
  );
  return result.kind === 'words'
    ? withWords(main, result.words, from)
    : withProgramText(main, state.program, result.parts, from);
}

function removeVolumes(parts: PodParts, outcomes: readonly Outcome[], context: PodContext): PodParts {
  let edited = parts;
  for (const [at, outcome] of outcomes.entries()) {
    if (outcome.kind !== 'removed' || !outcome.stop.removes.includes('shared-volume') || outcome.file === undefined)
      continue;
    edited = removeSharedVolume(edited, at, outcome.file, context);
  }
  return edited;
}

/** The shared process namespace goes when all sidecars are ended by Argo and something was cut that needed it. */
function removeSharedNamespace(parts: PodParts, outcomes: readonly Outcome[], context: PodContext): PodParts {
  const shared = entryOf(parts.spec, 'shareProcessNamespace');
  const neededIt = outcomes.some(
    (outcome) => outcome.kind === 'removed' && outcome.stop.removes.includes('shareProcessNamespace'),
  );
  if (shared === undefined || !neededIt || outcomes.some((outcome) => outcome.kind !== 'removed')) return parts;
  if ([parts.main, ...parts.others].some(looksAtProcesses)) return parts;
  context.accept('shareProcessNamespace', context.input.rule, 'only the stop of the sidecar needed it');
  return { ...parts, spec: withEntry(parts.spec, 'shareProcessNamespace', undefined) };
}

/** A trap on SIGTERM that ends the sidecar with a code which Argo takes for a failure. */
function reportExitCode(container: MapValue, context: PodContext): void {
  const trap = /\btrap (?:'[^']*\bexit (\d+) ?;? ?'|"[^"]*\bexit (\d+) ?;? ?") (?:\w+ )*(?:SIG)?TERM\b/.exec(
    programLine(container),
  );
  const code = Number(trap?.[1] ?? trap?.[2] ?? 0);
  if (![0, 137, 143].includes(code))
    context.report('SIDECAR_EXIT_CODE', { container: containerName(container), code }, container);
}

/** Shell text that is one program, or a loop without a way out. */
function runsForever(line: string): boolean {
  if (/^while (?:true|:|sleep \S+); do (?:(?!\b(?:break|exit|return|exec|kill)\b).)*; done$/.test(line)) return true;
  return !/[;&|]/.test(line) && !/\b(?:timeout|trap|while|until|for|if)\b/.test(line);
}

/** Whether the sidecar can be ended by a request: by its flags, or by settings that come from elsewhere and are not seen. */
function opensAdminPort(container: MapValue, rule: Loaded<SidecarRule>): boolean {
  if (rule.admin_port === undefined) return false;
  const names = itemsOf(container.entries.get('env')).map((item) => staticText(entryOf(item, 'name')) ?? '');
  const shown = [programLine(container), ...names].join(' ');
  return itemsOf(container.entries.get('envFrom')).length > 0 || new RegExp(rule.admin_port, 'u').test(shown);
}

function looksAtProcesses(container: MapValue): boolean {
  const words = [...itemsOf(container.entries.get('command')), ...itemsOf(container.entries.get('args'))].map(
    (word) => staticText(word) ?? '',
  );
  return words.some((word) => /\b(?:pkill|killall|kill|pidof|pgrep|ps)\b|\/proc\//.test(word));
}
