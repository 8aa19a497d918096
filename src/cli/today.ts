const DAY_MS = 86_400_000;

/** Midnight (UTC) of the current day, in epoch milliseconds: the same all day. Who uses it says so. */
export function today(): number {
  return Math.floor(Date.now() / DAY_MS) * DAY_MS;
}
