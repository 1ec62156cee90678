import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { maskOf } from "#client/hotspots/state/filters.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { keepClear } from "#client/protected-time/keep-clear.ts";
import { useStore } from "#client/state/use-store.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Hatch } from "#client/ui/Hatch.tsx";
import type { H3Cell } from "#core/geo/cell.ts";
import type { KeepClearReply } from "#core/protected-time/wire/keep-clear.ts";
import { compareText } from "#core/text/text-order.ts";
import { hourMs, type Zone } from "#core/time/zone.ts";

export interface KeepClearSwitchProps {
  readonly keepClear: KeepClearShown;
  readonly onShow: (isShown: boolean) => void;
}

/** Warns where it could not be loaded. */
export function KeepClearSwitch({ keepClear, onShow }: KeepClearSwitchProps) {
  if (keepClear.status === "never") return null;
  return (
    <div className="keep-clear-switch no-print stack start gap-2">
      <Chip checked={keepClear.status !== "hidden"} onChange={onShow}>
        <Hatch /> Keep clear
      </Chip>
      {keepClear.status === "failed" ? (
        <ErrorNote
          title="Keep-clear time could not be loaded"
          detail="Do not plan from this map until it has loaded."
          onRetry={keepClear.retry}
        />
      ) : null}
    </div>
  );
}

export type KeepClearShown =
  /** This role never sees protected time. */
  | { readonly status: "never" }
  | { readonly status: "hidden" | "loading" }
  | { readonly status: "failed"; readonly retry: () => void }
  | { readonly status: "shown"; readonly cells: readonly H3Cell[]; readonly until: string };

/** For the chosen days and hours to come; reloaded on each visit. */
export function useKeepClear(maySee: boolean, view: HotspotsView, zone: Zone): KeepClearShown {
  useEffect(() => {
    if (maySee) keepClear.reload();
  }, [maySee]);
  const resource = useStore(keepClear.store, (state) => state);
  const { time, showsKeepClear } = view;
  return useMemo((): KeepClearShown => {
    if (!maySee) return { status: "never" };
    if (!showsKeepClear) return { status: "hidden" };
    // A possibly outdated hatch is as bad as none: report it, draw neither.
    if (resource.status === "failed" || resource.status === "stale") {
      return { status: "failed", retry: keepClear.reload };
    }
    if (!hasValue(resource)) return { status: "loading" };
    const cells = keepClearCells(resource.value, maskOf(time), zone);
    return { status: "shown", cells, until: resource.value.until };
  }, [maySee, showsKeepClear, resource, time, zone]);
}

/**
 * Cells closed at any moment of the chosen hours of the week, over the days the reply covers. An
 * hour that is partly closed counts as closed.
 */
export function keepClearCells(
  reply: KeepClearReply,
  mask: Uint8Array | null,
  zone: Zone,
): readonly H3Cell[] {
  const cells = new Set<H3Cell>();
  for (const stretch of reply.stretches) {
    if (!touches(Date.parse(stretch.from), Date.parse(stretch.to), mask, zone)) continue;
    for (const cell of stretch.cells) cells.add(cell as H3Cell);
  }
  return [...cells].sort(compareText);
}

function touches(from: number, to: number, mask: Uint8Array | null, zone: Zone): boolean {
  if (mask === null) return from < to;
  // Offsets change on the hour, so steps to the next local hour never skip one.
  for (let at = from; at < to; at += hourMs - (zone.toLocal(at) % hourMs)) {
    if (mask[zone.hourOfWeek(at)] === 1) return true;
  }
  return false;
}
