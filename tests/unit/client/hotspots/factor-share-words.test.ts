import { expect, test } from "vitest";
import { describeShare, factorCaution } from "#client/hotspots/factors/FactorShares.tsx";
import { answerFactors, type FactorReply } from "#client/hotspots/factors/factor-messages.ts";

test("a share is said with its count; no places are no zero per cent", () => {
  expect(describeShare({ places: 14, withAny: 12, factors: 48 })).toEqual({
    share: "12, 86%",
    each: "3.4 each",
  });
  expect(describeShare({ places: 0, withAny: 0, factors: 0 }).share).toBe("no places");
});

test("few hotspots, and none, are said before any share", () => {
  expect(factorCaution(0)).toMatch(/^No hotspots/);
  expect(factorCaution(1)).toMatch(/^Only 1 hotspot:/);
  expect(factorCaution(30)).toBeNull();
});

test("without cells the worker still answers", () => {
  const replies: FactorReply[] = [];
  answerFactors({ kinds: [], cells: [] }, (reply) => replies.push(reply));
  expect(replies).toEqual([{ near: new Map() }]);
});
