import { expect, test } from "vitest";
import { measures } from "#client/hotspots/measures/list.ts";
import { type HotspotsView, usedFilters, wholeWeek } from "#client/hotspots/state/view.ts";
import { countedWords } from "#client/hotspots/state/words.ts";
import { discoveredKinds } from "#core/records/kinds.ts";
import { usualView } from "#tests/support/hotspots-view.ts";

const view: HotspotsView = {
  ...usualView,
  from: "2021-08-01",
  reported: ["complaint"],
  discovered: ["arrest", "stop_search"],
  time: { days: [4], hours: { from: 20, to: 2 } },
};

test("every measure but patrol time uses every filter", () => {
  for (const measure of measures.filter((one) => one !== "patrol_time")) {
    expect(usedFilters({ ...view, measure })).toEqual({ ...view, measure });
  }
});

test("patrol time uses days and police records, and neither hours nor reports", () => {
  const used = usedFilters({ ...view, measure: "patrol_time" });
  expect(used.time).toEqual({ days: [4], hours: null });
  expect(used.reported).toEqual([]);
  expect(countedWords(used)).toBe("police records: arrests, stop and search");
  expect(usedFilters({ ...view, measure: "patrol_time", time: wholeWeek }).time).toEqual(wholeWeek);
});

test("patrol time counts all police records where none are chosen, and chooses none for other measures", () => {
  const none = { ...view, discovered: [] };
  expect(usedFilters({ ...none, measure: "patrol_time" }).discovered).toEqual(discoveredKinds);
  expect(usedFilters({ ...none, measure: "count" }).discovered).toEqual([]);
  expect(usedFilters({ ...view, measure: "patrol_time" }).discovered).toEqual(view.discovered);
});
