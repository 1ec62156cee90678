import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createZone, hourMs, minuteMs, parseLocalDate, type Zone } from "#core/time/zone.ts";
import { createAsAt, type Services } from "#server/acts/services.ts";
import { serveFrom, startServer } from "#server/app/serve.ts";
import { type Config, readConfig } from "#server/config.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { openRises } from "#server/displacement/rises.ts";
import { watchedEdges } from "#server/displacement/watched-edges.ts";
import type { Limits } from "#server/http/limits.ts";
import { complaintsByYear } from "#server/outcomes/data-complaints.ts";
import { createPlanSolver, type PlanSolver } from "#server/patrols/solver/solver.ts";
import { createStreets } from "#server/places/streets/streets.ts";
import { fillWatched } from "#tests/support/demo.ts";
import type { Fill } from "#tests/support/filled-template.ts";
import { borrowDatabase, type LentDatabase } from "#tests/support/kept-database.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";

export interface DemoServer {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  /** For rows that no screen makes, such as a first account. */
  readonly services: Services;
  readonly close: () => Promise<void>;
}

/**
 * The real server, with the built page, on a free port, over a demonstration that nobody has used: what one file of
 * tests changes, the next does not see. The database and the solver stay for all files of a process.
 */
export async function startDemoServer(
  more: Partial<Config> = {},
  fill: Fill = fillWatched,
  limits?: Limits,
): Promise<DemoServer> {
  if (more.databaseUrl) return startAnew(more);
  return serveOver((await borrowDatabase(fill)) ?? (await openAnother(fill)), more, limits);
}

async function serveOver(
  { db, giveBack }: LentDatabase,
  more: Partial<Config>,
  limits?: Limits,
): Promise<DemoServer> {
  const folder = await newFolder();
  const port = isPortTaken ? 0 : ownPort;
  const config = { ...configOf(folder), port, ...more };
  const zone = createZone(config.timeZone);
  const asAt = createAsAt(zone, config.demo ? afternoonClock(zone) : () => Date.now());
  await asAt.refresh(db);
  solver ??= createPlanSolver();
  const services = {
    config,
    db,
    zone,
    asAt,
    watchedEdges,
    openRises,
    complaintsByYear: () => complaintsByYear(db, asAt),
    streets: createStreets(config.dataFolder),
    solver: { ...solver, close: async () => undefined },
    close: giveBack,
  };
  const server = await serveFrom(services, () => undefined, limits ? { limits } : {});
  const isFirst = !isPortTaken;
  if (isFirst) [ownPort, isPortTaken] = [Number(new URL(server.url).port), true];
  const close = async () => {
    await server.close();
    if (isFirst) isPortTaken = false;
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, services, close };
}

/**
 * Runs on from ten past two in the afternoon, whenever that was: which visits of a day are past, and of which police
 * are told as late, must not depend on the hour at which the tests run.
 */
function afternoonClock(zone: Zone): () => number {
  const startedAt = Date.now();
  const midnight = parseLocalDate(zone.dateOf(startedAt));
  const from = zone.toInstant(midnight + 14 * hourMs + 10 * minuteMs, "earlier");
  return () => from + Date.now() - startedAt;
}

/** For a second server beside the first. */
async function openAnother(fill: Fill): Promise<LentDatabase> {
  const db = await openEmbedded({ folder: null, snapshot: await migratedSnapshot() });
  await fill(db);
  return { db, giveBack: () => db.close() };
}

let solver: PlanSolver | null = null;

/** The same for all files of a process, so that a page of one can be visited in the next. */
let ownPort = 0;
let isPortTaken = false;

/** A server over a database without demonstration or records. */
export async function startEmptyServer(): Promise<DemoServer> {
  const lent = await borrowDatabase();
  return lent ? serveOver(lent, { demo: false }) : startAnew({ demo: false });
}

/** Opened as it is in production. */
async function startAnew(more: Partial<Config>): Promise<DemoServer> {
  const folder = await newFolder();
  const server = await startServer({ ...configOf(folder), ...more }, () => undefined);
  const close = async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { url: server.url, services: server.services, close };
}

function configOf(dataFolder: string) {
  return readConfig({ BOXSTER_DATA: dataFolder, BOXSTER_DEMO: "1", PORT: "0" });
}

function newFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "boxster-browser-"));
}
