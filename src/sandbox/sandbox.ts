import {
  newQuickJSWASMModule,
  type QuickJSContext,
  type QuickJSHandle,
  type QuickJSRuntime,
  RELEASE_SYNC,
} from 'quickjs-emscripten';
import { datePrelude } from './date-prelude.ts';
import { currentGlobals, enginePrelude } from './engine-prelude.ts';
import { momentSource } from './library-files.ts';
import { parsedPrelude } from './parsed-prelude.ts';
import { zoneTable } from './zones.ts';

/** A function body to run, with `this` set to the parameters. */
interface SandboxRequest {
  readonly source: string;
  /** The parameters, a JSON object. */
  readonly params: string;
  /** Further global variables for this run, a JSON object; the empty text where the code neither sets nor reads any. */
  readonly globals?: string;
  /** The zone of `Date` and moment. */
  readonly zone: string;
  /** What the clock says (epoch milliseconds). Without it, a result that depends on the clock is a failure. */
  readonly now?: number;
}

export type SandboxResult =
  | { readonly kind: 'value'; readonly text: string }
  /** `exception`: thrown by the code; `message` is the engine's, such as `ReferenceError: 'x' is not defined`. */
  | { readonly kind: 'failed'; readonly reason: 'exception' | 'limit' | 'clock' | 'zone'; readonly message: string };

export interface Sandbox {
  run(request: SandboxRequest): SandboxResult;
  dispose(): void;
}

export interface SandboxLimits {
  /** For one run. */
  readonly milliseconds: number;
  readonly megabytes: number;
}

const defaults: SandboxLimits = { milliseconds: 1000, megabytes: 64 };

/** `digdag`: an ES5 engine in Digdag's settings. `current`: the language as people write it today. */
export type SandboxLanguage = 'digdag' | 'current';

/** An isolated JavaScript engine with moment 2.21.0 and nothing of the host. Runs do not see each other. */
export async function createSandbox(
  limits: SandboxLimits = defaults,
  language: SandboxLanguage = 'digdag',
): Promise<Sandbox> {
  const quickjs = await newQuickJSWASMModule(RELEASE_SYNC);
  const start = (): Engine => new Engine(quickjs.newRuntime(), limits, language);
  let engine: Engine | undefined;
  return {
    run(request) {
      engine ??= start();
      const result = engine.run(request);
      if (result.kind === 'failed' && result.reason === 'limit') {
        // What ran out of time or memory is in no known state.
        engine.dispose();
        engine = undefined;
      }
      return result;
    },
    dispose() {
      engine?.dispose();
      engine = undefined;
    },
  };
}

/** Two instants that differ in every field of a date: a result that is the same for both does not depend on the clock. */
const probes: readonly number[] = [Date.UTC(2001, 1, 3, 4, 5, 6, 7), Date.UTC(2018, 10, 29, 22, 47, 58, 999)];

class Engine {
  readonly #runtime: QuickJSRuntime;
  readonly #vm: QuickJSContext;
  readonly #limits: SandboxLimits;
  readonly #run: QuickJSHandle;
  readonly #setZone: QuickJSHandle;
  readonly #params: KeptText;
  readonly #globals: KeptText;
  #zone = '';
  #deadline = 0;

