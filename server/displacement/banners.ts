import { endOfMonths, publicMonths } from "#core/panel/months.ts";
import { lastPublicDate, type MovedNote, movedNote } from "#core/panel/moved-note.ts";
import type { BannersReply } from "#core/wire/displacement.ts";
import { type Database, publisherActor } from "#server/db/database.ts";
import { databaseBehind } from "#server/db/wrapped.ts";
import { type AssessmentServices, assess } from "#server/displacement/assess.ts";
import { type Places, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { eventsVersion } from "#server/queries/events-version.ts";
import { loadOperations } from "#server/queries/operations.ts";

type Banners = BannersReply["banners"];

interface Held {
  readonly key: string;
  readonly places: Places;
  readonly banners: Promise<Banners>;
}

const held = new WeakMap<Database, Held>();

/**
 * What presenter mode cannot hide (SAFEGUARDS 11): in words alone, each from verdicts that need 10
 * or more in every count, and by the panel's own date rule (SAFEGUARDS 7): nothing after the last
 * public month is read. It is the same for whoever asks, so it is worked out as the publisher, and anew where
 * the date, the records, the places or an operation are other than before: every operation is assessed for it.
 */
export async function banners(services: AssessmentServices): Promise<Banners> {
  const then = asAtLastPublicDay(services);
  services.addDetail({ to: then.asAt.date() });
  const { operations, version } = await then.db.transaction(publisherActor, async (tx) => ({
    operations: await loadOperations(tx, then.asAt.date()),
    version: await eventsVersion(tx),
  }));
  const places = await placesOf(then);
  const revisions = operations.map(({ id, revision }) => [id, revision]);
  const key = JSON.stringify([then.asAt.date(), version, revisions]);
  const database = databaseBehind(then.db);
  const known = held.get(database);
  if (known?.key === key && known.places === places) return known.banners;
  const found = notesOf(
    then,
    operations.map(({ name }) => name),
  );
  held.set(database, { key, places, banners: found });
  found.catch(() => {
    if (held.get(database)?.banners === found) held.delete(database);
  });
  return found;
}

/** After events were changed by no import, as tests do. */
export function forgetBanners(db: Database): void {
  held.delete(databaseBehind(db));
}

async function notesOf(services: AssessmentServices, names: readonly string[]): Promise<Banners> {
  const found: Banners = [];
  for (const name of names) {
    const note = await noteOf(services, name);
    if (note !== null) found.push({ operation: name, ...note });
  }
  return found;
}

/** The same services on the evening of the last day that the panel may show. */
export function asAtLastPublicDay(services: AssessmentServices): AssessmentServices {
  const { zone, asAt } = services;
  const today = asAt.date();
  const end = zone.startOfDate(endOfMonths(publicMonths(today)));
  return { ...services, asAt: { ...asAt, now: () => end, date: () => lastPublicDate(today) } };
}

async function noteOf(services: AssessmentServices, name: string): Promise<MovedNote | null> {
  try {
    // The line of whoever asks says up to when: what was read is the same for all, and read once.
    const silent = { ...services, addDetail: () => undefined };
    const { reply } = await assess(silent, publisherActor, { operation: name });
    const { edgeZones } = await placesOf(services);
    const internal = new Set(
      edgeZones.filter(({ isInternal }) => isInternal).map(({ neighbour }) => neighbour),
    );
    return movedNote({
      ...reply,
      edges: reply.edges.map(({ neighbour, verdict }) => ({
        neighbour,
        verdict,
        isInternal: internal.has(neighbour),
      })),
    });
  } catch (error) {
    // An operation that cannot be assessed has nothing to say here; its own page gives the reason.
    if (error instanceof Problem && error.status === 422) return null;
    throw error;
  }
}
