import { expect, test } from "vitest";
import { keepClearCells } from "#client/hotspots/choices/KeepClear.tsx";
import { maskOf } from "#client/hotspots/state/filters.ts";
import { createZone } from "#core/time/zone.ts";

const zone = createZone("Europe/London");
const reply = {
  until: "2021-12-10T00:00:00+00:00",
  stretches: [
    // Friday evening into Saturday.
    { from: "2021-11-26T19:30:00+00:00", to: "2021-11-27T00:30:00+00:00", cells: ["b", "a"] },
    // Tuesday morning.
    { from: "2021-11-30T09:00:00+00:00", to: "2021-11-30T10:00:00+00:00", cells: ["a", "c"] },
  ],
};

test("without an hour filter every closed cell is hatched, once", () => {
  expect(keepClearCells(reply, null, zone)).toEqual(["a", "b", "c"]);
});

test("an hour that is closed in part is hatched", () => {
  const friday19 = maskOf({ days: [4], hours: { from: 19, to: 20 } });
  const saturday00 = maskOf({ days: [5], hours: { from: 0, to: 1 } });
  expect(keepClearCells(reply, friday19, zone)).toEqual(["a", "b"]);
  expect(keepClearCells(reply, saturday00, zone)).toEqual(["a", "b"]);
});

test("hours that only touch the end are not", () => {
  const tuesday10 = maskOf({ days: [1], hours: { from: 10, to: 12 } });
  expect(keepClearCells(reply, tuesday10, zone)).toEqual([]);
});

test("local hours are meant, in summer too", () => {
  const summer = {
    until: "2021-07-14T00:00:00+01:00",
    stretches: [
      { from: "2021-07-02T21:00:00+01:00", to: "2021-07-02T22:00:00+01:00", cells: ["a"] },
    ],
  };
  expect(keepClearCells(summer, maskOf({ days: [4], hours: { from: 21, to: 22 } }), zone)).toEqual([
    "a",
  ]);
  expect(keepClearCells(summer, maskOf({ days: [4], hours: { from: 20, to: 21 } }), zone)).toEqual(
    [],
  );
});
