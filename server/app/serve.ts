import { once } from "node:events";
import type { Server as HttpsServer } from "node:https";
import type { Socket } from "node:net";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { doubtWords } from "#core/time/clock-doubt.ts";
import { clockBehind } from "#server/accounts/audit/append.ts";
import type { Services } from "#server/acts/services.ts";
import { createApp } from "#server/app/app.ts";
import { databaseCommands } from "#server/app/commands.ts";
import { refuseUnsafeDatabase, refuseUnsafeSettings, secureContext } from "#server/app/exposure.ts";
import { createMetrics, serveMetrics } from "#server/app/metrics.ts";
import { serveCommands } from "#server/app/remote.ts";
import { type OpenServices, openServices } from "#server/app/services.ts";
import { folderFault, listenFault, portFault } from "#server/cli/before-start.mjs";
import { CommandError } from "#server/cli/command.ts";
import type { Terminal } from "#server/cli/terminal.ts";
import type { Config } from "#server/config.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { systemActor } from "#server/db/database.ts";
import { usedTables } from "#server/db/emptiness.ts";
import { failureText } from "#server/db/errors.ts";
import { claimFolder, type FolderOwner } from "#server/db/owner.ts";
import { startWatcher } from "#server/displacement/watch/watcher.ts";
import type { Limits } from "#server/http/limits.ts";
import { createRequestCounts } from "#server/http/request-counts.ts";
import { liveHub, whyUnheard } from "#server/live/live.ts";
import { keepSeals } from "#server/patrols/seals/keep.ts";
import { readDemoRecipe } from "#server/place-pack.ts";
import { placesOf } from "#server/places/places.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { measurePictures } from "#server/protected-time/leak-meter.ts";
import { leaveWhereDue } from "#server/protected-time/leaving.ts";
import { keepInbox } from "#server/records/inbox/inbox.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { placeDemoInWords } from "#server/upkeep/demo/place-demo.ts";
import { keepWalk } from "#server/upkeep/demo/walk.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";

export interface RunningServer {
  readonly url: string;
  readonly services: OpenServices;
  readonly reload: () => void;
  readonly close: () => Promise<void>;
}

export async function serve(config: Config, terminal: Terminal): Promise<number> {
  const server = await startServer(config, terminal.err, writeLog);
  // Before readiness is reported: without a listener the signal ends the process.
  terminal.onHangUp?.(server.reload);
  terminal.out(`Boxster is ready on ${config.origin ?? server.url}`);
  terminal.out(
    server.services.asAt.demo
      ? "Open it and choose a role to sign in. The data is made up. Ctrl-C stops."
      : "Ctrl-C stops.",
  );
  const end = server.services.asAt.demo ? keepWalk(server.services, terminal.err) : null;
  if (!terminal.signal.aborted) await once(terminal.signal, "abort");
  terminal.err("Stopping...");
  end?.();
  await server.close();
  return 0;
}

/** Opens the database, prepares it, and listens; tests start the real thing with this too. */
export async function startServer(
  config: Config,
  say: (line: string) => void,
  log?: (line: string) => void,
): Promise<RunningServer> {
  refuseUnsafeSettings(config);
  // Before anything is made: a folder without a recipe has no demonstration.
  if (loadsDemo(config)) readDemoRecipe(config.places.folder);
  const fault =
    (config.databaseUrl ? null : folderFault(config.dataFolder)) ??
    (await portFault(config.host, config.port));
  if (fault) throw new CommandError(fault);
  const owner = config.databaseUrl ? null : await own(config.dataFolder);
  const services = await openServices(config, say).catch(async (error: unknown) => {
    await owner?.release();
    throw error;
  });
  return serveFrom(services, say, { owner, log });
}

/** A journal or file gets a line per request; a terminal gets faults only. */
function writeLog(line: string): void {
  if (!process.stderr.isTTY || !line.startsWith('{"level":"info"')) process.stderr.write(line);
}

export interface ServingOptions {
  readonly limits?: Limits;
  readonly owner?: FolderOwner | null;
  readonly log?: ((line: string) => void) | undefined;
}

/** Closes the services in every case. */
export async function serveFrom(
  services: OpenServices,
  say: (line: string) => void,
  { owner = null, log, limits }: ServingOptions = {},
): Promise<RunningServer> {
  const { config } = services;
  // Stopped in reverse order of start, also when the start fails half way.
  const ends: (() => unknown)[] = [() => services.close()];
  const close = async () => {
    for (const end of ends.reverse()) await end();
    await owner?.release();
  };
  try {
    await refuseUnsafeDatabase(services);
    await prepareDatabase(services, say);
    const behind = await services.db.transaction(systemActor, (tx) => clockBehind(tx, Date.now()));
    if (behind !== null) say(behind);
    ends.push(await startUpkeep(services, say));
    const counts = createRequestCounts();
    const app = await createApp(services, {
      counts,
      ...(log ? { log } : {}),
      ...(limits ? { limits } : {}),
    });
    ends.push(() => app.close());
    // Before the first read, so that a screen is told of every change since its read.
    const { hears } = await liveHub(services, say);
    if (!hears) say(whyUnheard(config));
    const url = await listen(app, config);
    if (config.metrics !== null) {
      const metrics = await serveMetrics(config.metrics, createMetrics(services, counts));
      ends.push(metrics.close);
    }
    if (config.inbox !== null) ends.push(keepInbox(services, config.inbox, say));
    // Loads what every request needs; a failure shows at the first one.
    placesOf(services).catch(() => undefined);
    if (owner) ends.push(answerCommands(owner, services));
    return { url, services, reload: () => say(reloadCertificate(app, config)), close };
  } catch (error) {
    await close();
    throw error;
  }
}

