import { changesBetween } from "#core/displacement/operation.ts";
import {
  changedMeanwhileTitle,
  type OperationHistoryReply,
  type OperationReply,
} from "#core/displacement/wire/operations.ts";
import { formatInstant, type Zone } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { DatabaseError, Transaction } from "#server/db/database.ts";
import { loadRevisions, type RevisionRow } from "#server/displacement/queries/operation-history.ts";
import type { StoredOperation } from "#server/displacement/queries/operations.ts";
import { changedMeanwhileProblem, Problem } from "#server/problem.ts";

/** One operation as pages read it. */
export function operationReplyOf(
  { zone, asAt }: Pick<Services, "zone" | "asAt">,
  stored: StoredOperation,
): OperationReply {
  return {
    ...stored,
    phases: [...stored.phases],
    changedAt: formatInstant(zone, stored.changedAt),
    hasStarted: stored.startsOn <= asAt.date(),
  };
}

/** Newest first, each with what it changed of the one before. */
export function historyReplyOf(
  { zone }: Pick<Services, "zone">,
  rows: readonly RevisionRow[],
): OperationHistoryReply {
  const revisions = rows.map((row, index) => {
    const before = rows[index - 1];
    return {
      revision: row.revision,
      act: row.act,
      at: formatInstant(zone, row.at),
      by: row.by,
      changes: before ? changesBetween(before, row) : [],
      reports: row.reports,
    };
  });
  return { revisions: revisions.reverse() };
}

/** Somebody else was first; what they changed since is said. */
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
      "This operation was deleted. You can add what you typed as a new one.",
    );
  }
  const read = revisions.find((one) => one.revision === revision);
  const changes = read ? changesBetween(read, last) : [];
  const at = formatInstant(zone, last.at);
  return changedMeanwhileProblem(changedMeanwhileTitle, { ...last, at }, { revision, changes });
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
      ? "A report of it has been printed or downloaded"
      : constraint === "alert_operation_id_fkey"
        ? "An alert about it has been acted on"
        : "Something else depends on it";
  return new Problem(
    409,
    "It cannot be deleted",
    `${why}. End it instead, so that it stays on record.`,
  );
}

export function noSuchRevision(revision: number): Problem {
  return new Problem(
    404,
    "No such revision",
    `There is no revision ${revision} of this operation. Open the report again.`,
  );
}
