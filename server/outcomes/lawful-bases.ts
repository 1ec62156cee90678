import {
  type LawfulBasesReply,
  type LawfulBasisBody,
  lawfulBasis,
} from "#core/outcomes/wire/tallies.ts";
import type { Act } from "#server/acts/services.ts";
import type { Transaction } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";

/** Newest first, ended ones too. */
async function loadBases(tx: Transaction): Promise<LawfulBasesReply> {
  const columns = columnsOf(lawfulBasis);
  const bases = await tx.rows(
    lawfulBasis,
    sql`select ${columns} from lawful_basis order by id desc`,
  );
  return { bases };
}

export const readBases = (act: Act) => act.db.transaction(act.actor, loadBases);

export function recordBasis(act: Act, body: LawfulBasisBody): Promise<LawfulBasesReply> {
  return act.db.transaction(act.actor, async (tx) => {
    act.addDetail({ breakdown: body.breakdown, inForce: body.inForce });
    const recorded = { recordedAt: new Date(act.asAt.now()), recordedBy: act.actor.person };
    await tx.run(insertInto("lawful_basis", { ...body, ...recorded }));
    return loadBases(tx);
  });
}

export async function basesInForce(tx: Transaction) {
  const rows = await tx.rows(
    lawfulBasis.pick({ breakdown: true }),
    sql`select breakdown
      from (
        select distinct on (breakdown) breakdown, in_force
        from lawful_basis order by breakdown, id desc
      ) as latest
      where in_force order by breakdown`,
  );
  return rows.map(({ breakdown }) => breakdown);
}
