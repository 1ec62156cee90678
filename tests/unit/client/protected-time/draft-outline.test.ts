import { expect, test } from "vitest";
import { extentWords } from "#client/protected-time/outreach/place-words.ts";
import {
  draftOfDate,
  emptyDraft,
  readDraft,
  reusedPlace,
} from "#client/protected-time/session-form/draft.ts";
import type { Draft } from "#client/protected-time/session-form/draft-when.ts";
import type { Position } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { snapToLattice } from "#core/protected-time/lattice.ts";
import type { SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import { draftLimits as limits } from "#tests/support/session-drafts.ts";

const street: readonly Position[] = [
  [-0.0631, 51.6179],
  [-0.0622, 51.6203],
  [-0.0601, 51.6241],
];
const fresh: Draft = { ...emptyDraft("2021-11-26", []), label: "Round", asksDay: false };
const route: Draft = { ...fresh, kind: "corridor", corners: street };
const area: Draft = {
  ...fresh,
  kind: "area",
  corners: [
    [-0.066, 51.615],
    [-0.058, 51.615],
    [-0.057, 51.62],
  ],
};

const faultsOf = (draft: Draft, places: readonly SavedPlaceReply[] = []) => {
  const read = readDraft(draft, places, limits);
  return read.ok ? {} : read.reason;
};

test("a route and an area are read as the lattice cells that they overlap", () => {
  for (const draft of [route, area]) {
    const read = readDraft(draft, [], limits);
    expect(read).toMatchObject({
      ok: true,
      value: { place: { kind: "new", place: { kind: draft.kind, classM: 100 } } },
    });
  }
});

test("outlines that cannot be meant are refused at the place, in words without a coordinate", () => {
  const [a, b, c] = area.corners as [Position, Position, Position];
  for (const [draft, reason] of [
    [{ ...route, corners: [] }, "Tap the route on the map"],
    [{ ...route, corners: street.slice(0, 1) }, "beginning and the end"],
    [{ ...route, corners: [street[0], street[0]] }, "shorter than 50 m"],
    [
      {
        ...route,
        corners: [
          [-0.06, 51.6],
          [-0.06, 51.66],
        ],
      },
      "longer than 5 km",
    ],
    [
      {
        ...route,
        corners: [
          [51.6, -0.06],
          [51.61, -0.06],
        ],
      },
      "swapped",
    ],
    [
      {
        ...route,
        corners: [
          [-0.1, 51.5],
          [-0.1, 51.505],
        ],
      },
      "plans no patrols there",
    ],
    [{ ...route, corners: Array.from({ length: 81 }, () => street[0]) }, "more than 80 corners"],
    [{ ...area, corners: [a, b] }, "at least three corners"],
    [{ ...area, corners: [a, c, b, [-0.064, 51.62]] }, "crosses itself"],
    [{ ...area, corners: [a, b, [-0.057, 51.66]] }, "more than 3 km across"],
    [{ ...area, corners: [a, [-0.0661, 51.615], [-0.066, 51.6151]] }, "smaller than a circle"],
  ] as const) {
    const { place } = faultsOf(draft as Draft);
    expect(place).toContain(reason);
    expect(place).not.toMatch(/51\.|0\.0\d/);
  }
  for (const width of ["", "0", "5000", "30.5"]) {
    expect(Object.keys(faultsOf({ ...route, width }))).toEqual(["width"]);
  }
});

test("a route through the same cells as a saved one is that one", () => {
  const place = snapToLattice({ kind: "corridor", corners: street, halfWidthM: 50 });
  const saved: SavedPlaceReply = {
    ...place,
    id: "11111111-1111-4111-8111-111111111111",
    label: "Long round",
    lattice: [...place.lattice],
    cells: footprintOf(place),
    usedAt: "2021-11-20T10:00:00+00:00",
  };
  expect(reusedPlace(route, [saved])?.label).toBe("Long round");
  expect(reusedPlace({ ...route, corners: street.slice(0, 2) }, [saved])).toBeNull();
  expect(readDraft(route, [saved], limits)).toMatchObject({
    ok: true,
    value: { place: { kind: "saved", isReused: true } },
  });
  expect(reusedPlace(area, [saved])).toBeNull();
  expect(extentWords(saved)).toBe("a route");
});

test("one date to be moved is a single session of that date, at the same place and times", () => {
  const session = {
    placeId: "p",
    rule: {
      repeats: "weekly",
      everyWeeks: 2,
      firstDate: "2021-11-29",
      start: "18:00",
      end: "19:00",
      until: "2022-01-01",
      days: [1, 3],
    },
    next: [],
  };
  expect(draftOfDate(session as never, "2021-12-13", [])).toMatchObject({
    placeId: "p",
    repeats: "once",
    firstDate: "2021-12-13",
    start: "18:00",
    end: "19:00",
    until: "",
    days: [],
  });
});
