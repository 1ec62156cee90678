import { expect, test } from "vitest";
import { recordCalls } from "#core/records/wire/records.ts";
import { dayMs } from "#core/time/zone.ts";
import type { Services } from "#server/acts/services.ts";
import { startUpkeep } from "#server/app/serve.ts";
import { ownerActor } from "#server/db/database.ts";
import { retentionCommand } from "#server/upkeep/commands/retention.ts";
import { countIn } from "#tests/support/accounts.ts";
import { appWith } from "#tests/support/app-with.ts";
import { letTimePass } from "#tests/support/clock.ts";
import { runCommand } from "#tests/support/command.ts";
import { onOneEngine } from "#tests/support/database.ts";
import { fillDemo } from "#tests/support/demo.ts";

onOneEngine(
  "retention in a demonstration and outside of it",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");
    const partner = app.caller("partner", "a");
    const count = (table: string) => countIn(db(), table);
    /** The same database as if it held real data: by the real clock. */
    const real = (): Services => ({
      ...app.services,
      asAt: {
        ...app.services.asAt,
        demo: false,
        now: () => Date.now(),
        date: () => app.services.zone.dateOf(Date.now()),
      },
    });
    const lineOf = async (act: string) =>
      db().transaction(ownerActor, (tx) =>
        tx.query<{ person: string; verb: string; detail: Record<string, unknown> }>(
          "select person, verb, detail from audit where act = $1 order by id",
          [act],
        ),
      );

    test("the demonstration's clock: events stay, a partner's record keeps its totals, and a round is not repeated", async () => {
      const events = await count("event");
      const record = async () => (await partner.get("/api/outreach/record")).json();
      const before = await record();
      expect(before.rows.length).toBe(before.of);
      const stop = await startUpkeep(app.services, (line) => expect(line).toBe(""));
      await stop();
      const after = await record();
      expect([after.kept, after.of]).toEqual([before.kept, before.of]);
      expect(after.rows.length).toBeLessThan(before.rows.length);
      expect(after.rows.every(({ date }: { date: string }) => date >= "2021-11-11")).toBe(true);
      expect(await count("event")).toBe(events);
      expect(await count("outreach_session")).toBe(9);
      const lines = await lineOf("erase past outreach");
      expect(lines).toHaveLength(1);
      await (await startUpkeep(app.services, (line) => expect(line).toBe("")))();
      expect(await lineOf("erase past outreach")).toHaveLength(1);
      expect(
        recordCalls.retention.reply.parse((await analyst.get("/api/retention")).json()),
      ).toEqual({
        eventYears: 6,
        isOn: false,
        announced: null,
        done: null,
      });
    });

    test("the command tries, sets the years, announces; an analyst reads when what will go", async () => {
      await letTimePass(db());
      const tried = await runCommand(real(), retentionCommand, { values: { "dry-run": true } });
      expect(tried.text.join(" ")).toMatch(/\d+ from before .* would be announced for removal on/);
      expect(await count("event_removal")).toBe(0);
      const done = await runCommand(real(), retentionCommand, { values: { years: "2" } });
      expect(done.text.join(" ")).toMatch(/are announced for removal on/);
      // What was announced is still to come, and is said as often as somebody asks.
      const again = await runCommand(real(), retentionCommand, { values: { "dry-run": true } });
      const events = await count("event");
      expect(again.text.join(" ")).toMatch(
        new RegExp(
          `Events: ${events} from before .* are waiting: they were announced for removal on`,
        ),
      );
      expect(again.json).toMatchObject({ events: { pending: { count: events, later: 0 } } });
      const reply = recordCalls.retention.reply.parse((await analyst.get("/api/retention")).json());
      const today = app.services.zone.dateOf(Date.now());
      expect(reply.eventYears).toBe(2);
      expect(reply.announced?.count).toBe(await count("event"));
      expect(Date.parse(reply.announced?.dueOn ?? "")).toBeGreaterThanOrEqual(
        Date.parse(today) + 7 * dayMs,
      );
      const lines = await lineOf("run the retention");
      expect(lines.map(({ detail }) => detail)).toEqual([
        { dryRun: true },
        { dryRun: false, years: 2 },
        { dryRun: true },
      ]);
    });

    test.each(["0", "11", "2.5", "three"])("%s years is a wrong call", async (years) => {
      await expect(runCommand(real(), retentionCommand, { values: { years } })).rejects.toThrow(
        `--years ${years}: a whole number from 1 to 10.`,
      );
    });
  },
  fillDemo,
);
