import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellAt, cellToDecimal, disk, type H3Cell, parentCell, sortCells } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { cellsBeside } from "#core/protected-time/lattice.ts";
import type { Actor } from "#core/role.ts";
import { type Database, ownerActor, publicActor, systemActor } from "#server/db/database.ts";
import { migrate, readMigrations } from "#server/db/migrate.ts";
import { loadAllOperations, loadRevisions } from "#server/displacement/operations/store.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { loadSavedPlaces } from "#server/protected-time/places.ts";
import { chainFaults } from "#server/releases/check.ts";
import { publicRelease } from "#server/releases/serve.ts";
import { loadReleases } from "#server/releases/store.ts";
import { engines, type OpenedDatabase, openTestDatabase } from "#tests/support/database.ts";
import { agreedWindow, at, london } from "#tests/support/outreach.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
const operator: Actor = { person: "an operator", role: "operator", partner: null };
const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };

const usualCells = cellsBeside(cellAt([-0.0631, 51.6179], 9));
/** Of another parent. */
const far = cellAt([-0.0831, 51.6279], 9);
const oldPlaces = new Map<string, { kind: string; lattice: H3Cell[] }>([
  ["usual", { kind: "circle", lattice: usualCells.slice(0, 1) }],
  ["wider", { kind: "circle", lattice: [parentCell(usualCells[0] as H3Cell, 8)] }],
  [
    "two of a parent and one",
    { kind: "area", lattice: sortCells([...usualCells.slice(2, 4), far]) },
  ],
]);
const oldFootprint = (lattice: readonly H3Cell[]) => footprintOf({ lattice, classM: 100 });

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
      await db.transaction(ownerActor, async (tx) => {
        for (const [label, { kind, lattice }] of oldPlaces) {
          await tx.query(
            `insert into saved_place (partner_id, label, kind, lattice, class_m, footprint, saved_at)
             select id, $1::text, $2::text, $3::bigint[], 100, $4::bigint[], now() from partner`,
            [label, kind, lattice.map(cellToDecimal), oldFootprint(lattice).map(cellToDecimal)],
          );
        }
        await tx.query(
          `insert into outreach_session (
             partner_id, place_id, repeats, every_weeks, first_date, starts_local, ends_local, created_at, closed_until
           )
           select partner_id, id, 'weekly', 1, '2021-11-22', '20:00', '22:00', now(), '2022-05-20'
           from saved_place where lattice is not null`,
        );
      });
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
      await migrate(db, migrationsBefore("0061"));
      await release(db, olderContent);
      await migrate(db, migrationsBefore("0066"));
      await db.transaction(ownerActor, (tx) =>
        tx.script(`
          insert into partner (code, name, created_at) values ('twin', U&'North\\200B Van', now());
          update account set shown_name = U&'Old\\202E Puppet' where name = 'old.puppet'`),
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

  test("a name with signs that nobody sees is without them, with its number, so that it is no other's", async () => {
    const named = await old.db.transaction(ownerActor, (tx) =>
      tx.query<{ name: string; key: string }>(
        `select name, id::text as key from partner where code = 'twin'
         union all select shown_name, id::text from account where shown_name is not null`,
      ),
    );
    const [twin, puppet] = named;
    expect(named.map(({ name }) => name)).toEqual([
      `North Van (${twin?.key})`,
      `Old Puppet (${puppet?.key})`,
    ]);
  });

  test("a place from before the lattice stays closed as it was, and how far it reached is not kept", async () => {
    const places = await old.db.transaction(ownerActor, (tx) =>
      tx.query<{ row: Record<string, unknown> }>(
        `select to_jsonb(saved_place) as "row" from saved_place where lattice is null`,
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
      tx.query<{ id: string }>(`select id::text as "id" from partner where code = 'van'`),
    );
    const saved = await old.db.transaction(ownerActor, (tx) =>
      loadSavedPlaces(tx, partner?.id ?? ""),
    );
    expect(saved[0]).toMatchObject({ lattice: [], classM: null, label: "By the elm" });
    expect(saved[0]?.cells).toEqual(sortCells(disk(middle, 4)));
  });

  test("a place from before classes nested becomes what its stored cells alone say, and its sessions close that", async () => {
    const moment = { zone: london, now: at("2021-11-26T12:00") };
    const { places, patrolled } = await old.db.transaction(ownerActor, async (tx) => {
      const [partner] = await tx.query<{ id: string }>(`select id::text as "id" from partner`);
      const saved = (await loadSavedPlaces(tx, partner?.id ?? "")).filter(
        ({ lattice }) => lattice.length > 0,
      );
      const wide = saved.find(({ label }) => label === "wider");
      const before = new Set(oldFootprint(oldPlaces.get("wider")?.lattice ?? []));
      const cells = (wide?.cells ?? []).filter((cell) => !before.has(cell));
      // Was free to patrol, and is no longer.
      const { windowId } = await agreedWindow(tx, {
        from: at("2021-11-29T20:30"),
        to: at("2021-11-29T21:00"),
        cells: cells.slice(0, 1),
      });
      return { places: saved, patrolled: windowId };
    });
    expect(places.map(({ label, lattice }) => [label, lattice])).toEqual([
      ["usual", usualCells.slice(0, 1)],
      ["wider", cellsBeside(usualCells[0] as H3Cell)],
      ["two of a parent and one", sortCells([...cellsBeside(usualCells[0] as H3Cell), far])],
    ]);
    for (const { lattice, cells } of places) {
      expect(cells).toEqual(footprintOf({ lattice, classM: 100 }));
    }
    const changed = await old.db.transaction(systemActor, (tx) => extendClosures(tx, moment), {
      retries: 1,
    });
    expect(changed).toBe(3);
    const rows = await old.db.transaction(ownerActor, (tx) =>
      tx.query<{ cells: string; status: string }>(
        `select string_agg(distinct to_hex(cell), ' ' order by to_hex(cell)) as cells,
           (select status from patrol_window where id = $1::bigint) as status
         from occupancy
         where kind = 'protected' and during @> timestamptz '2021-11-29 20:45Z'`,
        [patrolled],
      ),
    );
    const closed = sortCells(new Set(places.flatMap(({ cells }) => cells)));
    expect(rows).toEqual([{ cells: closed.join(" "), status: "unavailable" }]);
  });

  test("what it became is kept as every place is", () =>
    expect(
      old.db.transaction(ownerActor, (tx) =>
        tx.query("update saved_place set footprint = footprint[2:] where label = 'wider'"),
      ),
    ).rejects.toMatchObject({ constraint: "saved_place_footprint_fixed" }));

  test("SAFEGUARDS 22: a release from before its forms were frozen has them frozen beside it, and the next one's hash covers that", async () => {
    const { release: first } = await publicRelease(old.db, 1);
    expect(first.movedNotes).toMatchObject([{ operation: "Autumn" }]);
    expect(first.movedNotes[0]?.text).toContain("the problem may have moved");
    expect(first.sources).toHaveLength(3);
    expect(first.mark).toBe("MADE-UP AND IMPORTED DATA");
    for (const part of ["movedNotes", "sources", "mark"]) {
      const { [part as "mark"]: _, ...lacking } = newContent;
      await expect(release(old.db, lacking), part).rejects.toMatchObject({
        constraint: "release_draft_whole",
      });
    }
    await release(old.db, newContent);
    const stored = () => old.db.transaction(publicActor, loadReleases);
    expect(chainFaults(await stored())).toEqual([]);
    expect((await publicRelease(old.db, 2)).release.sources).toEqual(["Own"]);
    await expect(
      old.db.transaction(ownerActor, (tx) => tx.script("update release set beside = null")),
    ).rejects.toMatchObject({ code: "42501" });
    await old.db.transaction(ownerActor, (tx) =>
      tx.script(
        `alter table release disable trigger release_frozen; alter table release no force row level security;
         update release set beside = replace(beside, 'Contains', 'Holds') where number = 1;
         alter table release enable trigger release_frozen; alter table release force row level security;`,
      ),
    );
    expect(chainFaults(await stored())).toEqual(["Release 2 has been changed since approval."]);
    await expect(publicRelease(old.db, 2)).rejects.toMatchObject({ status: 503 });
  });
});

