import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { startCluster } from "#deploy/fleet/cluster.ts";
import { endAll, freePorts, isRoot, run, until } from "#deploy/fleet/process.ts";
import { addTeam, serveTeam, startPooler, type Team } from "#deploy/fleet/teams.ts";
import { putToWork, sessionsOf, type Work } from "#deploy/fleet/work.ts";

/**
 * `node deploy/fleet/rehearse.ts`: a fleet on this machine, on ports of loopback that are free. Three PostgreSQL 17 under Patroni,
 * HAProxy, PgBouncer, pgBackRest, two teams with two servers each. The PostgreSQL that writes is killed while people work: what was said to
 * be saved must be there, screens must hear of changes again, and the audit chains must be whole. Ends with 0 where all of it holds,
 * with 77 where a program is missing. Nothing is left behind.
 */
const tools = [
  "/usr/lib/postgresql/17/bin/initdb",
  "/usr/bin/patroni",
  "/usr/bin/etcd",
  "/usr/sbin/haproxy",
  "/usr/sbin/pgbouncer",
  "/usr/bin/pgbackrest",
];
const missing = tools.filter((file) => !existsSync(file));
if (missing.length > 0) {
  console.error(
    `Not rehearsed, as ${missing.join(", ")} is missing: apt-get install postgresql-17 postgresql-17-postgis-3 patroni python3-etcd etcd-server haproxy pgbouncer pgbackrest`,
  );
  process.exit(77);
}

if (!isRoot) {
  console.error("Not rehearsed: it needs root, to run PostgreSQL as the user postgres.");
  process.exit(77);
}

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "boxster-fleet-"));
chmodSync(folder, 0o755);
execFileSync("chown", ["postgres", folder]);
for (const signal of ["SIGINT", "SIGTERM"] as const) {
  process.once(signal, () => {
    void endAll().then(() => {
      rmSync(folder, { recursive: true, force: true });
      process.exit(1);
    });
  });
}
const faults: string[] = [];
try {
  await rehearse();
} catch (error) {
  faults.push(error instanceof Error ? (error.stack ?? error.message) : String(error));
  for (const name of ["one", "two", "three", "haproxy", "pgbouncer", "restored"]) {
    const log = join(folder, `${name}.log`);
    if (existsSync(log)) console.error(`${name}: ${readFileSync(log, "utf8").slice(-1500)}`);
  }
} finally {
  await endAll();
  rmSync(folder, { recursive: true, force: true });
}
for (const fault of faults) console.error(`FAILED: ${fault}`);
if (faults.length === 0) console.log("The fleet held.");
process.exit(faults.length === 0 ? 0 : 1);

