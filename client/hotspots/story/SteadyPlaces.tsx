import { useMemo } from "react";
import type { HotspotsData, Picture } from "#client/hotspots/files/use-picture.ts";
import { rangeInMinutes } from "#client/hotspots/filters.ts";
import { lookThrough } from "#client/hotspots/lens.ts";
import { baselineRange } from "#client/hotspots/map/baseline.ts";
import { type DateRange, daysIn } from "#client/hotspots/presets.ts";
import { steadinessWords } from "#client/hotspots/story/steadiness-words.ts";
import { type HotspotsView, leadingSource } from "#client/hotspots/view.ts";
import { nounOf } from "#client/hotspots/words.ts";
import { describeWeeks } from "#core/hotspots/sentence.ts";
import { keptHotspots, steadiness } from "#core/hotspots/steadiness.ts";
import { testCells } from "#core/hotspots/test-cells.ts";

export interface SteadyPlacesProps {
  readonly data: HotspotsData;
  readonly view: HotspotsView;
  readonly picture: Picture;
  /** From the first record to the as-at date. */
  readonly within: DateRange;
}

/**
 * Whether the busiest places of these dates were busy before, and how large a fall could be seen there. Nothing is said of what
 * police found by themselves: it falls with their patrols (SAFEGUARDS 9).
 */
export function SteadyPlaces({ data, view, picture, within }: SteadyPlacesProps) {
  const { events, zone } = data;
  const { lens, leading } = picture;
  const { from, to } = view;
  const isReported = leadingSource(view) === "reported";
  const found = useMemo(() => {
    if (!isReported) return null;
    const range = { from, to };
    const before = baselineRange(range, "before", within);
    // Only a period of the same length picks as these dates do.
    if ("fault" in before || daysIn(before) < daysIn(range)) return null;
    const during = rangeInMinutes(before, zone);
    const { counts } = lookThrough(events, lens, { ...leading.filter, ...during });
    const steady = steadiness(leading.summary.counts, counts);
    if (!steady) return null;
    const hotIn = (given: Int32Array) => testCells(given, lens.study).hot;
    return { steady, hot: keptHotspots(hotIn(leading.summary.counts), hotIn(counts)) };
  }, [events, zone, lens, leading, from, to, within, isReported]);
  if (!found) return null;
  const weeks = daysIn(view) / 7;
  const told = { ...found, weeks, period: describeWeeks(weeks), noun: nounOf(view) };
  return (
    <p>
      <strong>Will busy places stay busy?</strong>{" "}
      {steadinessWords({ ...told, total: leading.summary.total })}
    </p>
  );
}
