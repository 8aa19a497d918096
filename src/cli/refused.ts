import type { Conversion } from '../pipeline/types.ts';

/** Nothing was converted: a broken configuration, or a folder without workflows. To write would only remove. */
export function isRefused({ configurationBroken, diagnostics }: Conversion): boolean {
  return configurationBroken || diagnostics.some(({ code }) => code === 'PROJECT_EMPTY');
}
