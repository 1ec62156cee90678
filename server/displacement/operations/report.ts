import { dataCaveats } from "#core/displacement/caveats.ts";
import { doseTotal } from "#core/displacement/dose.ts";
import type { IssueReportBody, OperationReportReply } from "#core/displacement/wire/operations.ts";
import { addDays } from "#core/time/zone.ts";
import { type Act, knownUntil } from "#server/acts/services.ts";
import { DatabaseError } from "#server/db/database.ts";
import { assess } from "#server/displacement/assess.ts";
import { operationReplyOf, readOperation } from "#server/displacement/operations/operations.ts";
import { stopReplyOf } from "#server/displacement/operations/stop-rule.ts";
import { insertReport } from "#server/displacement/operations/store.ts";
import { loadMinutesWithin } from "#server/patrols/visits.ts";
import { Problem } from "#server/problem.ts";
import { qualityOf } from "#server/records/quality.ts";

/** Everything that a report of one operation says. Nothing in it is reckoned from protected time. */
export async function readReport(act: Act, id: number): Promise<OperationReportReply> {
  const { db, actor, asAt, zone } = act;
  const stored = await readOperation(act, id);
  act.addDetail({ operation: id, revision: stored.revision });
  const { reply, zones } = await assess(act, { operation: stored.name });
  const { before, after } = reply;
  const { minutes, stopRule } = await db.transaction(
    actor,
    async (tx) => ({
      minutes: await loadMinutesWithin(tx, {
        cells: stored.cells,
        from: zone.startOfDate(after.from),
        to: zone.startOfDate(addDays(after.to, 1)),
        before: knownUntil(act),
      }),
      stopRule: await stopReplyOf(tx, stored),
    }),
    { beside: true },
  );
  const quality = await qualityOf({ ...act, addDetail: () => undefined });
  const now = await readOperation(act, id);
  if (now.revision !== stored.revision) {
    throw new Problem(
      409,
      "Someone else saved first",
      `Someone changed "${now.name}" while the report was being made. Open the report again.`,
    );
  }
  return {
    operation: operationReplyOf(act, stored),
    asAt: asAt.date(),
    assessment: { ...reply, zones },
    dose: doseTotal({ minutes, cells: stored.cells.length, days: after.days }),
    caveats: dataCaveats(quality, { before, after }),
    stopRule,
  };
}

/** Logs the report before it leaves; from then on its revision is fixed. */
export function issueReport(
  act: Act,
  id: number,
  { revision, form }: IssueReportBody,
): Promise<{ report: number }> {
  act.addDetail({ operation: id, revision, form });
  return act.db.transaction(act.actor, async (tx) => {
    try {
      const by = { now: act.asAt.now(), person: act.actor.person };
      const note = { operationId: id, revision, form, asAt: act.asAt.date(), ...by };
      return { report: await insertReport(tx, note) };
    } catch (error) {
      const isUnknown = error instanceof DatabaseError && error.code === "23503";
      throw isUnknown ? noSuchRevision(revision) : error;
    }
  });
}

function noSuchRevision(revision: number): Problem {
  const detail = `There is no revision ${revision} of this operation. Open the report again.`;
  return new Problem(404, "No such revision", detail);
}
