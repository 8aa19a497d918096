import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Check, tally } from '../check.ts';
import { kubernetesTypesText, kubernetesVersions } from '../kubernetes-types.ts';

/** The committed list of fields is that of the Go types, and the versions it names are those that were asked. */
export const kubernetesFields: Check = {
  name: 'kubernetes-fields',
  needs: ['kubernetes', 'argo 4.0.7'],
  async run({ root, tools }) {
    const cases = tally();
    const { current, argo } = kubernetesVersions.api;
    for (const [folder, version] of [
      ['kubernetes', current],
      ['argo', argo],
    ] as const) {
      const module = await readFile(join(root, 'test/conformance', folder, 'go.mod'), 'utf8');
      if (module.includes(`\tk8s.io/api ${version}\n`)) cases.pass();
      else cases.fail(`${folder}/go.mod does not ask for k8s.io/api ${version}`);
    }
    const committed = (await readFile(join(root, 'src/k8s/kubernetes-types.ts'), 'utf8')).split('\n');
    const wanted = (await kubernetesTypesText(tools)).split('\n');
    for (const [at, line] of wanted.entries()) {
      if (committed[at] === line) cases.pass();
      else cases.fail(`line ${at + 1}: ${committed[at] ?? '(missing)'}\nshould be ${line}`);
    }
    if (committed.length > wanted.length) cases.fail(`${committed.length - wanted.length} lines too many`);
    return cases.result(`lines of the list of fields of k8s.io/api ${current}, and of ${argo}, which Argo links`);
  },
};
