import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { describeRights } from "#tests/support/schema.ts";

const file = fileURLToPath(new URL("../../golden/rights.txt", import.meta.url));

onEachEngine("rights", ({ db }) => {
  test("what a fresh migration gives is in tests/golden/rights.txt", async () => {
    const text = await db().transaction(ownerActor, describeRights);
    await expect(text).toMatchFileSnapshot(file);
  });
});
