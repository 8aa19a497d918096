/** True where a text is a quantity of the given resource with its usual unit: `500m` of cpu, `2Gi` of memory. */
export function isQuantity(resource: string, text: string): boolean {
  if (resource === 'cpu') return /^\d+(\.\d+)?m?$/.test(text);
  return /^\d+(\.\d+)?([KMGTPE]i|[kMGTPEm])?$/.test(text);
}
