import { useEffect } from "react";
import { hasValue } from "#client/api/resource.ts";
import type { ViewStore } from "#client/hotspots/view-store.ts";
import { harmTables } from "#client/records/harm-tables.ts";

/** Names the version in use in the view, so that a link gives the same weights whatever is saved later. */
export function usePinnedWeights(isWeighed: boolean, { view, look }: ViewStore): void {
  useEffect(() => {
    if (!isWeighed) return;
    const pin = () => {
      const { store } = harmTables;
      const saved = store.get();
      const inUse = hasValue(saved) ? saved.value.versions[0] : undefined;
      if (inUse && view.get().harm === null) look({ harm: inUse.version });
    };
    const stops = [harmTables.store.subscribe(pin), view.subscribe(pin)];
    pin();
    return () => {
      for (const stop of stops) stop();
    };
  }, [isWeighed, view, look]);
}
