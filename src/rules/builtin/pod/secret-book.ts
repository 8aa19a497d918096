import { freeName } from '../../../core/free-name.ts';
import { k8sName } from '../../../k8s/names.ts';

/** A key of a Secret that stands for a text which must not be copied. */
export interface SecretKey {
  readonly secret: string;
  readonly key: string;
}

/** The Secret of one workflow that takes the place of secrets in plain text: one key for each distinct value. Values are only compared. */
export class SecretBook {
  readonly #secret: string;
  readonly #values = new Map<string, string>();

  constructor(job: string) {
    this.#secret = `${k8sName(job, 55)}-secrets`;
  }

  /** The key for a value that the legacy platform knew under `name`; a second value of that name gets a number. */
  keyFor(name: string, value: string): SecretKey {
    const key = freeName(name, '_', { has: (each) => (this.#values.get(each) ?? value) !== value });
    this.#values.set(key, value);
    return { secret: this.#secret, key };
  }
}
