import { buildGraph } from "#core/places/streets/build-graph.ts";
import type { StreetGraph } from "#core/places/streets/graph.ts";
import { streetSpeeds } from "#core/places/streets/line.ts";
import { createRouter, isStreetFault, type Router } from "#core/places/streets/route.ts";
import { writeGraph } from "#server/places/streets/kept-file.ts";
import {
  atLeast,
  atMost,
  type BenchContext,
  type BenchLine,
  milliseconds,
} from "#tests/bench/timing.ts";
import {
  nodePosition,
  openPgRouting,
  type PgRouting,
  randomPlaces,
  someNodes,
} from "#tests/support/pgrouting.ts";
import {
  aroundGothenburg,
  gothenburgText,
  matrixOf,
  readStreetFile,
} from "#tests/support/streets.ts";

const pairs = 1_000;
const stops = 200;

/** Gothenburg's streets to a graph, and ways over it beside pgRouting's, which runs on the same segments. */
export async function benchStreetGraph({ say }: BenchContext): Promise<BenchLine[]> {
  say("Streets: Gothenburg to a graph...");
  const text = gothenburgText();
  const { graph, lines } = await benchBuild(text);
  say(`Streets: ${pairs} ways and ${stops} x ${stops} times beside pgRouting...`);
  const rival = await openPgRouting(graph);
  if ("reason" in rival) {
    say(`Left out: ${rival.reason}.`);
    return [...lines, benchMemory(graph)];
  }
  try {
    await rival.use("foot");
    const router = createRouter(graph, streetSpeeds);
    const routes = await benchRoutes(graph, router, rival);
    return [...lines, routes, ...(await benchMatrix(graph, rival)), benchMemory(graph)];
  } finally {
    await rival.close();
  }
}

/** The best of three: the first one compiles. */
async function benchBuild(text: string): Promise<{ graph: StreetGraph; lines: BenchLine[] }> {
  let best = { read: Infinity, build: Infinity };
  let graph: StreetGraph | null = null;
  let features = 0;
  for (let run = 0; run < 3; run += 1) {
    const begun = performance.now();
    const file = await readStreetFile(text, aroundGothenburg);
    const read = performance.now() - begun;
    graph = buildGraph(file.lines);
    const build = performance.now() - begun - read;
    if (read + build < best.read + best.build) best = { read, build };
    features = file.features;
  }
  if (!graph) throw new Error("No run was made");
  const whole = best.read + best.build;
  const line: BenchLine = {
    work: `${features.toLocaleString("en-GB")} ways of Gothenburg to ${graph.segmentCount.toLocaleString("en-GB")} segments, reading included`,
    measured: `${milliseconds(whole)}, ${milliseconds(best.build)} of it the graph`,
    beside: "asked: 3,000 ms",
    ratio: (whole / 3_000).toFixed(2),
    figure: atMost(whole, "ms", 3_000),
  };
  return { graph, lines: [line] };
}

async function benchRoutes(
  graph: StreetGraph,
  router: Router,
  rival: PgRouting,
): Promise<BenchLine> {
  const places = randomPlaces(graph, "foot", 2 * pairs);
  const asked = Array.from({ length: pairs }, (_, at) => {
    return [places[2 * at], places[2 * at + 1]] as [(typeof places)[0], (typeof places)[0]];
  });
  const begun = performance.now();
  const own = asked.map(([from, to]) => router.route(from.at, to.at, "foot"));
  const took = performance.now() - begun;
  const between = performance.now();
  const wanted = await rival.routes(asked);
  const rivalTook = performance.now() - between;
  const worst = own.reduce((most, found, at) => {
    const seconds = isStreetFault(found) ? Infinity : found.seconds;
    return Math.max(most, Math.abs(seconds - (wanted[at] ?? 0)) / (wanted[at] ?? 1));
  }, 0);
  return {
    work: `${pairs.toLocaleString("en-GB")} ways on foot, furthest from pgRouting's cost, as a share`,
    measured: `${worst.toExponential(1)}; ${milliseconds(took / pairs)} a way, with line, cells and words`,
    beside: `${milliseconds(rivalTook / pairs)} a cost by pgRouting`,
    ratio: (rivalTook / took).toFixed(1),
    figure: atMost(worst, "share", 1e-6),
  };
}

async function benchMatrix(graph: StreetGraph, rival: PgRouting): Promise<BenchLine[]> {
  const nodes = someNodes(graph, "foot", stops);
  const at = nodes.map((node) => nodePosition(graph, node));
  const { seconds, milliseconds: rivalTook } = await rival.matrix(nodes);
  const begun = performance.now();
  const own = matrixOf(createRouter(graph, streetSpeeds), at, "foot");
  const took = performance.now() - begun;
  const apart = own.some((one, index) => Math.abs(one - (seconds[index] ?? 0)) > 1e-6);
  if (apart) throw new Error("The matrix is not that of pgRouting");
  const beside = `${milliseconds(rivalTook)} by pgr_dijkstraCostMatrix in the same run`;
  const size = `${stops} x ${stops}`;
  return [
    {
      work: `${size} times on foot, times faster than pgRouting; all that is worked out first included`,
      measured: milliseconds(took),
      beside,
      ratio: (rivalTook / took).toFixed(1),
      figure: atLeast(rivalTook / took, "times", 10),
    },
  ];
}

/** Octets of its arrays alone, which is nearly all of it. */
function benchMemory(graph: StreetGraph): BenchLine {
  const octets = Object.values(graph).reduce(
    (sum: number, one: unknown) => sum + (ArrayBuffer.isView(one) ? one.byteLength : 0),
    0,
  );
  const megabytes = octets / 1024 ** 2;
  const file = writeGraph(graph).length / 1024 ** 2;
  return {
    work: "memory of that graph",
    measured: `${megabytes.toFixed(1)} MB, ${file.toFixed(1)} MB as a file`,
    beside: "asked: 100 MB with the tiles",
    ratio: (megabytes / 100).toFixed(2),
    figure: atMost(megabytes, "MB", 100),
  };
}
