import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** In total half as long again as a server restart. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * A component loaded when first shown. Retries while a server restarts; otherwise the whole page
 * would go blank.
 */
export function lazily<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(async () => ({ default: await loadPatiently(load) }));
}

export async function loadPatiently<Value>(load: () => Promise<Value>): Promise<Value> {
  for (const wait of waitsMs) {
    try {
      return await load();
    } catch {
      await new Promise((done) => setTimeout(done, wait));
    }
  }
  return load();
}
