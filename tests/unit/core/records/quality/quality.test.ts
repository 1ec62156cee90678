import { describe, expect, test } from "vitest";
import {
  findingsOf,
  hasMidnightSpike,
  isStale,
  measuresOf,
  missingMonths,
} from "#core/records/quality/findings.ts";
import { type QualityRow, qualityGroups } from "#core/records/quality/rows.ts";
import { warningsFor } from "#core/records/quality/warnings.ts";
import { groupName, monthList, percent } from "#core/records/quality/words.ts";
import type { QualityGroup } from "#core/records/wire/quality.ts";
import { london } from "#tests/support/outreach.ts";

const asAt = "2021-11-26";

const row = (more: Partial<QualityRow>): QualityRow => ({
  kind: "complaint",
  source: "resident",
  batch: 1,
  month: "2021-09",
  count: 40,
  first: "2021-09-02",
  last: "2021-09-29",
  exact: 30,
  midnight: 0,
  fullHour: 10,
  overSixHours: 8,
  overDay: 4,
  overMonth: 2,
  ...more,
});

const group = (more: Partial<QualityGroup> = {}): QualityGroup => ({
  kind: "complaint",
  source: "resident",
  events: 300,
  first: "2021-09-01",
  last: "2021-11-25",
  longestSilence: 5,
  lastImport: "2021-11-26T09:00:00+00:00",
  months: [
    { month: "2021-09", count: 100 },
    { month: "2021-10", count: 100 },
    { month: "2021-11", count: 100 },
  ],
  exact: 240,
  midnight: 2,
  fullHour: 50,
  overSixHours: 30,
  overDay: 6,
  overMonth: 0,
  points: { events: 300, points: 290, repeated: 20, snapped: 5 },
  files: { rows: 310, outside: 4 },
  ...more,
});

describe("groups of compact rows", () => {
  test("months are dense over the turn of a year, figures add up over batches", () => {
    const rows = [
      row({}),
      row({ batch: 2, month: "2022-01", first: "2022-01-03", last: "2022-01-20" }),
      row({ kind: "arrest", source: "police", batch: 3 }),
    ];
    const batches = [
      { id: 1, importedAt: Date.UTC(2021, 9, 1), rows: 50, outside: 5 },
      { id: 2, importedAt: Date.UTC(2022, 1, 1), rows: 50, outside: null },
      { id: 3, importedAt: Date.UTC(2022, 5, 1), rows: 40, outside: null },
    ];
    const counts = { events: 40, points: 30, repeated: 12, snapped: 6 };
    const points = [1, 2].map((batch) => ({
      batch,
      kind: "complaint" as const,
      source: "resident" as const,
      ...counts,
    }));
    const gaps = [{ kind: "complaint" as const, source: "resident" as const, days: 4 }];
    const [complaints, arrests] = qualityGroups({ rows, batches, points, gaps }, london);
    expect(complaints).toEqual({
      kind: "complaint",
      source: "resident",
      events: 80,
      first: "2021-09-02",
      last: "2022-01-20",
      // From 29 September until the import of 1 February.
      longestSilence: 125,
      lastImport: "2022-02-01T00:00:00+00:00",
      months: ["2021-09", "2021-10", "2021-11", "2021-12", "2022-01"].map((month) => ({
        month,
        count: month === "2021-09" || month === "2022-01" ? 40 : 0,
      })),
      exact: 60,
      midnight: 0,
      fullHour: 20,
      overSixHours: 16,
      overDay: 8,
      overMonth: 4,
      points: { events: 80, points: 60, repeated: 24, snapped: 12 },
      files: { rows: 50, outside: 5 },
    });
    expect(arrests).toMatchObject({ longestSilence: 0, points: null, files: null });
  });

  test.each([
    [
      "files of a month, five days after its end",
      [
        ["09-30", "10-05"],
        ["10-31", "11-05"],
      ],
      36,
    ],
    [
      "an old file first, and the rest a day later",
      [
        ["01-31", "10-05"],
        ["10-04", "10-06"],
      ],
      6,
    ],
    [
      "a file that brings nothing newer",
      [
        ["10-04", "10-05"],
        ["09-30", "11-05"],
      ],
      4,
    ],
    [
      "a file every day",
      [
        ["10-01", "10-02"],
        ["10-02", "10-03"],
        ["10-03", "10-04"],
      ],
      4,
    ],
  ])("the longest silence of %s", (_, imports, days) => {
    const rows = imports.map(([last], batch) => row({ batch, last: `2021-${last}` }));
    const batches = imports.map(([, on], id) => ({
      id,
      rows: 40,
      outside: 0,
      importedAt: Date.parse(`2021-${on}T12:00:00Z`),
    }));
    const gaps = [{ kind: "complaint" as const, source: "resident" as const, days: 4 }];
    const [complaints] = qualityGroups({ rows, batches, points: [], gaps }, london);
    expect(complaints?.longestSilence).toBe(days);
  });
});

