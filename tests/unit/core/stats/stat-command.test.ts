import { describe, expect, test } from "vitest";
import { StatInputError } from "#core/stats/stat-input.ts";
import { statistics } from "#core/stats/statistics.ts";

const runStat = (name: string, input: unknown) => statistics[name]?.run(input);

const giStar = { counts: [4, 0, 1], neighbours: [[1], [0, 2], [1]] };
const knox = { points: [], space: [0, 1], time: [0, 1], permutations: 0, seed: 1 };
const scan = {
  points: [],
  days: 7,
  maxRadius: 100,
  maxDays: 3,
  prospective: true,
  replicates: 0,
  seed: 1,
};
const wdd = { treated: [20, 10], control: [20, 20], alpha: 0.1 };
const aoristic = (from: unknown, to?: unknown) => ({
  timeZone: "Europe/London",
  events: [{ from: "2021-11-26T20:30" }, { from, ...(to === undefined ? {} : { to }) }],
});

describe("boxster stat", () => {
  test("answers gi-star with its eight lists, one number or null a cell", () => {
    const answer = runStat("gi-star", giStar) as Readonly<
      Record<"z" | "p" | "exactP" | "hotP" | "q" | "holm" | "bh" | "by", (number | null)[]>
    >;
    expect(Object.keys(answer)).toEqual(["z", "p", "exactP", "hotP", "q", "holm", "bh", "by"]);
    for (const list of Object.values(answer)) expect(list.length).toBe(3);
    // The middle cell's neighbourhood is the whole set.
    expect([answer.z[1], answer.p[1], answer.holm[1]]).toEqual([null, null, null]);
    // Of the three pairs, one sums to 5 and one to 4; all three cells sum to 5.
    expect(answer.hotP).toEqual([2 / 3, 1, 1].map((p) => expect.closeTo(p, 14)));
    expect(answer.q).toEqual([1, 1, 1]);
  });

  test("survives the way through JSON with null and never NaN", () => {
    const text = JSON.stringify(runStat("gi-star", { counts: [2, 2], neighbours: [[], []] }));
    expect(JSON.parse(text)).toEqual({
      z: [null, null],
      p: [null, null],
      exactP: [1, 1],
      hotP: [1, 1],
      q: [1, 1],
      holm: [null, null],
      bh: [null, null],
      by: [null, null],
    });
  });

  test("names the approximation when there are too many events for the exact tail", () => {
    const answer = runStat("gi-star", { ...giStar, counts: [100_001, 0, 1] });
    expect(answer).toMatchObject({ approximation: expect.stringContaining("Pearson") });
  });

  test.each(Object.entries(statistics))(
    "answers the example of %s, without NaN",
    (_, { example, run }) => {
      const answer = run(example);
      expect(JSON.parse(JSON.stringify(answer))).toEqual(answer);
    },
  );

  test("answers knox, scan and accuracy with the fields that scripts read", () => {
    const fields = (name: "knox" | "scan" | "accuracy") => {
      const answer = runStat(name, statistics[name]?.example);
      return Object.keys((Array.isArray(answer) ? answer[0] : answer) as object);
    };
    expect(fields("knox")).toEqual(["observed", "expected", "ratio", "p"]);
    expect(fields("scan")).toEqual(
      "llr centre members firstDay lastDay observed expected radius p".split(" "),
    );
    expect(fields("accuracy")).toEqual("k hits hitRate pai paiLow paiHigh pei ser rri".split(" "));
  });

  test("answers running-wdd with an interval for each period", () => {
    const before = { treated: [10, 10], control: [20, 20] };
    const input = { before, after: { treated: [4], control: [20] }, alpha: 0.05 };
    expect(runStat("running-wdd", input)).toMatchObject([{ wdd: -6 }]);
  });

  test("answers wdd with its seven numbers", () => {
    expect(Object.keys(runStat("wdd", wdd) as object)).toEqual([
      "wdd",
      "se",
      "z",
      "low",
      "high",
      "wdq",
      "tne",
    ]);
    expect(runStat("wdd", wdd)).toMatchObject({ wdd: -10, wdq: 0, tne: 10 });
  });

  test("reads aoristic times as wall clock without an offset and as instants with one", () => {
    const weights = (from: string, to?: string | null) =>
      (runStat("aoristic", aoristic(from, to)) as { weights: unknown[] }).weights[1];
    expect(weights("2021-08-03 00:10", "2021-08-03 00:50")).toEqual([[24, 1]]);
    expect(weights("2021-08-02T23:10:00Z", "2021-08-02T23:50:30.5Z")).toEqual([[24, 1]]);
    expect(weights("2021-08-03T03:10+04:00", null)).toEqual([[24, 1]]);
    // From the first 01:30 to the second one: an hour, all of it on the clock's 01:00 hour.
    expect(weights("2021-10-31T01:30", "2021-10-31T01:30")).toEqual([[145, 1]]);
    expect(weights("2021-10-31T00:30", "2021-10-31T01:30")).toEqual([
      [144, 0.25],
      [145, 0.75],
    ]);
  });

  test.each([
    [
      "running-wdd",
      { before: { treated: [], control: [] }, after: { treated: [], control: [] }, alpha: 0.05 },
      "before: must hold a period",
    ],
    ["mann-kendall", { series: [[1, null]] }, "series[0][1]: must be a number, not null"],
    [
      "emerging",
      { z: [["a"]], critical: 2, alpha: 0.05 },
      'z[0][0]: must be a number or null, not "a"',
    ],
    [
      "density",
      { points: [], at: [], kernel: "box", bandwidth: 1 },
      'kernel: must be quartic or gaussian, not "box"',
    ],
    ["knox", { ...knox, time: [0, 7, 7] }, "time: must rise from each edge to the next"],
    ["knox", { ...knox, space: [0] }, "space: needs 2 to 256 edges of bins"],
    ["scan", { ...scan, maxDays: 8 }, "maxDays: is 8, but there are 7 days"],
    [
      "scan",
      { ...scan, points: [{ id: "a", x: 0, y: 0, day: 8 }] },
      "points[0].day: is 8, but the last day is 7",
    ],
    [
      "scan",
      {
        ...scan,
        points: [
          { id: "a", x: 0, y: 0, day: 1 },
          { id: "a", x: 1, y: 0, day: 1 },
        ],
      },
      "points[1]: puts place a elsewhere than points[0] does",
    ],
    ["accuracy", { score: [1], observed: [1], top: [2] }, "top[0]: is 2, but there are 1 cells"],
    [
      "gi-star",
      { ...giStar, counts: [4, -1, 1] },
      "counts[1]: must be a whole number of 0 or more, not -1",
    ],
    [
      "gi-star",
      { ...giStar, counts: [4, "0", 1] },
      'counts[1]: must be a whole number of 0 or more, not "0"',
    ],
    ["gi-star", { ...giStar, counts: [4, 0] }, "neighbours: has 3 lists for 2 counts"],
    [
      "gi-star",
      { ...giStar, neighbours: [[1], [0, 3], [1]] },
      "neighbours[1][1]: is 3, but the last cell is 2",
    ],
    [
      "gi-star",
      { ...giStar, neighbours: [[1], [0, 1], [1]] },
      "neighbours[1][1]: is the cell itself: leave it out, it is always included",
    ],
    [
      "gi-star",
      { ...giStar, neighbours: [[1], [0, 0], [1]] },
      "neighbours[1][1]: names cell 0 a second time",
    ],
    [
      "gi-star",
      { ...giStar, weights: [1] },
      'the input: has "weights", which this statistic does not know',
    ],
    ["gi-star", { ...giStar, counts: "4" }, 'counts: must be a list in square brackets, not "4"'],
    ["aoristic", { timeZone: 3, events: [] }, "timeZone: must be a text in quotes, not 3"],
    [
      "wdd",
      { ...wdd, control: undefined },
      "control: must be two counts, [before, after], not missing",
    ],
    ["wdd", { ...wdd, alpha: 1 }, "alpha: must lie between 0 and 1, such as 0.05, not 1"],
    ["wdd", { ...wdd, timeWeights: [1, 0] }, "timeWeights[1]: must be a number above 0, not 0"],
    [
      "wdd",
      { ...wdd, areaWeights: [1, 1] },
      "areaWeights: must be four numbers, [treated, control, displacement, displacementControl], not [1,1]",
    ],
    [
      "wdd",
      { ...wdd, timeWeights: [1e-300, 1] },
      "the input: what it gives for se is too large to be held",
    ],
    [
      "knox",
      { ...knox, points: Array.from({ length: 20_000 }, () => ({ x: 0, y: 0, day: 0 })) },
      "points: too many lie within 1 of each other, at most 10000000 pairs can be compared; give fewer points or a shorter last distance",
    ],
    [
      "aoristic",
      { timeZone: "Europe/Londinium", events: [] },
      'timeZone: "Europe/Londinium" is not a time zone, such as Europe/London',
    ],
    [
      "aoristic",
      aoristic("2021-02-30T10:00"),
      'events[1].from: "2021-02-30T10:00" is not a time; write 2021-11-26T20:30, or with an offset 2021-11-26T20:30Z',
    ],
    [
      "aoristic",
      aoristic("2021-02-28T24:00Z"),
      'events[1].from: "2021-02-28T24:00Z" is not a time; write 2021-11-26T20:30, or with an offset 2021-11-26T20:30Z',
    ],
    [
      "aoristic",
      aoristic("2021-03-28T01:30"),
      "events[1].from: 2021-03-28T01:30 does not exist in Europe/London, where the clock skips it",
    ],
    [
      "aoristic",
      aoristic("2021-03-28T00:30", "yesterday"),
      'events[1].to: "yesterday" is not a time; write 2021-11-26T20:30, or with an offset 2021-11-26T20:30Z',
    ],
  ])("%s refuses a wrong input, case %#", (name, input, message) => {
    expect(() => runStat(name, input)).toThrow(new StatInputError(message));
  });
});
