import { describe, expect, test } from "vitest";
import { createAreaTree } from "#core/disclosure/area-tree.ts";
import { findJointLeaks, type JointLeak } from "#core/disclosure/joint.ts";
import { jointRanges } from "#core/disclosure/ranges.ts";
import { tenFiveRule } from "#core/disclosure/rule.ts";
import type { SpokenAssessment } from "#core/releases/answers.ts";
import { buildRelease } from "#core/releases/build.ts";
import { type EarlierRelease, publishedMonths } from "#core/releases/earlier.ts";
import { mostReleaseMonths, releaseMonths } from "#core/releases/months.ts";
import { basisOf } from "#core/releases/panel/moved-note.ts";
import {
  builtOrThrow,
  figuresOf,
  panelAreas,
  releaseAll,
  releaseInput,
} from "#tests/support/release.ts";

const asAt = "2021-11-26";
const rule = tenFiveRule;

describe("the months of a release", () => {
  const monthsOf = (asked: { from?: string; to?: string }) => {
    const found = releaseMonths(asAt, asked);
    return found.ok ? found.value : found.reason;
  };

  test("without a wish are thirteen up to the last that may be public", () => {
    const months = monthsOf({});
    expect([months.length, months[0], months.at(-1)]).toEqual([13, "2020-09", "2021-09"]);
    expect(monthsOf({ to: "2021-03" })).toEqual([
      "2020-09",
      "2020-10",
      "2020-11",
      "2020-12",
      "2021-01",
      "2021-02",
      "2021-03",
    ]);
  });

  test("go back as far as is asked, to five years and a month", () => {
    expect(mostReleaseMonths).toBe(61);
    expect(monthsOf({ from: "2016-09" })).toHaveLength(61);
    expect(monthsOf({ from: "2016-08" })).toBe(
      "A release can cover at most 61 months; August 2016 to September 2021 is 62.",
    );
    expect(monthsOf({ from: "2000-01", to: "2000-01" })).toEqual(["2000-01"]);
    expect(monthsOf({ from: "1999-12" })).toBe("1999-12: give a month from 2000-01 on.");
  });

  test("are whole, old enough, and the right way round", () => {
    expect(monthsOf({ from: "2021-09", to: "2021-09" })).toEqual(["2021-09"]);
    expect(monthsOf({ to: "2021-10" })).toContain("October 2021 cannot be public yet");
    expect(monthsOf({ from: "2021-12", to: "2022-01" })).toContain("cannot be public yet");
    for (const part of [
      "2021-09-15",
      "2021-13",
      "2021-00",
      "September",
      "",
      "x2021-09",
      "2021-091",
    ]) {
      expect(monthsOf({ from: part })).toContain("is not a whole month");
    }
    expect(monthsOf({ from: "2021-09", to: "2021-08" })).toBe(
      "September 2021 is after August 2021. Swap them.",
    );
  });
});

