import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { HarmTableBody } from "#core/records/wire/save-harm-weights.ts";
import type { Role } from "#core/role.ts";
import type { ActServices } from "#server/acts/services.ts";
import { DatabaseError } from "#server/db/database.ts";
import { harmWeightsCommand } from "#server/records/commands/harm-weights.ts";
import { harmGiven, readHarmTables, saveHarmTable } from "#server/records/harm-weights.ts";
import { asOwner } from "#tests/support/accounts.ts";
import { testServices } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { onEachEngine } from "#tests/support/database.ts";

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
  let folder = "";
  beforeAll(async () => {
    services = await testServices(db());
    folder = await mkdtemp(join(tmpdir(), "boxster-harm-"));
  });
  afterAll(async () => {
    await services.solver.close();
    await rm(folder, { recursive: true });
  });

  const actor = (role: Role) => ({ person: `some ${role}`, role, partner: null });
  const save = (role: Role, body = made) =>
    saveHarmTable({ ...services, actor: actor(role) }, body);
  const command = (...positionals: string[]) =>
    runCommand(services, harmWeightsCommand, { positionals });
  const file = async (name: string, text: string) => {
    const path = join(folder, name);
    await writeFile(path, text);
    return path;
  };

  test("there are none until somebody saves some: nothing is built in", async () => {
    expect((await command("list")).text).toEqual([
      "No harm weights saved. Import some with harm-weights import FILE.csv --source WORDS.",
    ]);
    expect((await command("show")).json).toBeNull();
  });

  test("each saving is a version, the newest is in use, and an older one stays what it was", async () => {
    const first = await save("analyst");
    const second = await save("analyst", { ...made, weights: [{ name: "asb", weight: 1 }] });
    expect(second).toBe(first + 1);
    const read = await db().transaction(actor("sergeant"), readHarmTables);
    expect(read.map(({ version }) => version)).toEqual([second, first]);
    expect(read[1]).toMatchObject({ ...made, savedBy: "some analyst" });
    const given = await db().transaction(actor("sergeant"), (tx) =>
      harmGiven(tx, { version: first }),
    );
    expect(given).toEqual({
      weights: made.weights,
      table: { version: first, name: made.name, source: made.source },
    });
    await expect(
      db().transaction(actor("sergeant"), (tx) => harmGiven(tx, { version: 99 })),
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
      await expect(adding).rejects.toMatchObject({ constraint: `harm_weights_${rule}` });
    });
  });

  test("a file is imported under its own name, listed and shown", async () => {
    const path = await file("Some index 2024.csv", "name,weight\r\ncomplaint,3\r\nasb,0.5\r\n");
    const { json, text } = await runCommand(services, harmWeightsCommand, {
      positionals: ["import", path],
      values: { source: "A publication, 2024, on a shelf" },
    });
    const { version } = json as { version: number };
    expect(text).toEqual([`Some index 2024, version ${version} saved, and in use.`]);
    expect((await command("list")).text[0]).toMatch(
      new RegExp(`^${version}  Some index 2024 \\(in use\\), \\d{4}-\\d\\d-\\d\\d, tester$`),
    );
    expect((await command("show")).text).toEqual([
      `Some index 2024, version ${version}`,
      "Source: A publication, 2024, on a shelf",
      expect.stringMatching(/^Saved .* by tester$/),
      "complaint  3",
      "asb  0.5",
    ]);
  });

  test("a file with a fault is refused whole, each line by what is wrong and what to do", async () => {
    const rows = async () => (await asOwner(db(), "select 1 from harm_weights")).length;
    const before = await rows();
    const bad = await file("bad.csv", "name,weight\ncomplaint,3\ntheft,2\nasb,-1\ncomplaint,4\n");
    const values = { source: "A publication, 2024, on a shelf" };
    const importing = (path: string, given: Record<string, string>) =>
      runCommand(services, harmWeightsCommand, { positionals: ["import", path], values: given });
    const failed = importing(bad, values);
    await expect(failed).rejects.toThrow('line 3: "theft" is not known. Use complaint, sighting');
    await expect(failed).rejects.toThrow(
      'line 4: "-1" is no weight for asb. Write a number above 0',
    );
    await expect(failed).rejects.toThrow("line 5: complaint is on line 2 too. Keep one.");
    const good = await file("good.csv", "name,weight\ncomplaint,3\n");
    await expect(importing(good, {})).rejects.toThrow("--source is missing.");
    await expect(importing(good, { source: "Somewhere we read it" })).rejects.toThrow(
      "Give the publication, its year and where to find it.",
    );
    const headless = await file("headless.csv", "complaint,3\n");
    await expect(importing(headless, values)).rejects.toThrow("The first line must be name,weight");
    await expect(importing(join(folder, "none.csv"), values)).rejects.toThrow("cannot be read");
    expect(await rows()).toBe(before);
  });
});
