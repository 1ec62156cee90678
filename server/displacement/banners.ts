import { endOfMonths, publicMonths } from "#core/panel/months.ts";
import { lastPublicDate, type MovedNote, movedNote } from "#core/panel/moved-note.ts";
import type { BannersReply } from "#core/wire/displacement.ts";
import { publisherActor } from "#server/db/database.ts";
import { type AssessmentServices, assess } from "#server/displacement/assess.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadOperations } from "#server/queries/operations.ts";

/**
 * What presenter mode cannot hide (SAFEGUARDS 11): in words alone, each from verdicts that need 10
 * or more in every count, and by the panel's own date rule (SAFEGUARDS 7): nothing after the last
 * public month is read. It is the same for whoever asks, so it is worked out as the publisher.
 */
export async function banners(services: AssessmentServices): Promise<BannersReply["banners"]> {
  const then = asAtLastPublicDay(services);
  services.addDetail({ to: then.asAt.date() });
  const operations = await then.db.transaction(publisherActor, (tx) =>
    loadOperations(tx, then.asAt.date()),
  );
  const found: BannersReply["banners"] = [];
  for (const { name } of operations) {
    const note = await noteOf(then, name);
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
    const { reply } = await assess(services, publisherActor, { operation: name });
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
