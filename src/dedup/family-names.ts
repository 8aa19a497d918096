import { sortedBy } from '../core/order.ts';
import type { Level, Member } from './types.ts';

/**
 * What a family is called: whole workflows by the words that their jobs' names begin or end with; steps by the words that the files of all its manifests begin or end with; else for members of one job by the job and the words that all its templates begin or end with; for members
 * of several jobs by those words alone, else by the program.
 */
export function proposedName(members: readonly Member[], program: string, level: Level): string {
  const alike = commonWords(members.map((member) => words(member.job)));
  if (level === 'workflow' && alike.length > 0) return alike.join('-');
  const manifests = commonWords(members.map((member) => words(stem(member.manifest ?? ''))));
  if (manifests.length > 0) return manifests.join('-');
  const jobs = [...new Set(members.map((member) => member.job))];
  const common = commonWords(members.map((member) => words(member.template)));
  const job = jobs.length === 1 ? words(jobs[0] ?? '') : commonWords(jobs.map(words));
  const missing = common.filter((word) => !job.includes(word));
  const name =
    jobs.length === 1
      ? [...job, ...missing]
      : common.length > 0
        ? common
        : job.length > 0
          ? job
          : programWords(program);
  return name.join('-');
}

/** `load` of steps that are all called `<table>-error`: `load-error`. */
export function withStepWords(name: string, members: readonly Member[]): string {
  const known = new Set(name.split('-'));
  const own = commonWords(members.map((member) => words(member.template).filter((word) => !known.has(word))));
  return [name, ...own].join('-');
}

/** `manifests/templates/table-export-orders.yaml.j2` → `table-export-orders`. */
function stem(path: string): string {
  return (path.split('/').at(-1) ?? '').replace(/\..*$/, '');
}

function words(text: string): readonly string[] {
  return text
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** The words at the head of all texts; else those at their tail. */
function commonWords(texts: readonly (readonly string[])[]): readonly string[] {
  const [first, ...others] = sortedBy(texts, (text) => text.join('-'));
  if (first === undefined) return [];
  let head = 0;
  while (head < first.length && others.every((text) => text[head] === first[head])) head++;
  if (head > 0) return first.slice(0, head);
  let tail = 0;
  while (tail < first.length && others.every((text) => text.at(-1 - tail) === first.at(-1 - tail))) tail++;
  return tail === 0 ? [] : first.slice(-tail);
}

function programWords(program: string): readonly string[] {
  const image = /"(?:container|script)","([^"]*)"/.exec(program)?.[1] ?? '';
  const last = words(image.split('/').at(-1) ?? '');
  return last.length === 0 ? ['family'] : last;
}
