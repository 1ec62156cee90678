import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellAt, cellToDecimal, disk, sortCells } from "#core/geo/cell.ts";
import type { Actor } from "#core/role.ts";
import { ownerActor } from "#server/db/database.ts";
import { migrate, readMigrations } from "#server/db/migrate.ts";
import { loadRevisions } from "#server/displacement/queries/operation-history.ts";
import { loadAllOperations } from "#server/displacement/queries/operations.ts";
import { loadSavedPlaces } from "#server/protected-time/queries/places-saved.ts";
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
      await migrate(db, migrationsBefore("0040"));
      await db.transaction(ownerActor, (tx) =>
        tx.query(
          `with made as (
             insert into partner (code, name, created_at) values ('van', 'North Van', now())
             returning id
           )
           insert into saved_place (partner_id, label, radius_m, footprint, saved_at)
           select id, 'By the elm', 150, $1::bigint[], now() from made`,
          [disk(middle, 4).map(cellToDecimal)],
        ),
      );
      await migrate(db, migrationsBefore("0045"));
      await db.transaction(ownerActor, (tx) =>
        tx.script(`
          insert into account (name, role, partner_id, created_at)
            select 'old.worker', 'partner', id, now() from partner where code = 'van';
          insert into account (name, role, created_at) values ('old.puppet', 'coordinator', now());
          insert into audit (person, role, verb, act, purpose, outcome, detail) values
            ('old.admin', 'admin', 'alteration', 'add an account', 'administration', 'done',
              '{"account": "old.puppet", "role": "coordinator"}'),
            ('old.admin', 'admin', 'alteration', 'add an account', 'administration', 'refused',
              '{"account": "old.worker"}'),
            ('somebody', 'operator', 'alteration', 'add an account', 'administration', 'done',
              '{"account": "old.worker"}')`),
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

  test("what an administrator opened before there was a second person is known, opens as it did, and is told to nobody again", async () => {
    const rows = await old.db.transaction(ownerActor, (tx) =>
      tx.query(
        `select account_name as account, act, asked_by as by, second,
           openings_seen_at >= asked_at as seen, account_is_shut(account.id, 'sign-in') as shut
         from account_opening join account on account.id = account_id`,
      ),
    );
    expect(rows).toEqual([
      {
        ...{ account: "old.puppet", act: "made", by: "old.admin", second: "not needed" },
        ...{ seen: true, shut: false },
      },
    ]);
  });

  test("a place from before the lattice stays closed as it was, and how far it reached is not kept", async () => {
    const places = await old.db.transaction(ownerActor, (tx) =>
      tx.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(saved_place) as "row" from saved_place`,
      ),
    );
    expect(places).toHaveLength(1);
    const [{ row } = { row: {} }] = places;
    expect(row).toMatchObject({
      kind: "circle",
      label: "By the elm",
      lattice: null,
      class_m: null,
    });
    expect(row["footprint"]).toHaveLength(disk(middle, 4).length);
    expect(Object.keys(row)).not.toContain("radius_m");
    const [partner] = await old.db.transaction(ownerActor, (tx) =>
      tx.query<{ id: string }>(`select id::text as "id" from partner`),
    );
    const saved = await old.db.transaction(ownerActor, (tx) =>
      loadSavedPlaces(tx, partner?.id ?? ""),
    );
    expect(saved).toMatchObject([{ lattice: [], classM: null, label: "By the elm" }]);
    expect(saved[0]?.cells).toEqual(sortCells(disk(middle, 4)));
  });
});

function migrationsBefore(number: string) {
  return readMigrations().filter(({ name }) => name < number);
}
