import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { describeSchema } from "#tests/support/schema.ts";

const file = fileURLToPath(new URL("../../../sql/schema.sql", import.meta.url));

onEachEngine("schema", ({ db }) => {
  test("a fresh migration equals sql/schema.sql", async () => {
    const text = await db().transaction(ownerActor, describeSchema);
    await expect(text).toMatchFileSnapshot(file);
  });
});
