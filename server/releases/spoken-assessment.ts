import type { H3Cell } from "#core/geo/cell.ts";
import type { SpokenAssessment } from "#core/releases/answers.ts";
import { publicReach } from "#core/releases/panel/sayable.ts";
import { endOfMonths, lastPublicDate, publicMonths } from "#core/time/months.ts";
import { publisherActor } from "#server/db/database.ts";
import { type AssessmentServices, assess } from "#server/displacement/assess.ts";
import { fixedAreas, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

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
