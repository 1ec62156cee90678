import { Worker } from "node:worker_threads";
import { z } from "zod";
import type { AuditDetail } from "#core/audit.ts";
import type { LookInput, LookResult } from "#core/displacement/watch/look.ts";
import {
  type WatchedArea,
  watchedArea,
  watchedDays,
  watchedReports,
} from "#core/displacement/watch/reports.ts";
import { alertLevel, paceDays, watchSettings } from "#core/displacement/watch/settings.ts";
import type { EdgeZone } from "#core/places/edge-zone.ts";
import { addDays, dayMs } from "#core/time/zone.ts";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { knownUntil, type Services } from "#server/acts/services.ts";
import {
  databaseBehind,
  publisherActor,
  systemActor,
  type Transaction,
  withOptions,
} from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { assess } from "#server/displacement/assess.ts";
import { loadOperations, type StoredOperation } from "#server/displacement/operations/store.ts";
import { keepRises } from "#server/displacement/rises.ts";
import {
  isRunning,
  isSeen,
  keepLook,
  type LookKept,
  questionHash,
} from "#server/displacement/watch/keep-look.ts";
import { latestLooks } from "#server/displacement/watch/store.ts";
import { type PlacesOver, placesOver } from "#server/places/move/places-over.ts";
import { Problem } from "#server/problem.ts";
import { loadEventColumns } from "#server/records/queries/events.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { firstReportIn, reportedRange } from "#server/records/queries/reported-range.ts";

type WatchServices = Pick<Services, "db" | "zone" | "asAt">;

export interface LookHooks {
  readonly signal?: AbortSignal;
  /** Default: in a thread. */
  readonly scan?: (input: LookInput, signal?: AbortSignal) => Promise<LookResult>;
}

/**
 * Scans every running operation with records or days not scanned yet. Outside any user's
 * transaction: reports are read as the publisher, who has no right to police discoveries, to
 * partners or to patrols (SAFEGUARDS 4, 9); counted in a thread; and stored, with alerts, in one
 * transaction. If killed in between it leaves nothing, and the next start scans again.
 */
export async function lookAround(
  services: WatchServices,
  hooks: LookHooks = {},
): Promise<LookKept[]> {
  const db = databaseBehind(services.db);
  const asAt = services.asAt.date();
  const places = await placesOver({ db }, { linesOf: asAt, ...watchedDays(asAt) });
  const now = services.asAt.now();
  const { operations, version } = await db.transaction(publisherActor, async (tx) => ({
    operations: await loadOperations(tx, asAt),
    version: await eventsVersion(tx),
  }));
  const { looks, countOf } = await db.transaction(systemActor, async (tx) => ({
    looks: await latestLooks(tx, asAt),
    countOf: await tx.grouped(
      z.object({ looks: z.int() }),
      sql`select operation_id as group, count(*) as looks from watch_look
        where looked_at > ${new Date(now - paceDays * dayMs)} group by operation_id`,
    ),
  }));
  const due = operations.filter((operation) => {
    const isNew = !isSeen(looks.get(operation.id), operation, { asAt, version });
    return isNew && isRunning(operation, asAt);
  });
  const kept: LookKept[] = [];
  for (const operation of due) {
    hooks.signal?.throwIfAborted();
    // Includes the current look.
    const level = alertLevel((countOf(operation.id)[0]?.looks ?? 0) + 1);
    const { reports, leftOut, lastOn, unseen } = await readReports(services, {
      operation,
      places,
      asAt,
    });
    // The same for every look of a day, and another one the day after.
    const seed = Number(asAt.replaceAll("-", ""));
    const input = { reports, level, seed };
    const result = await (hooks.scan ?? lookInThread)(input, hooks.signal);
    const { looksPerYear, replicates } = level;
    const look = {
      operationId: operation.id,
      asAt,
      eventsVersion: version,
      at: now,
      question: questionHash(operation),
      answer: result.answer,
      reports: reports.length,
      leftOut,
      lastOn,
      unseen,
      strongestP: result.strongestP,
      level: level.level,
      looksPerYear,
      replicates,
      seed,
    };
    await lookForRises(services, operation);
    kept.push(await keepLook(db, { operation, places, look, result }));
  }
  return kept;
}

