import { describe, expect, test } from "vitest";
import type { Boundary } from "#core/places/boundaries.ts";
import {
  chooseParts,
  codeOfWords,
  groundFault,
  isBritishZone,
  nameOfParts,
  partWords,
} from "#core/places/pack/pack-words.ts";

function area(name: string, code = name, west = 16): Boundary {
  const ring = [
    [west, 48],
    [west + 0.01, 48],
    [west + 0.01, 48.01],
    [west, 48],
  ] as const;
  return { code, name, within: null, polygons: [[ring.map(([x, y]) => [x, y] as const)]] };
}

describe("words of a pack", () => {
  test.each([
    ["Camden & Islington", "camden-islington"],
    ["Žižkov--2", "zizkov-2"],
    ["---", ""],
    ["a".repeat(60), "a".repeat(40)],
  ])("the code of %s", (words, code) => {
    expect(codeOfWords(words)).toBe(code);
  });

  test("up to three parts name a command", () => {
    expect(nameOfParts(["B"])).toBe("B");
    expect(nameOfParts(["B", "A"])).toBe("A and B");
    expect(nameOfParts(["C", "A", "B"])).toBe("A, B and C");
    expect(nameOfParts(["A", "B", "C", "D"])).toBeNull();
    expect(nameOfParts(["A".repeat(50), "B".repeat(50)])).toBeNull();
  });

  test("metres need a British zone, and properties say what parts are called", () => {
    expect(["Europe/London", "GB", "Europe/Paris", "GB/x"].map(isBritishZone)).toEqual([
      true,
      true,
      false,
      false,
    ]);
    expect(partWords(["id", "LAD22NM"])[0]).toBe("borough");
    expect(partWords(["id", "district_name"])[1]).toBe("districts");
    expect(partWords(["id", "name"])).toEqual(["part", "parts"]);
  });
});

describe("which features make up a command", () => {
  const all = [area("Beech", "B1"), area("Ash", "A1"), area("Elm, Upper", "E1")];
  const names = (areas: readonly Boundary[]) => areas.map(({ name }) => name);

  test("all of them unless said, by name", () => {
    expect(names(chooseParts(all, null).parts)).toEqual(["Ash", "Beech", "Elm, Upper"]);
  });

  test("by name or code, capitals or not, and a name may hold a comma", () => {
    const { parts, others } = chooseParts(all, ["ASH,b1"]);
    expect([names(parts), names(others)]).toEqual([["Ash", "Beech"], ["Elm, Upper"]]);
    expect(names(chooseParts(all, ["Elm, Upper"]).parts)).toEqual(["Elm, Upper"]);
  });

  test("one that is not there is refused with those that are", () => {
    expect(() => chooseParts(all, ["Oak"])).toThrow(
      'no feature has the name or code "Oak"; there are Ash, Beech, Elm, Upper',
    );
  });

  test("two of one name are told apart", () => {
    const twins = [area("Ash", "A1"), area("Ash", "A2")];
    expect(names(chooseParts(twins, null).parts)).toEqual(["Ash (A1)", "Ash (A2)"]);
  });
});

describe("ground that a command may have", () => {
  test("more than 300 km from end to end is refused", () => {
    expect(groundFault([area("A"), area("B", "B", 19)])).toBeNull();
    expect(groundFault([area("A"), area("B", "B", 21)])).toMatch(/reaches over 373 km/);
  });
});
