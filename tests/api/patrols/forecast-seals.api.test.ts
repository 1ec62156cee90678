import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type SealVerdict, verifySeals } from "#core/patrols/seals/file.ts";
import type { SealsReply } from "#core/patrols/wire/forecast-seals.ts";
import type { ReleaseReply } from "#core/releases/wire/release.ts";
import { forecastCommand } from "#server/patrols/commands/forecast.ts";
import { sealHashing } from "#server/patrols/seals/store.ts";
import { appWith } from "#tests/support/app-with.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";
import { testFolder } from "#tests/support/scratch.ts";
import { typeCommand } from "#tests/support/typed-command.ts";

onOneEngine(
  "sealed forecasts of the demonstration",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");

    test("are replayed and said to be so, in every state", async () => {
      const { weeks, record, head } = (await analyst.get("/api/forecast-seals")).json<SealsReply>();
      expect(weeks.map(({ week }) => week)).toContain("2021-11-22");
      expect(weeks.every(({ isReplayed, sealedAt }) => isReplayed && sealedAt !== null)).toBe(true);
      // The running week, and one whose records are awaited.
      expect(weeks.map(({ outcome }) => outcome === null).slice(0, 3)).toEqual([true, true, false]);
      expect(record).toMatchObject({ weeks: 16 });
      for (const { more, same, fewer } of record.shares) expect(more + same + fewer).toBe(16);
      expect(head).toMatchObject({ number: 34 });
    });

    test("leave as one file, the same by page and command, that is verified without the database", async () => {
      const { body, headers } = await analyst.get("/api/forecast-seals/file");
      expect(headers["content-disposition"]).toContain("boxster-forecasts-to-2021-11-26.jsonl");
      const { text } = await runCommand(app.services, forecastCommand, { positionals: ["seals"] });
      expect(text.map((line) => `${line}\n`).join("")).toBe(body);
      expect(verifySeals(body, sealHashing)).toMatchObject({ ok: true, entries: 34, replayed: 34 });
      const kept = testFolder("seals");
      const [good, bad] = [join(kept, "good.jsonl"), join(kept, "bad.jsonl")];
      writeFileSync(good, body);
      writeFileSync(bad, body.replace('\\"total\\":25', '\\"total\\":26'));
      const intact = await typeCommand(["forecast", "verify", good]);
      expect(intact.exit).toBe(0);
      expect(intact.out[0]).toMatch(/^Intact: 34 entries, 18 weeks sealed\./);
      const changed = await typeCommand(["forecast", "verify", bad, "--json"]);
      expect(changed.exit).toBe(1);
      const verdict = JSON.parse(changed.out[0] ?? "") as SealVerdict;
      expect(verdict.faults[0]?.week).toMatch(/^2021-/);
      const missing = await typeCommand(["forecast", "verify", join(kept, "none.jsonl")]);
      expect(missing).toMatchObject({ exit: 1, out: [] });
      expect(missing.err[0]).toMatch(/cannot be read/);
      expect((await typeCommand(["forecast", "verify", good, "--head", "12"])).exit).toBe(2);
      expect((await typeCommand(["forecast", "verify", good, "--head", "0".repeat(64)])).exit).toBe(
        1,
      );
    });

    test("say in the release how many weeks, and that replayed ones prove nothing", async () => {
      const { release } = (await analyst.get("/api/public/releases/latest")).json<ReleaseReply>();
      expect(release.forecast?.text).toMatch(/They had more reports in \d+ of \d+ weeks/);
      expect(release.forecast?.basis).toContain("so they prove nothing");
    });
  },
  fillDemo,
);
