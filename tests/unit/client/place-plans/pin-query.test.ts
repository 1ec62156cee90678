import { expect, test } from "vitest";
import { measures } from "#client/hotspots/measures/list.ts";
import type { HotspotsView } from "#client/hotspots/state/view.ts";
import { pinQuery } from "#client/place-plans/PinToPlan.tsx";
import { usualView } from "#tests/support/hotspots-view.ts";

const view: HotspotsView = {
  ...usualView,
  from: "2021-08-01",
  reported: ["complaint"],
  time: { days: [4], hours: { from: 20, to: 2 } },
};

test("a figure is pinned of what the screen shows, chosen types included", () => {
  const plain = {
    from: "2021-08-01",
    to: "2021-11-26",
    kinds: "complaint",
    sources: "resident,partner",
    resolution: "9",
    measure: "count",
    days: "fri",
    hours: "20-2",
  };
  expect(pinQuery(view)).toEqual({ ok: true, query: plain });
  expect(pinQuery({ ...view, types: ["drugs", "other-theft"] })).toEqual({
    ok: true,
    query: { ...plain, types: "drugs,other-theft" },
  });
});

test("each measure is pinned as the server ranks by it", () => {
  const asked = measures.map((measure) => {
    const pinned = pinQuery({ ...view, measure });
    return [measure, pinned.ok ? pinned.query["measure"] : pinned.reason.split(" cannot ")[0]];
  });
  expect(Object.fromEntries(asked)).toEqual({
    count: "count",
    significance: "gi",
    change: "change",
    pattern: "emerging",
    harm: "Harm",
    patrol_time: "Patrol time",
  });
});

test("what stays on the screen is not pinned, and says what to choose instead", () => {
  expect(pinQuery({ ...view, measure: "patrol_time" })).toMatchObject({
    ok: false,
    reason: expect.stringMatching(/^Patrol time .* Choose another measure\.$/),
  });
  expect(pinQuery({ ...view, reported: [] })).toMatchObject({ ok: false });
  expect(pinQuery({ ...view, by: "street" })).toEqual({
    ok: false,
    reason: "A place plan keeps figures by cell. Choose By cell first.",
  });
});
