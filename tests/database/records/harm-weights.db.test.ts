import { afterAll, beforeAll, expect, test } from "vitest";
import type { HarmTableBody } from "#core/records/wire/save-harm-weights.ts";
import type { Role } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { DatabaseError } from "#server/db/database.ts";
import { harmOfVersion, readHarmTables, saveHarmTable } from "#server/records/harm-weights.ts";
import { testServices } from "#tests/support/app.ts";
import { onEachEngine, refusedBy } from "#tests/support/database.ts";

const made: HarmTableBody = {
  name: "Weights of a test",
  source: "Made for a test, 2024, found nowhere else",
  weights: [
    { name: "complaint", weight: 2.5 },
    { name: "traffic", weight: 7 },
  ],
};

onEachEngine("harm weights", ({ db, rolledBack }) => {
  let services: ActServices;
  beforeAll(async () => {
    services = await testServices(db());
  });
  afterAll(async () => {
    await services.solver.close();
  });

  const actor = (role: Role) => ({ person: `some ${role}`, role, partner: null });
  const save = (role: Role, body = made) =>
    saveHarmTable({ ...services, actor: actor(role) }, body);

  test("there are none until somebody saves some: nothing is built in", async () => {
    expect(await db().transaction(actor("sergeant"), readHarmTables)).toEqual([]);
  });

  test("each saving is a version, the newest is in use, and an older one stays what it was", async () => {
    const first = await save("analyst");
    const second = await save("analyst", { ...made, weights: [{ name: "asb", weight: 1 }] });
    expect(second).toBe(first + 1);
    const read = await db().transaction(actor("sergeant"), readHarmTables);
    expect(read.map(({ version }) => version)).toEqual([second, first]);
    expect(read[1]).toMatchObject({ ...made, savedBy: "some analyst" });
    const given = await db().transaction(actor("sergeant"), (tx) => harmOfVersion(tx, first));
    expect(given).toEqual({
      weights: made.weights,
      table: { version: first, name: made.name, source: made.source },
    });
    await expect(
      db().transaction(actor("sergeant"), (tx) => harmOfVersion(tx, 99)),
    ).rejects.toThrow("There is no version 99 of the harm weights.");
  });

  test("two who save at once have a version each", async () => {
    const versions = await Promise.all([save("analyst"), save("analyst"), save("analyst")]);
    expect(new Set(versions).size).toBe(3);
  });

  test("a sergeant reads and does not write; nobody else does either, and nobody changes a version", async () => {
    await save("analyst");
    await expect(save("sergeant")).rejects.toThrow(DatabaseError);
    for (const role of ["partner", "presenter", "liaison", "coordinator", "admin"] as const) {
      const reading = db().transaction(actor(role), readHarmTables);
      await expect(reading, role).rejects.toThrow(DatabaseError);
    }
    const changing = db().transaction(actor("analyst"), (tx) =>
      tx.query("update harm_weights set source = 'Another, 2024, elsewhere'"),
    );
    await expect(changing).rejects.toThrow(DatabaseError);
  });

  test.each([
    ["{}", "Publication, 2024, somewhere", "weights_known"],
    ['{"theft":1}', "Publication, 2024, somewhere", "weights_known"],
    ['{"asb":0}', "Publication, 2024, somewhere", "weights_positive"],
    ['{"asb":"2"}', "Publication, 2024, somewhere", "weights_positive"],
    ['{"asb":[2]}', "Publication, 2024, somewhere", "weights_positive"],
    ['{"asb":2}', "No year", "source_form"],
  ])("the database itself refuses %s of %s", async (weights, source, rule) => {
    await rolledBack(async (tx) => {
      const adding = tx.query(
        `insert into harm_weights (version, name, source, weights, saved_by)
         values (900, 'Any', $1::text, $2::text::jsonb, 'somebody')`,
        [source, weights],
      );
      await refusedBy(`harm_weights_${rule}`, adding);
    });
  });
});
