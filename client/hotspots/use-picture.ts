import { useMemo } from "react";
import { filterOf } from "#client/hotspots/filters.ts";
import {
  createLens,
  fixedBreaks,
  itemClasses,
  type Lens,
  lookThrough,
} from "#client/hotspots/lens.ts";
import { type HotspotsView, leadingSource, type MapResolution } from "#client/hotspots/view.ts";
import type { StudySet } from "#core/geo/study-set.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import type { HotspotSummary } from "#core/hotspots/summary.ts";
import type { Zone } from "#core/time/zone.ts";

/** What every screen part is computed from, once per page. */
export interface HotspotsData {
  readonly events: PreparedEvents;
  readonly studyOf: (area: string, resolution: MapResolution) => StudySet;
  readonly zone: Zone;
}

/** Counts of one source under the view: the same object for map, count, clock and table. */
export interface Layer {
  readonly summary: HotspotSummary;
  /** Per item of the lens. */
  readonly classes: Uint8Array;
  /** Lower bounds, fixed over all records. */
  readonly breaks: readonly number[];
}

export interface Picture {
  readonly lens: Lens;
  readonly leading: Layer;
  /** Police finds beside the reports, never added to them; null when none are chosen. */
  readonly beside: Layer | null;
}

/** Follows the view within the frame: one pass over the events inside the dates. */
export function usePicture(data: HotspotsData, view: HotspotsView): Picture {
  const { events, studyOf, zone } = data;
  const { area, resolution } = view;
  const source = leadingSource(view);
  const hasBeside = source === "reported" && view.discovered.length > 0;

  const lens = useMemo(
    () => createLens(events, studyOf(area, resolution)),
    [events, studyOf, area, resolution],
  );
  const filter = useMemo(() => filterOf(view, source, zone), [view, source, zone]);
  const kinds = filter.kinds.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: dates and hours must not move the breaks.
  const breaks = useMemo(() => fixedBreaks(events, lens, filter), [events, lens, kinds, source]);
  const leading = useMemo(
    () => layerOf(events, lens, filter, breaks),
    [events, lens, filter, breaks],
  );
  const besideFilter = useMemo(
    () => (hasBeside ? filterOf(view, "discovered", zone) : null),
    [hasBeside, view, zone],
  );
  const besideKinds = besideFilter?.kinds.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: dates and hours must not move the breaks.
  const besideBreaks = useMemo(
    () => (besideFilter ? fixedBreaks(events, lens, besideFilter) : []),
    [events, lens, besideKinds],
  );
  const beside = useMemo(
    () => (besideFilter ? layerOf(events, lens, besideFilter, besideBreaks) : null),
    [events, lens, besideFilter, besideBreaks],
  );
  return useMemo(() => ({ lens, leading, beside }), [lens, leading, beside]);
}

function layerOf(
  events: PreparedEvents,
  lens: Lens,
  filter: Parameters<typeof lookThrough>[2],
  breaks: readonly number[],
): Layer {
  const summary = lookThrough(events, lens, filter);
  return { summary, classes: itemClasses(lens, summary, breaks), breaks };
}