describe("figures of a release", () => {
  const areas = panelAreas([3, 2]);
  const release = (byWard: Record<string, number>, more = {}) =>
    buildRelease(
      releaseInput(areas, {
        months: ["2021-09"],
        counts: Object.entries(byWard).map(([area, count]) => ({ area, month: "2021-09", count })),
        ...more,
      }),
    );
  const shownOf = (byWard: Record<string, number>) =>
    figuresOf(builtOrThrow(release(byWard)).content, areas, "2021-09");

  test("a ward with nothing, and all under 10, are blanks", () => {
    expect(shownOf({})).toEqual(areas.map(() => null));
    expect(shownOf({ "b0-w0": 9, "b1-w0": 9 })).toEqual(areas.map(() => null));
  });

  test("one 11 among zeros is shown by itself, and no sum over it", () => {
    const shown = shownOf({ "b0-w0": 11 });
    expect(shown.filter((figure) => figure !== null).every((figure) => figure === 10)).toBe(true);
    const tree = createAreaTree(areas);
    expect(findJointLeaks(tree, { areaSet: "a", shown }, [], rule)).toEqual([]);
  });

  test("sightings are by the same rule, for the whole command alone", () => {
    const sightings = (count: number) =>
      builtOrThrow(release({}, { sightings: new Map([["2021-09", count]]) })).content.values.filter(
        ({ measure }) => measure === "sightings",
      );
    expect(sightings(13)).toEqual([
      { area: "command", month: "2021-09", measure: "sightings", count: 15 },
    ]);
    expect(sightings(9)).toMatchObject([{ count: null }]);
    expect(builtOrThrow(release({})).content.values.at(-1)).toMatchObject({ count: null });
  });

  test("a month that was released stands, and the analyst hears that its records changed", () => {
    const wide = { "b0-w0": 30, "b0-w1": 40, "b0-w2": 50, "b1-w0": 60, "b1-w1": 70 };
    const input = (first: number) =>
      releaseInput(areas, {
        months: ["2021-09"],
        counts: Object.entries({ ...wide, "b0-w0": first }).map(([area, count]) => ({
          area,
          month: "2021-09",
          count,
        })),
      });
    const earlier = releaseAll([input(30)]);
    const same = builtOrThrow(buildRelease({ ...input(30), earlier }));
    expect(same.history.taken).toEqual([{ month: "2021-09", release: 1, changedSince: false }]);
    const later = builtOrThrow(buildRelease({ ...input(47), earlier }));
    expect(later.history.taken).toEqual([{ month: "2021-09", release: 1, changedSince: true }]);
    expect(later.content.values).toEqual(earlier[0]?.content.values);
    const sighted = { ...input(30), earlier, sightings: new Map([["2021-09", 25]]) };
    expect(builtOrThrow(buildRelease(sighted)).history.taken[0]?.changedSince).toBe(true);
  });

  describe("with other areas", () => {
    const moved = panelAreas([3, 3]);
    const counts = ["2021-07", "2021-08", "2021-09"].flatMap((month) =>
      ["b0-w0", "b0-w1", "b0-w2", "b1-w0", "b1-w1"].map((area) => ({ area, month, count: 40 })),
    );
    const earlier = releaseAll([
      releaseInput(areas, { months: ["2021-07"], counts }),
      releaseInput(areas, { months: ["2021-07", "2021-08"], counts }),
    ]);
    const later = (months: string[], more = {}) =>
      buildRelease(
        releaseInput(moved, {
          months,
          counts,
          earlier,
          areaSet: "b".repeat(64),
          ...more,
        }),
      );

    test("months that are public already are left out, and a note for each release says so", () => {
      const { content, history } = builtOrThrow(later(["2021-07", "2021-08", "2021-09"]));
      expect(content.months).toEqual(["2021-09"]);
      expect(new Set(content.values.map(({ month }) => month))).toEqual(new Set(["2021-09"]));
      expect(history.left).toEqual([
        { month: "2021-07", release: 1, why: "areas" },
        { month: "2021-08", release: 2, why: "areas" },
      ]);
      expect(content.notes.slice(-2)).toEqual([
        "The areas changed after release 1. Its months from July 2021 are not shown again for the new areas, because comparing them could reveal single reports.",
        "The areas changed after release 2. Its months from August 2021 are not shown again for the new areas, because comparing them could reveal single reports.",
      ]);
      const both = releaseAll([releaseInput(areas, { months: ["2021-07", "2021-08"], counts })]);
      const noted = builtOrThrow(later(["2021-07", "2021-08", "2021-09"], { earlier: both }));
      expect(noted.content.notes.at(-1)).toContain(
        "after release 1. Its months from July 2021 to August 2021 are",
      );
    });

    test("are refused where they were asked for, or where nothing else is left", () => {
      const why =
        "The areas have changed since release 1. July 2021, August 2021: figures for the earlier areas are public, and comparing two sets of areas could reveal single reports. Leave these months out; they are in release 1.";
      expect(later(["2021-07", "2021-08"])).toEqual({ ok: false, reason: why });
      expect(later(["2021-07", "2021-08", "2021-09"], { areNamed: true })).toEqual({
        ok: false,
        reason: why,
      });
      expect(later(["2021-09"], { areNamed: true }).ok).toBe(true);
    });
  });

  test("a month that none but withdrawn releases show does not come back, and a note says so", () => {
    const input = (months: string[]) =>
      releaseInput(areas, {
        months,
        counts: months.map((month) => ({ area: "b0-w0", month, count: 300 })),
      });
    const [first, second] = releaseAll([input(["2021-07"]), input(["2021-07", "2021-08"])]);
    if (!first || !second) throw new Error("two releases are needed");
    const drafted = (months: string[], ...earlier: EarlierRelease[]) =>
      buildRelease({ ...input(months), earlier });
    const gone = { ...second, isWithdrawn: true };
    const later = builtOrThrow(drafted(["2021-07", "2021-08", "2021-09"], first, gone));
    expect(later.content.months).toEqual(["2021-07", "2021-09"]);
    expect(later.history.left).toEqual([{ month: "2021-08", release: 2, why: "withdrawn" }]);
    expect(later.content.notes.at(-1)).toBe(
      "Release 2 was withdrawn. Its months from August 2021 are in no current release, and are not shown again.",
    );
    const asked = drafted(["2021-08"], first, gone);
    expect(asked.ok ? null : asked.reason).toContain(
      "August 2021: shown in release 2, which was withdrawn, and in no current one.",
    );
    const none = drafted(["2021-07", "2021-08"], { ...first, isWithdrawn: true }, gone);
    expect(none.ok ? null : none.reason).toContain("July 2021, August 2021: shown in release");
  });

  test("the notes of a release without a history end with how its months stay", () => {
    const { notes } = builtOrThrow(release({})).content;
    expect(notes.slice(-2)).toEqual([
      "Sightings are those residents reported, for the whole area only. Reports by partners and sightings recorded by police are not included.",
      "A month stays as first released. Later or withdrawn reports do not change it, so comparing releases reveals nothing.",
    ]);
  });

  test("what is found when all is looked at again is said by its area, and there is no release", () => {
    const found = (leak: JointLeak) => {
      const built = release({ "b0-w0": 30 }, { audit: () => [leak] });
      return built.ok ? null : built.reason;
    };
    expect(found({ by: "sum", area: "b0-w1", range: { low: 1, high: 3 } })).toBe(
      "September 2021 is held back: the figures shown would reveal more about Ward 0.1 than that it has fewer than 10.",
    );
    expect(found({ by: "change", area: "b0-w2", release: 3 })).toBe(
      "September 2021 is held back: Ward 0.2 would differ from release 3, and the difference may be a few reports.",
    );
    expect(found({ by: "areas", release: 3 })).toBe(
      "September 2021 is held back: release 3 shows it for other areas.",
    );
    expect(found({ by: "sum", area: "b9", range: { low: 1, high: 3 } })).toContain(
      "more about b9 than",
    );
  });

  test("what was said of an operation and these dates is said again, of other dates again", () => {
    const answer = (operation: string, basis: string, text: string) => ({
      operation,
      helped: { basis, text },
      moved: [],
    });
    const first = releaseAll([
      releaseInput(areas, {
        months: ["2021-08"],
        counts: [],
        answers: [answer("one", "to September", "first"), answer("two", "to September", "second")],
      }),
    ]);
    const said = (...answers: ReturnType<typeof answer>[]) =>
      builtOrThrow(release({}, { earlier: first, answers })).content.answers.map(
        ({ helped }) => helped.text,
      );
    expect(
      said(
        answer("two", "to September", "again"),
        answer("one", "to October", "again"),
        answer("three", "to September", "again"),
      ),
    ).toEqual(["second", "again", "again"]);
  });

  test("SAFEGUARDS 11: the note that stood is said again; one that was not there yet is added, and the answer says it too", () => {
    const note = { operation: "one", text: "It may have moved.", basis: "to September" };
    const answer = {
      operation: "one",
      helped: { basis: "to September", text: "first" },
      moved: [{ basis: "to September", text: "nowhere" }],
    };
    const stood = (movedNotes: (typeof note)[]) => {
      const earlier = releaseAll([
        releaseInput(areas, { months: ["2021-08"], counts: [], answers: [answer] }),
      ]).map((one) => ({ ...one, content: { ...one.content, movedNotes } }));
      const { content } = builtOrThrow(release({}, { earlier, answers: [risen] }));
      return [content.movedNotes.map(({ text }) => text), content.answers[0]?.moved[0]?.text];
    };
    const risen: SpokenAssessment = {
      operation: "one",
      treatedArea: {
        verdict: "fall",
        treated: [40, 20],
        control: [40, 40],
        low: -30,
        high: -10,
        reach: [],
      },
      overall: { verdict: "no_clear_change" },
      control: { reach: [] },
      edges: [{ neighbour: "Barnet", isInternal: false, verdict: "rise", reach: [] }],
      before: { from: "2021-06-01", to: "2021-07-31" },
      after: { from: "2021-08-01", to: "2021-09-30" },
      studyArea: "the command",
    };
    answer.helped.basis = basisOf(risen);
    note.basis = basisOf(risen);
    expect(stood([note])).toEqual([["It may have moved."], "nowhere"]);
    const [added, moved] = stood([]);
    expect(added).toHaveLength(1);
    expect(moved).toBe(added?.[0]);
  });

  test("holds the areas, outlines, totals and promises that it was given", () => {
    const outlines = [{ kind: "ward", area: "b0-w0", polygon: [] }];
    const done = [{ group: "arrests" }];
    const commitments = [{ said: "a", did: "b", next: "c", by: "2022-01-31" }];
    const { content } = builtOrThrow(
      release({}, { publicAreas: { areas, outlines }, done, commitments }),
    );
    expect(content).toMatchObject({ areas, outlines, done, commitments, madeUp: true });
  });

  test("a count for no public area is a fault, not a release", () => {
    expect(() => release({ elsewhere: 3 })).toThrow("no public area");
  });
});

