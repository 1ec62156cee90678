import { changesBetween } from "#core/displacement/operation.ts";
import { changedMeanwhileTitle } from "#core/displacement/wire/operations.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { DatabaseError, Transaction } from "#server/db/database.ts";
import { loadRevisions } from "#server/displacement/queries/operation-history.ts";
import { Problem } from "#server/problem.ts";

/** Somebody else was first: who, when and what, and that nothing typed is lost. */
export async function changedMeanwhile(
  tx: Transaction,
  zone: Zone,
  { id, revision }: { readonly id: number; readonly revision: number },
): Promise<Problem> {
  const revisions = await loadRevisions(tx, id);
  const last = revisions.at(-1);
  if (!last) {
    return new Problem(
      404,
      "No such operation",
      "There is no such operation any more: somebody deleted it. What you typed can be added as a new one.",
    );
  }
  const read = revisions.find((one) => one.revision === revision);
  const changes = read ? changesBetween(read, last) : [];
  const at = formatInstant(zone, last.at).slice(11, 16);
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return new Problem(
    409,
    changedMeanwhileTitle,
    `${last.by} changed it at ${at}: it is at revision ${last.revision} now, and you read revision ${revision}.${what} Nothing was saved. Look at what it is now, then save yours over it or leave it.`,
  );
}

export function noSuchOperation(all: readonly { readonly name: string }[]): Problem {
  const names = all.map(({ name }) => name).join("; ");
  return new Problem(
    404,
    "No such operation",
    `There is no such operation. Operations: ${names || "none"}.`,
  );
}

/** By the rule that holds it: what has left names it, and what watches it stands on it. */
export function isStillReferredTo({ constraint }: DatabaseError): Problem {
  const why =
    constraint === "operation_report_revision_fkey"
      ? "A report of it was printed or taken away"
      : constraint === "alert_operation_id_fkey"
        ? "Somebody decided about an alert of it"
        : "Something else refers to it";
  return new Problem(
    409,
    "It cannot be deleted",
    `${why}, and would speak of nothing. End it instead: what it was stays on record.`,
  );
}

export function noSuchRevision(revision: number): Problem {
  return new Problem(
    404,
    "No such revision",
    `There is no revision ${revision} of this operation. Open the report again.`,
  );
}