const olderContent = {
  ...{
    threshold: 10,
    base: 5,
    months: ["2021-09"],
    areas: [],
    values: [],
    notes: [],
    outlines: [],
  },
  ...{ madeUp: true, asAt: "2021-11-26", done: [], commitments: [] },
  answers: [
    {
      operation: "Autumn",
      helped: { text: "Reports in the streets of the operation fell.", basis: "Counted." },
      moved: [
        {
          text: "Reports fell in the streets of the operation but rose near the boundary with Barnet: the problem may have moved.",
          basis: "Counted.",
        },
      ],
    },
  ],
};
const newContent = { ...olderContent, movedNotes: [], sources: ["Own"], mark: null };

/** Drafted four days ago by one person, and approved by another. */
async function release(db: Database, content: object): Promise<void> {
  const drafted = await db.transaction(analyst, (tx) =>
    tx.query<{ id: number }>(
      `insert into release_draft (content, area_set, after_number, drafted_on, drafted_at, drafted_by)
       select $1::text, repeat('a', 64), count(*), '2021-11-26', now() - interval '4 days', 'an analyst' from release
       returning id`,
      [JSON.stringify(content)],
    ),
  );
  await db.transaction({ person: "an auditor", role: "auditor", partner: null }, (tx) =>
    tx.query(
      `insert into release (draft_id, approved_on, approved_at, approved_by)
       values ($1::integer, '2021-11-30', now(), 'an auditor')`,
      [drafted[0]?.id ?? 0],
    ),
  );
}

function migrationsBefore(number: string) {
  return readMigrations().filter(({ name }) => name < number);
}
