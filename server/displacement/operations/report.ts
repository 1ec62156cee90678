import { dataCaveats } from "#core/displacement/caveats.ts";
import { doseTotal } from "#core/displacement/dose.ts";
import type {
  IssueReportBody,
  OperationReportReply,
} from "#core/displacement/wire/operation-report.ts";
import type { Actor } from "#core/role.ts";
import { addDays } from "#core/time/zone.ts";
import { type ActServices, knownUntil } from "#server/acts/services.ts";
import { DatabaseError } from "#server/db/database.ts";
import { assess } from "#server/displacement/assess.ts";
import { readOperation } from "#server/displacement/operations/operations.ts";
import { noSuchRevision, operationReplyOf } from "#server/displacement/operations/replies.ts";
import { insertReport } from "#server/displacement/queries/operation-history.ts";
import { loadMinutesWithin } from "#server/patrols/visits.ts";
import { Problem } from "#server/problem.ts";
import { qualityOf } from "#server/records/quality.ts";

/** Everything that a report of one operation says. Nothing in it is reckoned from protected time. */
export async function readReport(
  services: ActServices,
  actor: Actor,
  id: number,
): Promise<OperationReportReply> {
  const { db, asAt, zone } = services;
  const stored = await readOperation(services, actor, id);
  services.addDetail({ operation: id, revision: stored.revision });
  const { reply, zones } = await assess(services, actor, { operation: stored.name });
  const { before, after } = reply;
  const minutes = await db.transaction(
    actor,
    (tx) =>
      loadMinutesWithin(tx, {
        cells: stored.cells,
        from: zone.startOfDate(after.from),
        to: zone.startOfDate(addDays(after.to, 1)),
        before: knownUntil(services),
      }),
    { beside: true },
  );
  const quality = await qualityOf({ ...services, addDetail: () => undefined }, actor);
  const now = await readOperation(services, actor, id);
  if (now.revision !== stored.revision) {
    throw new Problem(
      409,
      "Someone else saved first",
      `Someone changed "${now.name}" while the report was being made. Open the report again.`,
    );
  }
  return {
    operation: operationReplyOf(services, stored),
    asAt: asAt.date(),
    assessment: { ...reply, zones },
    dose: doseTotal({ minutes, cells: stored.cells.length, days: after.days }),
    caveats: dataCaveats(quality, { before, after }),
  };
}

/** Notes that a report leaves, before it does: from then on its revision stays. */
export async function issueReport(
  { db, asAt, addDetail }: ActServices,
  actor: Actor,
  { id, revision, form }: IssueReportBody & { readonly id: number },
): Promise<{ report: number }> {
  addDetail({ operation: id, revision, form });
  return db.transaction(actor, async (tx) => {
    try {
      const note = { operationId: id, revision, form, asAt: asAt.date(), now: asAt.now() };
      return { report: await insertReport(tx, { ...note, person: actor.person }) };
    } catch (error) {
      if (!(error instanceof DatabaseError) || error.code !== "23503") throw error;
      throw noSuchRevision(revision);
    }
  });
}
