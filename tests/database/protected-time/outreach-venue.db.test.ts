import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import {
  cellAt,
  cellToDecimal,
  childCells,
  disk,
  type H3Cell,
  type Position,
  parentCell,
  sortCells,
} from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import type { Venue } from "#core/protected-time/ground.ts";
import {
  cellsBeside,
  type LatticePlace,
  snapToLattice,
  wholeParents,
} from "#core/protected-time/lattice.ts";
import { savedPlace } from "#core/protected-time/wire/outreach.ts";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { checkPlanCommand } from "#server/patrols/commands/check-plan.ts";
import { importCalendarCommand } from "#server/protected-time/commands/import-calendar.ts";
import { createPartner } from "#server/protected-time/partners.ts";
import { openTestApp } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";
import { huntBelow } from "#tests/support/hunt/venue-hunt.ts";
import { circleAt, corner, partnerWithPlace } from "#tests/support/outreach.ts";
import { isWhole } from "#tests/support/runs.ts";

/** Digits that stand nowhere else. */
const at: Position = [-0.0631274917, 51.6179318253];
const venue: Venue = { kind: "circle", at, radiusM: 150 };
const digits = ["51.617", "51617931", "0.06312", "063127491"];

onEachEngine("the venue of a saved place", ({ db }) => {
  test("is in no row of any table after saving over HTTP and from a calendar", async () => {
    const { said } = await saveEverywhere(db());
    const tables = await db().transaction(ownerActor, allTablesAsText);
    expect(tables.size).toBeGreaterThan(10);
    expect(tables.get("saved_place")).toContain("Quiet corner");
    for (const [table, text] of tables) {
      for (const part of digits) expect(text.includes(part), `${part} in ${table}`).toBe(false);
    }
    for (const part of digits) expect(said.includes(part), part).toBe(false);
  });
});

