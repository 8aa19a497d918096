import type { TextValue } from '../ir/value.ts';
import { cutText, shapeOf } from './shell/text-value.ts';

/** The cluster of a context of kubectl: `gke_project_zone_cluster`, or a name that is the cluster's own. */
export function clusterOfContext(context: TextValue): TextValue {
  const shape = shapeOf(context);
  return /^gke_[^_]+_[^_]+_/.test(shape) ? cutText(context, shape.lastIndexOf('_') + 1) : context;
}
