import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { cellAt, cellToDecimal, disk, type H3Cell, parentCell, sortCells } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { cellsBeside } from "#core/protected-time/lattice.ts";
import type { Actor } from "#core/role.ts";
import {
  type Database,
  ownerActor,
  publicActor,
  systemActor,
  type Transaction,
} from "#server/db/database.ts";
import { migrate } from "#server/db/migrate.ts";
import { extendClosures } from "#server/protected-time/close-sessions.ts";
import { loadSavedPlaces } from "#server/protected-time/places.ts";
import { chainFaults } from "#server/releases/check.ts";
import { publicRelease } from "#server/releases/serve.ts";
import { loadReleases } from "#server/releases/store.ts";
import { migrateToBefore } from "#tests/support/before.ts";
import { engines, type OpenedDatabase, openTestDatabase } from "#tests/support/database.ts";
import { agreedWindow, at, london } from "#tests/support/outreach.ts";

const middle = cellAt([-0.0631, 51.6179], 10);
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
 * What becomes of rows of commit ed7c113a. By hand, as what writes rows today writes other columns, and as the copier,
 * who brings rows as they were.
 */
describe.each(engines)("rows from before a migration (%s)", (engine) => {
  let old: OpenedDatabase;
  beforeAll(async () => {
    old = await openTestDatabase(engine, async (db) => {
      await migrateToBefore(db);
      await db.transaction(ownerActor, (tx) => tx.through("copier", bringRows));
      await migrate(db);
    });
  });
  afterAll(() => old.drop());

  test("SAFEGUARDS 19: a partner's account that had a password keeps it, and one that had none gets none", async () => {
    const rows = await old.db.transaction(ownerActor, (tx) =>
      tx.query(
        `select name, partner_password as may from account where role = 'partner' order by name`,
      ),
    );
    expect(rows).toEqual([
      { name: "old.phone", may: false },
      { name: "old.worker", may: true },
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

  test("a place from before the lattice stays closed as it was", async () => {
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

async function bringRows(tx: Transaction): Promise<void> {
  await tx.script(`
    insert into batch (person, file_name, profile) values ('test', 'made-up', '');
    insert into partner (code, name, created_at)
      values ('van', 'North Van', now()), ('twin', U&'North\\200B Van', now());
    insert into account (name, role, created_at, shown_name)
      values ('old.puppet', 'coordinator', now(), U&'Old\\202E Puppet');
    insert into account (name, role, partner_id, created_at, password_hash)
      select login, 'partner', id, now(), hash
      from partner, (values ('old.worker', '$argon2id$'), ('old.phone', null)) as made (login, hash)
      where code = 'van'`);
  await tx.query(
    `insert into saved_place (partner_id, label, footprint, saved_at)
     select id, 'By the elm', $1::bigint[], now() from partner where code = 'van'`,
    [disk(middle, 4).map(cellToDecimal)],
  );
  for (const [label, { kind, lattice }] of oldPlaces) {
    await tx.query(
      `insert into saved_place (partner_id, label, kind, lattice, class_m, footprint, saved_at)
       select id, $1::text, $2::text, $3::bigint[], 100, $4::bigint[], now()
       from partner where code = 'van'`,
      [label, kind, lattice.map(cellToDecimal), oldFootprint(lattice).map(cellToDecimal)],
    );
  }
  await tx.script(`
    insert into outreach_session (
      partner_id, place_id, repeats, every_weeks, first_date, starts_local, ends_local, created_at, closed_until
    )
    select partner_id, id, 'weekly', 1, '2021-11-22', '20:00', '22:00', now(), '2022-05-20'
    from saved_place where lattice is not null`);
  await tx.query(
    `with draft as (
       insert into release_draft (content, area_set, after_number, drafted_on, drafted_at, drafted_by)
       values ($1::text, repeat('a', 64), 0, '2021-11-26', now() - interval '4 days', 'an analyst')
       returning id, content, area_set, drafted_by, decode(repeat('00', 32), 'hex') as previous
     )
     insert into release (
       number, draft_id, content, area_set, drafted_by, approved_on, approved_at, approved_by, previous, hash
     )
     select 1, id, content, area_set, drafted_by, '2021-11-30', now(), 'an auditor', previous,
       sha256(previous || convert_to(concat_ws(E'\\n', 1, '2021-11-30', area_set, content), 'UTF8'))
     from draft`,
    [JSON.stringify(olderContent)],
  );
}

const olderContent = {
  threshold: 10,
  base: 5,
  months: ["2021-09"],
  areas: [],
  values: [],
  notes: [],
  outlines: [],
  madeUp: true,
  asAt: "2021-11-26",
  done: [],
  commitments: [],
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
