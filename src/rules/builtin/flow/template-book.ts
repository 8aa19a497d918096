import { freeName } from '../../../core/free-name.ts';
import { canonicalKey } from '../../../ir/canonical.ts';
import type { TaskId } from '../../../ir/graph.ts';
import type { MapValue } from '../../../ir/value.ts';
import { k8sName } from '../../../k8s/names.ts';
import type { Template } from '../../types.ts';

const MAX_TEMPLATE_NAME = 63;

/** Collects the templates of one workflow: one template per distinct body, names without collision, in reading order. */
export class TemplateBook {
  readonly #slots: (Template | undefined)[] = [];
  readonly #byBody = new Map<string, string>();
  readonly #names = new Set<string>();
  readonly #alike = new Map<string, MapValue[]>();

  /** Keeps a place in the order, so that a group stands before its children. */
  reserve(): number {
    return this.#slots.push(undefined) - 1;
  }

  /** Adds a template, or finds the one with the same body; returns its name. A wished name that is taken gets a number. */
  add(wish: string, body: MapValue, task: TaskId, rule: string, slot = this.reserve()): string {
    const key = canonicalKey(body);
    const known = this.#byBody.get(key);
    if (known !== undefined) {
      this.#alike.set(known, [...(this.#alike.get(known) ?? []), body]);
      return known;
    }
    const name = this.#freeName(wish);
    this.#byBody.set(key, name);
    this.#slots[slot] = { name, body, task, rule };
    return name;
  }

  /** A name for a template that calls itself, or that the workflow itself names, before its body is known. */
  reserveName(wish: string): string {
    return this.#freeName(wish);
  }

  addNamed(name: string, body: MapValue, task: TaskId, rule: string, slot: number): void {
    this.#slots[slot] = { name, body, task, rule };
  }

  templates(): readonly Template[] {
    return this.#slots
      .filter((slot): slot is Template => slot !== undefined)
      .map((template) => {
        const alike = this.#alike.get(template.name);
        return alike === undefined ? template : { ...template, alike };
      });
  }

  #freeName(wish: string): string {
    const name = freeName(k8sName(wish, MAX_TEMPLATE_NAME), '-', this.#names);
    this.#names.add(name);
    return name;
  }
}
