import { describe, expect, test } from "vitest";
import { mayFollow } from "#core/displacement/watch/acts.ts";
import { followCluster } from "#core/displacement/watch/follow.ts";
import { alertSentence, clusterPlace, lookSentence } from "#core/displacement/watch/sentence.ts";
import { alertLevel, isRarest, recurrenceYears } from "#core/displacement/watch/settings.ts";
import { cellAt, disk, type H3Cell } from "#core/geo/cell.ts";
import { personsIn } from "#core/text/persons-in-words.ts";
import { maySpeakOfPerson } from "#core/text/speaks-of-person.ts";

const middle = cellAt([-0.0385, 51.6235], 10);
const cellsOf = (count: number) => disk(middle, 3).slice(0, count);

const alert = {
  place: "Town Road, Edmonton Green",
  neighbour: null,
  isInternal: false,
  beyond: 0,
  firstDay: "2021-11-13",
  lastDay: "2021-11-26",
  observed: 12,
  expected: 4.06,
  p: 0.001,
  replicates: 999,
  looksPerYear: 365,
};

describe("an alert in words", () => {
  test("says days, reports, what was expected, and how often chance alone shows as much", () => {
    expect(alertSentence(alert)).toBe(
      "In the 14 days to 26 November 2021, 12 reports near Town Road, Edmonton Green where 4.1 were expected; chance alone would show this at most once in 2.7 years.",
    );
    expect(alertSentence({ ...alert, firstDay: "2021-11-26", p: 0.002 })).toMatch(
      /^On 26 November 2021, .* about once in 1\.4 years\.$/,
    );
    expect(alertSentence({ ...alert, p: 0.0001, replicates: 9_999 })).toContain("once in 27 years");
  });

  test("names the neighbour over whose line it lies, and how much of it does", () => {
    const beside = { ...alert, neighbour: "Waltham Forest" };
    expect(alertSentence(beside)).toContain(
      "It is along the boundary with Waltham Forest, on this side of the boundary.",
    );
    expect(alertSentence({ ...beside, beyond: 5 })).toContain("5 of the 12 beyond the boundary");
    expect(alertSentence({ ...beside, beyond: 12 })).toContain("all of it beyond the boundary");
    const within = { ...alert, neighbour: "Enfield-Haringey", isInternal: true };
    expect(alertSentence(within)).toMatch(/ It is along the Enfield-Haringey boundary\.$/);
  });
});

describe("a look in words", () => {
  const look = {
    asAt: "2021-11-26",
    answer: "nothing" as const,
    reports: 183,
    leftOut: 0,
    lastOn: "2021-11-25",
    unseen: [],
  };
  test("says what was looked at, and that a look of too little cannot tell", () => {
    expect(lookSentence(look)).toBe(
      "No cluster among 183 reports within 3,000 m of the treated area from 29 August 2021 to 26 November 2021.",
    );
    expect(lookSentence({ ...look, answer: "too_few", reports: 1 })).toBe(
      "Not enough reports to tell: 1 report within 3,000 m of the treated area from 29 August 2021 to 26 November 2021. A check needs 30.",
    );
  });
  test("says what it could not see", () => {
    const words = lookSentence({
      ...look,
      leftOut: 2,
      lastOn: "2021-11-03",
      unseen: ["Barnet", "Hackney"],
    });
    expect(words).toContain("2 more excluded");
    expect(words).toContain("The latest is from 3 November 2021");
    expect(words).toContain("Beyond the boundary with Barnet and Hackney nothing is recorded");
  });
});

describe("the level of an alert", () => {
  test("lets chance bring one look a year, however often is looked", () => {
    expect(alertLevel(1)).toEqual({
      looksPerYear: 365,
      level: 1 / 365,
      replicates: 999,
      falseAlertsPerYear: 1,
    });
    for (const looks of [30, 60, 120, 300]) {
      const { level, looksPerYear, replicates, falseAlertsPerYear } = alertLevel(looks);
      expect(looksPerYear).toBeGreaterThanOrEqual((looks * 365) / 30);
      expect(level * looksPerYear).toBeCloseTo(1, 9);
      expect(falseAlertsPerYear).toBeCloseTo(1, 9);
      // Some p can come that is an alert.
      expect(2 / (replicates + 1)).toBeLessThanOrEqual(level);
    }
  });
  test("beyond what can be counted says that more are false", () => {
    const { replicates, level, falseAlertsPerYear } = alertLevel(3_000);
    expect([replicates, level]).toEqual([9_999, 2 / 10_000]);
    expect(falseAlertsPerYear).toBeCloseTo(7.3, 9);
  });
  test("a recurrence is one over p and looks, and the rarest p is known as such", () => {
    expect(recurrenceYears(0.001, 365)).toBeCloseTo(2.74, 2);
    expect([isRarest(0.001, 999), isRarest(0.002, 999)]).toEqual([true, false]);
  });
});

