import { expect, test } from "vitest";
import { cellsClosed } from "#client/patrols/use-keep-clear.ts";
import { datesFrom, spanOf, weekScale } from "#client/patrols/week/week-layout.ts";
import { cellAt } from "#core/geo/cell.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const [monday, thursday, later] = [
  cellAt([-0.06, 51.61], 10),
  cellAt([-0.07, 51.61], 10),
  cellAt([-0.08, 51.61], 10),
];
const at = (text: string) => Date.parse(text);
const keepClear = {
  until: at("2021-12-11T00:00Z"),
  shownUntil: "2021-12-11T00:00:00+00:00",
  failed: false,
  stretches: [
    { from: at("2021-11-29T18:00Z"), to: at("2021-11-29T23:30Z"), cells: [monday] },
    { from: at("2021-12-02T19:00Z"), to: at("2021-12-02T22:30Z"), cells: [thursday] },
    { from: at("2021-12-06T18:00Z"), to: at("2021-12-06T23:30Z"), cells: [later] },
  ],
};
const daysFrom = (from: string, days: number) =>
  spanOf({
    zone,
    dates: datesFrom(from, days),
    scale: weekScale([{ startMinute: 22 * 60, endMinute: 2 * 60 }]),
  });

test("only what falls in the days on screen is drawn on the map", () => {
  expect(cellsClosed(keepClear, daysFrom("2021-11-29", 7))).toEqual(
    [monday, thursday].sort((a, b) => (a < b ? -1 : 1)),
  );
  expect(cellsClosed(keepClear, daysFrom("2021-12-02", 1))).toEqual([thursday]);
  expect(cellsClosed(keepClear, daysFrom("2021-12-13", 7))).toEqual([]);
});
