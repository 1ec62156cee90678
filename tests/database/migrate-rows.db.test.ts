import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellAt, cellToDecimal } from "#core/geo/cell.ts";
import type { Actor } from "#core/model/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { migrate, readMigrations } from "#server/db/migrate.ts";
import { loadRevisions } from "#server/queries/operation-history.ts";
import { loadAllOperations } from "#server/queries/operations.ts";
import { engines, type OpenedDatabase, openTestDatabase } from "#tests/support/database.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const operator: Actor = { person: "an operator", role: "operator", partner: null };
const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };

/*
 * What migrations make of rows that were there before them: one old database, brought up to date with a stop at each. By
 * hand, as what writes rows today writes columns that were not there yet.
 */
describe.each(engines)("rows from before a migration (%s)", (engine) => {
  let old: OpenedDatabase;
  let batch = 0;
  beforeAll(async () => {
    old = await openTestDatabase(engine, async (db) => {
      await migrate(db, migrationsBefore("0016"));
      batch = await db.transaction(analyst, async (tx) => {
        const [made] = await tx.query<{ id: number }>(
          `insert into batch (person, file_name, profile) values ('test', 'made-up', '') returning id::int as "id"`,
        );
        await tx.query(
          `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at)
           select $1::int, $2::bigint, 'complaint', 'resident', 'asb', at, at + length
           from (values
             (timestamptz '2021-06-01 00:00Z', interval '44640 minutes'),
             (timestamptz '2021-06-01 00:05Z', interval '0')
           ) as made (at, length)`,
          [made?.id ?? 0, cellToDecimal(middle)],
        );
        return made?.id ?? 0;
      });
      await migrate(db, migrationsBefore("0029"));
      await db.transaction(operator, (tx) =>
        tx.query(
          `with made as (
             insert into operation (name, starts_on)
             values ('Old', '2021-08-01')
             returning operation_id
           )
           insert into operation_cell (operation_id, cell)
           select operation_id, $1::bigint from made`,
          [cellToDecimal(middle)],
        ),
      );
      await migrate(db);
    });
  });
  afterAll(() => old.drop());

  test("the longest span of a batch is reckoned for events that were there before it", async () => {
    const rows = await old.db.transaction(ownerActor, (tx) =>
      tx.query<{ minutes: number }>(
        `select longest_minutes as "minutes" from batch where id = $1::int`,
        [batch],
      ),
    );
    expect(rows).toEqual([{ minutes: 44_640 }]);
  });

  test("an operation has its first revision, by whom it was made, so that a report of it can name one", async () => {
    const rows = await old.db.transaction(analyst, async (tx) => {
      const found = (await loadAllOperations(tx)).find(({ name }) => name === "Old");
      return loadRevisions(tx, found?.id ?? 0);
    });
    expect(rows).toMatchObject([
      { revision: 1, act: "added", by: "an operator", treated: { cells: [middle] } },
    ]);
  });
});

function migrationsBefore(number: string) {
  return readMigrations().filter(({ name }) => name < number);
}
