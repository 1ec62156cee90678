import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { createSummary } from "#core/hotspots/counts.ts";
import { type EventFilter, reportedSources } from "#core/hotspots/filter.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { rankHotspots } from "#core/hotspots/rank.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { testCells } from "#core/hotspots/test-cells.ts";
import { measures } from "#core/hotspots/wire/hotspots.ts";
import { eventCategories, isReported, type PoliceEvent } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import { disc, london, someEvents, someFilter } from "#tests/support/hotspot-events.ts";
import { someTries } from "#tests/support/runs.ts";

const measure = fc.constantFrom(...measures.filter((one) => one !== "change"));

function rowsOf(
  events: readonly PoliceEvent[],
  filter: EventFilter,
  by: (typeof measures)[number] = "count",
) {
  const columns = columnsFromEvents(events);
  const summary = summarise(
    prepareEvents(columns, london),
    studyIndexOfCells(columns, disc),
    filter,
    createSummary(disc.cells.length),
  );
  const test = testCells(summary.counts, disc);
  const nameOf = () => "Fore Street";
  return {
    summary,
    test,
    rows: rankHotspots({ study: disc, summary, test, weeks: 4, nameOf, measure: by }),
  };
}

describe("ranked hotspots", () => {
  test.prop([someEvents, someFilter, measure, fc.infiniteStream(fc.nat())], someTries)(
    "do not change with the order of the events",
    (events, filter, by, order) => {
      const shuffled = events
        .map((event) => ({ event, at: order.next().value as number }))
        .sort((a, b) => a.at - b.at)
        .map(({ event }) => event);
      expect(rowsOf(shuffled, filter, by).rows).toEqual(rowsOf(events, filter, by).rows);
    },
  );

  test.prop([someEvents, someFilter, measure], someTries)(
    "list every event, every hot place, and nothing twice",
    (events, filter, by) => {
      const { rows, summary, test } = rowsOf(events, filter, by);
      expect(rows.reduce((all, row) => all + row.count, 0)).toBe(summary.total);
      expect(rows.filter((row) => row.hot).length).toBe(test.hotCells);
      expect(new Set(rows.map((row) => row.cell)).size).toBe(rows.length);
    },
  );

  test.prop([someEvents, someFilter], someTries)(
    "are unchanged when all discovered events are removed",
    (events, filter) => {
      const reported = { ...filter, sources: reportedSources };
      expect(rowsOf(events.filter(isReported), reported).rows).toEqual(
        rowsOf(events, reported).rows,
      );
    },
  );

  test.prop([someEvents], someTries)(
    "hot or beside is q at .05 with three events, p never above q, and near at least the count",
    (events) => {
      const filter: EventFilter = {
        from: -(2 ** 30),
        to: 2 ** 30,
        kinds: eventKinds,
        sources: ["resident", "partner", "police"],
        categories: eventCategories,
        hours: null,
      };
      for (const row of rowsOf(events, filter).rows) {
        const passes = row.q <= 0.05 && row.near >= 3;
        if (row.count > 0) expect([row.hot, row.beside].includes(true)).toBe(passes);
        expect(row.hot && row.beside).toBe(false);
        expect(row.by !== null).toBe(row.hot);
        expect(row.p).toBeLessThanOrEqual(row.q * (1 + 1e-12));
        expect(row.near).toBeGreaterThanOrEqual(row.count);
        expect(row.expected).toBeGreaterThan(0);
      }
    },
  );
});
