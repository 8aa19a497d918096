import type { Config, ManifestValues } from '../config/schema.ts';
import type { Fate, Unit } from '../core/accounting.ts';
import type { DiagnosticSink } from '../core/diagnostic.ts';
import type { RepoPath, SourceFile, SourceSpan } from '../core/source.ts';
import type { Effect, LaunchRecord, TaskId } from '../ir/graph.ts';
import type { TextValue, Value } from '../ir/value.ts';
import type { RuleSet } from '../rules/rule-set.ts';

/** One operator step of a workflow in one environment, as far as a launcher can see it. */
export interface LauncherStep {
  readonly task: TaskId;
  /** Name without `>`. */
  readonly operator: string;
  readonly command: Value;
  readonly commandSpan: SourceSpan;
  readonly options: ReadonlyMap<string, Value>;
  /** Every parameter the step sees: exports, loop variables and session built-ins. */
  readonly scope: ReadonlyMap<string, Value>;
  readonly environment: string;
  /** Folder of the legacy tree in which the command runs. */
  readonly workdir: string;
}

export interface LauncherContext {
  readonly rules: RuleSet;
  readonly config: Pick<Config, 'manifests' | 'clusters' | 'worker'>;
  read(path: RepoPath): SourceFile | undefined;
  /** The documents of a template rendered for an environment; undefined where a diagnostic was added. */
  renderManifest(request: {
    readonly template: RepoPath;
    readonly variables: readonly RepoPath[];
    readonly environment: string;
    /** Values given beside the variable files; they win over them. */
    readonly given?: ManifestValues;
    /** A further variable file, made from what the launcher gives to the template. */
    readonly values?: SourceFile;
    /** The rendered file of the legacy tree, where the configuration names one. */
    readonly rendered?: RepoPath;
  }): readonly Value[] | undefined;
  /** A manifest of the legacy folder that describes an object which lives in the cluster; undefined where none or several do. */
  findObject(kind: string, name: string, environment: string): Value | undefined;
  /** Digdag's own `${…}` in the text of a file, for launchers whose macro language it is. */
  expandDigdag(text: TextValue, scope: ReadonlyMap<string, Value>): TextValue;
  readonly sink: DiagnosticSink;
}

export interface LaunchResult {
  /**
   * In the order in which they happen. A variable of the worker that a command reads from a Secret or ConfigMap is a map
   * as it stands under `valueFrom`: `{secretKeyRef: {name, key}}`.
   */
  readonly effects: readonly Effect[];
  /** Absent for a plain command and for a notification. */
  readonly launch?: LaunchRecord;
  /** Simple commands of the scripts that were read. */
  readonly commands: readonly { readonly unit: Unit; readonly fate: Fate }[];
  /**
   * Loops whose item decides what is launched. Effects are empty and an error says so: where the items are known,
   * read the step once for each of them (with a sink of its own for this first reading).
   */
  readonly unroll: readonly TaskId[];
}
