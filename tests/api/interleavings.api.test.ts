import { afterAll, beforeAll, expect, test } from "vitest";
import { ownerActor } from "#server/db/database.ts";
import { createPartner } from "#server/outreach/partners.ts";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { type Interleaving, openInterleaving, type Round } from "#tests/support/interleavings.ts";
import { fillReports } from "#tests/support/plan-database.ts";

const limits = { persons: 1e9, probes: 1e9, refusals: 1e9 };

onEachEngine(
  "a partner and a sergeant act at one moment, through the interface",
  ({ db, engine }) => {
    // Only a server lets two transactions run side by side: embedded they queue, and a few show that.
    const rounds = engine === "postgres" ? 1_000 : 20;
    let app: TestApp;
    let both: Interleaving;
    beforeAll(async () => {
      app = await openTestApp(db(), { limits });
      await fillReports(db(), 2_000);
      const now = app.services.asAt.now();
      await db().transaction(ownerActor, async (tx) => {
        await createPartner(tx, { code: "a", name: "North Van", now });
        await createPartner(tx, { code: "b", name: "Harbour", now });
      });
      both = await openInterleaving(db(), app);
    });
    afterAll(() => app.close());

    test("never a patrol inside, never a lost session, never an error shown to the partner", async () => {
      const seen: Round[] = [];
      for (let seed = 1; seed <= rounds; seed += 1) {
        const round = await both.round(seed);
        if (round.faults.length > 0) throw new Error(`Seed ${seed}: ${JSON.stringify(round)}`);
        seen.push(round);
        if (seed % 50 === 0 || seed === rounds) expect(await both.checked()).toEqual([]);
      }
      const agrees = seen.filter(({ sergeant }) => sergeant.startsWith("agree"));
      // Both orders came up: agreed first and withdrawn, saved first and refused.
      const withdrawn = agrees.filter(
        ({ status, window }) => status === 200 && window === "unavailable",
      );
      const refused = agrees.filter(({ status }) => status === 409);
      expect(withdrawn.length).toBeGreaterThan(rounds / 50);
      expect(refused.length).toBeGreaterThan(rounds / 50);
      expect(seen.filter(({ partner }) => partner === "move").length).toBeGreaterThan(rounds / 10);
      // Every answer is one in words; none is a fault of ours.
      expect(seen.filter(({ status }) => status >= 500)).toEqual([]);
    }, 1_800_000);
  },
);