const everyMs = 3_600_000;

/**
 * Keeps protected time known to its horizon and erases what has passed its retention, before the
 * first request and then hourly; a failure is reported and retried. Only protected time must be
 * right before the first answer; clusters around operations are searched for in parallel.
 */
export async function startUpkeep(
  services: Services,
  say: (line: string) => void,
): Promise<() => Promise<void>> {
  const { db, zone, asAt } = services;
  const extend = () =>
    db.transaction(systemActor, (tx) => extendClosures(tx, { zone, now: asAt.now() }), {
      retries: 5,
    });
  const erase = async () => {
    // A failure of one does not stop the other.
    for (const one of [() => leaveWhereDue(services, Date.now()), () => runRetention(services)])
      await one().catch((error: unknown) =>
        say(`Retention failed; trying again in an hour. ${failureText(error)}`),
      );
  };
  const eraseWhereSure = async () => {
    try {
      const { doubt } = await lookAtClocks(db, asAt);
      const words = doubt && doubtWords(doubt, { zone, role: "operator", now: asAt.clock() });
      if (words) say(words);
      else await erase();
    } catch (error) {
      say(`The clocks could not be compared; trying again in an hour. ${failureText(error)}`);
    }
  };
  // Nothing waits for them, and one at a time.
  let looking = Promise.resolve();
  const lookBack = () => {
    for (const [what, work] of Object.entries({
      "Forecasts could not be sealed or scored": keepSeals,
      "Pictures could not be measured": measurePictures,
    })) {
      looking = looking
        .then(() => work(services))
        .catch((error: unknown) => say(`${what}; trying again in an hour. ${failureText(error)}`));
    }
  };
  await extend();
  await eraseWhereSure();
  lookBack();
  const timer = setInterval(() => {
    extend().catch((error: unknown) =>
      say(`Protected time could not be extended; trying again in an hour. ${failureText(error)}`),
    );
    void eraseWhereSure();
    lookBack();
  }, everyMs);
  timer.unref();
  const stopWatcher = await startWatcher(services, say);
  return async () => {
    clearInterval(timer);
    await looking;
    await stopWatcher();
  };
}

/** Open connections go on with the old one; a pair that does not fit changes nothing. */
function reloadCertificate(app: FastifyInstance, { tls }: Config): string {
  if (tls === null) return "There is no certificate to reload: BOXSTER_TLS_CERT is not set.";
  try {
    (app.server as unknown as HttpsServer).setSecureContext(secureContext(tls));
    return "Certificate reloaded; new connections use it.";
  } catch (error) {
    return `The certificate was not loaded; the earlier one stays in use. ${failureText(error)}`;
  }
}

/** Closes open command connections on stop, so that none meets a closed database. */
function answerCommands(owner: FolderOwner, services: OpenServices): () => void {
  const sockets = new Set<Socket>();
  owner.onConnection((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    serveCommands(socket, services, databaseCommands);
  });
  return () => {
    for (const socket of sockets) socket.destroy();
  };
}

async function listen(app: FastifyInstance, config: Config): Promise<string> {
  try {
    return await app.listen({ host: config.host, port: config.port });
  } catch (cause) {
    const { code, syscall } = cause as NodeJS.ErrnoException;
    if (syscall !== "listen") throw cause;
    throw new CommandError(listenFault(code, config.host, config.port), { cause });
  }
}

async function own(folder: string): Promise<FolderOwner> {
  const claim = await claimFolder(folder);
  if (claim.owned) return claim.owner;
  claim.socket.destroy();
  throw new CommandError(
    `Another Boxster process already uses ${join(folder, "database")}. Stop it, or set BOXSTER_DATA to another folder.`,
  );
}

function loadsDemo({ demo, databaseUrl }: Config): boolean {
  return demo && databaseUrl === null;
}

/**
 * Loads the demonstration where the settings ask for it: only into a new embedded database, never
 * into `DATABASE_URL`. An existing one is moved onto streets imported since.
 */
async function prepareDatabase(services: OpenServices, say: (line: string) => void): Promise<void> {
  const { config, db, asAt } = services;
  if (loadsDemo(config) && !asAt.demo) {
    const used = await db.transaction(systemActor, usedTables);
    if (used.length === 0) await loadDemo(services, say);
  }
  const words = await placeDemoInWords(services);
  if (words) say(words);
}
