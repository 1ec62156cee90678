import { describe, expect, test } from "vitest";
import { type FrozenFigure, figureFrom } from "#core/neighbours/edge-figure.ts";
import { createRandom } from "#core/random.ts";

const cellsHash = "0123456789ab";
const at = (count: number) => ({ count, cellsHash });
const most = 120;
const counts = Array.from({ length: most + 1 }, (_, count) => count);

test("a first figure follows the 10-5 rule", () => {
  expect(figureFrom([], at(9))).toEqual({ shown: null, cellsHash, version: 1 });
  expect(figureFrom([], at(0)).shown).toBeNull();
  expect(figureFrom([], at(12)).shown).toBe(10);
  expect(figureFrom([], at(13)).shown).toBe(15);
});

test("over other cells a figure is never made again: one cell more would be its own count", () => {
  const frozen = figureFrom([], at(40));
  expect(figureFrom([frozen], { count: 90, cellsHash: "ba9876543210" })).toEqual(frozen);
});

describe("SAFEGUARDS 7: two looks have no difference under 10 to read", () => {
  test("whoever knows the rule, and that a figure stood or was made again, learns no change under 10", () => {
    // For each first figure: which later counts give each answer.
    for (const first of counts) {
      const frozen = figureFrom([], at(first));
      const before = counts.filter((count) => figureFrom([], at(count)).shown === frozen.shown);
      const byAnswer = new Map<string, number[]>();
      for (const count of counts) {
        const next = figureFrom([frozen], at(count));
        const answer = `${next.shown} ${next.version}`;
        byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), count]);
      }
      for (const [answer, later] of byAnswer) {
        const changes = new Set(later.flatMap((b) => before.map((a) => Math.abs(b - a))));
        const under = [...changes].filter((change) => change < 10);
        if (answer.endsWith(" 2")) expect(under, `${first}: ${answer}`).toEqual([]);
        // It stood: each change of 0 to 9 is possible, as far as there are counts.
        else expect(under.length, `${first}: ${answer}`).toBe(10);
      }
    }
  });

  test("over many looks no two figures of a quarter are closer than 10 for certain", () => {
    const random = createRandom(20211126);
    for (let run = 0; run < 2_000; run += 1) {
      let versions: FrozenFigure[] = [];
      for (let look = 0; look < 12; look += 1) {
        const next = figureFrom(versions, at(Math.floor(random.next() * 80)));
        if (next.version !== versions[0]?.version) versions = [next, ...versions];
      }
      versions.forEach((one, index) => {
        for (const other of versions.slice(index + 1)) {
          const [low, high] = [one.shown ?? 0, other.shown ?? 0].sort((a, b) => a - b) as [
            number,
            number,
          ];
          const highest = low === 0 ? 9 : low + 2;
          expect(high - 2 - highest, JSON.stringify(versions)).toBeGreaterThanOrEqual(10);
        }
      });
    }
  });
});
