import { expect, test } from "vitest";
import { createZone } from "#core/time/zone.ts";
import { createAsAt } from "#server/acts/services.ts";
import { type Database, ownerActor } from "#server/db/database.ts";
import { loadDemo } from "#server/upkeep/demo/load.ts";
import { openTestDatabase } from "#tests/support/database.ts";
import { shortRecipe, tinyZone, writeTinyPack } from "#tests/support/tiny-pack.ts";

const zone = createZone(tinyZone);

function load(db: Database, folder: string) {
  const config = { places: { folder } };
  const asAt = createAsAt(zone, () => Date.now());
  return loadDemo({ db, zone, asAt, config }, () => undefined);
}

async function counted(db: Database, what: string): Promise<unknown> {
  const rows = await db.transaction(ownerActor, (tx) =>
    tx.query<{ said: unknown }>(`select (${what}) as "said"`),
  );
  return rows[0]?.said;
}

test("a pack with a short recipe is loaded: events, partners, plans, agreements and patrols of that town", async () => {
  const { db, drop } = await openTestDatabase("embedded");
  try {
    const wrong = { ...shortRecipe, operation: { name: "" } };
    await expect(load(db, writeTinyPack(wrong))).rejects.toThrow(
      /demonstration\.json cannot be used: "operation\.name".*another-command\.md/,
    );
    await expect(load(db, writeTinyPack(null))).rejects.toThrow(
      /These places have no demonstration: .*demonstration\.json.*another-command\.md/,
    );
    expect(await counted(db, "select count(*)::int from event")).toBe(0);
    const demo = await load(db, writeTinyPack());
    expect(await counted(db, "select count(*)::int from event")).toBe(demo.events.length);
    expect(await counted(db, "select value -> 'neighbour' from setting where key = 'demo'")).toBe(
      "Downland",
    );
    expect(
      await counted(db, "select array_agg(neighbour order by neighbour) from neighbour_agreement"),
    ).toEqual(["Downland", "Upland"]);
    expect(await counted(db, "select treated_name from operation")).toBe(
      "Along Long Street, 130 m on either side",
    );
    expect(await counted(db, "select array_agg(name order by id) from place_plan")).toEqual([
      "Long Street by Second Lane",
      "Long Street by Third Lane",
    ]);
    expect(await counted(db, "select count(*)::int from patrol_window")).toBe(4);
    expect(await counted(db, "select count(distinct partner_id)::int from saved_place")).toBe(3);
    expect(await counted(db, "select count(*)::int from release")).toBe(1);
  } finally {
    await drop();
  }
});
