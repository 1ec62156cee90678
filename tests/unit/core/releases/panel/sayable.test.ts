import { describe, expect, test } from "vitest";
import type { Shown } from "#core/disclosure/rule.ts";
import {
  areasWithin,
  type ComparedPlaces,
  type PublicReach,
  publicReach,
  type ShownFigures,
  saidOf,
  sayableOf,
} from "#core/releases/panel/sayable.ts";
import { panelAreas } from "#tests/support/release.ts";

const areas = panelAreas([4]);
const months = ["2021-06", "2021-07", "2021-08", "2021-09"];

/** Wards 0 to 3, month by month. */
function shown(wards: readonly (readonly Shown[])[]): ShownFigures {
  return {
    areas,
    months: new Map(
      months.map((month, at) => [month, [100, 100, ...wards.map((ward) => ward[at] ?? null)]]),
    ),
  };
}

/** Two cells a ward: of some the first, of others the second or both. */
const some = (cells: readonly ("first" | "second")[], ...wards: readonly number[]): PublicReach =>
  wards.map((at) => ({ area: `b0-w${at}`, cells: cells.map((cell) => `${cell} ${at}`), size: 2 }));
const inPart = (...wards: readonly number[]) => some(["first"], ...wards);
const whole = (...wards: readonly number[]) => some(["first", "second"], ...wards);

function operation(more: Partial<ComparedPlaces> = {}): ComparedPlaces {
  return {
    before: { from: "2021-06-01", to: "2021-07-31" },
    after: { from: "2021-08-01", to: "2021-09-30" },
    treatedArea: { reach: inPart(0) },
    control: { reach: inPart(1, 2, 3) },
    edges: [],
    ...more,
  };
}

const coreOf = (figures: ShownFigures, more: Partial<ComparedPlaces> = {}) =>
  sayableOf([operation(more)], figures)[0]?.core;

const steady = (figure: Shown) => months.map(() => figure);

describe("what may be said of an operation's streets", () => {
  test("a verdict needs 10 that are certain in each period, here and in the rest; an interval 30", () => {
    expect(coreOf(shown([steady(40), steady(40)]))).toBe("interval");
    expect(coreOf(shown([steady(10), steady(10)]))).toBe("verdict");
    expect(coreOf(shown([[10, null, null, 10], steady(10)]))).toBe("verdict");
    expect(coreOf(shown([steady(40), [null, 10, 10, null]]))).toBe("verdict");
    expect(coreOf(shown([[10, 10, null, null], steady(40)]))).toBe("nothing");
    expect(coreOf(shown([steady(40), [10, 10, null, null]]))).toBe("nothing");
    expect(coreOf(shown([steady(40), steady(null)]))).toBe("nothing");
  });

  test("only the lower end of a rounded figure is certain: 15 and 15 are 26, and 20 and 15 are 31", () => {
    const rest = steady(40);
    expect(coreOf(shown([[15, 15, 40, 40], rest]))).toBe("verdict");
    expect(coreOf(shown([[20, 15, 40, 40], rest]))).toBe("interval");
  });

  test("a month that lies partly outside the period counts as nothing, and so does one that is not shown", () => {
    const figures = shown([[null, 40, 40, 40], steady(40)]);
    const from = (date: string) => ({ before: { from: date, to: "2021-07-31" } });
    expect(coreOf(figures, from("2021-07-01"))).toBe("interval");
    expect(coreOf(figures, from("2021-07-02"))).toBe("nothing");
    const after = { from: "2021-10-01", to: "2021-10-31" };
    expect(coreOf(figures, { after })).toBe("nothing");
  });

  test("nothing, where an area lies in them as a whole and is withheld in a month of either period", () => {
    const figures = shown([steady(40), steady(40), [40, 40, 40, null]]);
    const within = (...reach: PublicReach) => ({ treatedArea: { reach } });
    expect(coreOf(figures, within(...inPart(0, 2)))).toBe("interval");
    expect(coreOf(figures, within(...inPart(0), ...whole(2)))).toBe("nothing");
    const after = { from: "2021-08-01", to: "2021-09-29" };
    expect(coreOf(figures, { ...within(...inPart(0), ...whole(2)), after })).toBe("interval");
  });

  test("nothing, where such an area lies in streets and edges together, or in several operations together", () => {
    const figures = shown([steady(80), steady(80), steady(null)]);
    const treatedArea = { reach: inPart(0, 2) };
    const beside = [{ reach: some(["second"], 1, 2) }];
    expect(coreOf(figures, { treatedArea })).toBe("interval");
    expect(coreOf(figures, { treatedArea, edges: beside })).toBe("nothing");
    const other = operation({ treatedArea: { reach: some(["second"], 1, 2) } });
    expect(sayableOf([operation({ treatedArea }), other], figures).map(({ core }) => core)).toEqual(
      ["nothing", "nothing"],
    );
  });

  test("nothing, where only what is compared with could be under 10, and withheld areas lie in that", () => {
    const treatedArea = { reach: whole(0) };
    const figures = shown([steady(40), steady(40), steady(null)]);
    const against = (...reach: PublicReach) => ({ treatedArea, control: { reach } });
    expect(coreOf(figures, against(...inPart(1, 2)))).toBe("interval");
    expect(coreOf(figures, against(...inPart(1), ...whole(2)))).toBe("nothing");
    expect(coreOf(figures, against(...whole(1, 2)))).toBe("interval");
    const treatedInPart = {
      ...against(...inPart(1), ...whole(2)),
      treatedArea: { reach: inPart(0) },
    };
    expect(coreOf(figures, treatedInPart)).toBe("interval");
  });

  test("counts of what is compared with the areas that are not those of the streets", () => {
    const figures = shown([steady(40), steady(40), steady(null)]);
    const against = (reach: PublicReach) => coreOf(figures, { control: { reach } });
    expect(against(some(["second"], 0, 1))).toBe("interval");
    expect(against(some(["second"], 0, 2))).toBe("nothing");
    expect(against([])).toBe("nothing");
  });

  test("of two operations in one area each takes its own reports: 20 in two months do not carry both", () => {
    const both = (figure: Shown, rest: Shown) =>
      sayableOf([operation(), operation()], shown([steady(figure), steady(rest)])).map(
        ({ core }) => core,
      );
    expect(both(10, 40)).toEqual(["verdict", "verdict"]);
    const once = shown([[10, null, 10, null], steady(40)]);
    expect(sayableOf([operation(), operation()], once).map(({ core }) => core)).toEqual([
      "verdict",
      "nothing",
    ]);
  });
});

