import type { Aside, Unanswerable } from "#client/hotspots/measures/measure.ts";
import type { HotspotsView } from "#client/hotspots/view.ts";

/** The view as it is drawn: where its measure cannot be answered the counts are shown, never an empty map. */
export function shownView(
  view: HotspotsView,
  aside: Aside | Unanswerable | null | undefined,
): HotspotsView {
  if (aside?.measure !== "none") return view;
  return { ...view, measure: "count", isSurface: false };
}
