import { execFileSync } from "node:child_process";
import { chownSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { sumOf } from "#core/stats/sum-of.ts";
import { endAll, freePorts } from "#deploy/fleet/process.ts";
import { addTeam, serveTeam, startPooler, type Team } from "#deploy/fleet/teams.ts";
import { questions, read, signIn } from "#tests/bench/scale.ts";
import {
  atMost,
  type BenchContext,
  type BenchFigure,
  type BenchLine,
  milliseconds,
  notAsked,
  spreadOf,
  timeOnce,
} from "#tests/bench/timing.ts";
import {
  createCluster,
  postgresUser,
  type ScratchCluster,
} from "#tests/support/postgres-cluster.ts";

const teamCount = Number(process.env["BENCH_TEAMS"] ?? 10);
/** Of each team, all teams at the same time. */
const people = 3;
const callsEach = 20;
/** Longer than a planner's process and the pooler's connections wait for more. */
const idleSeconds = Number(process.env["BENCH_IDLE_SECONDS"] ?? 720);

/**
 * Teams on one PostgreSQL behind PgBouncer, a process each: what one weighs that nobody uses, before
 * and after its people have worked.
 */
export async function benchForest({ folder, say }: BenchContext): Promise<readonly BenchLine[]> {
  const cluster = await createCluster();
  if ("reason" in cluster) {
    say(`Forest: skipped, ${cluster.reason}.`);
    return [];
  }
  try {
    await ask(cluster, `alter system set max_connections = ${11 * teamCount + 20}`);
    cluster.kill();
    cluster.start();
    await ask(cluster, "create extension postgis", "template1");
    const own = mkdtempSync(join(folder, "forest-"));
    chownSync(own, postgresUser() ?? 0, 0);
    say(`Forest: ${teamCount} teams...`);
    const { teams, adding } = await plant(own, cluster);
    const fresh = await leaveAlone(cluster, teams, say);
    say("Forest: all teams at work...");
    const busy = await putToWork(cluster, teams);
    const after = await leaveAlone(cluster, teams, say);
    return linesOf({ adding, fresh, busy, after });
  } finally {
    await endAll();
    cluster.drop();
  }
}

async function ask<Row extends object>(
  { url }: ScratchCluster,
  sql: string,
  database = "postgres",
): Promise<readonly Row[]> {
  const client = new pg.Client(url.replace(/postgres$/, database));
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function plant(folder: string, { url }: ScratchCluster) {
  const names = Array.from({ length: teamCount }, (_, at) => `team_${at + 1}`);
  const added: Team[] = [];
  const adding: number[] = [];
  for (const name of names) {
    adding.push(
      await timeOnce(async () => added.push(await addTeam({ folder, name, adminUrl: url }))),
    );
  }
  const [poolerPort = 0, ...ports] = await freePorts(1 + teamCount);
  const primaryPort = Number(new URL(url).port);
  await startPooler({ folder, port: poolerPort, primaryPort, teams: names });
  const teams: Team[] = [];
  for (const [at, team] of added.entries()) {
    teams.push(await serveTeam(team, { folder, poolerPort, ports: ports.slice(at, at + 1) }));
  }
  return { teams, adding };
}

interface Weight {
  /** Megabytes of each team's process. */
  readonly memory: readonly number[];
  /** Megabytes of PostgreSQL. */
  readonly database: number;
  readonly connections: number;
  /** Seconds of processor time in an hour, of a team. */
  readonly processor: number;
}

async function leaveAlone(
  cluster: ScratchCluster,
  teams: readonly Team[],
  say: BenchContext["say"],
): Promise<Weight> {
  const pids = teams.flatMap(({ servers }) => servers.map(({ pid }) => pid));
  say(`Forest: nobody comes for ${idleSeconds} s...`);
  const before = sumOf(pids.map(processorOf));
  await wait(idleSeconds * 1000);
  const used = sumOf(pids.map(processorOf)) - before;
  const [row] = await ask<{ pid: string }>(
    cluster,
    "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1) as pid",
  );
  const postmaster = row?.pid ?? "";
  const backends = execFileSync("pgrep", ["-P", postmaster], { encoding: "utf8" }).match(/\d+/g);
  return {
    memory: pids.map(shareOf),
    database: sumOf([postmaster, ...(backends ?? [])].map((pid) => shareOf(pid))),
    connections: await connectionsOf(cluster),
    processor: (used / pids.length / idleSeconds) * 3_600,
  };
}

/** Seconds, in hundredths: what Linux calls a tick. */
function processorOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ")[1]?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** PSS: what processes have in common, the program above all, counts once for all of them. */
function shareOf(pid: number | string): number {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  return (Number(/^Pss:\s+(\d+) kB/m.exec(text)?.[1]) * 1024) / 1e6;
}

async function connectionsOf(cluster: ScratchCluster): Promise<number> {
  const [row] = await ask<{ n: number }>(
    cluster,
    `select count(*)::int as n from pg_stat_activity
     where backend_type = 'client backend' and datname like 'boxster%'`,
  );
  return row?.n ?? 0;
}

interface Busy {
  readonly waits: readonly number[];
  readonly connections: number;
  readonly planning: readonly number[];
}

async function putToWork(cluster: ScratchCluster, teams: readonly Team[]): Promise<Busy> {
  const urls = teams.flatMap((team) => team.urls);
  const counts: Promise<number>[] = [];
  const counting = setInterval(() => counts.push(connectionsOf(cluster)), 250);
  const waits = await Promise.all(
    urls.flatMap((url) => Array.from({ length: people }, () => look(url))),
  );
  clearInterval(counting);
  const planning: number[] = [];
  // One after the other: each takes a core for as long as it may.
  for (const url of urls) planning.push(await timeOnce(() => suggest(url)));
  return { waits: waits.flat(), connections: Math.max(...(await Promise.all(counts))), planning };
}

async function look(url: string): Promise<number[]> {
  const cookie = await signIn(url);
  const waits: number[] = [];
  for (let call = 0; call < callsEach; call += 1) {
    const question = questions[call % questions.length] ?? "";
    waits.push(await timeOnce(() => read(url, cookie, question)));
    await wait(1_000);
  }
  return waits;
}

async function suggest(url: string): Promise<void> {
  const reply = await fetch(`${url}/api/plans/suggest`, {
    method: "POST",
    headers: { cookie: await signIn(url), "content-type": "application/json" },
    body: JSON.stringify({ from: "2021-11-29", days: 7, units: 2, seed: 1 }),
  });
  const text = await reply.text();
  if (reply.status !== 200) throw new Error(`A suggestion was answered ${reply.status} ${text}`);
}

interface Measured {
  readonly adding: readonly number[];
  readonly fresh: Weight;
  readonly busy: Busy;
  readonly after: Weight;
}

function linesOf({ adding, fresh, busy, after }: Measured): readonly BenchLine[] {
  const waits = spreadOf(busy.waits);
  const planning = spreadOf(busy.planning);
  const minutes = idleSeconds / 60;
  return [
    ...idleLines(`a team that nobody has used`, fresh),
    ...idleLines(`a team ${minutes.toFixed(0)} minutes after its people left`, after),
    line(
      `${people} people of each of ${teamCount} teams at once`,
      `${(busy.connections / teamCount).toFixed(1)} connections a team at most`,
      notAsked(busy.connections / teamCount, "connections"),
    ),
    line(
      `hotspots for ${people * teamCount} people of ${teamCount} teams at once`,
      `${milliseconds(waits.median)} median, ${milliseconds(waits.p95)} p95`,
      notAsked(waits.p95, "ms"),
    ),
    line(
      "the first plan after a while, one team after the other",
      `${milliseconds(planning.median)} median, ${milliseconds(planning.p95)} p95`,
      notAsked(planning.p95, "ms"),
    ),
    line(
      "adding a team with its demonstration",
      `${milliseconds(sumOf(adding) / teamCount)}`,
      notAsked(sumOf(adding) / teamCount, "ms"),
    ),
  ];
}

function idleLines(
  work: string,
  { memory, database, connections, processor }: Weight,
): readonly BenchLine[] {
  const mean = sumOf(memory) / memory.length;
  const each = connections / teamCount;
  return [
    line(
      `memory of ${work}, of ${teamCount}`,
      `${mean.toFixed(0)} MB, at most ${Math.max(...memory).toFixed(0)}; PostgreSQL ${(database / teamCount).toFixed(0)} MB a team`,
      atMost(mean, "MB", 120),
    ),
    line(
      `connections and work of ${work}`,
      `${each.toFixed(1)} a team, those of the pooler among them; ${processor.toFixed(0)} s of processor time an hour`,
      atMost(each, "connections", 3),
    ),
  ];
}

function line(work: string, measured: string, figure: BenchFigure): BenchLine {
  return { work, measured, beside: "", ratio: "", figure };
}
