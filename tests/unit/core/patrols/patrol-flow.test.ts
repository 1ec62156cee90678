import { expect, test } from "vitest";
import { createFlow } from "#core/patrols/solve/flow.ts";
import { createRandom } from "#core/random.ts";

const nodes = 6;
const [source, sink] = [0, nodes - 1];

test.each(Array.from({ length: 60 }, (_, at) => at + 1))(
  "as much is sent as the smallest cut lets through, and its side is what is reached (seed %i)",
  (seed) => {
    const random = createRandom(seed);
    const arcs = Array.from({ length: 4 + random.integer(10) }, () => ({
      from: random.integer(nodes),
      to: random.integer(nodes),
      most: random.integer(8),
    })).filter(({ from, to }) => from !== to);
    const flow = createFlow(nodes, source, sink);
    for (const { from, to, most } of arcs) flow.add(from, to, most);
    let smallest = Number.POSITIVE_INFINITY;
    for (let bits = 0; bits < 1 << nodes; bits += 1) {
      const isIn = (node: number) => (bits & (1 << node)) !== 0;
      if (!isIn(source) || isIn(sink)) continue;
      const cut = arcs.filter(({ from, to }) => isIn(from) && !isIn(to));
      smallest = Math.min(
        smallest,
        cut.reduce((all, { most }) => all + most, 0),
      );
    }
    expect(flow.send()).toBe(smallest);
    expect([flow.isReached(source), flow.isReached(sink)]).toEqual([true, false]);
    const across = arcs.filter(({ from, to }) => flow.isReached(from) && !flow.isReached(to));
    expect(across.reduce((all, { most }) => all + most, 0)).toBe(smallest);
    expect(flow.send()).toBe(0);
  },
);

test("an arc without a limit lets everything through", () => {
  const flow = createFlow(3, 0, 2);
  flow.add(0, 1, 2 ** 40);
  flow.add(1, 2);
  expect(flow.send()).toBe(2 ** 40);
});

test("a way that was taken wrongly at first is taken back", () => {
  // The short way over 1 and 2 would block both of the others.
  const flow = createFlow(4, 0, 3);
  for (const [from, to] of [
    [0, 1],
    [1, 2],
    [2, 3],
    [0, 2],
    [1, 3],
  ] as const)
    flow.add(from, to, 1);
  expect(flow.send()).toBe(2);
});