test.runIf(isWhole)(
  "the venue of a saved place is in no file of the data folder, as text or as a number",
  async () => {
    const folder = mkdtempSync(join(tmpdir(), "boxster-venue-"));
    let from = 0;
    try {
      await startOnce(folder);
      const db = await openEmbedded({ folder: join(folder, "database"), snapshot: null });
      try {
        // Files that are older hold nothing of it.
        from = Date.now() - 1_000;
        await saveEverywhere(db);
        await db.transaction(ownerActor, (tx) => tx.query("select count(*) from occupancy"));
      } finally {
        await db.close();
      }
      const words = ["51.61793", "51617931", "0.0631274", "063127491"];
      const quarry = { venues: [at], words };
      expect(huntBelow([folder], quarry, from)).toEqual([]);
      // The hunt sees what was stored: the label is there.
      expect(huntBelow([folder], { venues: [], words: ["Quiet corner"] }, from)).not.toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

interface StoredRow {
  readonly kind: string;
  readonly lattice: readonly H3Cell[] | null;
  readonly classM: number | null;
  readonly footprint: readonly H3Cell[];
}

/** With what is closed around it. */
const stored = (place: LatticePlace): StoredRow => ({ ...place, footprint: footprintOf(place) });
const circle = stored(circleAt(corner));
const wider = stored(circleAt(corner, 150, true));
const route = stored({
  kind: "corridor",
  lattice: wholeParents(disk(cellAt(corner, 9), 1)),
  classM: 100,
});

onEachEngine("what is stored of a place", ({ rolledBack }) => {
  const insert = (tx: Transaction, partnerId: string, row: StoredRow) =>
    tx.query(
      `insert into saved_place (partner_id, label, kind, lattice, class_m, footprint, saved_at)
       values ($1::bigint, 'Van', $2::text, $3::bigint[], $4::int, $5::bigint[], now())`,
      [
        partnerId,
        row.kind,
        row.lattice?.map(cellToDecimal) ?? null,
        row.classM,
        row.footprint.map(cellToDecimal),
      ],
    );
  const withPartner = (work: (tx: Transaction, partnerId: string) => Promise<unknown>) =>
    rolledBack(async (tx) => {
      const { id } = await createPartner(tx, { name: "North Van", now: Date.now() });
      await work(tx, id);
    });
  /** Without the last cell under the last of its lattice cells. */
  const open = (row: StoredRow): StoredRow => {
    const cell = row.lattice?.at(-1) as H3Cell;
    const last = row.footprint.findLast((one) => parentCell(one, 9) === cell);
    return { ...row, footprint: row.footprint.filter((one) => one !== last) };
  };

  test.each([
    ["a place", circle],
    ["a wider place", wider],
    ["a route", route],
  ])("%s is taken with its lattice cells, its class and all cells under them", (_what, row) =>
    withPartner((tx, id) => insert(tx, id, row)),
  );

  const other = (row: StoredRow, more: Partial<StoredRow>): StoredRow => ({ ...row, ...more });
  const whole = disk(cellAt(corner, 10), 12);
  test.each<[string, StoredRow, string]>([
    ["without lattice", other(circle, { lattice: null, classM: null }), "lattice_given"],
    [
      "with a cell twice",
      other(route, { lattice: [...(route.lattice ?? []), cellAt(corner, 9)] }),
      "lattice_form",
    ],
    [
      "with cells out of order",
      other(route, { lattice: [...(route.lattice ?? [])].reverse() }),
      "lattice_form",
    ],
    ["with a class alone", other(circle, { lattice: null }), "lattice_given"],
    ["without class", other(circle, { classM: null }), "lattice_whole"],
    ["of a class that is none", other(circle, { classM: 125 }), "class_known"],
    ["as an area of 150 m", other(route, { kind: "area", classM: 150 }), "class_known"],
    ["in no cell", other(circle, { lattice: [] }), "lattice_form"],
    ["in two cells for a circle", other(route, { kind: "circle" }), "lattice_form"],
    [
      "as the outline of the larger cell",
      other(wider, { lattice: [parentCell(cellAt(corner, 9), 8)] }),
      "lattice_inside",
    ],
    [
      "in six of the seven",
      other(wider, { lattice: wider.lattice?.slice(1) ?? [] }),
      "lattice_form",
    ],
    [
      "as an area with two cells of a parent",
      other(route, { kind: "area", lattice: cellsBeside(cellAt(corner, 9)).slice(0, 2) }),
      "lattice_form",
    ],
    [
      "in a cell at resolution 10",
      other(circle, { lattice: [cellAt(corner, 10)], footprint: whole }),
      "lattice_inside",
    ],
    [
      "with another place's footprint",
      other(circle, { footprint: wider.footprint.slice(0, 9) }),
      "lattice_inside",
    ],
  ])("nothing is taken %s", (_what, row, constraint) =>
    withPartner((tx, id) =>
      expect(insert(tx, id, row)).rejects.toMatchObject({
        constraint: `saved_place_${constraint}`,
      }),
    ),
  );

  test("no place is stored whose footprint leaves out a cell under its lattice", async () => {
    for (const row of [circle, wider, route]) {
      await withPartner(async (tx, id) => {
        await refusedBy("saved_place_lattice_inside", insert(tx, id, open(row)));
      });
    }
  });

  test.each([
    ["lattice", "lattice = lattice || lattice"],
    ["class", "class_m = 200"],
    ["footprint", "footprint = footprint[2:]"],
    ["kind", "kind = 'area', class_m = 100"],
    ["lattice and class, taken away", "lattice = null, class_m = null"],
  ])("a saved place keeps its %s, whoever updates it", (_what, change) =>
    rolledBack(async (tx) => {
      const { place } = await partnerWithPlace(tx, { name: "North Van", now: Date.now() });
      await tx.query("update saved_place set label = 'Elm' where id = $1::bigint", [place.id]);
      const moved = tx.query(`update saved_place set ${change} where id = $1::bigint`, [place.id]);
      await refusedBy("saved_place_footprint_fixed", moved);
    }),
  );

  test("a backup brings back what was saved before there was a lattice, and no other faults", () =>
    withPartner((tx, id) =>
      tx.through("copier", async (door) => {
        await insert(door, id, other(circle, { lattice: null, classM: null }));
        const fine = other(circle, { lattice: [cellAt(corner, 10)] });
        await refusedBy("saved_place_lattice_form", insert(door, id, fine));
      }),
    ));

  test("what was brought back without a lattice is given none later", () =>
    withPartner(async (tx, id) => {
      await tx.through("copier", (door) =>
        insert(door, id, other(circle, { lattice: null, classM: null })),
      );
      const given = tx.query(
        "update saved_place set lattice = $1::bigint[], class_m = 150 where lattice is null",
        [circle.lattice?.map(cellToDecimal) ?? null],
      );
      await refusedBy("saved_place_footprint_fixed", given);
    }));

  test("the database finds the cells under one of the lattice as the code does", () =>
    rolledBack(async (tx) => {
      for (const cell of disk(cellAt(corner, 9), 3)) {
        const [row] = await tx.query<{ under: string[]; beside: string[] }>(
          `select
             array(select to_hex(one) from cells_under($1::bigint) as one order by 1) as "under",
             array(select to_hex(one) from cells_whole(parent_cell($1::bigint)) as one order by 1)
               as "beside"`,
          [cellToDecimal(cell)],
        );
        expect(row).toEqual({
          under: sortCells(childCells(cell, 10)),
          beside: cellsBeside(cell),
        });
      }
    }));
});

/** Saves the venue the two ways there are, with some refusals between; what was said and logged. */
async function saveEverywhere(db: Database): Promise<{ said: string }> {
  const said: string[] = [];
  const app = await openTestApp(db, { log: (line) => said.push(line) });
  const folder = mkdtempSync(join(tmpdir(), "boxster-calendar-"));
  try {
    await db.transaction(ownerActor, (tx) =>
      createPartner(tx, { code: "a", name: "Partner A", now: app.services.asAt.now() }),
    );
    const partner = await app.as("partner", "a");
    const place = { label: "Quiet corner", ...snapToLattice(venue) };
    const reply = await partner.send("POST", "/api/outreach/places", place);
    const { id } = savedPlace.parse(reply.json());
    const rule = { repeats: "weekly", firstDate: "2021-11-30", start: "20:00", end: "22:00" };
    const saved = await partner.send("POST", "/api/outreach/sessions", { placeId: id, rule });
    expect(saved.statusCode).toBe(200);
    // A client that would send the venue is refused, and the refusal does not repeat it.
    for (const body of [
      { ...place, at: venue.at },
      { ...place, label: venue.at.join() },
      { ...place, lattice: [], at: venue.at },
    ]) {
      const refused = await partner.send("POST", "/api/outreach/places", body);
      expect([400, 422]).toContain(refused.statusCode);
      said.push(refused.body);
    }
    said.push(reply.body, saved.body);
    for (const lines of [[], ["RRULE:FREQ=SECONDLY"]]) {
      const file = join(folder, "calendar.ics");
      writeFileSync(file, calendar(lines));
      const values = { partner: "Calendar Partner" };
      const command = { positionals: [file], values };
      const result = await runCommand(app.services, importCalendarCommand, command);
      said.push(JSON.stringify(result));
    }
    const plan = join(folder, "plan.json");
    writeFileSync(plan, JSON.stringify({ windows: [] }));
    const checked = await runCommand(app.services, checkPlanCommand, { positionals: [plan] });
    said.push(JSON.stringify(checked));
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await app.close();
  }
  return { said: said.join("\n") };
}

function calendar(lines: readonly string[]): string {
  const [lng, lat] = venue.at;
  return [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "BEGIN:VEVENT",
    "UID:venue-test",
    `GEO:${lat};${lng}`,
    `LOCATION:${lat}\\, ${lng}`,
    "SUMMARY:Quiet corner",
    "DTSTART;TZID=Europe/London:20211201T200000",
    "DTEND;TZID=Europe/London:20211201T220000",
    ...lines,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
}

async function allTablesAsText(tx: Transaction): Promise<Map<string, string>> {
  const tables = await tx.query<{ name: string }>(
    `select c.relname as "name"
     from pg_class c
     where c.relkind in ('r', 'p') and c.relnamespace = 'public'::regnamespace
       and c.relname <> 'spatial_ref_sys'`,
  );
  const texts = new Map<string, string>();
  for (const { name } of tables) {
    const rows = await tx.query<{ text: string }>(`select t::text as "text" from ${name} t`);
    texts.set(name, rows.map((row) => row.text).join("\n"));
  }
  return texts;
}
