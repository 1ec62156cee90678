import { z } from "zod";
import { footprintViewDays } from "#core/protected-time/retention.ts";
import { type FootprintViewsReply, footprintView } from "#core/protected-time/wire/calendar.ts";
import type { Actor } from "#core/role.ts";
import { addDays } from "#core/time/zone.ts";
import { isOpenedFromOutside } from "#server/accounts/second-person.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";
import { keepPictures } from "#server/protected-time/leak-meter.ts";
import { asPartner, type Own } from "#server/protected-time/partners.ts";
import type { Seen } from "#server/protected-time/protected-stretches.ts";

/**
 * Records one view of these partners' footprints by any actor. Call it in the transaction that
 * reads them: the partner would never learn of an unrecorded view.
 */
export async function countFootprintView(
  tx: Transaction,
  { person, role }: Actor,
  { day, seen }: { readonly day: string; readonly seen: Seen },
): Promise<void> {
  if (seen.partners.size === 0) return;
  const partnerIds = [...seen.partners];
  // Ordered by id against deadlocks between viewers.
  await tx.through("keeper", async (keeper) => {
    await keeper.run(
      sql`insert into footprint_viewer (partner_id, person)
        select id, ${person}::text from unnest(${partnerIds}::bigint[]) as given (id)
        order by id
        on conflict (partner_id, person) do nothing`,
    );
    await keeper.run(
      sql`insert into footprint_view (partner_id, day, role, alias)
        select partner_id, ${day}::date, ${role}::text, alias from footprint_viewer
        where partner_id = any(${partnerIds}) and person = ${person}
        order by partner_id
        on conflict (partner_id, day, alias, role) do update set times = footprint_view.times + 1`,
    );
    await keepPictures(keeper, { role, day, pictures: seen.pictures });
  });
}

/**
 * Records a partner's own reader whose account an administrator or the host opened and no colleague
 * confirmed: the partner may not know of that person.
 */
export async function countOutsideReader(
  { tx, partnerId, person }: Pick<Own, "tx" | "partnerId" | "person">,
  day: string,
): Promise<void> {
  if (!(await isOpenedFromOutside(tx, person))) return;
  const actor: Actor = { person, role: "partner", partner: null };
  await countFootprintView(tx, actor, {
    day,
    seen: { partners: new Set([partnerId]), pictures: [] },
  });
}

/**
 * By day and role, each viewer under a pseudonym. Of others whole days that are over: an open screen
 * reads anew as keep-clear times change, so that a count of today would tell a partner when somebody
 * else's did, and which of its own changed nothing (SAFEGUARDS 13).
 */
export const readFootprintViews = (act: Act) =>
  asPartner(act, async ({ tx, partnerId }): Promise<FootprintViewsReply> => {
    const today = act.asAt.date();
    const since = addDays(today, -footprintViewDays);
    const found = await tx.rows(
      footprintView.omit({ account: true }),
      sql`select day, role, left(alias::text, 8) as viewer, times from footprint_view
        where partner_id = ${partnerId} and day >= ${since} and (day < ${today} or role = 'partner')
        order by footprint_view.day desc, role, times desc, alias`,
    );
    const readers = await tx.through("keeper", (keeper) => ownReaders(keeper, partnerId));
    const views = found.map((view) => ({
      ...view,
      account: view.role === "partner" ? (readers.get(view.viewer) ?? null) : null,
    }));
    act.addDetail({ from: since, rows: views.length });
    return { since, views };
  });

async function ownReaders(keeper: Transaction, partnerId: string) {
  const row = footprintView.pick({ viewer: true }).extend({ person: z.string() });
  const rows = await keeper.rows(
    row,
    sql`select distinct left(footprint_viewer.alias::text, 8) as viewer, person
      from footprint_viewer
      join footprint_view using (partner_id, alias)
      where partner_id = ${partnerId} and role = 'partner'`,
  );
  return new Map(rows.map(({ viewer, person }) => [viewer, person]));
}