describe("what stands out", () => {
  test("nothing in sound records", () => {
    expect([...findingsOf(group(), asAt)]).toEqual([]);
  });

  test.each([
    ["as long as ever before", { last: "2021-11-21" }, false],
    ["longer than ever before", { last: "2021-11-20" }, true],
    [
      "over a weekend, by a source that never rests",
      { last: "2021-11-23", longestSilence: 1 },
      false,
    ],
    [
      "for four days, by a source that never rests",
      { last: "2021-11-22", longestSilence: 1 },
      true,
    ],
    ["for four weeks, by one with too few events", { last: "2021-10-29", events: 19 }, false],
    ["for longer, by one with too few events", { last: "2021-10-28", events: 19 }, true],
  ])("silent %s", (_, more, stale) => {
    expect(isStale(group(more), asAt)).toBe(stale);
  });

  test("a month with none is missing only where some were to be expected", () => {
    const months = [
      { month: "2021-09", count: 5 },
      { month: "2021-10", count: 0 },
      { month: "2021-11", count: 5 },
    ];
    expect(missingMonths(group({ months, events: 10 }))).toEqual(["2021-10"]);
    expect(missingMonths(group({ months, events: 8 }))).toEqual([]);
  });

  test("midnight stands out against other full hours, not against all minutes", () => {
    // 52 at each full hour, as where times are rounded to the hour.
    expect(hasMidnightSpike(group({ exact: 1_250, midnight: 52, fullHour: 1_248 }))).toBe(false);
    expect(hasMidnightSpike(group({ exact: 1_250, midnight: 160, fullHour: 1_356 }))).toBe(true);
    expect(hasMidnightSpike(group({ exact: 10, midnight: 9, fullHour: 9 }))).toBe(false);
    expect(hasMidnightSpike(group({ exact: 1_250, midnight: 24, fullHour: 24 }))).toBe(false);
  });

  test.each([
    [{ points: { events: 300, points: 40, repeated: 290, snapped: 150 } }, "snapped"],
    [{ points: { events: 300, points: 40, repeated: 150, snapped: 149 } }, "repeated"],
    [{ files: { rows: 100, outside: 20 } }, "outside"],
    [{ overDay: 90 }, "spans"],
  ] as const)("%j is %s", (more, finding) => {
    expect([...findingsOf(group(more), asAt)]).toEqual([finding]);
  });
});

