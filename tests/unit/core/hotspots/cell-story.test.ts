import { expect, test } from "vitest";
import { cellStory } from "#core/hotspots/cell-story.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import type { PoliceEvent } from "#core/records/event.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { disc, london } from "#tests/support/hotspot-events.ts";
import { complaintAt } from "#tests/support/reports.ts";

const cell = disc.cells[0] as PoliceEvent["cell"];
const at = (text: string) => Date.parse(text);
const complaint = (from: string, to = from) => complaintAt(cell, at(from), { endsAt: at(to) });
const filter = {
  from: at("2021-10-01T00:00+01:00") / minuteMs,
  to: at("2021-12-01T00:00Z") / minuteMs,
  kinds: ["complaint", "sighting"],
  sources: ["resident", "partner"],
  categories: null,
  hours: null,
} as const;

function storyOf(events: readonly PoliceEvent[]) {
  const prepared = prepareEvents(columnsFromEvents(events), london);
  const indexOfCell = studyIndexOfCells(prepared.columns, disc);
  return cellStory({ events: prepared, indexOfCell, cell: 0, filter, zone: london });
}

test("tells kinds apart, the one day that stands out, midnights by London and months without any", () => {
  const story = storyOf([
    complaint("2021-07-10T20:00+01:00"),
    complaint("2021-10-02T00:00+01:00"),
    complaint("2021-10-02T21:00+01:00"),
    complaint("2021-11-05T00:00Z"),
    complaint("2021-11-06T20:00Z", "2021-11-09T20:00Z"),
    { ...complaint("2021-11-07T20:00Z"), kind: "sighting", source: "partner" },
    { ...complaint("2021-11-07T20:00Z"), kind: "arrest", source: "police" },
    { ...complaint("2021-11-07T20:00Z"), cell: disc.cells[1] as PoliceEvent["cell"] },
  ]);
  expect(story).toEqual({
    count: 5,
    parts: [
      { kind: "complaint", source: "resident", category: "asb", count: 4 },
      { kind: "sighting", source: "partner", category: "asb", count: 1 },
    ],
    hourUnknown: 1,
    exact: 4,
    midnight: 2,
    busiestDay: { date: "2021-10-02", count: 2 },
    months: [
      { month: "2021-07", count: 1 },
      { month: "2021-08", count: 0 },
      { month: "2021-09", count: 0 },
      { month: "2021-10", count: 2 },
      { month: "2021-11", count: 3 },
    ],
  });
});

test("of no events at all there is a story too", () => {
  expect(storyOf([])).toEqual({
    count: 0,
    parts: [],
    hourUnknown: 0,
    exact: 0,
    midnight: 0,
    busiestDay: null,
    months: [],
  });
});
