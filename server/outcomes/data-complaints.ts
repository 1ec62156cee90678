import { z } from "zod";
import { id } from "#core/contract/fields.ts";
import type { Shown } from "#core/disclosure/rule.ts";
import * as rules from "#core/outcomes/data-complaints.ts";
import * as wire from "#core/outcomes/wire/data-complaints.ts";
import { yearsBefore } from "#core/records/retention.ts";
import { changeRevision } from "#server/acts/revisions.ts";
import type { Act, AsAt } from "#server/acts/services.ts";
import { type Database, systemActor, type Transaction } from "#server/db/database.ts";
import { columnsOf, countOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { Problem } from "#server/problem.ts";

declare module "#server/acts/services.ts" {
  interface Services {
    /** For the public page: null is fewer than 10. */
    readonly complaintsByYear: () => Promise<
      readonly { readonly year: number; readonly count: Shown }[]
    >;
  }
}

const stored = wire.complaintDates.extend({
  id,
  revision: wire.complaintChange.shape.revision,
  year: z.int(),
  number: z.int(),
});

async function listComplaints(tx: Transaction, { asAt }: Act): Promise<wire.DataComplaintsReply> {
  const today = asAt.date();
  const changesOf = await tx.grouped(
    wire.complaintChange,
    sql`select complaint_id as group, ${columnsOf(wire.complaintChange)}
      from data_complaint_change order by revision`,
  );
  const rows = await tx.rows(stored, sql`select ${columnsOf(stored)} from data_complaint`);
  const complaints = rows.map(({ year, number, ...row }) => ({
    ...row,
    reference: rules.complaintReference(year, number),
    acknowledgeBy: rules.acknowledgeBy(row.receivedOn),
    state: rules.complaintState(row, today),
    changes: [...changesOf(row.id)],
  }));
  return { asAt: today, complaints: rules.byUrgency(complaints) };
}

export const readComplaints = (act: Act) =>
  act.db.transaction(act.actor, async (tx) => {
    const reply = await listComplaints(tx, act);
    act.addDetail({ complaints: reply.complaints.length });
    return reply;
  });

export function addComplaint(
  act: Act,
  { receivedOn }: { readonly receivedOn: string },
): Promise<wire.DataComplaintsReply> {
  refuseFaults({ receivedOn, acknowledgedOn: null, outcome: null, toldOn: null }, act);
  return act.db.transaction(act.actor, async (tx) => {
    const year = Number(receivedOn.slice(0, 4));
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('data_complaint'))`);
    const last = sql`select coalesce(max(number), 0) from data_complaint where year = ${year}`;
    const number = ((await tx.value(z.int(), last)) ?? 0) + 1;
    await tx.run(insertInto("data_complaint", { year, number, receivedOn, ...touched(act) }));
    act.addDetail({ complaint: rules.complaintReference(year, number) });
    return listComplaints(tx, act);
  });
}

/** An outdated revision is refused. */
export function changeComplaint(
  act: Act,
  complaint: number,
  { revision, ...dates }: rules.ComplaintDates & { readonly revision: number },
): Promise<wire.DataComplaintsReply> {
  refuseFaults(dates, act);
  return act.db.transaction(act.actor, async (tx) => {
    const found = sql`select ${columnsOf(stored)} from data_complaint where id = ${complaint}`;
    const before = await tx.maybe(stored, found);
    if (!before) {
      throw new Problem(
        404,
        "No such complaint",
        "There is none with this number. Refresh the list.",
      );
    }
    const reference = rules.complaintReference(before.year, before.number);
    act.addDetail({ complaint: reference, revision });
    const read = { id: complaint, revision };
    const fields = { ...dates, ...touched(act) };
    if ((await changeRevision(tx, { table: "data_complaint" }, read, fields)) === null) {
      const detail = `${reference} was changed since you opened it. Nothing was saved. Close this and open it again.`;
      throw new Problem(409, "Someone else saved first", detail);
    }
    return listComplaints(tx, act);
  });
}

const touched = ({ asAt, actor }: Act) => ({
  changedAt: new Date(asAt.now()),
  changedBy: actor.person,
});

function refuseFaults(dates: rules.ComplaintDates, { asAt }: Act): void {
  const faults = rules.checkComplaint(dates, asAt.date());
  const [first] = faults;
  if (first) throw new Problem(422, "Not saved", `${first.reason} Nothing was saved.`, faults);
}

export async function complaintsByYear(db: Database, asAt: AsAt) {
  const received = await db.transaction(systemActor, (tx) =>
    tx.rows(
      wire.complaintDates.pick({ receivedOn: true }),
      sql`select received_on from data_complaint`,
    ),
  );
  return rules.yearCounts(
    received.map(({ receivedOn }) => receivedOn),
    asAt.date(),
  );
}

/** Those whose outcome was told more than six years before; as the system. */
export const deleteOldComplaints = (tx: Transaction, today: string) =>
  countOf(
    tx,
    sql`delete from data_complaint
      where told_on < ${yearsBefore(today, rules.complaintYears)} returning 1`,
  );
