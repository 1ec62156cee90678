import { type ComponentType, type LazyExoticComponent, lazy } from "react";

/** Together half as long again as a server takes to start again. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000];

/**
 * A component whose code comes when it is first shown. A server that is starting again at that moment is asked
 * again; without that the whole page would go white, whatever else was on it.
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
