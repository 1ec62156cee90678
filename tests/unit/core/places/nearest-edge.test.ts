import { expect, test } from "vitest";
import { locateOnLine, type PlanePoint } from "#core/geo/plane.ts";
import { nearestLines } from "#core/places/nearest-edge.ts";
import { createRandom } from "#core/random.ts";

const random = createRandom(4);
const anywhere = (): PlanePoint => [random.next() * 2_000, random.next() * 2_000];
/** A line that wanders, longer than the pieces that are skipped as one. */
function line(points: number): PlanePoint[] {
  let [x, y] = anywhere();
  return Array.from({ length: points }, (): PlanePoint => {
    x += (random.next() - 0.5) * 80;
    y += (random.next() - 0.5) * 80;
    return [x, y];
  });
}

test("of several lines the nearest is found that measuring every piece finds, and none out of reach", () => {
  const groups = [[line(40)], [line(7), line(90)], [line(33)]];
  const nearest = nearestLines(groups);
  const answers = new Set<number>();
  for (let count = 0; count < 500; count += 1) {
    const point = anywhere();
    const metres = groups.map((lines) =>
      Math.min(...lines.map((one) => locateOnLine(point, one).distance)),
    );
    const least = Math.min(...metres);
    const answer = nearest(point, 400);
    expect(answer).toBe(least <= 400 ? metres.indexOf(least) : -1);
    answers.add(answer);
  }
  expect([...answers].sort()).toEqual([-1, 0, 1, 2]);
});

test("of two lines at the same distance it is the earlier, at the very reach too", () => {
  const along = (y: number): PlanePoint[] => [
    [0, y],
    [100, y],
  ];
  const nearest = nearestLines([[along(10)], [along(-10)]]);
  expect(nearest([50, 0], 10)).toBe(0);
  expect(nearest([50, -1], 20)).toBe(1);
  expect(nearest([50, 0], 9.99)).toBe(-1);
});
