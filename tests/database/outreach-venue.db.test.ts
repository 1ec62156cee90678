import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawFootprint, type Venue } from "#core/blackouts/footprint.ts";
import { savedPlace } from "#core/wire/outreach.ts";
import { checkPlanCommand } from "#server/cli/check-plan.ts";
import { importCalendarCommand } from "#server/cli/import-calendar.ts";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { openEmbedded } from "#server/db/embedded.ts";
import { createPartner } from "#server/outreach/partners.ts";
import { secretRandom } from "#server/outreach/secret-random.ts";
import { openTestApp } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { startOnce } from "#tests/support/data-folder.ts";
import { onEachEngine } from "#tests/support/database.ts";

/** Digits that stand nowhere else. */
const venue: Venue = { at: [-0.0631274917, 51.6179318253], radiusM: 150 };
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

test("the venue of a saved place is in no file of the data folder, as text or as a number", async () => {
  const folder = mkdtempSync(join(tmpdir(), "boxster-venue-"));
  try {
    await startOnce(folder);
    const db = await openEmbedded({ folder: join(folder, "database"), snapshot: null });
    try {
      await saveEverywhere(db);
      await db.transaction(ownerActor, (tx) => tx.query("select count(*) from occupancy"));
    } finally {
      await db.close();
    }
    const found: string[] = [];
    let bytes = 0;
    let holdsLabel = false;
    for (const file of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      const content = readFileSync(join(file.parentPath, file.name));
      bytes += content.length;
      holdsLabel ||= content.includes("Quiet corner");
      for (const needle of needles()) if (content.includes(needle)) found.push(file.name);
    }
    expect(found).toEqual([]);
    // The scan sees what was stored: the label is there.
    expect(holdsLabel).toBe(true);
    expect(bytes).toBeGreaterThan(1_000_000);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
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
    const place = {
      label: "Quiet corner",
      radiusM: 150,
      cells: drawFootprint(venue, secretRandom),
    };
    const reply = await partner.send("POST", "/api/outreach/places", place);
    const { id } = savedPlace.parse(reply.json());
    const rule = { repeats: "weekly", firstDate: "2021-11-30", start: "20:00", end: "22:00" };
    const saved = await partner.send("POST", "/api/outreach/sessions", { placeId: id, rule });
    expect(saved.statusCode).toBe(200);
    // A client that would send the venue is refused, and the refusal does not repeat it.
    for (const body of [
      { ...place, at: venue.at },
      { ...place, label: venue.at.join() },
      { ...place, cells: [], at: venue.at },
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

/** The coordinates as digits, and as the numbers that a column would hold. */
function needles(): Buffer[] {
  const numbers = venue.at.flatMap((value) => {
    const little = Buffer.alloc(8);
    little.writeDoubleLE(value);
    const big = Buffer.alloc(8);
    big.writeDoubleBE(value);
    const radians = Buffer.alloc(8);
    radians.writeDoubleLE((value * Math.PI) / 180);
    return [little, big, radians];
  });
  return [
    ...["51.61793", "51617931", "0.0631274", "063127491"].map((part) => Buffer.from(part)),
    ...numbers,
  ];
}
