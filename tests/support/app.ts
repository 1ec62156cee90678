import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { serialize } from "node:v8";
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from "fastify";
import type { Demand } from "#core/patrols/demand/demand.ts";
import type { Role } from "#core/role.ts";
import { createZone } from "#core/time/zone.ts";
import { type ActServices, createAsAt, silentNotes } from "#server/acts/services.ts";
import { type AppOptions, createApp } from "#server/app/app.ts";
import { readConfig } from "#server/config.ts";
import { type Database, ownerActor, systemActor } from "#server/db/database.ts";
import { writeSetting } from "#server/db/settings.ts";
import { openRises } from "#server/displacement/rises.ts";
import { watchedEdges } from "#server/displacement/watched-edges.ts";
import { complaintsByYear } from "#server/outcomes/data-complaints.ts";
import { createPlanSolver, type PlanSolver } from "#server/patrols/solver/solver.ts";
import { createStreets } from "#server/places/streets/streets.ts";
import { keepAnswers } from "#tests/support/kept-solver.ts";

export interface TestCaller {
  readonly get: (url: string) => Promise<LightMyRequestResponse>;
  readonly send: (
    method: "POST" | "PUT" | "PATCH" | "DELETE",
    url: string,
    body?: unknown,
  ) => Promise<LightMyRequestResponse>;
  /** For headers and raw bodies. */
  readonly inject: (options: InjectOptions) => Promise<LightMyRequestResponse>;
}

export interface TestApp {
  readonly app: FastifyInstance;
  readonly services: ActServices;
  /** Signs in through the real route and calls with its cookie. */
  readonly as: (role: Role, partner?: "a" | "b" | "c") => Promise<TestCaller>;
  readonly stranger: TestCaller;
  readonly close: () => Promise<void>;
}

/** The whole server without a socket, on a test database marked as a demonstration. */
export async function openTestApp(
  db: Database,
  options: AppOptions & Partial<ServerFolders> = {},
): Promise<TestApp> {
  await db.transaction(systemActor, (tx) => writeSetting(tx, "demo", { asAt: "2021-11-26" }));
  const services = await testServices(db, options);
  const app = await createApp(services, options);
  return {
    app,
    services,
    stranger: caller(app, {}),
    as: async (role, partner) => {
      if (role === "warden") await addWardens(db);
      const reply = await app.inject({
        method: "POST",
        url: "/api/session",
        payload: { role, ...(partner ? { partner } : {}) },
      });
      if (reply.statusCode !== 200) throw new Error(`Sign-in failed: ${reply.body}`);
      const cookies = Object.fromEntries(reply.cookies.map((one) => [one.name, one.value]));
      return caller(app, cookies);
    },
    close: async () => {
      await app.close();
      await services.solver.close();
    },
  };
}

/** A patrol partner as the demonstration has one, where there is none yet. */
export function addWardens(db: Database, code = "enfield-wardens", number = 1): Promise<void> {
  return db.transaction(ownerActor, async (tx) => {
    await tx.query(
      `insert into patrol_partner (code, number, name, kind, kmh, created_at)
       values ($1::text, $2::int, $1::text, 'wardens', 4, now()) on conflict do nothing`,
      [code, number],
    );
  });
}

const thread = keepAnswers(createPlanSolver());

/** Forecasts by the reports that they were made from: blocks that are filled alike would each make the same again. */
const forecasts = new Map<string, Demand>();

/** One thread for this process's tests, which takes a second of processor time to start; no block leaves it busy. */
const solver: PlanSolver = {
  ...thread,
  solve: (job) => {
    if ("rates" in job.from) return thread.solve(job);
    const key = createHash("sha256").update(serialize(job.from)).digest("hex");
    const known = forecasts.get(key);
    if (known) job.onDemand?.(known);
    const onDemand = (demand: Demand) => {
      forecasts.set(key, demand);
      job.onDemand?.(demand);
    };
    return thread.solve({ ...job, from: known ?? job.from, onDemand });
  },
  close: async () => {
    if (thread.pending() > 0) await thread.close();
  },
};

interface ServerFolders {
  /** Of another pack. */
  readonly places: string;
  /** Of another server on the same database; its own otherwise. */
  readonly dataFolder: string;
}

/** What commands and routes share, on a test database. */
export async function testServices(
  db: Database,
  { places = "", dataFolder = folderOf(db) }: Partial<ServerFolders> = {},
): Promise<ActServices> {
  const config = readConfig({ BOXSTER_DATA: dataFolder, BOXSTER_PLACES: places });
  const zone = createZone(config.timeZone);
  const asAt = createAsAt(zone, () => Date.now());
  await asAt.refresh(db);
  return {
    config,
    streets: createStreets(config.dataFolder),
    db,
    zone,
    asAt,
    solver,
    watchedEdges,
    openRises,
    complaintsByYear: () => complaintsByYear(db, asAt),
    ...silentNotes,
  };
}

let scratch: string | null = null;
const folders = new WeakMap<Database, string>();

/** Each lent database has a data folder of its own: streets that one block keeps there must not lead another one's patrols. */
function folderOf(db: Database): string {
  const known = folders.get(db);
  if (known !== undefined) return known;
  const made = mkdtempSync(join(scratchFolder(), "data-"));
  folders.set(db, made);
  return made;
}

/** Gone when this process ends. */
function scratchFolder(): string {
  if (scratch !== null) return scratch;
  const made = mkdtempSync(join(tmpdir(), "boxster-test-"));
  process.once("exit", () => rmSync(made, { recursive: true, force: true }));
  scratch = made;
  return made;
}

function caller(app: FastifyInstance, cookies: Record<string, string>): TestCaller {
  const inject = (options: InjectOptions) => app.inject({ cookies, ...options });
  return {
    inject,
    get: (url) => inject({ method: "GET", url }),
    send: (method, url, body) =>
      inject({ method, url, ...(body === undefined ? {} : { payload: body as object }) }),
  };
}
