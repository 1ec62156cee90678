import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { createSummary } from "#core/hotspots/counts.ts";
import type { EventFilter } from "#core/hotspots/filter.ts";
import { dailyHistogram } from "#core/hotspots/histogram.ts";
import { prepareEvents, studyIndexOfCells } from "#core/hotspots/prepare.ts";
import { createRowIndex } from "#core/hotspots/row-index.ts";
import { summarise } from "#core/hotspots/summary.ts";
import { parentStudySet } from "#core/places/study-set.ts";
import { decodeColumns, encodeColumns } from "#core/records/column-file.ts";
import { eventSources, type PoliceEvent } from "#core/records/event.ts";
import { eventKinds } from "#core/records/kinds.ts";
import { minuteMs } from "#core/time/zone.ts";
import { columnsFromEvents } from "#tests/support/columns.ts";
import {
  disc,
  london,
  someEvent,
  someEvents,
  someFilter,
  summariseSlowly,
} from "#tests/support/hotspot-events.ts";
import { runsOf } from "#tests/support/runs.ts";

/** Each compares two ways to count everything. */
const tries = { numRuns: runsOf(100, 25) };

function expectDefinition(
  found: ReturnType<typeof summaryOf>,
  events: readonly PoliceEvent[],
  filter: EventFilter,
) {
  const { counts, weights, clock, ...totals } = summariseSlowly(events, filter);
  expect([...found.counts]).toEqual(counts);
  expectClose(found.weights, weights);
  expectClose(found.clock, clock);
  expect(found).toMatchObject({ ...totals });
}

function summaryOf(events: readonly PoliceEvent[], filter: EventFilter, study = disc) {
  const columns = columnsFromEvents(events);
  const summary = createSummary(study.cells.length);
  return summarise(
    prepareEvents(columns, london),
    studyIndexOfCells(columns, study),
    filter,
    summary,
  );
}

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  const apart = Array.from(expected, (wanted, at) => Math.abs((found[at] as number) - wanted));
  // One question of all of them; what is no number is not near either.
  expect(apart.filter((off) => !(off < 1e-9))).toEqual([]);
}

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((all, one) => all + one, 0);

describe("a summary of events", () => {
  test.prop([someEvents, someFilter], tries)(
    "is the definition, minute by minute",
    (events, filter) => {
      expectDefinition(summaryOf(events, filter), events, filter);
    },
  );

  test.prop(
    [fc.array(someEvent, { minLength: 1, maxLength: 12 }), someFilter, fc.nat(), fc.nat()],
    tries,
  )(
    "is the definition where an end of the dates cuts a span",
    (events, { hours }, which, minute) => {
      const cut = events[which % events.length] as PoliceEvent;
      const start = cut.startsAt / minuteMs;
      const edge = start + (minute % (cut.endsAt / minuteMs - start + 1));
      const all = { kinds: eventKinds, sources: eventSources, categories: null, hours };
      for (const dates of [
        { from: start - 4_320, to: edge },
        { from: edge, to: edge + 4_320 },
      ]) {
        const filter = { ...all, ...dates };
        expectDefinition(summaryOf(events, filter), events, filter);
      }
    },
  );

  test.prop([someEvents, someFilter, fc.integer({ min: 1, max: 5 })], tries)(
    "is the same over blocks of any size",
    (events, filter, blockRows) => {
      const columns = columnsFromEvents(events);
      const prepared = prepareEvents(columns, london);
      const indexOfCell = studyIndexOfCells(columns, disc);
      const cells = disc.cells.length;
      const index = createRowIndex(prepared, indexOfCell, cells, blockRows);
      const found = summarise(prepared, indexOfCell, filter, createSummary(cells), index);
      expectDefinition(found, events, filter);
    },
  );

  test.prop([someEvents, someFilter], tries)("adds up to its totals", (events, filter) => {
    const found = summaryOf(events, filter);
    expect(sum(found.counts)).toBe(found.total);
    expect(sum(found.weights)).toBeCloseTo(found.weight, 9);
    expect(found.total + found.outside).toBeLessThanOrEqual(events.length);
  });

  test.prop([someEvents, someFilter, fc.nat()], tries)(
    "splits at any minute into two that rejoin",
    (events, filter, at) => {
      fc.pre(filter.to > filter.from);
      const cut = filter.from + (at % (filter.to - filter.from));
      const whole = summaryOf(events, filter);
      const first = summaryOf(events, { ...filter, to: cut });
      const second = summaryOf(events, { ...filter, from: cut });
      expect(first.total + second.total).toBe(whole.total);
      expect(first.hourUnknown + second.hourUnknown).toBe(whole.hourUnknown);
      expectClose(
        first.weights.map((weight, cell) => weight + (second.weights[cell] as number)),
        whole.weights,
      );
      expectClose(
        first.clock.map((weight, hour) => weight + (second.clock[hour] as number)),
        whole.clock,
      );
    },
  );

  test.prop([someEvents, someFilter], tries)(
    "splits into hours and the other hours, but for spans of unknown hour",
    (events, filter) => {
      const { hours } = filter;
      fc.pre(hours !== null);
      const rest = hours.map((on) => 1 - on);
      const [inside, outside, all] = [hours, rest, null].map((mask) =>
        summaryOf(events, { ...filter, hours: mask }),
      );
      if (!inside || !outside || !all) throw new RangeError("three summaries");
      expect(inside.total + outside.total + all.hourUnknown).toBe(all.total);
    },
  );

  test.prop([someEvents, someFilter], tries)(
    "does not depend on what it held before",
    (events, filter) => {
      const columns = columnsFromEvents(events);
      const prepared = prepareEvents(columns, london);
      const indexOfCell = studyIndexOfCells(columns, disc);
      const used = createSummary(disc.cells.length);
      summarise(prepared, indexOfCell, { ...filter, hours: null, from: -(2 ** 30) }, used);
      summarise(prepared, indexOfCell, filter, used);
      expect(used).toEqual(summaryOf(events, filter));
    },
  );

  test.prop([someEvents, someFilter], tries)("survives the way over the wire", (events, filter) => {
    const bytes = encodeColumns(columnsFromEvents(events));
    const columns = decodeColumns(bytes.slice().buffer);
    const found = summarise(
      prepareEvents(columns, london),
      studyIndexOfCells(columns, disc),
      filter,
      createSummary(disc.cells.length),
    );
    expect(found).toEqual(summaryOf(events, filter));
  });

  test.prop([someEvents, someFilter], tries)(
    "never loses an event by looking from further up",
    (events, filter) => {
      const fine = summaryOf(events, filter);
      for (const resolution of [9, 8]) {
        const coarse = summaryOf(events, filter, parentStudySet(disc, resolution));
        // Cells of the ring outside may share a parent with the disc; none of the disc's are lost.
        expect(coarse.total).toBeGreaterThanOrEqual(fine.total);
        expect(coarse.total + coarse.outside).toBe(fine.total + fine.outside);
      }
    },
  );
});

describe("the daily histogram", () => {
  test.prop([someEvents, someFilter], tries)(
    "holds each counted event once, over all dates",
    (events, filter) => {
      const columns = columnsFromEvents(events);
      const { counts } = dailyHistogram(
        prepareEvents(columns, london),
        studyIndexOfCells(columns, disc),
        filter,
        london,
      );
      const everywhen = { ...filter, from: -(2 ** 30), to: 2 ** 30 };
      expect(sum(counts)).toBe(summaryOf(events, everywhen).total);
    },
  );
});
