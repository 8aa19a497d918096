import type { Played } from './both-sides.ts';

/** What differs between the sides, in words; the empty list where Argo does what Digdag allows. */
export function differences(digdag: Played, argo: Played): readonly string[] {
  if (argo.refused !== undefined) return [`the play of Argo refuses: ${argo.refused}`];
  const found: string[] = [];
  if (digdag.status !== argo.status) found.push(`Digdag ends with ${digdag.status}, Argo with ${argo.status}`);
  for (const start of digdag.starts.keys()) if (!argo.starts.has(start)) found.push(`Argo does not start ${start}`);
  for (const start of argo.starts.keys()) if (!digdag.starts.has(start)) found.push(`Argo alone starts ${start}`);
  for (const [start, before] of digdag.starts) {
    const held = argo.starts.get(start);
    if (held === undefined) continue;
    for (const other of before)
      if (!held.has(other)) found.push(`Argo does not hold ${start} back until ${other} has ended`);
    for (const other of held)
      if (!before.has(other)) found.push(`Argo alone holds ${start} back until ${other} has ended`);
  }
  return found;
}
