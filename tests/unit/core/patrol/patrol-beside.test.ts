import { expect, test } from "vitest";
import { columnsFromEvents } from "#core/events/columns.ts";
import { cellAt, parentCell } from "#core/geo/cell.ts";
import { createFactorIndex } from "#core/layers/near.ts";
import type { PoliceEvent } from "#core/model/event.ts";
import { changePlaceZones } from "#core/patrol/beside.ts";

const [lit, plain] = [
  [51.6155, -0.0655],
  [51.6255, -0.0634],
] as const;

function reports(at: readonly [number, number], count: number): PoliceEvent[] {
  return Array.from({ length: count }, (_, index) => ({
    cell: cellAt(at, 10),
    startsAt: index * 3_600_000,
    endsAt: index * 3_600_000,
    kind: "complaint",
    source: "resident",
    category: "kerb_crawling",
  }));
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
