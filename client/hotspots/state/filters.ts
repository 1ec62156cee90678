import type { DateRange } from "#client/hotspots/measures/presets.ts";
import { type HotspotsView, isWholeWeek, type WeekFilter } from "#client/hotspots/state/view.ts";
import {
  discoveredSources,
  type EventFilter,
  hourMask,
  reportedSources,
  weekdays,
} from "#core/hotspots/filter.ts";
import { addDays, minuteMs, type Zone } from "#core/time/zone.ts";

export function filterOf(
  view: HotspotsView,
  source: "reported" | "discovered",
  zone: Zone,
): EventFilter {
  return {
    ...rangeInMinutes(view, zone),
    kinds: view[source],
    sources: source === "reported" ? reportedSources : discoveredSources,
    categories: null,
    hours: maskOf(view.time),
  };
}

export function allTimeFilter(filter: EventFilter): EventFilter {
  return { ...filter, from: -(2 ** 30), to: 2 ** 30, hours: null };
}

export function maskOf(time: WeekFilter): Uint8Array | null {
  if (isWholeWeek(time)) return null;
  const { days, hours } = time;
  const named = weekdays.filter((_, day) => days.includes(day));
  return hourMask(named, hours);
}

/** Inclusive London dates to half-open epoch minutes. */
export function rangeInMinutes(range: DateRange, zone: Zone) {
  return {
    from: zone.startOfDate(range.from) / minuteMs,
    to: zone.startOfDate(addDays(range.to, 1)) / minuteMs,
  };
}
