import { type HotspotsView, isWholeWeek, leadingSource } from "#client/hotspots/state/view.ts";
import { discoveredSources, reportedSources, weekdays } from "#core/hotspots/filter.ts";

export function askedQuery(view: HotspotsView): Readonly<Record<string, string>> {
  const isReported = leadingSource(view) === "reported";
  const { days, hours } = view.time;
  const week = isWholeWeek(view.time)
    ? {}
    : {
        ...(days.length < 7 ? { days: days.map((day) => weekdays[day]).join(",") } : {}),
        ...(hours ? { hours: `${hours.from}-${hours.to}` } : {}),
      };
  return {
    from: view.from,
    to: view.to,
    kinds: (isReported ? view.reported : view.discovered).join(","),
    sources: (isReported ? reportedSources : discoveredSources).join(","),
    ...(view.types.length === 0 ? {} : { types: view.types.join(",") }),
    ...(view.area === "" ? {} : { area: view.area }),
    ...week,
  };
}
