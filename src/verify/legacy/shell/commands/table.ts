import { gsutil } from './bucket-copy.ts';
import { aws, az } from './cloud.ts';
import { date } from './date.ts';
import { curl, wget } from './download.ts';
import { envsubst } from './envsubst.ts';
import { expr } from './expr.ts';
import {
  absolutePath,
  basename,
  cat,
  chmod,
  copy,
  dirname,
  makeFolder,
  makeTemporary,
  move,
  remove,
  tee,
  touch,
} from './files.ts';
import { awk, base64, cut, grep, head, tail, translate, wordCount } from './filters.ts';
import { gcloud } from './gcloud.ts';
import { kubeJob } from './kube-job.ts';
import { kubectl } from './kubectl.ts';
import type { PartlyKnown } from './program.ts';
import { sed } from './sed.ts';
import { seq } from './seq.ts';
import { sleep } from './sleep.ts';

/** Programs whose work is known. Builtins of the shell are in their own table; every other program is an effect. */
export const programs: ReadonlyMap<string, PartlyKnown> = new Map<string, PartlyKnown>([
  ['awk', awk],
  ['aws', aws],
  ['az', az],
  ['base64', base64],
  ['basename', basename],
  ['cat', cat],
  ['chmod', chmod],
  ['cp', copy],
  ['curl', curl],
  ['cut', cut],
  ['date', date],
  ['dirname', dirname],
  ['envsubst', envsubst],
  ['expr', expr],
  ['gcloud', gcloud],
  ['grep', grep],
  ['gsutil', gsutil],
  ['head', head],
  ['kube-job', kubeJob],
  ['kubectl', kubectl],
  ['mkdir', makeFolder],
  ['mktemp', makeTemporary],
  ['mv', move],
  ['readlink', absolutePath],
  ['realpath', absolutePath],
  ['rm', remove],
  ['sed', sed],
  ['seq', seq],
  ['sleep', sleep],
  ['tail', tail],
  ['tee', tee],
  ['touch', touch],
  ['tr', translate],
  ['wc', wordCount],
  ['wget', wget],
]);
