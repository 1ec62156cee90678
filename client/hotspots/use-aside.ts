import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { dose as doseResource } from "#client/hotspots/dose.ts";
import { filterOf } from "#client/hotspots/filters.ts";
import { createLens, fixedBreaks, type Lens, lookThrough } from "#client/hotspots/lens.ts";
import { surfaceBreaks } from "#client/hotspots/map/surface-scale.ts";
import { measureOf } from "#client/hotspots/measures/list.ts";
import type { Aside, Scene, Unanswerable } from "#client/hotspots/measures/measure.ts";
import { type DateRange, daysIn } from "#client/hotspots/presets.ts";
import { useAllRecords } from "#client/hotspots/use-all-records.ts";
import { drawsSurface, type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import { useStore } from "#client/state/use-store.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Zone } from "#core/time/zone.ts";

export interface AsideInput {
  readonly events: PreparedEvents;
  readonly zone: Zone;
  readonly within: DateRange;
  readonly lens: Lens;
  /** The finest cells of the area: they say what belongs to it. */
  readonly finest: StudySet;
}

/** What the chosen measure stands on; null where the counts are all. */
export function useAside(view: HotspotsView, input: AsideInput): Aside | Unanswerable | null {
  const { events, zone, within, lens, finest } = input;
  const finestLens = useFinestLens(drawsSurface(view), input);
  const filter = useMemo(() => filterOf(view, leadingSource(view), zone), [view, zone]);
  const all = useAllRecords(events, finestLens, filter);
  const measure = measureOf(drawsSurface(view) ? "surface" : view.measure);
  const dose = useDose(measure.isOfFinds === true);
  return useMemo(() => {
    const scene: Scene = {
      ...{ view, within, zone, finest, dose },
      study: lens.study,
      counted: (during) => lookThrough(events, lens, { ...filter, ...during }),
      fine: finestLens &&
        all && {
          study: finestLens.study,
          breaks: surfaceBreaks(fixedBreaks(all, { days: daysIn(view), hours: filter.hours })),
          weights: () => lookThrough(events, finestLens, filter).weights,
        },
    };
    return measure.aside?.(scene) ?? null;
  }, [view, within, zone, events, lens, filter, finest, finestLens, all, dose, measure]);
}

/** The finest cells as they are smoothed; null while no surface is drawn. */
function useFinestLens(isDrawn: boolean, { events, finest }: AsideInput): Lens | null {
  return useMemo(() => (isDrawn ? createLens(events, finest) : null), [isDrawn, events, finest]);
}

function useDose(isAsked: boolean): Scene["dose"] {
  useEffect(() => {
    if (isAsked) doseResource.reload();
  }, [isAsked]);
  const resource = useStore(doseResource.store, (state) => state);
  if (resource.status === "failed") return "failed";
  return hasValue(resource) ? resource.value : "loading";
}
