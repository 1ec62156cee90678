import { expect, test } from "vitest";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { paramsFromView, viewFromParams } from "#client/hotspots/state/view-address.ts";
import { formatFragment, parseFragment } from "#client/state/url.ts";
import { cellAt } from "#core/geo/cell.ts";
import { usualView as usual } from "#tests/support/hotspots-view.ts";

const unusual: HotspotsView = {
  area: "Haringey",
  from: "2021-08-01",
  to: "2021-09-30",
  reported: ["sighting"],
  discovered: ["arrest", "stop_search"],
  types: ["drugs", "other-theft"],
  time: { days: [3, 4, 5], hours: { from: 22, to: 2 } },
  resolution: 10,
  measure: "significance",
  baseline: { from: "2020-01-01", to: "2020-03-31" },
  isSideBySide: true,
  by: "street",
  isSurface: true,
  cell: cellAt([-0.0635, 51.617], 10),
  showsKeepClear: false,
  factors: ["alley", "stop"],
  camera: { centre: [-0.0635, 51.617], zoom: 13.5 },
};

function roundTrip(view: HotspotsView): HotspotsView {
  const fragment = formatFragment({ screen: "hotspots", params: paramsFromView(view, usual) });
  return viewFromParams(parseFragment(fragment).params, usual);
}

test("any view survives the address bar", () => {
  expect(roundTrip(unusual)).toEqual(unusual);
  expect(roundTrip(usual)).toEqual(usual);
});

test("types are read as keys and nothing else", () => {
  const types = "drugs,drugs,,Other theft,a%20b,other-theft";
  expect(viewFromParams({ types }, usual).types).toEqual(["drugs", "other-theft"]);
});

test("no kinds at all is a choice of its own, not the usual one", () => {
  expect(roundTrip({ ...usual, reported: [] }).reported).toEqual([]);
});

test("a sent link names its dates even when they are the usual ones", () => {
  expect(paramsFromView(usual, usual)).toMatchObject({ from: "2021-10-02", to: "2021-11-26" });
});

test("what cannot be read is the usual, never an error", () => {
  const params = {
    from: "2021-02-31",
    to: "tomorrow",
    res: "12",
    measure: "heat",
    days: "someday",
    hours: "25-99",
    cell: "not-a-cell",
    at: "1,2",
    reported: "complaint,<script>",
  };
  expect(viewFromParams(params, usual)).toEqual({ ...usual, reported: ["complaint"] });
});

test("dates the wrong way round are the usual ones", () => {
  const { from, to } = viewFromParams({ from: "2021-11-01", to: "2021-10-01" }, usual);
  expect([from, to]).toEqual([usual.from, usual.to]);
});

test("a link can ask for the last days, whenever it is opened", () => {
  expect(viewFromParams({ last: "7" }, usual)).toEqual({
    ...usual,
    from: "2021-11-20",
    to: "2021-11-26",
  });
  for (const last of ["0", "-7", "7.5", "x", "999999999"]) {
    expect(viewFromParams({ last }, usual)).toEqual(usual);
  }
});
