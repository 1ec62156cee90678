import { expect } from "vitest";
import { appendAudit } from "#server/accounts/audit/append.ts";
import { verifyChainIn } from "#server/accounts/audit/verify.ts";
import { operatorActor } from "#server/cli/command.ts";
import { type Database, ownerActor } from "#server/db/database.ts";

const operator = operatorActor("tester");

/** The constraint, the counters, the rights and the key all hold on what came back. */
export async function stillWorks(db: Database): Promise<void> {
  const clash = db.transaction(ownerActor, (tx) =>
    tx.query(
      `insert into occupancy (cell, during, kind, window_id)
       select cell, during, 'patrol', (select id from patrol_window limit 1)
       from occupancy where kind = 'protected' limit 1`,
    ),
  );
  await expect(clash).rejects.toMatchObject({ constraint: "occupancy_no_patrol_in_protected" });
  const sergeant = { person: "s", role: "sergeant", partner: null } as const;
  await expect(
    db.transaction(sergeant, (tx) => tx.query("select from saved_place")),
  ).rejects.toMatchObject({ code: "42501" });
  await db.transaction(operator, async (tx) => {
    await tx.query(
      `insert into batch (person, file_name, profile) values ('someone', 'next.csv', 'plain')`,
    );
    await appendAudit(tx, operator, {
      verb: "collection",
      act: "the next one",
      purpose: "records",
      outcome: "done",
      detail: {},
    });
  });
  expect(await chainOf(db)).toMatchObject({ ok: true });
}

export function chainOf(db: Database) {
  return db.transaction(ownerActor, (tx) => verifyChainIn(tx));
}
