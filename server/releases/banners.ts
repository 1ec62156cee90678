import type { BannersReply } from "#core/displacement/wire/displacement.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import type { SpokenAssessment } from "#core/releases/answers.ts";
import { type EarlierRelease, publishedMonths, shownFigures } from "#core/releases/earlier.ts";
import { movedNote } from "#core/releases/panel/moved-note.ts";
import {
  nothingSayable,
  publicReach,
  type ShownFigures,
  sayableOf,
} from "#core/releases/panel/sayable.ts";
import type { ReleaseContent } from "#core/releases/wire/releases.ts";
import { endOfMonths, lastPublicDate, publicMonths } from "#core/time/months.ts";
import { type Database, databaseBehind, publisherActor } from "#server/db/database.ts";
import { type AssessmentServices, assess } from "#server/displacement/assess.ts";
import { loadOperations } from "#server/displacement/queries/operations.ts";
import { fixedAreas, type Places, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { eventsVersion } from "#server/records/queries/events-version.ts";
import { areaSetOf } from "#server/releases/hash.ts";
import {
  lastReleaseNumber,
  loadReleases,
  type StoredRelease,
} from "#server/releases/queries/releases.ts";

type Banners = BannersReply["banners"];

interface Held {
  readonly key: string;
  readonly places: Places;
  readonly banners: Promise<Banners>;
}

const held = new WeakMap<Database, Held>();

/**
 * What presenter mode cannot hide (SAFEGUARDS 11): in words alone, as far as the released figures carry them
 * (core/releases/panel/sayable.ts), and by the panel's own date rule (SAFEGUARDS 7): nothing after the last
 * public month is read. It is the same for whoever asks, so it is worked out as the publisher, and again where
 * the date, the records, the releases, the places or an operation have changed: every operation is assessed for it.
 */
export async function banners(services: AssessmentServices): Promise<Banners> {
  const then = asAtLastPublicDay(services);
  services.addDetail({ to: then.asAt.date() });
  const { operations, version, released } = await then.db.transaction(
    publisherActor,
    async (tx) => ({
      operations: await loadOperations(tx, then.asAt.date()),
      version: await eventsVersion(tx),
      released: await tx.through("public", lastReleaseNumber),
    }),
  );
  const places = await placesOf(then);
  const revisions = operations.map(({ id, revision }) => [id, revision]);
  const key = JSON.stringify([then.asAt.date(), version, released, revisions]);
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
  // The line of whoever asks says up to when: what was read is the same for all, and read once.
  const silent = { ...services, addDetail: () => undefined };
  const spoken: SpokenAssessment[] = [];
  for (const name of names) {
    // An operation that cannot be assessed has nothing to say here; its own page gives the reason.
    const found = await spokenAssessment(silent, name);
    if (found !== null) spoken.push(found);
  }
  const sayable = sayableOf(spoken, await releasedFigures(services));
  return spoken.flatMap((assessment, at) => {
    const note = movedNote(assessment, sayable[at] ?? nothingSayable);
    return note === null ? [] : [{ operation: assessment.operation, ...note }];
  });
}

/** All that residents were ever shown of the areas of today. */
async function releasedFigures(services: AssessmentServices): Promise<ShownFigures> {
  const fixed = fixedAreas(await placesOf(services));
  const stored = await services.db.transaction(publisherActor, (tx) =>
    tx.through("public", loadReleases),
  );
  const ids = fixed.areas.map(({ id }) => id);
  return shownFigures(fixed.areas, publishedMonths(stored.map(earlierOf), areaSetOf(fixed), ids));
}

/** The same services on the evening of the last day that the panel may show. */
export function asAtLastPublicDay(services: AssessmentServices): AssessmentServices {
  const { zone, asAt } = services;
  const today = asAt.date();
  const end = zone.startOfDate(endOfMonths(publicMonths(today)));
  return { ...services, asAt: { ...asAt, now: () => end, date: () => lastPublicDate(today) } };
}

/**
 * One operation assessed as the publisher, and where in public areas each of its numbers was counted; null where
 * it cannot be assessed. The services are those of the last public day (`asAtLastPublicDay`).
 */
export async function spokenAssessment(
  services: AssessmentServices,
  operation: string,
): Promise<SpokenAssessment | null> {
  const places = await placesOf(services);
  const areas = fixedAreas(places);
  const internal = new Set(
    places.edgeZones.filter(({ isInternal }) => isInternal).map(({ neighbour }) => neighbour),
  );
  try {
    const { reply, zones, control } = await assess(services, publisherActor, { operation });
    const reach = (cells: readonly string[]) => publicReach(cells as readonly H3Cell[], areas);
    return {
      operation,
      treatedArea: { ...reply.treatedArea, reach: reach(zones.treated) },
      overall: reply.overall,
      control: { reach: reach(control) },
      edges: reply.edges.map(({ neighbour, verdict }, at) => ({
        neighbour,
        verdict,
        isInternal: internal.has(neighbour),
        reach: reach([...(zones.edges[at]?.inner ?? []), ...(zones.edges[at]?.outer ?? [])]),
      })),
      before: reply.before,
      after: reply.after,
      studyArea: reply.studyArea,
    };
  } catch (error) {
    if (error instanceof Problem && error.status === 422) return null;
    throw error;
  }
}

/** A stored release as later ones and the words beside them look back at it. */
export function earlierOf({
  number,
  areaSet,
  content,
  withdrawnOn,
}: StoredRelease): EarlierRelease {
  const isWithdrawn = withdrawnOn !== null;
  return { number, areaSet, content: JSON.parse(content) as ReleaseContent, isWithdrawn };
}
