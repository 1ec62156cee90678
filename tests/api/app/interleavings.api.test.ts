import { afterAll, beforeAll, expect, test } from "vitest";
import { openTestApp, type TestApp } from "#tests/support/app.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { outcomesOf, playRounds } from "#tests/support/interleavings.ts";
import { isWhole, runsOf } from "#tests/support/runs.ts";

const limits = { persons: 1e9, probes: 1e9, refusals: 1e9 };

onEachEngine(
  "a partner and a sergeant act at one moment, through the interface",
  ({ db, engine }) => {
    // Only a server lets two transactions run side by side: embedded they queue, which a few in the whole run show.
    const isServer = engine === "postgres";
    const rounds = isServer ? runsOf(1_000, 30) : 20;
    const days = isServer ? runsOf(7, 2) : 2;
    let app: TestApp;
    beforeAll(async () => {
      app = await openTestApp(db(), { limits });
    });
    afterAll(() => app.close());

    test.runIf(isServer || isWhole)(
      "never a patrol inside, never a lost session, never an error shown to the partner",
      async () => {
        const { withdrawn, refused, moves, faults } = outcomesOf(
          await playRounds(db(), app, { rounds, days }),
        );
        // Both orders came up: agreed first and withdrawn, saved first and refused.
        expect(withdrawn).toBeGreaterThan(rounds / 50);
        expect(refused).toBeGreaterThan(rounds / 50);
        expect(moves).toBeGreaterThan(rounds / 10);
        expect(faults).toBe(0);
      },
      3_600_000,
    );
  },
);
