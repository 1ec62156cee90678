import { changesBetween } from "#core/displacement/operation.ts";
import type { OperationHistoryReply, OperationReply } from "#core/displacement/wire/operations.ts";
import { formatInstant } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import type { RevisionRow } from "#server/displacement/queries/operation-history.ts";
import type { StoredOperation } from "#server/displacement/queries/operations.ts";

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
