import { useMemo } from "react";
import type { Aside, Unanswerable } from "#client/hotspots/measures/measure.ts";
import type { DateRange } from "#client/hotspots/measures/presets.ts";
import {
  createLens,
  fixedBreaks,
  itemClasses,
  type Lens,
  lookThrough,
} from "#client/hotspots/ranked/lens.ts";
import { useAllRecords, useAside } from "#client/hotspots/ranked/use-aside.ts";
import { filterOf } from "#client/hotspots/state/filters.ts";
import {
  type HotspotsView,
  kindsSideBySide,
  leadingSource,
  type MapResolution,
} from "#client/hotspots/state/view.ts";
import { eventResolution } from "#core/geo/cell.ts";
import type { HotspotSummary } from "#core/hotspots/counts.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { type PreparedEvents, prepareEvents } from "#core/hotspots/prepare.ts";
import { roundShares } from "#core/hotspots/round-shares.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { ofTypes } from "#core/records/columns.ts";
import type { EventKind } from "#core/records/kinds.ts";
import { wordsOfTypes } from "#core/records/types.ts";
import { daysIn, type Zone } from "#core/time/zone.ts";

export interface HotspotsData {
  readonly events: PreparedEvents;
  readonly studyOf: (area: string, resolution: MapResolution) => StudySet;
  readonly zone: Zone;
}

export interface PictureContext {
  /** From the first record to the as-at date. */
  readonly within: DateRange;
}

export interface Layer {
  readonly filter: EventFilter;
  readonly summary: HotspotSummary;
  /** Per item of the lens. */
  readonly classes: Uint8Array;
  /** Lower bounds, fixed for all periods of this length. */
  readonly breaks: readonly number[];
  /** Per study cell, as displayed: tenths that add up to `shared`. */
  readonly shares: Float64Array;
  readonly shared: number;
}

export interface KindLayer extends Layer {
  readonly kind: EventKind;
}

export interface Picture {
  readonly lens: Lens;
  readonly leading: Layer;
  /** Police finds beside the reports, never added to them; null when none are chosen. */
  readonly beside: Layer | null;
  /** Of each of two kinds, in the classes of both together; null where they share a map. */
  readonly kinds?: readonly [KindLayer, KindLayer] | null;
  /** Baseline, steps or hours of patrol. */
  readonly aside?: Aside | Unanswerable | null;
  /** In the sources' words; empty: all. */
  readonly types?: readonly string[];
}

export function usePicture(
  data: HotspotsData,
  shown: HotspotsView,
  { within }: PictureContext,
): Picture {
  const { events, studyOf, zone } = data;
  const view = useAsked(shown);
  const { area, resolution } = view;
  const source = leadingSource(view);
  const hasBeside = source === "reported" && view.discovered.length > 0;

  const finest = studyOf(area, eventResolution);
  const lens = useMemo(
    () => createLens(events, studyOf(area, resolution), finest),
    [events, studyOf, area, resolution, finest],
  );
  const filter = useMemo(() => filterOf(view, source, zone), [view, source, zone]);
  const besideFilter = useMemo(
    () => (hasBeside ? filterOf(view, "discovered", zone) : null),
    [hasBeside, view, zone],
  );
  const days = daysIn(view);
  const leading = useLayer(events, lens, filter, days);
  const beside = useLayer(events, lens, besideFilter, days);
  const kinds = useMemo(() => {
    const pair = kindsSideBySide(view);
    const layerOfKind = (kind: EventKind): KindLayer => {
      const filter = filterOf({ ...view, reported: [kind] }, "reported", zone);
      return { ...layerOf(events, lens, filter, leading.breaks), kind };
    };
    return pair && ([layerOfKind(pair[0]), layerOfKind(pair[1])] as const);
  }, [view, zone, events, lens, leading.breaks]);
  const aside = useAside(view, { events, zone, within, lens, finest });
  const { columns } = events;
  const types = useMemo(() => wordsOfTypes(columns.types, view.types), [columns, view]);
  return useMemo(
    () => ({ lens, leading, beside, kinds, aside, types }),
    [lens, leading, beside, kinds, aside, types],
  );
}

/** Stable while only the camera, a chosen place or map marks change. */
function useAsked(view: HotspotsView): HotspotsView {
  const {
    camera: _camera,
    cell: _cell,
    factors: _factors,
    showsKeepClear: _clear,
    ...asked
  } = view;
  const key = JSON.stringify(asked);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is all that counts are made from.
  return useMemo(() => view, [key]);
}

function useLayer(events: PreparedEvents, lens: Lens, filter: EventFilter, days: number): Layer;
function useLayer(
  events: PreparedEvents,
  lens: Lens,
  filter: EventFilter | null,
  days: number,
): Layer | null;
function useLayer(events: PreparedEvents, lens: Lens, filter: EventFilter | null, days: number) {
  const all = useAllRecords(events, lens, filter);
  return useMemo(
    () =>
      filter && all
        ? layerOf(events, lens, filter, fixedBreaks(all, { days, hours: filter.hours }))
        : null,
    [events, lens, filter, all, days],
  );
}

export function layerOf(
  events: PreparedEvents,
  lens: Lens,
  filter: EventFilter,
  breaks: readonly number[],
): Layer {
  const summary = lookThrough(events, lens, filter);
  const shares = roundShares(summary.weights);
  const shared = shares.reduce((sum, share) => sum + share, 0);
  return { filter, summary, classes: itemClasses(lens, summary, breaks), breaks, shares, shared };
}

export function useTyped(all: HotspotsData, types: readonly string[]): HotspotsData {
  const keys = types.join();
  return useMemo(() => {
    if (keys === "") return all;
    const columns = ofTypes(all.events.columns, keys.split(","));
    return { ...all, events: prepareEvents(columns, all.zone) };
  }, [all, keys]);
}