/** Bars that are full, whether or not somebody assesses the operation, by the same reports that a person reads. */
async function lookForRises(services: WatchServices, { id, name }: StoredOperation): Promise<void> {
  const db = databaseBehind(services.db);
  const detail: AuditDetail = { operation: id };
  const act = {
    ...services,
    db,
    actor: publisherActor,
    addDetail: (more: AuditDetail) => void Object.assign(detail, more),
  };
  try {
    const { reply } = await assess(act, { operation: name }, { isPublic: false });
    await db.transaction(systemActor, async (tx) => {
      await appendAudit(tx, systemActor, {
        verb: "consultation",
        act: "assess displacement",
        purpose: "assessment",
        outcome: "done",
        detail,
      });
      await keepRises(tx, id, reply.edges);
    });
  } catch (error) {
    // Before its first whole week, or without records: nobody can assess it yet.
    if (!(error instanceof Problem && error.status === 422)) throw error;
  }
}

async function readReports(
  { db, zone, asAt: clock }: WatchServices,
  {
    operation,
    places,
    asAt,
  }: {
    readonly operation: StoredOperation;
    readonly places: PlacesOver;
    readonly asAt: string;
  },
) {
  const { command, edgeZones } = places;
  const { reachMetres } = watchSettings;
  const whole = watchedArea({ treated: operation.cells, study: command, edgeZones, reachMetres });
  const { from, to } = watchedDays(asAt);
  const before = knownUntil({ asAt: clock, zone });
  const reading = withOptions(databaseBehind(db), { events: true });
  const { events, late } = await reading.transaction(publisherActor, async (tx) => {
    const loaded = await loadEventColumns(tx, {
      from: zone.startOfDate(from),
      to: zone.startOfDate(addDays(to, 1)),
      before,
    });
    // The tool itself read reports (SAFEGUARDS 12).
    await appendAudit(tx, systemActor, {
      verb: "consultation",
      act: "look for displacement",
      purpose: "assessment",
      outcome: "done",
      detail: { operation: operation.id, from, to, events: loaded.length },
    });
    return {
      events: loaded,
      late: await lateEdges(tx, whole.edges, { from: zone.startOfDate(from), before }),
    };
  });
  const area = withoutFarSides(whole, late);
  const read = watchedReports({ events, area, asAt, zone });
  const reported = new Set(read.reports.map(({ cell }) => cell));
  const isUnseen = (edge: EdgeZone) => {
    const watched = edge.outer.filter((cell) => whole.cells.has(cell));
    const isSeen = watched.some((cell) => area.cells.has(cell) && reported.has(cell));
    return !edge.isInternal && watched.length > 0 && !isSeen;
  };
  const unseen = whole.edges.filter(isUnseen).map(({ neighbour }) => neighbour);
  return { ...read, unseen };
}

/** Days into the period after which a far side's first report of all is late. */
const lateDays = 7;

/**
 * Edges beyond which records begin within the scanned days: earlier days there are unknown, not
 * without reports, or a file of recent days alone would form a cluster.
 */
async function lateEdges(
  tx: Transaction,
  edges: readonly EdgeZone[],
  { from, before }: { readonly from: number; readonly before: number },
): Promise<EdgeZone[]> {
  const all = await reportedRange(tx, before);
  const begin = Math.max(from, all?.first ?? from) + lateDays * dayMs;
  const late: EdgeZone[] = [];
  for (const edge of edges.filter(({ isInternal }) => !isInternal)) {
    const first = await firstReportIn(tx, edge.outer, before);
    if (first !== null && first > begin) late.push(edge);
  }
  return late;
}

function withoutFarSides(area: WatchedArea, edges: readonly EdgeZone[]): WatchedArea {
  const out = new Set(edges.flatMap(({ outer }) => outer));
  return { ...area, cells: new Set([...area.cells].filter((cell) => !out.has(cell))) };
}

function lookInThread(input: LookInput, signal?: AbortSignal): Promise<LookResult> {
  if (signal?.aborted) return Promise.reject(reasonOf(signal));
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL("./scan-thread.ts", import.meta.url), { workerData: input });
    const leave = () => {
      signal?.removeEventListener("abort", stop);
      void worker.terminate();
    };
    const stop = () => {
      leave();
      reject(signal ? reasonOf(signal) : new Error("Stopped"));
    };
    worker.once("message", (result: LookResult) => {
      leave();
      resolve(result);
    });
    worker.once("error", (error) => {
      leave();
      reject(error);
    });
    // After an answer this rejection has no effect.
    worker.once("exit", () => reject(new Error("The thread of a look ended without an answer")));
    signal?.addEventListener("abort", stop, { once: true });
  });
}

function reasonOf(signal: AbortSignal): Error {
  return signal.reason instanceof Error ? signal.reason : new Error("Stopped");
}
