import { asList, asMap, asText, type PlainMap } from '../../../src/verify/argo/data.ts';
import { type ApiClient, Refusal } from './api-client.ts';

interface Resource {
  readonly plural: string;
  readonly namespaced: boolean;
}

/** Where objects live in an API server, by their apiVersion and kind. */
export class Kinds {
  readonly #api: ApiClient;
  readonly #known = new Map<string, Promise<ReadonlyMap<string, Resource>>>();

  constructor(api: ApiClient) {
    this.#api = api;
  }

  /** The path of an object; undefined where the server does not know its kind. */
  async pathOf(object: PlainMap): Promise<string | undefined> {
    const version = asText(object['apiVersion']);
    const resource = (await this.#resources(version)).get(asText(object['kind']));
    if (resource === undefined) return undefined;
    const { name, namespace } = asMap(object['metadata']);
    const scope = resource.namespaced ? `/namespaces/${asText(namespace) || 'default'}` : '';
    return `${root(version)}${scope}/${resource.plural}/${asText(name)}`;
  }

  #resources(version: string): Promise<ReadonlyMap<string, Resource>> {
    const known = this.#known.get(version) ?? this.#read(version);
    this.#known.set(version, known);
    return known;
  }

  async #read(version: string): Promise<ReadonlyMap<string, Resource>> {
    try {
      const answer = await this.#api.get(root(version));
      const entries = asList(answer['resources'])
        .map(asMap)
        .filter(({ name }) => !asText(name).includes('/'))
        .map(
          ({ kind, name, namespaced }) =>
            [asText(kind), { plural: asText(name), namespaced: namespaced === true }] as const,
        );
      return new Map(entries);
    } catch (error) {
      if (error instanceof Refusal && error.status === 404) return new Map();
      throw error;
    }
  }
}

function root(version: string): string {
  return version.includes('/') ? `/apis/${version}` : `/api/${version}`;
}