describe("warnings follow the data", () => {
  const bad = group({
    first: "2021-07-02",
    last: "2021-10-20",
    months: [
      { month: "2021-07", count: 100 },
      { month: "2021-08", count: 0 },
      { month: "2021-09", count: 100 },
      { month: "2021-10", count: 100 },
    ],
    midnight: 60,
    points: { events: 300, points: 20, repeated: 300, snapped: 280 },
  });
  const warn = (from: string, to: string, kind = "complaint") =>
    warningsFor(
      { asAt, groups: [bad], unknownMonths: [] },
      { from, to, shows: (one, source) => one === kind && source === "resident" },
    ).map(({ finding }) => finding);

  test("only where what is shown is touched", () => {
    expect(warn("2021-07-01", "2021-11-26")).toEqual(["stale", "gap", "midnight", "snapped"]);
    expect(warn("2021-09-01", "2021-10-20")).toEqual(["midnight", "snapped"]);
    expect(warn("2021-08-31", "2021-08-31")).toContain("gap");
    expect(warn("2021-07-01", "2021-11-26", "arrest")).toEqual([]);
    expect(warn("2020-07-01", "2020-11-26")).toEqual([]);
  });

  test("a month in which most reports had no place is told wherever reports of it are shown", () => {
    const quality = { asAt, groups: [], unknownMonths: ["2020-03", "2021-09"] };
    const told = (from: string, to: string, shown: string) =>
      warningsFor(quality, { from, to, shows: (kind) => kind === shown }).map(({ text }) => text);
    expect(told("2021-09-30", "2021-10-20", "complaint")).toEqual([
      "Most reports of Sep 2021 had no place, so they are on no map. Forecasts and displacement leave it out.",
    ]);
    expect(told("2021-10-01", "2021-10-20", "complaint")).toEqual([]);
    expect(told("2021-09-30", "2021-10-20", "arrest")).toEqual([]);
  });

  test("boundaries that changed are told for a year, and of ground only what came in or left", () => {
    const told = (cameIn: boolean, left: boolean, from = "2021-09-01", to = "2021-11-26") =>
      warningsFor(
        { asAt, groups: [], unknownMonths: [], moved: { on: "2021-11-20", cameIn, left } },
        { from, to, shows: () => true },
      ).map(({ finding, text }) => `${finding}: ${text}`);
    expect(told(true, false)).toEqual([
      "moved: Boundaries changed on 20 Nov 2021: ground that came in has few records from before.",
    ]);
    expect(told(false, true)).toEqual([
      "moved: Boundaries changed on 20 Nov 2021: ground that left has none since.",
    ]);
    expect(told(false, false)).toEqual([
      "renamed: Boundaries changed on 20 Nov 2021: all dates are counted by the new ones.",
    ]);
    expect(told(true, true, "2021-09-01", "2021-11-19")).toEqual([]);
    expect(told(true, true, "2022-11-20", "2022-11-30")).toHaveLength(1);
    expect(told(true, true, "2022-11-21", "2022-11-30")).toEqual([]);
  });

  test("each says which records, what, and what it does", () => {
    const texts = warningsFor(
      { asAt, groups: [bad], unknownMonths: [] },
      { from: "2021-07-01", to: "2021-11-26", shows: () => true },
    ).map(({ text }) => text);
    expect(texts[0]).toBe(
      "Complaints by residents end on 20 Oct 2021: none came in for 37 days, which is longer than ever before.",
    );
    expect(texts[1]).toContain("none in Aug 2021");
    expect(texts[2]).toContain("25% of the times are 00:00");
    expect(texts[3]).toContain("93% lie on points that many share");
  });
});

describe("words", () => {
  test("every figure has a value and what it does to the maps", () => {
    const measures = measuresOf(group({ points: null, files: null }), asAt);
    expect(measures.map(({ label, value }) => `${label}: ${value}`)).toEqual([
      "Last event: 25 Nov 2021, 1 day before the as-at date; the longest silence before was 5 days",
      "Months without any: none",
      "On snapped points: not counted",
      "On repeated points: not counted",
      "At exactly 00:00: 1%",
      "Outside the area: not counted",
      "Uncertain time: 10% by over 6 hours, 2% by over a day, 0% by about a month or more",
    ]);
    for (const { effect } of measures) expect(effect).toMatch(/^[A-Z].{30,}\.$/);
  });

  test("shares are never rounded to none or all", () => {
    expect([0, 0.001, 0.5, 0.999, 1].map(percent)).toEqual([
      "0%",
      "under 1%",
      "50%",
      "over 99%",
      "100%",
    ]);
  });

  test("months are listed up to six", () => {
    expect(monthList(["2021-03"])).toBe("Mar 2021");
    expect(monthList(["2021-03", "2021-09"])).toBe("Mar 2021 and Sep 2021");
    const eight = Array.from({ length: 8 }, (_, index) => `2021-0${index + 1}`);
    expect(monthList(eight)).toMatch(/Jun 2021 and 2 more months$/);
    expect(groupName({ kind: "stop_search", source: "police" })).toBe(
      "Stops and searches by police",
    );
  });
});
