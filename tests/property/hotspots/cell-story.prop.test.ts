import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { cellStory } from "#core/hotspots/cell-story.ts";
import { createSummary } from "#core/hotspots/counts.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { disc, london, someEvents, someFilter } from "#tests/support/hotspot-events.ts";

const total = (items: readonly { readonly count: number }[]) =>
  items.reduce((sum, { count }) => sum + count, 0);

describe("the story of a cell", () => {
  test.prop([someEvents, someFilter, fc.nat(disc.cells.length - 1)])(
    "counts what the list counts, and its parts and months add up",
    (events, filter, cell) => {
      const prepared = prepareEvents(columnsFromEvents(events), london);
      const indexOfCell = studyIndexOfCells(prepared.columns, disc);
      const { counts } = summarise(prepared, indexOfCell, filter, createSummary(disc.cells.length));
      const story = cellStory({ events: prepared, indexOfCell, cell, filter, zone: london });
      expect(story.count).toBe(counts[cell]);
      expect(total(story.parts)).toBe(story.count);
      expect(total(story.months)).toBeGreaterThanOrEqual(story.count);
      expect(story.exact).toBeLessThanOrEqual(story.count);
      expect(story.midnight).toBeLessThanOrEqual(story.exact);
      expect(story.busiestDay === null).toBe(story.count === 0);
      if (filter.hours !== null) expect(story.hourUnknown).toBe(0);
    },
  );
});
