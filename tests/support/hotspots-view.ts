import { type HotspotsView, wholeWeek } from "#client/hotspots/state/view.ts";

/** What Hotspots shows of the demonstration where nobody has chosen anything. */
export const usualView: HotspotsView = {
  area: "",
  from: "2021-10-02",
  to: "2021-11-26",
  reported: ["complaint", "sighting"],
  discovered: [],
  types: [],
  time: wholeWeek,
  resolution: 9,
  measure: "count",
  baseline: "before",
  isSideBySide: false,
  by: "cell",
  isSurface: false,
  cell: null,
  showsKeepClear: true,
  factors: [],
  camera: null,
};
