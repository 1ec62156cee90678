import { describe, expect, test } from "vitest";
import { createRandom } from "#core/random.ts";
import { type PartEdge, partEdges } from "#core/stats/best-part.ts";

/** What lies inside each edge, by size. */
function filledBy(rates: Float64Array, sizes: Float64Array, rooms: readonly number[]): number[] {
  const held = ({ limit, part }: PartEdge) =>
    rates.reduce((sum, rate, unit) => {
      const isIn = rate > limit ? 1 : rate === limit ? part : 0;
      return sum + isIn * (sizes[unit] as number);
    }, 0);
  return partEdges(rates, sizes, rooms).map(held);
}

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
      expect(partEdges(rates, null, rooms)).toEqual(wanted);
    }
  });

  test("of streets fills the length that is asked for, the highest rates first", () => {
    const random = createRandom(6);
    for (let round = 0; round < 300; round += 1) {
      const count = 2 + Math.floor(random.next() * 50);
      const rates = Float64Array.from({ length: count }, () => Math.floor(random.next() * 9));
      const metres = Float64Array.from({ length: count }, () => 1 + 200 * random.next());
      const all = metres.reduce((sum, length) => sum + length, 0);
      const rooms = [1, 0.3, 0.01].map((share) => share * all);
      expect(filledBy(rates, metres, rooms)).toEqual(rooms.map((room) => expect.closeTo(room, 6)));
    }
  });

  test("takes all in equal parts where every rate is the same", () => {
    expect(partEdges(new Float64Array(200), null, [2])).toEqual([{ limit: 0, part: 0.01 }]);
  });
});
