import { planChanges } from "#core/place-plans/plan.ts";
import { planChangedMeanwhileTitle } from "#core/place-plans/wire/place-plans.ts";
import type { WordsFault } from "#core/text/free-words.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadPlanRevisions } from "#server/place-plans/queries/place-plans.ts";
import { Problem } from "#server/problem.ts";

/** All that is wrong, field by field; the first one leads. */
export function refusedFields(faults: readonly WordsFault[]): Problem | null {
  const [first] = faults;
  if (!first) return null;
  const told = `${first.reason} Nothing was saved.`;
  return new Problem(422, "Not accepted", told, faults);
}

export function noSuchPlan(): Problem {
  return new Problem(
    404,
    "No such place plan",
    "There is no place plan of this number. Open the list of place plans again.",
  );
}

/** Somebody else was first: who, when and what, and that nothing typed is lost. */
export async function planChangedMeanwhile(
  tx: Transaction,
  zone: Zone,
  { id, revision }: { readonly id: number; readonly revision: number },
): Promise<Problem> {
  const revisions = await loadPlanRevisions(tx, { id, withContent: true });
  const last = revisions.at(-1);
  if (!last) return noSuchPlan();
  const read = revisions.find((one) => one.revision === revision);
  const changes = read?.content && last.content ? planChanges(read.content, last.content) : [];
  const at = formatInstant(zone, last.at).slice(11, 16);
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return new Problem(
    409,
    planChangedMeanwhileTitle,
    `${last.by} changed it at ${at}: it is at revision ${last.revision} now, and you read revision ${revision}.${what} Nothing was saved. Look at what it is now, then save yours over it or leave it.`,
  );
}
