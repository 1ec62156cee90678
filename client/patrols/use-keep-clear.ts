import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import type { PlanView } from "#client/patrols/use-plan.ts";
import { keepClear } from "#client/protected-time/keep-clear.ts";
import { useStore } from "#client/state/use-store.ts";
import { type H3Cell, sortCells } from "#core/geo/cell.ts";
import type { ClosedStretch } from "#core/patrols/ground/window.ts";

/** Protected time as police see it, in epoch milliseconds. */
export type KeepClear = ReturnType<typeof useKeepClear>;

/** For sergeants. Reloaded with every plan change, since protected time may have moved. */
export function useKeepClear(view: PlanView) {
  const { canPlan, plan } = view;
  const resource = useStore(keepClear.store, (state) => state);
  const number = plan?.number ?? "";
  // biome-ignore lint/correctness/useExhaustiveDependencies: the number changes with every change.
  useEffect(() => {
    if (canPlan) keepClear.reload();
  }, [canPlan, number]);
  const value = canPlan && hasValue(resource) ? resource.value : null;
  const failed = canPlan && (resource.status === "failed" || resource.status === "stale");
  return useMemo(
    () => ({
      failed,
      /** It is shown up to here and no further; null when this role never sees it. */
      until: value && Date.parse(value.until),
      shownUntil: value?.until ?? null,
      stretches: (value?.stretches ?? []).map(
        (stretch): ClosedStretch => ({
          from: Date.parse(stretch.from),
          to: Date.parse(stretch.to),
          cells: stretch.cells as H3Cell[],
        }),
      ),
    }),
    [value, failed],
  );
}

/** The cells that are closed at some moment of [from, to). */
export function cellsClosed(
  keepClear: KeepClear,
  during: { readonly from: number; readonly to: number },
): readonly H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const stretch of keepClear.stretches) {
    if (stretch.from >= during.to || stretch.to <= during.from) continue;
    for (const cell of stretch.cells) cells.add(cell);
  }
  return sortCells(cells);
}
