import type { Baseline } from "#client/hotspots/map/baseline.ts";
import { type Measure, measureOf } from "#client/hotspots/measures/list.ts";
import type { MapCamera } from "#client/map/camera.ts";
import { type H3Cell, resolutionOf } from "#core/geo/cell.ts";
import type { FactorKind } from "#core/places/wire/layers.ts";
import { discoveredKinds, type EventKind } from "#core/records/kinds.ts";

/** Everything that the screen shows follows from this and the loaded events. */
export interface HotspotsView {
  /** The whole command, the name of one of its boroughs, or `ward:NAME` and the like. */
  readonly area: string;
  /** Inclusive London dates. */
  readonly from: string;
  readonly to: string;
  /** Kinds as residents and partners report them: filled, ranked. */
  readonly reported: readonly EventKind[];
  /** Kinds as police come upon them: hollow, never added to the reported. */
  readonly discovered: readonly EventKind[];
  /** Keys of the sources' own words; records of any type and of none unless some are chosen. */
  readonly types: readonly string[];
  readonly time: WeekFilter;
  /** By cell, or by stretch of street: counts and their test alone. */
  readonly by: "cell" | "street";
  readonly resolution: MapResolution;
  readonly measure: Measure;
  /** What a change is told against. */
  readonly baseline: Baseline;
  /** Both periods of a change beside each other, instead of the difference on one map. */
  readonly isSideBySide: boolean;
  /** Counts as one smooth surface instead of cells: on screen alone, never on paper or in a file. */
  readonly isSurface: boolean;
  readonly cell: H3Cell | null;
  readonly showsKeepClear: boolean;
  /** Place factors that are drawn; none unless asked for. */
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

export function isWholeWeek({ days, hours }: WeekFilter): boolean {
  // A day from six to six, every day, is the whole week too.
  return days.length === 7 && (hours === null || hours.from === hours.to);
}

/** Reports lead; police finds are ranked only when no report is chosen, or against the hours of patrol. */
export function leadingSource(view: HotspotsView): "reported" | "discovered" {
  if (measureOf(view.measure).isOfFinds) return "discovered";
  return view.reported.length === 0 && view.discovered.length > 0 ? "discovered" : "reported";
}

/**
 * The view with the filters that are really used: patrol time is logged by day, never by hour, and says something of
 * police finds alone, of all where none are chosen. Other measures keep what was chosen.
 */
export function usedFilters(view: HotspotsView): HotspotsView {
  if (!measureOf(view.measure).isOfFinds) return view;
  const discovered = view.discovered.length > 0 ? view.discovered : discoveredKinds;
  return { ...view, reported: [], discovered, time: { ...view.time, hours: null } };
}

/** What cannot hold together is let go: a chosen place is a cell of the size that is shown, and streets have counts alone. */
export function consistent(view: HotspotsView): HotspotsView {
  const { cell, resolution, by } = view;
  if (by === "street" && (cell !== null || !showsHot(view))) {
    return { ...view, cell: null, measure: showsHot(view) ? view.measure : "count" };
  }
  return cell === null || resolutionOf(cell) === resolution ? view : { ...view, cell: null };
}

/** A surface smooths reports alone, and only where counts are the picture. */
export function drawsSurface(view: HotspotsView): boolean {
  return (
    view.by === "cell" && view.isSurface && showsHot(view) && leadingSource(view) === "reported"
  );
}

/** What is drawn of it never goes on paper or into a file; the counts behind it do. */
export function isOnScreenAlone(view: HotspotsView): boolean {
  return drawsSurface(view) || measureOf(view.measure).isOfFinds === true;
}

/** Outlines of hot places belong to the pictures of counts. */
export function showsHot({ measure }: HotspotsView): boolean {
  return measureOf(measure).showsCounts === true;
}

/** Both periods of a change beside each other. */
export function standsSideBySide({ measure, isSideBySide }: HotspotsView): boolean {
  return measureOf(measure).compares === true && isSideBySide;
}
