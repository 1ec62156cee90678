import { describe, expect, test } from "vitest";
import { cellAt, cellCentre, disk, type H3Cell, parentCell } from "#core/geo/cell.ts";
import { changePlaceZones, partnerLedZones } from "#core/patrols/done/beside.ts";
import { createFactorIndex } from "#core/places/layers/near.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { compareText } from "#core/text/text-order.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { complaintAt } from "#tests/support/reports.ts";

const [lit, plain] = [
  [51.6155, -0.0655],
  [51.6255, -0.0634],
] as const;

function reports(at: readonly [number, number], count: number): PoliceEvent[] {
  return Array.from({ length: count }, (_, index) =>
    complaintAt(cellAt(at, 10), index * 3_600_000, { category: "kerb_crawling" }),
  );
}

/** One lamp that does not work, at the first place. */
const factors = createFactorIndex({
  kinds: [{ kind: "lighting", factors: [{ label: "lamp 12", line: [lit] }] }],
} as unknown as Parameters<typeof createFactorIndex>[0]);

test("a place to change has enough reports and something about it that can be changed", () => {
  const zones = (events: readonly PoliceEvent[]) =>
    changePlaceZones(columnsFromEvents(events), factors);
  expect(zones([...reports(lit, 6), ...reports(plain, 9)])).toEqual([
    {
      zone: parentCell(cellAt(lit, 10), 9),
      cell: cellAt(lit, 10),
      reports: 6,
      factors: [{ kind: "lighting", near: 1 }],
    },
  ]);
  expect(zones([...reports(lit, 4), ...reports(plain, 9)])).toEqual([]);
  const none = createFactorIndex({ kinds: [] });
  expect(changePlaceZones(columnsFromEvents(reports(lit, 6)), none)).toEqual([]);
});

describe("places that outreach should lead in", () => {
  const places = disk(cellAt(lit, 9), 4);
  const stands = { category: "street_sex_work" } as const;
  const of = (cell: H3Cell, count: number, over: Partial<PoliceEvent> = {}) =>
    reports(lit, count).map((event) => ({ ...event, cell, ...stands, ...over }));
  const zones = (...events: readonly PoliceEvent[][]) =>
    partnerLedZones(columnsFromEvents(events.flat()));
  const inside = (zone: H3Cell) => disk(cellAt(cellCentre(zone), 10), 1).sort(compareText);

  test("have five reports of residents or partners, the most first, and are called after the busiest cell", () => {
    const [most, few, many] = places as [H3Cell, H3Cell, H3Cell];
    const [a, b] = inside(many) as [H3Cell, H3Cell];
    const [one] = inside(most) as [H3Cell];
    const [left] = inside(few) as [H3Cell];
    const found = zones(
      of(left, 4, { source: "partner" }),
      of(a, 2),
      of(b, 3, { source: "partner" }),
      of(one, 7, { kind: "sighting" }),
    );
    expect(found).toEqual([
      expect.objectContaining({ zone: most, cell: one, reports: 7 }),
      expect.objectContaining({ zone: many, cell: b, reports: 5 }),
    ]);
    // Of two cells with as many the first by name, of two places as well.
    expect(zones(of(b, 3), of(a, 3))[0]?.cell).toBe(a);
    const equal = [most, few, many].map((zone) => of(inside(zone)[0] as H3Cell, 5));
    expect(zones(...equal).map(({ zone }) => zone)).toEqual([most, few, many].sort(compareText));
  });

  test("are none by what police see, nor by what patrols are for", () => {
    const [cell] = inside(places[0] as H3Cell) as [H3Cell];
    expect(zones(of(cell, 9, { kind: "arrest", source: "police" }))).toEqual([]);
    expect(zones(of(cell, 9, { kind: "sighting", source: "police" }))).toEqual([]);
    expect(zones(of(cell, 9, { category: "kerb_crawling" }))).toEqual([]);
    expect(zones(of(cell, 9, { category: "asb" }))).toEqual([]);
    // What was seen of something else asks for nobody, outreach neither.
    for (const category of ["asb", "litter_needles", "traffic", "other"] as const) {
      expect(zones(of(cell, 9, { kind: "sighting", category })), category).toEqual([]);
    }
  });

  test("are eight at most", () => {
    const many = places.slice(0, 12).map((zone, at) => of(inside(zone)[0] as H3Cell, 20 - at));
    expect(zones(...many).map(({ reports: count }) => count)).toEqual([
      20, 19, 18, 17, 16, 15, 14, 13,
    ]);
  });
});
