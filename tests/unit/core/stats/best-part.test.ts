import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { partEdges } from "#core/stats/best-part.ts";

describe("the best part of an area", () => {
  test("of cells is what sorting finds, whatever is tied", () => {
    const random = createRandom(5);
    for (let round = 0; round < 300; round += 1) {
      const count = 1 + Math.floor(random.next() * 60);
      const kinds = 1 + Math.floor(random.next() * 12);
      const rates = Float64Array.from({ length: count }, () => Math.floor(random.next() * kinds));
      const falling = rates.slice().sort().reverse();
      const drawn = Array.from({ length: 4 }, () => 1 + Math.floor(random.next() * count));
      const rooms = drawn.sort((a, b) => b - a);
      const wanted = rooms.map((room) => {
        const limit = falling[room - 1] as number;
        const above = rates.filter((rate) => rate > limit).length;
        const tied = rates.filter((rate) => rate === limit).length;
        return { limit, part: expect.closeTo((room - above) / tied, 12) };
      });
      expect(partEdges(rates, rooms)).toEqual(wanted);
    }
  });

  test("takes all in equal parts where every rate is the same", () => {
    expect(partEdges(new Float64Array(200), [2])).toEqual([{ limit: 0, part: 0.01 }]);
  });
});
