import { dateName } from "#core/panel/moved-note.ts";
import { noAnswer, releaseAnswer } from "#core/release/answers.ts";
import type { ReleaseAnswer } from "#core/wire/release.ts";
import { publisherActor } from "#server/db/database.ts";
import { wrapDatabase } from "#server/db/wrapped.ts";
import { type AssessmentServices, assess } from "#server/displacement/assess.ts";
import { asAtLastPublicDay } from "#server/displacement/banners.ts";
import { placesOf } from "#server/places/places.ts";
import { Problem } from "#server/problem.ts";
import { loadOperations } from "#server/queries/operations.ts";

/**
 * Whether each operation helped and whether the problem moved, as the publisher (SAFEGUARDS 4) and from nothing
 * after the last day that may be public (SAFEGUARDS 7). Beside the act that the draft is.
 */
export async function releaseAnswers(
  services: Omit<AssessmentServices, "addDetail">,
): Promise<ReleaseAnswer[]> {
  const then = asAtLastPublicDay({
    ...services,
    db: wrapDatabase(services.db, (actor, work, options) =>
      services.db.transaction(actor, work, { ...options, beside: true }),
    ),
    addDetail: () => undefined,
  });
  const operations = await then.db.transaction(publisherActor, (tx) =>
    loadOperations(tx, then.asAt.date()),
  );
  const answers: ReleaseAnswer[] = [];
  for (const { name } of operations) answers.push(await answerOf(then, name));
  return answers;
}

async function answerOf(services: AssessmentServices, operation: string): Promise<ReleaseAnswer> {
  const { edgeZones } = await placesOf(services);
  const internal = new Set(
    edgeZones.filter(({ isInternal }) => isInternal).map(({ neighbour }) => neighbour),
  );
  try {
    const { reply } = await assess(services, publisherActor, { operation });
    return releaseAnswer({
      ...reply,
      operation,
      edges: reply.edges.map(({ neighbour, verdict }) => ({
        neighbour,
        verdict,
        isInternal: internal.has(neighbour),
      })),
    });
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 422) throw error;
    return noAnswer(operation, dateName(services.asAt.date()));
  }
}
