import { expect, test } from "vitest";
import { openTestApp } from "#tests/support/app.ts";
import { engines, openTestDatabase } from "#tests/support/database.ts";
import { outcomesOf, playRounds } from "#tests/support/interleavings.ts";

const limits = { persons: 1e9, probes: 1e9, refusals: 1e9 };
const rounds = 1_000;

test.runIf(engines.includes("postgres"))(
  "1,000 interleavings on a server: never a patrol inside, never a lost session, never an error shown to the partner",
  async () => {
    const { db, drop } = await openTestDatabase("postgres");
    const app = await openTestApp(db, { limits });
    try {
      const { withdrawn, refused, moves, faults } = outcomesOf(
        await playRounds(db, app, { rounds, days: 7 }),
      );
      expect(withdrawn).toBeGreaterThan(rounds / 50);
      expect(refused).toBeGreaterThan(rounds / 50);
      expect(moves).toBeGreaterThan(rounds / 10);
      expect(faults).toBe(0);
    } finally {
      await app.close();
      await drop();
    }
  },
);
