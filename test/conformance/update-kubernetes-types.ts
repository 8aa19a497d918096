// Rewrites src/k8s/kubernetes-types.ts from the Go types of Kubernetes and of Argo Workflows.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { kubernetesTypesText } from './kubernetes-types.ts';
import { createTools } from './tools.ts';

const path = join(import.meta.dirname, '../../src/k8s/kubernetes-types.ts');
writeFileSync(path, await kubernetesTypesText(createTools(import.meta.dirname)));
console.log(`${path} is current`);