describe("what may be said of its edges", () => {
  const edgesOf = (figures: ShownFigures, ...edges: ComparedPlaces["edges"]) =>
    sayableOf([operation({ edges })], figures)[0]?.edges;

  test("needs 10 that are certain in each period, beside what streets and rest take", () => {
    const figures = shown([steady(40), steady(40), [10, null, 10, null], steady(null)]);
    expect(edgesOf(figures, { reach: inPart(2) }, { reach: inPart(3) })).toEqual([
      "verdict",
      "nothing",
    ]);
    expect(edgesOf(figures, { reach: inPart(2) }, { reach: inPart(2) })).toEqual([
      "verdict",
      "nothing",
    ]);
    expect(edgesOf(figures, { reach: [] })).toEqual(["nothing"]);
  });

  test("is a rise alone where a withheld area lies in it as a whole", () => {
    const figures = shown([steady(40), steady(40), steady(10), steady(null)]);
    const reach = [...inPart(2), ...whole(3)];
    expect(edgesOf(figures, { reach })).toEqual(["rise"]);
    expect(saidOf("rise", "rise")).toBe("rise");
    expect(saidOf("fall", "rise")).toBe("cannot_tell");
    expect(saidOf("fall", "verdict")).toBe("fall");
    expect(saidOf("rise", "nothing")).toBe("cannot_tell");
  });

  test("is nothing where nothing may be said of the streets", () => {
    const figures = shown([steady(null), steady(40), steady(40)]);
    expect(sayableOf([operation({ edges: [{ reach: inPart(2) }] })], figures)).toEqual([
      { core: "nothing", edges: [] },
    ]);
  });
});

test("cells lie in the areas that hold any of them, as a whole where they hold all; beyond the command in none", () => {
  const cell = (name: string) => name as never;
  const counted = [
    { area: "one", cells: [cell("a"), cell("b")], ward: null },
    { area: "two", cells: [cell("c")], ward: null },
    { area: "three", cells: [cell("d")], ward: null },
  ];
  const reach = publicReach([cell("a"), cell("c"), cell("beyond")], { counted });
  expect(reach).toEqual([
    { area: "one", cells: ["a"], size: 2 },
    { area: "two", cells: ["c"], size: 1 },
  ]);
  expect([...areasWithin([reach])]).toEqual(["two"]);
  expect([...areasWithin([reach, publicReach([cell("b")], { counted })])]).toEqual(["two", "one"]);
});
