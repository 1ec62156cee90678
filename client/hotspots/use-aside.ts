import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { dose as doseResource } from "#client/hotspots/dose.ts";
import { filterOf, rangeInMinutes } from "#client/hotspots/filters.ts";
import { createLens, fixedBreaks, type Lens, lookThrough } from "#client/hotspots/lens.ts";
import { baselineRange } from "#client/hotspots/map/baseline.ts";
import { surfaceBreaks } from "#client/hotspots/map/surface-scale.ts";
import type { MeasureAsk } from "#client/hotspots/measure-ask.ts";
import { type DateRange, daysIn } from "#client/hotspots/presets.ts";
import { useAllRecords } from "#client/hotspots/use-all-records.ts";
import { drawsSurface, type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import { useStore } from "#client/state/use-store.ts";
import { eventResolution } from "#core/geo/cell.ts";
import type { PeriodLengths } from "#core/hotspots/change.ts";
import type { HotspotSummary } from "#core/hotspots/counts.ts";
import { minutesByCell } from "#core/hotspots/dose.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import type { PreparedEvents } from "#core/hotspots/prepare.ts";
import { emergingSteps, fewestSteps } from "#core/hotspots/steps.ts";
import { surfaceGround } from "#core/hotspots/surface-ground.ts";
import type { DoseReply } from "#core/hotspots/wire/dose.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Fold } from "#core/stats/folds.ts";
import { minuteMs, type Zone } from "#core/time/zone.ts";

/** What a measure stands on beside the counts of the chosen dates. */
export type Aside = ChangeAside | EmergingAside | EffortAside | SurfaceAside | Unanswerable;

export interface ChangeAside {
  readonly measure: "change";
  readonly range: DateRange;
  readonly lengths: PeriodLengths;
  readonly summary: HotspotSummary;
  readonly ask: () => MeasureAsk;
}

export interface EmergingAside {
  readonly measure: "emerging";
  readonly steps: readonly Fold[];
  readonly ask: () => MeasureAsk;
}

export interface EffortAside {
  readonly measure: "effort";
  /** Per cell of the study set. */
  readonly minutes: Float64Array;
  readonly total: number;
  readonly ask: () => MeasureAsk;
}

export interface SurfaceAside {
  readonly measure: "surface";
  /** Events per square kilometre, fixed for all periods of this length. */
  readonly breaks: readonly number[];
  readonly ask: () => MeasureAsk;
}

/** The question makes no sense here; a plain answer says why and what to do. */
export interface Unanswerable {
  readonly measure: "none";
  readonly fault: string;
  /** What it waits for may still come. */
  readonly isWaiting: boolean;
}

/** Between periods of one length counts compare as they are. */
export function isEvenComparison(aside: Aside | null | undefined): boolean {
  return aside?.measure !== "change" || aside.lengths[0] === aside.lengths[1];
}

export interface AsideInput {
  readonly events: PreparedEvents;
  readonly zone: Zone;
  readonly within: DateRange;
  readonly lens: Lens;
  /** The finest cells of the area: they say what belongs to it. */
  readonly finest: StudySet;
}

export function useAside(view: HotspotsView, input: AsideInput): Aside | null {
  const { events, zone, within, lens, finest } = input;
  const finestLens = useFinestLens(drawsSurface(view), input);
  const filter = useMemo(() => filterOf(view, leadingSource(view), zone), [view, zone]);
  const all = useAllRecords(events, finestLens, filter);
  const dose = useDose(view.measure === "effort");
  return useMemo((): Aside | null => {
    const scene = { events, lens, filter };
    if (finestLens && all) {
      const breaks = fixedBreaks(all, { days: daysIn(view), hours: filter.hours });
      return surfaceAside(view.area, { ...scene, lens: finestLens }, surfaceBreaks(breaks));
    }
    switch (view.measure) {
      case "change":
        return changeAside(view, within, zone, scene);
      case "emerging":
        return emergingAside(view, zone, scene);
      case "effort":
        return effortAside(view, dose, { study: lens.study, finest });
      case "count":
      case "hot":
        return null;
    }
  }, [view, within, zone, events, lens, filter, finest, finestLens, all, dose]);
}

interface Scene {
  readonly events: PreparedEvents;
  readonly lens: Lens;
  readonly filter: EventFilter;
}

function changeAside(
  view: HotspotsView,
  within: DateRange,
  zone: Zone,
  { events, lens, filter }: Scene,
): ChangeAside | Unanswerable {
  const range = baselineRange(view, view.baseline, within);
  if ("fault" in range) return unanswerable(range.fault);
  const summary = lookThrough(events, lens, { ...filter, ...rangeInMinutes(range, zone) });
  const lengths = [daysIn(range), daysIn(view)] as const;
  return {
    measure: "change",
    range,
    lengths,
    summary,
    ask: () => ({ measure: "change", before: summary.counts, lengths }),
  };
}

function emergingAside(
  view: HotspotsView,
  zone: Zone,
  { events, lens, filter }: Scene,
): EmergingAside | Unanswerable {
  const steps = emergingSteps(zone, view);
  if (!steps) {
    return unanswerable(
      `A pattern over time needs at least ${fewestSteps} whole weeks. Choose longer dates.`,
    );
  }
  const countsIn = ({ start, end }: Fold) =>
    lookThrough(events, lens, { ...filter, from: start / minuteMs, to: end / minuteMs }).counts;
  return {
    measure: "emerging",
    steps,
    ask: () => ({ measure: "emerging", steps: steps.map(countsIn) }),
  };
}

function effortAside(
  view: HotspotsView,
  dose: DoseReply | DoseState,
  { study, finest }: { readonly study: StudySet; readonly finest: StudySet },
): EffortAside | Unanswerable {
  if (dose === "loading") return { ...unanswerable("Patrol hours are coming."), isWaiting: true };
  if (dose === "failed") {
    return unanswerable(
      "Patrol hours could not be loaded, so no rate can be told. Load the page again.",
    );
  }
  const { from, to, time } = view;
  const minutes = minutesByCell(dose, study, finest, { from, to, days: time.days });
  return {
    measure: "effort",
    minutes,
    total: minutes.reduce((sum, value) => sum + value, 0),
    ask: () => ({ measure: "effort", minutes }),
  };
}

function surfaceAside(
  area: string,
  { events, lens, filter }: Scene,
  breaks: readonly number[],
): SurfaceAside {
  const { study } = lens;
  return {
    measure: "surface",
    breaks,
    ask: () => ({
      measure: "surface",
      ground: surfaceGround(study),
      groundKey: `${area} ${eventResolution}`,
      weights: lookThrough(events, lens, filter).weights,
    }),
  };
}

function unanswerable(fault: string): Unanswerable {
  return { measure: "none", fault, isWaiting: false };
}

/** The finest cells as they are smoothed; null while no surface is drawn. */
function useFinestLens(isDrawn: boolean, { events, finest }: AsideInput): Lens | null {
  return useMemo(() => (isDrawn ? createLens(events, finest) : null), [isDrawn, events, finest]);
}

type DoseState = "loading" | "failed";

function useDose(isAsked: boolean): DoseReply | DoseState {
  useEffect(() => {
    if (isAsked) doseResource.reload();
  }, [isAsked]);
  const resource = useStore(doseResource.store, (state) => state);
  if (resource.status === "failed") return "failed";
  return hasValue(resource) ? resource.value : "loading";
}
