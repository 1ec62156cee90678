import { noAnswer } from "#core/releases/answers.ts";
import type { ReleaseInput } from "#core/releases/build.ts";
import { dateName } from "#core/time/words.ts";
import { publisherActor } from "#server/db/database.ts";
import { wrapDatabase } from "#server/db/wrapped.ts";
import type { AssessmentServices } from "#server/displacement/assess.ts";
import { loadOperations } from "#server/displacement/queries/operations.ts";
import { asAtLastPublicDay } from "#server/releases/banners.ts";
import { spokenAssessment } from "#server/releases/spoken.ts";

/**
 * Of each operation what tells whether it helped and whether the problem moved, as the publisher (SAFEGUARDS 4) and from nothing
 * after the last day that may be public (SAFEGUARDS 7). How much of it is put into words hangs on the figures of the release
 * (core/releases/build.ts). Beside the act that the draft is.
 */
export async function releaseAnswers(
  services: Omit<AssessmentServices, "addDetail">,
): Promise<ReleaseInput["answers"]> {
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
  const found: ReleaseInput["answers"][number][] = [];
  for (const { name } of operations) {
    const spoken = await spokenAssessment(then, name);
    found.push(spoken ?? noAnswer(name, dateName(then.asAt.date())));
  }
  return found;
}
