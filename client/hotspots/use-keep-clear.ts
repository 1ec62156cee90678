import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { maskOf } from "#client/hotspots/filters.ts";
import { keepClearCells } from "#client/hotspots/keep-clear-cells.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";
import { keepClear } from "#client/protected-time/keep-clear.ts";
import { useStore } from "#client/state/use-store.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { Zone } from "#core/time/zone.ts";

export type KeepClearShown =
  /** This role never sees protected time. */
  | { readonly status: "never" }
  | { readonly status: "hidden" | "loading" }
  | { readonly status: "failed"; readonly retry: () => void }
  | { readonly status: "shown"; readonly cells: readonly H3Cell[]; readonly until: string };

/** The hatch for the chosen days and hours of the coming days; asked anew with each visit. */
export function useKeepClear(maySee: boolean, view: HotspotsView, zone: Zone): KeepClearShown {
  useEffect(() => {
    if (maySee) keepClear.reload();
  }, [maySee]);
  const resource = useStore(keepClear.store, (state) => state);
  const { time, showsKeepClear } = view;
  return useMemo((): KeepClearShown => {
    if (!maySee) return { status: "never" };
    if (!showsKeepClear) return { status: "hidden" };
    // A hatch that may be out of date is as bad as none: both are said, neither is drawn.
    if (resource.status === "failed" || resource.status === "stale") {
      return { status: "failed", retry: keepClear.reload };
    }
    if (!hasValue(resource)) return { status: "loading" };
    const cells = keepClearCells(resource.value, maskOf(time), zone);
    return { status: "shown", cells, until: resource.value.until };
  }, [maySee, showsKeepClear, resource, time, zone]);
}
