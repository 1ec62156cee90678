import pg from "pg";
import type { Position } from "#core/geo/cell.ts";
import { lineOfStretch, type StreetGraph } from "#core/places/streets/graph.ts";
import { modeNetwork } from "#core/places/streets/ground.ts";
import { type StreetMode, streetSpeeds, toDegrees } from "#core/places/streets/line.ts";
import { createNearest, type StreetPlace } from "#core/places/streets/nearest.ts";
import { createRandom } from "#core/random.ts";
import { createCluster } from "#tests/support/postgres-cluster.ts";

/** pgRouting on a server of its own, over the same segments and seconds. */
export interface PgRouting {
  /** Seconds between each pair of places, Infinity without a way. */
  readonly routes: (pairs: readonly (readonly [StreetPlace, StreetPlace])[]) => Promise<number[]>;
  /** Seconds of all pairs of nodes by `pgr_dijkstraCostMatrix`, row by row; and its milliseconds. */
  readonly matrix: (
    nodes: readonly number[],
  ) => Promise<{ readonly seconds: Float64Array; readonly milliseconds: number }>;
  readonly use: (mode: StreetMode) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Null, with the reason, where this machine cannot run one. */
export async function openPgRouting(
  graph: StreetGraph,
): Promise<PgRouting | { readonly reason: string }> {
  const cluster = await createCluster();
  if ("reason" in cluster) return cluster;
  const db = new pg.Client(cluster.url);
  await db.connect();
  const close = async () => {
    await db.end();
    cluster.drop();
  };
  const { rowCount } = await db.query(
    "select from pg_available_extensions where name = 'pgrouting'",
  );
  if (rowCount === 0) {
    await close();
    return { reason: "pgRouting (Debian: postgresql-17-pgrouting) is not installed" };
  }
  await db.query("create extension pgrouting cascade");
  return {
    close,
    use: (mode) => fillEdges(db, graph, mode),
    routes: async (pairs) => {
      await fillPoints(db, graph, pairs.flat());
      const { rows } = await db.query<{ from: number; to: number; cost: number }>(
        `select start_pid::int as from, end_pid::int as to, agg_cost as cost
         from pgr_withPointsCost('select id, source, target, cost, reverse_cost from edges',
           'select pid, edge_id, fraction from points', 'select source, target from wanted', directed := true)`,
      );
      const found = new Map(rows.map(({ from, cost }) => [Math.abs(from), cost]));
      return pairs.map((_, at) => found.get(2 * at + 1) ?? Infinity);
    },
    matrix: async (nodes) => {
      const begun = performance.now();
      const { rows } = await db.query<{ from: number; to: number; cost: number }>(
        `select start_vid::int as from, end_vid::int as to, agg_cost as cost
         from pgr_dijkstraCostMatrix('select id, source, target, cost, reverse_cost from edges',
           $1::bigint[], directed := true)`,
        [nodes],
      );
      const milliseconds = performance.now() - begun;
      const at = new Map(nodes.map((node, index) => [node, index]));
      const seconds = new Float64Array(nodes.length ** 2).fill(Infinity);
      nodes.forEach((_, index) => {
        seconds[index * nodes.length + index] = 0;
      });
      for (const { from, to, cost } of rows) {
        seconds[(at.get(from) ?? 0) * nodes.length + (at.get(to) ?? 0)] = cost;
      }
      return { seconds, milliseconds };
    },
  };
}

async function fillEdges(db: pg.Client, graph: StreetGraph, mode: StreetMode): Promise<void> {
  const { seconds } = modeNetwork(graph, streetSpeeds, mode);
  const cost = (arc: number) => (seconds[arc] === Infinity ? -1 : seconds[arc]);
  const segments = Array.from(graph.from, (_, segment) => segment);
  await db.query("drop table if exists edges");
  await db.query(
    "create table edges (id bigint primary key, source bigint, target bigint, cost float8, reverse_cost float8)",
  );
  await db.query(
    "insert into edges select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::float8[], $5::float8[])",
    [
      segments,
      [...graph.from],
      [...graph.to],
      segments.map((segment) => cost(2 * segment)),
      segments.map((segment) => cost(2 * segment + 1)),
    ],
  );
  await db.query("analyze edges");
}

/** Points are numbered from 1 in the order given, and asked for in twos: as -1 to -2, -3 to -4. */
async function fillPoints(
  db: pg.Client,
  graph: StreetGraph,
  places: readonly StreetPlace[],
): Promise<void> {
  await db.query("drop table if exists points, wanted");
  await db.query("create table points (pid bigint primary key, edge_id bigint, fraction float8)");
  await db.query("create table wanted (source bigint, target bigint)");
  await db.query(
    "insert into points select * from unnest($1::bigint[], $2::bigint[], $3::float8[])",
    [
      places.map((_, at) => at + 1),
      places.map(({ segment }) => segment),
      places.map(({ segment, along }) => along / (graph.metres[segment] ?? 1)),
    ],
  );
  await db.query("insert into wanted select -pid, -(pid + 1) from points where pid % 2 = 1");
}

/** Places in the middle of segments of the largest part, drawn from a seed; as the router itself finds them. */
export function randomPlaces(graph: StreetGraph, mode: StreetMode, count: number): StreetPlace[] {
  const { isInLargest } = modeNetwork(graph, streetSpeeds, mode);
  const nearest = createNearest(graph);
  const random = createRandom(17);
  const places: StreetPlace[] = [];
  while (places.length < count) {
    const segment = random.integer(graph.segmentCount);
    const along = (0.05 + 0.9 * random.next()) * (graph.metres[segment] ?? 0);
    const [at] = lineOfStretch(graph, { segment, start: along, end: along });
    const place = at && isInLargest(segment) ? nearest.placeAt(at, 10, isInLargest) : null;
    if (place) places.push(place);
  }
  return places;
}

/** Junctions of the largest part, spread over it. */
export function someNodes(graph: StreetGraph, mode: StreetMode, count: number): number[] {
  const { parts } = modeNetwork(graph, streetSpeeds, mode);
  const nodes = Array.from(parts.of, (part, node) => (part === parts.largest ? node : -1)).filter(
    (node) => node >= 0,
  );
  const step = Math.floor(nodes.length / count);
  return Array.from({ length: count }, (_, at) => nodes[at * step] ?? 0);
}

export function nodePosition(graph: StreetGraph, node: number): Position {
  return [toDegrees(graph.nodeX[node] ?? 0), toDegrees(graph.nodeY[node] ?? 0)];
}
