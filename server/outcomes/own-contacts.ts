import * as wire from "#core/outcomes/wire/tallies.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { sql } from "#server/db/sql.ts";
import { refuseWrongPeriod } from "#server/outcomes/outcomes.ts";
import { valueOrRefuse } from "#server/outcomes/tallies.ts";
import { partnerOf } from "#server/protected-time/partners.ts";

/** The newest per period; row policies hide other partners'. */
async function loadOwn(tx: Transaction, { asAt }: Act): Promise<wire.OwnTalliesReply> {
  const as = { period_from: "from", period_to: "to" };
  const contacts = await tx.rows(
    wire.ownContacts,
    sql`select ${columnsOf(wire.ownContacts, { as })}
      from (
        select distinct on (period_from, period_to) period_from, period_to, value, entered_at
        from partner_tally
        where measure = 'outreach_contacts'
        order by period_from, period_to, id desc
      ) as latest
      where period_to <= ${asAt.date()} order by period_to desc, period_from`,
  );
  return { contacts };
}

export function readOwnContacts(act: Act): Promise<wire.OwnTalliesReply> {
  return act.db.transaction(act.actor, async (tx) => {
    await partnerOf(tx, act.actor);
    return loadOwn(tx, act);
  });
}

export async function enterOwnContacts(
  act: Act,
  { from, to, value: written }: wire.OwnTallyBody,
): Promise<wire.OwnTalliesReply> {
  const { asAt, actor } = act;
  refuseWrongPeriod({ from, to }, asAt.date());
  const value = valueOrRefuse(written);
  return act.db.transaction(actor, async (tx) => {
    await partnerOf(tx, actor);
    await tx.run(sql`insert into partner_tally (
        partner_id, measure, period_from, period_to, value, entered_at, entered_by
      )
      values (
        own_partner(), 'outreach_contacts', ${from}, ${to}, ${value}, ${new Date(asAt.now())},
        ${actor.person}
      )`);
    return loadOwn(tx, act);
  });
}
