import type { Baseline } from "#client/hotspots/measures/baseline.ts";
import { type Measure, measureOf } from "#client/hotspots/measures/list.ts";
import { usualWeeks } from "#client/hotspots/measures/presets.ts";
import type { MapCamera } from "#client/map/camera.ts";
import { type H3Cell, resolutionOf } from "#core/geo/cell.ts";
import type { FactorKind } from "#core/places/wire/layers.ts";
import { discoveredKinds, type EventKind, reportedKinds } from "#core/records/kinds.ts";
import { addDays } from "#core/time/zone.ts";

/** Everything that the screen shows follows from this and the loaded events. */
export interface HotspotsView {
  /** The whole command, the name of one of its boroughs, or `ward:NAME` and the like. */
  readonly area: string;
  /** Inclusive London dates. */
  readonly from: string;
  readonly to: string;
  /** Reported by residents and partners: filled, ranked. */
  readonly reported: readonly EventKind[];
  /** Kinds as police come upon them: hollow, never added to the reported. */
  readonly discovered: readonly EventKind[];
  /** Keys of the sources' own words; empty: records of any type or none. */
  readonly types: readonly string[];
  readonly time: WeekFilter;
  /** Streets have counts and their test only. */
  readonly by: "cell" | "street";
  readonly resolution: MapResolution;
  readonly measure: Measure;
  readonly baseline: Baseline;
  /** Both periods of a change, or two kinds of report, beside each other instead of on one map. */
  readonly isSideBySide: boolean;
  /** A smooth surface for counts: on screen only, never on paper or in a file. */
  readonly isSurface: boolean;
  readonly cell: H3Cell | null;
  readonly showsKeepClear: boolean;
  readonly factors: readonly FactorKind[];
  readonly camera: MapCamera | null;
}

/** Days (0 is Monday) on which some hours start; the hours may cross midnight. */
export interface WeekFilter {
  readonly days: readonly number[];
  /** Null: the whole day. `[22, 2)` ends on the next morning. */
  readonly hours: { readonly from: number; readonly to: number } | null;
}

export const mapResolutions = [8, 9, 10] as const;
export type MapResolution = (typeof mapResolutions)[number];

export const allDays: readonly number[] = [0, 1, 2, 3, 4, 5, 6];
export const wholeWeek: WeekFilter = { days: allDays, hours: null };
export const wholeCommand = "";

/** The first view of the screen, and what a link leaves out. */
export function usualView(asAt: string): HotspotsView {
  return {
    area: wholeCommand,
    from: addDays(asAt, 1 - 7 * usualWeeks),
    to: asAt,
    reported: reportedKinds,
    discovered: [],
    types: [],
    time: wholeWeek,
    by: "cell",
    resolution: 9,
    measure: "count",
    baseline: "before",
    isSideBySide: false,
    isSurface: false,
    cell: null,
    showsKeepClear: true,
    factors: [],
    camera: null,
  };
}

export function isWholeWeek({ days, hours }: WeekFilter): boolean {
  // Every day from six to six is the whole week too.
  return days.length === 7 && (hours === null || hours.from === hours.to);
}

/** Reports lead; police finds are ranked only when no report is chosen, or against the hours of patrol. */
export function leadingSource(view: HotspotsView): "reported" | "discovered" {
  if (measureOf(view.measure).isOfFinds) return "discovered";
  return view.reported.length === 0 && view.discovered.length > 0 ? "discovered" : "reported";
}

/**
 * The filters in effect: patrol time is logged by day, not hour, and covers only police finds, all
 * if none are chosen. Other measures keep what was chosen.
 */
export function usedFilters(view: HotspotsView): HotspotsView {
  if (!measureOf(view.measure).isOfFinds) return view;
  const discovered = view.discovered.length > 0 ? view.discovered : discoveredKinds;
  return { ...view, reported: [], discovered, time: { ...view.time, hours: null } };
}

/** Those chosen, with one more or one less, in the order of all. */
export function toggled<Item>(all: readonly Item[], chosen: readonly Item[], one: Item) {
  return all.filter((each) => (each === one) !== chosen.includes(each));
}

/** Drops conflicts: a selected cell must have the shown size, and streets have only counts. */
export function consistent(view: HotspotsView): HotspotsView {
  const { cell, resolution, by } = view;
  if (by === "street" && (cell !== null || !showsHot(view))) {
    return { ...view, cell: null, measure: showsHot(view) ? view.measure : "count" };
  }
  return cell === null || resolutionOf(cell) === resolution ? view : { ...view, cell: null };
}

export function drawsSurface(view: HotspotsView): boolean {
  return (
    view.by === "cell" &&
    view.isSurface &&
    showsHot(view) &&
    leadingSource(view) === "reported" &&
    kindsSideBySide(view) === null
  );
}

/** Never on paper or in a file; the counts behind it may be. */
export function isOnScreenAlone(view: HotspotsView): boolean {
  return drawsSurface(view) || measureOf(view.measure).isOfFinds === true;
}

/** Only pictures of counts have outlines of hot places. */
export function showsHot({ measure }: HotspotsView): boolean {
  return measureOf(measure).showsCounts === true;
}

export function standsSideBySide({ measure, isSideBySide }: HotspotsView): boolean {
  return measureOf(measure).compares === true && isSideBySide;
}

/** Of counts by cell, with two kinds of report chosen: those two, each for a map of its own. */
export function kindsSideBySide(view: HotspotsView): readonly [EventKind, EventKind] | null {
  const [left, right] = view.reported;
  const isPair = left !== undefined && right !== undefined && view.reported.length === 2;
  return isPair && view.by === "cell" && view.isSideBySide && showsHot(view) ? [left, right] : null;
}
