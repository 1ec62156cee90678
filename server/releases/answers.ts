import type { H3Cell } from "#core/geo/cell.ts";
import { noAnswer, type SpokenAssessment } from "#core/releases/answers.ts";
import type { ReleaseInput } from "#core/releases/build.ts";
import { publicReach } from "#core/releases/panel/sayable.ts";
import { endOfMonths, lastPublicDate, publicMonths } from "#core/time/months.ts";
import { dateName } from "#core/time/words.ts";
import { publisherActor, wrapDatabase } from "#server/db/database.ts";
import { type AssessmentAct, assess } from "#server/displacement/assess.ts";
import { loadOperations } from "#server/displacement/operations/store.ts";
import { fixedAreas, placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";

/**
 * Whether each operation helped and whether the problem moved, assessed as the publisher
 * (SAFEGUARDS 4) and with nothing after the last day that may be public (SAFEGUARDS 7). How much is
 * put into words depends on the release's figures (core/releases/build.ts). Separate from the
 * draft's own act.
 */
export async function releaseAnswers(
  services: Pick<AssessmentAct, "db" | "zone" | "asAt">,
): Promise<ReleaseInput["answers"]> {
  const then = asAtLastPublicDay({
    ...services,
    actor: publisherActor,
    db: wrapDatabase(services.db, (actor, work, options) =>
      services.db.transaction(actor, work, { ...options, beside: true }),
    ),
    addDetail: () => undefined,
  });
  const operations = await then.db.transaction(then.actor, (tx) =>
    loadOperations(tx, then.asAt.date()),
  );
  const found: ReleaseInput["answers"][number][] = [];
  for (const { name } of operations) {
    const spoken = await spokenAssessment(then, name);
    found.push(spoken ?? noAnswer(name, dateName(then.asAt.date())));
  }
  return found;
}

/** As at the evening of the last public day. */
function asAtLastPublicDay(act: AssessmentAct): AssessmentAct {
  const { zone, asAt } = act;
  const today = asAt.date();
  const end = zone.startOfDate(endOfMonths(publicMonths(today)));
  return { ...act, asAt: { ...asAt, now: () => end, date: () => lastPublicDate(today) } };
}

/**
 * One operation assessed as the publisher, with the public areas behind each number; null where it
 * cannot be assessed. The act is on the last public day (`asAtLastPublicDay`).
 */
async function spokenAssessment(
  act: AssessmentAct,
  operation: string,
): Promise<SpokenAssessment | null> {
  const places = await placesOf(act);
  const areas = fixedAreas(places);
  const internal = new Set(
    places.edgeZones.filter(({ isInternal }) => isInternal).map(({ neighbour }) => neighbour),
  );
  try {
    const { reply, zones, control } = await assess(act, { operation });
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