describe("tables of one month together", () => {
  const areas = panelAreas([2]);
  const tree = createAreaTree(areas);
  // command, borough, two wards
  const shown = [60, 60, 30, 30];
  const earlier = (more: readonly (number | null)[], areaSet = "a") => [
    { release: 4, areaSet, shown: more },
  ];

  test("equal ones tell no more than one", () => {
    expect(findJointLeaks(tree, { areaSet: "a", shown }, earlier(shown), rule)).toEqual([]);
  });

  test("a figure that differs, or was withheld, is named with its release", () => {
    expect(
      findJointLeaks(tree, { areaSet: "a", shown }, earlier([60, 60, 25, 30]), rule),
    ).toContainEqual({ by: "change", area: "b0-w0", release: 4 });
    const leaks = findJointLeaks(
      tree,
      { areaSet: "a", shown },
      earlier([60, 60, null, null]),
      rule,
    );
    expect(leaks.filter(({ by }) => by === "change")).toHaveLength(2);
    // Withheld once and about 30 the other time: both cannot be, so that a count changed.
    expect(leaks.flatMap((leak) => (leak.by === "sum" ? [leak.area] : []))).toEqual([
      "b0-w0",
      "b0-w1",
    ]);
  });

  test("other areas of the same month are one as well", () => {
    expect(findJointLeaks(tree, { areaSet: "b", shown }, earlier(shown), rule)).toEqual([
      { by: "areas", release: 4 },
    ]);
  });

  test("ranges are what all of them allow", () => {
    const ranges = jointRanges(
      tree,
      [
        [null, null, 30, null],
        [null, 55, null, null],
      ],
      rule,
      30,
    );
    expect(ranges.map(({ low, high }) => [low, high])).toEqual([
      [53, 57],
      [53, 57],
      [28, 30],
      [23, 29],
    ]);
  });

  test("figures of another area set are in no order of these", () => {
    const content = releaseAll([releaseInput(areas, { months: ["2021-09"], counts: [] })])[0]
      ?.content;
    if (content === undefined) throw new Error("nothing was built");
    const found = publishedMonths(
      [
        { number: 2, areaSet: "b", content },
        { number: 1, areaSet: "a", content },
      ],
      "a",
      areas.map(({ id }) => id),
    );
    expect(found.get("2021-09")).toEqual([
      {
        release: 1,
        areaSet: "a",
        shown: [null, null, null, null],
        sightings: null,
        isWithdrawn: false,
      },
      { release: 2, areaSet: "b", shown: [], sightings: null, isWithdrawn: false },
    ]);
  });
});