describe("the same cluster", () => {
  const extent = { firstDay: "2021-11-15", lastDay: "2021-11-26", observed: 10 };
  const known = { id: 7, cells: cellsOf(5), ...extent };
  const far = disk(cellAt([-0.09, 51.64], 10), 1);
  test("goes on as its alert while nobody has handed it over or closed it, whatever the days", () => {
    for (const state of ["open", "acknowledged"] as const) {
      const later = { ...extent, firstDay: "2022-02-01", cells: cellsOf(7).slice(4) };
      expect(followCluster(later, [{ ...known, state }])).toEqual({
        is: "same",
        id: 7,
      });
    }
    const elsewhere = { ...extent, cells: far };
    expect(followCluster(elsewhere, [{ ...known, state: "open" }]).is).toBe("new");
  });
  test.each(["handed_over", "closed"] as const)(
    "%s it stays for what was weighed and a week, and is new when later or half as large again",
    (state) => {
      const decided = [{ ...known, state }];
      const again = { ...extent, cells: cellsOf(5) };
      const is = (cluster: typeof again) => followCluster(cluster, decided);
      expect(is(again)).toEqual({ is: "decided", id: 7 });
      expect(is({ ...again, observed: 15 }).is).toBe("new");
      // What was weighed ends on 26 November.
      expect(is({ ...again, firstDay: "2021-12-03", lastDay: "2021-12-12" }).is).toBe("decided");
      expect(is({ ...again, firstDay: "2021-12-04", lastDay: "2021-12-12" }).is).toBe("new");
      expect(is({ ...again, firstDay: "2022-02-01", lastDay: "2022-02-08" }).is).toBe("new");
    },
  );
});

test("an alert is acknowledged once, handed over before it is closed, and closed for good", () => {
  const may = (state: Parameters<typeof mayFollow>[0]) =>
    (["acknowledged", "handed_over", "closed"] as const).filter((to) => mayFollow(state, to));
  expect(may("open")).toEqual(["acknowledged", "handed_over", "closed"]);
  expect(may("acknowledged")).toEqual(["handed_over", "closed"]);
  expect(may("handed_over")).toEqual(["closed"]);
  expect(may("closed")).toEqual([]);
});

test("a cluster lies in the edge zone that holds half of its reports", () => {
  const [near = [], far = []] = [cellsOf(3), cellsOf(5).slice(3)];
  const edge = { neighbour: "Next", inner: near, outer: far, isInternal: false };
  const counted = (counts: number[]) =>
    cellsOf(7).flatMap((cell, at) => {
      const reports = counts[at] ?? 0;
      return reports > 0 ? [{ cell, reports }] : [];
    });
  const where = (counts: number[], zone = edge) =>
    clusterPlace(counted(counts), [zone], (cell: H3Cell) => `at ${cell}`);
  expect(where([2, 0, 1, 3, 0, 4])).toMatchObject({ neighbour: "Next", beyond: 3 });
  expect(where([2, 0, 0, 0, 0, 4])).toMatchObject({ neighbour: null, beyond: 0 });
  const within = { ...edge, isInternal: true };
  expect(where([2, 0, 1, 3], within)).toMatchObject({ neighbour: "Next", beyond: 0 });
});

test.each([
  ["Ring 07700 900123 about it", "phone numbers"],
  ["seen by Sam, sam@example.org", "e-mail addresses"],
  ["a car AB12 CDE again", "vehicle marks"],
  ["at 14 Fore Street N9 0AA", "addresses"],
  ["Looked at on Friday: road works by the station, lights are out", null],
  ["26 November, 12 reports", null],
])("words about an alert: %s", (words, kind) => {
  expect(personsIn(words)[0]?.kind ?? null).toBe(kind);
});

test.each([
  ["Spoke to Jane about it", "Jane"],
  ["seen with jack again", "jack"],
  ["Patel keeps the shop open late", "Patel"],
  ["ask Will in the team", "Will"],
  ["Walker Road, then Khan", "Khan"],
  ["PC 482YE went by", "PC 482YE"],
  ["told mr smyth", "mr smyth"],
  ["she has moved on", "she"],
  ["three women by the bus stop", "women"],
  ["two Romanian visitors", "Romanian"],
  ["rang Zofia Wrona", "rang Zofia Wrona"],
  ["O'Brien's yard", "O'Brien"],
  ["Kelly Brown again", "Kelly"],
])("words about an alert that may speak of a person: %s", (words, piece) => {
  expect(maySpeakOfPerson(words)).toBe(piece);
});

test.each([
  "Night team goes by on foot.",
  "Will look again in June. Reports rose, then fell back.",
  "The lights in Victoria Road and Rose Lane are out; St James's Church is dark.",
  "Told Waltham Forest and Enfield Council on Friday, at eight o'clock.",
  "Road works by Edmonton Green; British Transport Police were told.",
  "Baker Street and Fox Lane, near the ward's edge. Hope to see less in summer.",
  "Sex workers were not asked to leave; outreach was told first.",
  "Please mark Hall Lane on the plan.",
])("words that speak of places and reports pass: %s", (words) => {
  expect(maySpeakOfPerson(words)).toBeNull();
  expect(personsIn(words)).toEqual([]);
});