  constructor(runtime: QuickJSRuntime, limits: SandboxLimits, language: SandboxLanguage) {
    this.#runtime = runtime;
    this.#limits = limits;
    runtime.setMemoryLimit(limits.megabytes * 1024 * 1024);
    runtime.setMaxStackSize(256 * 1024);
    runtime.setInterruptHandler(() => this.#deadline > 0 && performance.now() > this.#deadline);
    this.#vm = runtime.newContext();
    const api = this.#vm.unwrapResult(this.#vm.evalCode(boot(momentSource(), language)));
    this.#run = this.#vm.getProp(api, 'run');
    this.#setZone = this.#vm.getProp(api, 'setZone');
    api.dispose();
    this.#params = new KeptText(this.#vm);
    this.#globals = new KeptText(this.#vm);
  }

  run(request: SandboxRequest): SandboxResult {
    if (request.zone !== this.#zone) {
      const table = zoneTable(request.zone);
      if (table === undefined) return { kind: 'failed', reason: 'zone', message: `unknown time zone ${request.zone}` };
      const json = this.#vm.newString(JSON.stringify(table));
      this.#call(this.#setZone, json);
      json.dispose();
      this.#zone = request.zone;
    }
    if (request.now !== undefined) return this.#at(request, request.now).result;
    const first = this.#at(request, probes[0] ?? 0);
    if (!first.readClock) return first.result;
    const second = this.#at(request, probes[1] ?? 0);
    const same =
      first.result.kind === 'value' && second.result.kind === 'value' && first.result.text === second.result.text;
    return same
      ? first.result
      : { kind: 'failed', reason: 'clock', message: 'the result depends on the time of evaluation' };
  }

  dispose(): void {
    for (const handle of [this.#run, this.#setZone, this.#params, this.#globals]) handle.dispose();
    try {
      this.#vm.dispose();
      this.#runtime.dispose();
    } catch {
      // An engine stopped in the middle of its work may hold objects that it can no longer count; its memory goes with the module.
    }
  }

  #at(request: SandboxRequest, now: number): { readonly result: SandboxResult; readonly readClock: boolean } {
    this.#deadline = performance.now() + this.#limits.milliseconds;
    const source = this.#vm.newString(request.source);
    const answer = this.#call(
      this.#run,
      source,
      this.#params.of(request.params),
      this.#globals.of(request.globals ?? '{}'),
      this.#vm.newNumber(now),
    );
    source.dispose();
    this.#deadline = 0;
    const text = answer?.slice(1) ?? 'stopped';
    if (
      answer === undefined ||
      (answer.startsWith('e') && /^InternalError: (?:interrupted|out of memory)/.test(text))
    ) {
      return { result: { kind: 'failed', reason: 'limit', message: 'ran out of time or memory' }, readClock: false };
    }
    if (answer.startsWith('e'))
      return { result: { kind: 'failed', reason: 'exception', message: text }, readClock: false };
    return { result: { kind: 'value', text }, readClock: answer.startsWith('c') };
  }

  /** The text a function of the sandbox answers; undefined where it was stopped. */
  #call(of: QuickJSHandle, ...args: QuickJSHandle[]): string | undefined {
    const result = this.#vm.callFunction(of, this.#vm.undefined, args);
    if (result.error) {
      result.error.dispose();
      return undefined;
    }
    const text = this.#vm.getString(result.value);
    result.value.dispose();
    return text;
  }
}

/** A text inside the sandbox, copied there when it differs from the one before: a scope's parameters serve all its expressions. */
class KeptText {
  readonly #vm: QuickJSContext;
  #text: string | undefined;
  #handle: QuickJSHandle | undefined;

  constructor(vm: QuickJSContext) {
    this.#vm = vm;
  }

  of(text: string): QuickJSHandle {
    if (this.#handle !== undefined && this.#text === text) return this.#handle;
    this.dispose();
    this.#text = text;
    this.#handle = this.#vm.newString(text);
    return this.#handle;
  }

  dispose(): void {
    this.#handle?.dispose();
    this.#handle = undefined;
  }
}

function boot(moment: string, language: SandboxLanguage): string {
  const es5 = language === 'digdag';
  return `(function (global) {
${datePrelude}
${enginePrelude}
${parsedPrelude}
var state = { zone: { abbreviations: ['UTC'], offsets: [0], untils: [null] }, now: 0, touched: false };
var parseJson = JSON.parse;
${es5 ? 'restrictToEs5();' : ''}
installDate(global, state);
// moment writes to the console where a text is in no standard form, and looks for module loaders first.
global.rememberParsed = makeRememberParsed(state);
(0, eval)(${JSON.stringify(moment)});
global.moment.suppressDeprecationWarnings = true;
${es5 ? 'installJavaString();' : ''}
limitArrays();
restrictGlobals(global, '${es5 ? '' : currentGlobals}');
freezeAll(global);
return {
  run: makeRunner(global, state),
  setZone: function (json) { state.zone = parseJson(json); return ''; }
};
})(globalThis)`;
}
