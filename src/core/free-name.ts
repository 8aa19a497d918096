/** A wish that is free as it is, else with the first number behind it that makes it so: `load`, `load-2`, `load-3`. */
export function freeName(wish: string, separator: '-' | '_', taken: { has(name: string): boolean }): string {
  let name = wish;
  for (let number = 2; taken.has(name); number++) name = `${wish}${separator}${number}`;
  return name;
}
