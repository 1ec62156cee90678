import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { streetSpeeds } from "#core/places/streets/line.ts";
import { createRouter, isStreetFault } from "#core/places/streets/route.ts";
import {
  nodePosition,
  openPgRouting,
  type PgRouting,
  randomPlaces,
  someNodes,
} from "#tests/support/pgrouting.ts";
import { isWhole } from "#tests/support/runs.ts";
import { gothenburg, matrixOf } from "#tests/support/streets.ts";

const pairCount = 1_000;
const nodeCount = 200;

/**
 * Boost's Dijkstra in a database, over the same segments: another program's answer to the same question. It needs a server of
 * its own, and is asked in `npm run test:slow`.
 */
describe.runIf(isWhole)("ways through Gothenburg are those of pgRouting", async () => {
  const { graph } = await gothenburg();
  const router = createRouter(graph, streetSpeeds);
  let rival: PgRouting | null = null;
  let reason = "";
  beforeAll(async () => {
    const opened = await openPgRouting(graph);
    if ("reason" in opened) ({ reason } = opened);
    else rival = opened;
  }, 120_000);
  afterAll(() => rival?.close());

  test.for(["foot", "cycle", "vehicle"] as const)(
    "by %s, in seconds, to a millionth",
    { timeout: 300_000 },
    async (mode, { skip }) => {
      if (!rival) return skip(reason);
      await rival.use(mode);
      const places = randomPlaces(graph, mode, 2 * pairCount);
      const pairs = Array.from({ length: pairCount }, (_, at) => {
        return [places[2 * at], places[2 * at + 1]] as [(typeof places)[0], (typeof places)[0]];
      });
      const wanted = await rival.routes(pairs);
      pairs.forEach(([from, to], at) => {
        const found = router.route(from.at, to.at, mode);
        const seconds = isStreetFault(found) ? Infinity : found.seconds;
        expect(Math.abs(seconds - (wanted[at] ?? 0))).toBeLessThan(1e-6 * (wanted[at] ?? 0));
      });
      const nodes = someNodes(graph, mode, nodeCount);
      const { seconds } = await rival.matrix(nodes);
      const at = nodes.map((node) => nodePosition(graph, node));
      const own = matrixOf(router, at, mode);
      own.forEach((one, at) => {
        expect(Math.abs(one - (seconds[at] ?? 0))).toBeLessThan(1e-6);
      });
    },
  );
});
