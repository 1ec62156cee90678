import { expect, test } from "vitest";
import { firstOfEach, inOrderOfTelling } from "#core/presentation/done-order.ts";
import type { ReleaseDone } from "#core/wire/release.ts";

const row = (group: ReleaseDone["group"], measure: string, to: string): ReleaseDone => {
  const from = `${to.slice(0, 5)}01-01`;
  return { group, measure, label: measure, from, to, count: 15 };
};

test("the latest period is told first, a whole before its parts, else as the release has it", () => {
  const done = [
    row("enforcement", "arrests", "2020-11-26"),
    row("enforcement", "arrests:residence:not_known", "2021-11-26"),
    row("enforcement", "cautions", "2021-11-26"),
    row("enforcement", "arrests", "2021-11-26"),
  ];
  expect(inOrderOfTelling(done).map(({ measure, to }) => `${measure} ${to.slice(0, 4)}`)).toEqual([
    "cautions 2021",
    "arrests 2021",
    "arrests:residence:not_known 2021",
    "arrests 2020",
  ]);
});

test("no group is left out for the length of another: paper would say that nothing was typed", () => {
  const many = Array.from({ length: 20 }, (_, at) => row("outreach", `one_${at}`, "2021-11-26"));
  const kept = firstOfEach([...many, row("enforcement", "arrests", "2021-11-26")], 6);
  expect(kept.filter(({ group }) => group === "outreach")).toHaveLength(6);
  expect(kept.at(-1)?.measure).toBe("arrests");
});
