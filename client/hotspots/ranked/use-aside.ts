import { useEffect, useMemo } from "react";
import { hasValue, type ResourceLoader } from "#client/api/resource.ts";
import { measureOf } from "#client/hotspots/measures/list.ts";
import type { Aside, Scene, Unanswerable } from "#client/hotspots/measures/measure.ts";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { surfaceBreaks } from "#client/hotspots/measures/surface.ts";
import {
  type AllRecords,
  allRecords,
  createLens,
  fixedBreaks,
  type Lens,
  lookThrough,
} from "#client/hotspots/ranked/lens.ts";
import { filterOf } from "#client/hotspots/state/filters.ts";
import { drawsSurface, type HotspotsView, leadingSource } from "#client/hotspots/state/view.ts";
import { keptReply } from "#client/live/kept.ts";
import { harmTables } from "#client/records/harm-tables.ts";
import { useStore } from "#client/state/use-store.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { sumHarm } from "#core/hotspots/harm.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { doseReply } from "#core/hotspots/wire/dose.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { daysIn, type Zone } from "#core/time/zone.ts";

export interface AsideInput {
  readonly events: PreparedEvents;
  readonly zone: Zone;
  readonly within: DateRange;
  readonly lens: Lens;
  /** They decide what belongs to the area. */
  readonly finest: StudySet;
}

/** Null where the counts are all. */
export function useAside(view: HotspotsView, input: AsideInput): Aside | Unanswerable | null {
  const { events, zone, within, lens, finest } = input;
  const finestLens = useFinestLens(drawsSurface(view), input);
  const filter = useMemo(() => filterOf(view, leadingSource(view), zone), [view, zone]);
  const all = useAllRecords(events, finestLens, filter);
  const measure = measureOf(drawsSurface(view) ? "surface" : view.measure);
  const dose = useAsked(loggedDose, measure.isOfFinds === true);
  const tables = useAsked(harmTables, measure.weighs === true);
  return useMemo(() => {
    const scene: Scene = {
      view,
      within,
      zone,
      finest,
      dose,
      harmTables: typeof tables === "string" ? tables : tables.versions,
      study: lens.study,
      counted: (during) => lookThrough(events, lens, { ...filter, ...during }),
      weighed: (byClass) =>
        sumHarm(events, lens.indexOfCell, lens.study.cells.length, filter, byClass),
      fine: finestLens &&
        all && {
          study: finestLens.study,
          breaks: surfaceBreaks(fixedBreaks(all, { days: daysIn(view), hours: filter.hours })),
          weights: () => lookThrough(events, finestLens, filter).weights,
        },
    };
    return measure.aside?.(scene) ?? null;
  }, [view, within, zone, events, lens, filter, finest, finestLens, all, dose, tables, measure]);
}

/** Null while no surface is drawn. */
function useFinestLens(isDrawn: boolean, { events, finest }: AsideInput): Lens | null {
  return useMemo(() => (isDrawn ? createLens(events, finest) : null), [isDrawn, events, finest]);
}

function useAsked<Reply>({ store, reload }: ResourceLoader<Reply>, isAsked: boolean) {
  useEffect(() => {
    if (isAsked) reload();
  }, [isAsked, reload]);
  const resource = useStore(store, (state) => state);
  if (resource.status === "failed") return "failed";
  return hasValue(resource) ? resource.value : "loading";
}

/** Scale of the class breaks; null without a filter or a lens. */
export function useAllRecords(
  events: PreparedEvents,
  lens: Lens | null,
  filter: EventFilter | null,
): AllRecords | null {
  const kinds = filter?.kinds.join();
  const sources = filter?.sources.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: dates and hours must not move the scale.
  return useMemo(
    () => (filter && lens ? allRecords(events, lens, filter) : null),
    [events, lens, kinds, sources],
  );
}

/** Logged patrol minutes by cell and day: asked for when something is first set against them. */
const loggedDose = keptReply("/api/dose", doseReply);