async function rehearse(): Promise<void> {
  const [poolerPort = 0, restoredPort = 0, ...ports] = await freePorts(15);
  const superPassword = randomBytes(24).toString("hex");
  say("Three PostgreSQL under Patroni, behind one address");
  const cluster = await startCluster({
    folder,
    ports: ports.slice(0, 9),
    superPassword,
    replicationPassword: randomBytes(24).toString("hex"),
    archivePassphrase: randomBytes(36).toString("base64"),
  });
  const adminPassword = randomBytes(24).toString("hex");
  const asSuperuser = (...words: readonly string[]) =>
    run(
      [
        "psql",
        "-qX",
        "-h",
        "127.0.0.1",
        "-p",
        String(cluster.port),
        "-U",
        "postgres",
        "-d",
        "postgres",
        ...words,
      ],
      { PGPASSWORD: superPassword, ADMIN_PASSWORD: adminPassword },
    );
  // HAProxy takes all three for good until it has asked each of them twice.
  await until("the address leads to the one that writes alone", async () => {
    for (let time = 0; time < 6; time += 1) {
      const answer = await asSuperuser("-Atc", "select pg_is_in_recovery()");
      if (answer.trim() !== "f") return false;
      await wait(500);
    }
    return true;
  });
  const quiet = join(root, "sql/migrations/0014-quiet-statistics.sql");
  await asSuperuser("-f", join(root, "deploy/fleet-admin.sql"), "-f", quiet);

  say("Two teams, by a login that is no superuser, with the demonstration");
  const adminUrl = `postgres://fleet_admin:${adminPassword}@127.0.0.1:${cluster.port}/postgres`;
  const names = ["north", "south"];
  const added: Team[] = [];
  for (const name of names) added.push(await addTeam({ folder, name, adminUrl }));
  await startPooler({ folder, port: poolerPort, primaryPort: cluster.port, teams: names });
  const teams: Team[] = [];
  for (const [at, team] of added.entries()) {
    const own = ports.slice(9 + 2 * at, 11 + 2 * at);
    teams.push(await serveTeam(team, { folder, poolerPort, ports: own }));
  }

  say("A full backup by pgBackRest");
  await cluster.archive.backUp(await cluster.primary());

  say("People at work for 15 seconds; then the PostgreSQL that writes is killed");
  const working = teams.map(({ urls }) => putToWork(urls));
  await wait(15_000);
  const killedAt = performance.now();
  const killed = await cluster.killPrimary();
  await wait(2_000);
  const next = await cluster.primary();
  say(`${killed} was killed; ${next} writes after ${seconds(performance.now() - killedAt)} s`);
  if (next === killed) faults.push("the killed one still writes");
  await wait(30_000);
  const done = await Promise.all(working.map(({ stop }) => stop()));

  for (const [at, team] of teams.entries()) {
    const work = done[at];
    if (work) await judge(team, work, killedAt);
  }
  say(`${killed} comes back and follows`);
  await cluster.bringBack(killed);

  say("The cluster out of the backup and what was archived since, beside the one that runs");
  const head = await asSuperuser("-Atc", "select pg_walfile_name(pg_switch_wal())");
  await until("the last segment is archived", async () => {
    const archived = await asSuperuser("-Atc", "select last_archived_wal from pg_stat_archiver");
    return archived.trim() >= head.trim();
  });
  const restored = await cluster.archive.restore(restoredPort);
  for (const team of teams) {
    const [there, here] = await Promise.all([
      team.asOwner(["audit", "verify"], restoredPort),
      team.asOwner(["audit", "verify"]),
    ]);
    say(`${team.name}, restored: ${lastLine(there)}`);
    if (lastLine(there) !== lastLine(here)) faults.push(`${team.name}: the restored chain differs`);
  }
  await restored.stop();
}

async function judge(team: Team, work: Work, killedAt: number): Promise<void> {
  const { name, urls, servers } = team;
  const fault = (words: string) => faults.push(`${name}: ${words}`);
  const acknowledged = [...work.saved.values()].flat().length;
  let lost = 0;
  for (const [partner, ids] of work.saved) {
    for (const url of urls) {
      const there = await sessionsOf(url, partner);
      lost += ids.filter((id) => !there.has(id)).length;
    }
  }
  // What was on its way as the database went is heard within two seconds.
  const back = work.heard.map((times) => times.find((time) => time > killedAt + 2_000));
  const news = back.map((time) => (time === undefined ? "never" : seconds(time - killedAt)));
  say(
    `${name}: ${work.calls} calls, ${acknowledged} sessions said to be saved, ${lost} lost; ` +
      `${work.refused.length} calls refused, the longest answered after ${seconds(work.longest)} s; ` +
      `news at its screens ${news.join(" and ")} s after the kill`,
  );
  if (acknowledged === 0) fault("nothing was saved");
  if (lost > 0) fault(`${lost} of ${acknowledged} acknowledged sessions are gone`);
  if (work.refused.length === 0 && work.longest < 5_000) fault("nobody noticed the kill");
  if (work.wrong.length > 0) {
    fault(`${work.wrong.length} wrong answers, such as: ${work.wrong.slice(0, 3).join("; ")}`);
  }
  if (back.includes(undefined)) fault("a screen hears of no change any more");
  if (servers.some((server) => server.hasEnded())) fault("a server ended");
  say(`${name}: ${lastLine(await team.asOwner(["audit", "verify"]))}`);
}

function lastLine(text: string): string {
  return text.trim().split("\n").at(-1) ?? "";
}

function say(words: string): void {
  console.log(`== ${words}`);
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
