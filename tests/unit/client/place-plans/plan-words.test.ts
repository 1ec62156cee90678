import { expect, test } from "vitest";
import { namedWords, withheldFrom } from "#client/place-plans/PlanCard.tsx";

const partner = (code: string, isShared: boolean) => ({ code, name: `Partner ${code}`, isShared });
const partners = [partner("a", true), partner("b", true), partner("c", false)];

test("the coordinator reads from whom a plan is withheld, and why", () => {
  expect(withheldFrom({ partners, named: [] })).toEqual([]);
  expect(withheldFrom({ partners, named: ["b"] })).toEqual(["Partner a"]);
  expect(withheldFrom({ partners, named: ["c"] })).toEqual(["Partner a", "Partner b"]);
  expect(withheldFrom({ partners, named: ["a", "b"] })).toEqual(["Partner a", "Partner b"]);
  expect(namedWords({ partners, named: ["b"] })).toContain(
    "Withheld from Partner a: “Partner b” appears in its name or response",
  );
  // Its own name keeps a plan from nobody that has it, and from everybody else.
  const own = [partner("a", true), partner("b", false)];
  expect(namedWords({ partners: own, named: ["a"] })).toBe(
    "“Partner a” appears in its name or response. Write “outreach” instead before sharing it with others.",
  );
});
