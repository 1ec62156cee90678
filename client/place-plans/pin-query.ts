import { type HotspotsView, isWholeWeek, leadingSource } from "#client/hotspots/view.ts";
import { discoveredSources, reportedSources, weekdays } from "#core/hotspots/filter.ts";

export type PinQuery =
  | { readonly ok: true; readonly query: Readonly<Record<string, string>> }
  /** What is on screen cannot be pinned, and what to do. */
  | { readonly ok: false; readonly reason: string };

/** What GET /api/hotspots is asked for what the screen shows, so that the pin is counted and tested anew. */
export function pinQuery(view: HotspotsView): PinQuery {
  const measure = measureOf(view);
  if (!measure.ok) return measure;
  const isReported = leadingSource(view) === "reported";
  const { days, hours } = view.time;
  const week = isWholeWeek(view.time)
    ? {}
    : {
        ...(days.length < 7 ? { days: days.map((day) => weekdays[day]).join(",") } : {}),
        ...(hours ? { hours: `${hours.from}-${hours.to}` } : {}),
      };
  return {
    ok: true,
    query: {
      from: view.from,
      to: view.to,
      kinds: (isReported ? view.reported : view.discovered).join(","),
      sources: (isReported ? reportedSources : discoveredSources).join(","),
      resolution: String(view.resolution),
      measure: measure.measure,
      ...(view.types.length === 0 ? {} : { types: view.types.join(",") }),
      ...(view.area === "" ? {} : { area: view.area }),
      ...week,
    },
  };
}

function measureOf({ measure, baseline, reported, discovered }: HotspotsView) {
  if (reported.length === 0 && discovered.length === 0) {
    return { ok: false, reason: "Nothing is chosen to be counted. Choose a kind first." } as const;
  }
  if (measure === "effort") {
    const reason =
      "Patrol time stays on the screen: it is never kept by place. Choose another measure.";
    return { ok: false, reason } as const;
  }
  if (measure === "change" && baseline !== "before") {
    const reason =
      "A change is pinned against the days just before. Choose those to compare with, or another measure.";
    return { ok: false, reason } as const;
  }
  return { ok: true, measure: measure === "hot" ? "gi" : measure } as const;
}
