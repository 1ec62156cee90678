import { describe, expect, test } from "vitest";
import { cellAt } from "#core/geo/cell.ts";
import { decodeColumns, encodeColumns } from "#core/records/column-file.ts";
import { ofTypes } from "#core/records/columns.ts";
import { nearestTypes, typeKey, typesNote, wordsOfTypes } from "#core/records/types.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { complaintAt } from "#tests/support/reports.ts";

const event = (minute: number, type?: string | null) =>
  complaintAt(cellAt([-0.0631, 51.6179 + minute / 100], 10), minute * 60_000, {
    category: "other",
    ...(type === undefined ? {} : { type }),
  });
const events = [
  event(1, "Drugs"),
  event(2),
  event(3, "Burglary"),
  event(4, "drugs"),
  event(5, null),
];

function overWire(columns: ReturnType<typeof columnsFromEvents>) {
  return decodeColumns(encodeColumns(columns).slice().buffer);
}

describe("types in columns", () => {
  test("each word once, in order, whatever the case", () => {
    const columns = columnsFromEvents(events);
    expect(columns.types).toEqual(["Burglary", "Drugs"]);
    expect([...columns.type]).toEqual([2, 0, 1, 2, 0]);
  });

  test("the rows of some types alone; all of them where none is named", () => {
    const columns = columnsFromEvents(events);
    expect(ofTypes(columns, [])).toBe(columns);
    const drugs = ofTypes(columns, ["drugs"]);
    expect(drugs.length).toBe(2);
    expect([...drugs.start]).toEqual([1, 4]);
    expect([...drugs.cell].map((at) => drugs.cells[at])).toEqual([
      events[0]?.cell,
      events[3]?.cell,
    ]);
    expect(ofTypes(columns, ["robbery"]).length).toBe(0);
  });

  test("cross the wire, letters beyond ASCII among them", () => {
    const columns = columnsFromEvents([...events, event(6, "Tapage nocturne à vélo")]);
    expect(overWire(columns)).toEqual(columns);
  });
});

test("a key is the word in small letters", () => {
  expect(typeKey("Anti-social behaviour")).toBe("anti-social-behaviour");
  expect(wordsOfTypes(["Drugs"], ["drugs", "other-theft"])).toEqual(["Drugs", "other theft"]);
  expect(typesNote([])).toBeNull();
  expect(typesNote(["Drugs"])).toBe("Only the type Drugs.");
  expect(typesNote(["Burglary", "Drugs"])).toBe("Only the types Burglary, Drugs.");
});

test("the nearest words to one that is none", () => {
  const known = ["Burglary", "Drugs", "Other theft", "Theft from the person"];
  expect(nearestTypes("burglery", known)).toEqual(["Burglary"]);
  expect(nearestTypes("theft", known)).toEqual(["Other theft", "Theft from the person"]);
  expect(nearestTypes("xq", known)).toEqual([]);
});
