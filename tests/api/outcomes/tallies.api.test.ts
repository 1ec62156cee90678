import { describe, expect, test, vi } from "vitest";
import { type OutcomesReply, outcomesReply } from "#core/outcomes/wire/outcomes.ts";
import { ownTalliesReply, talliesReply } from "#core/outcomes/wire/tallies.ts";
import { addTally } from "#server/outcomes/tallies.ts";
import { doneOf, totalsForRelease } from "#server/releases/draft.ts";
import type { TestCaller } from "#tests/support/app.ts";
import { appWith } from "#tests/support/app-with.ts";
import { onOneEngine, refusedBy } from "#tests/support/database.ts";
import { fillDemo, removeOutreachAndPatrols } from "#tests/support/demo.ts";

const anAnalyst = { person: "a.analyst", role: "analyst", partner: null } as const;
const autumn = { from: "2021-08-01", to: "2021-11-26" };
const week = { from: "2021-11-15", to: "2021-11-21" };

onOneEngine(
  "typed totals and outcomes",
  ({ db }) => {
    const app = appWith(db);
    const analyst = app.caller("analyst");
    const sergeant = app.caller("sergeant");
    const presenter = app.caller("presenter");
    const admin = app.caller("admin");

    const outcomes = async (caller: TestCaller, query = ""): Promise<OutcomesReply> =>
      outcomesReply.parse((await caller.get(`/api/outcomes${query}`)).json());
    const counts = ({ figures }: OutcomesReply) => figures.map(({ count }) => count);
    const type = (...totals: object[]) => analyst.send("POST", "/api/tallies", { totals });
    const all = async (caller = sergeant) =>
      talliesReply.parse((await caller.get("/api/tallies")).json());

    describe("the demonstration", () => {
      test("shows 63, 141, 43, 60 and 42 for 1 August to 26 November 2021, and both charts", async () => {
        const reply = await outcomes(sergeant);
        expect(reply).toMatchObject({ ...autumn, isExact: true });
        expect(counts(reply)).toEqual([63, 141, 43, 60, 42]);
        expect(reply.residence.map(({ base }) => base)).toEqual([60, 42]);
        expect(reply.known.map(({ base }) => base)).toEqual([49, 32]);
        expect(reply.funnel.stages.map(({ count }) => count)).toEqual([58, 41, 24, 10]);
        expect(reply.trends?.map(({ id }) => id)).toEqual(["reported", "arrest", "stop_search"]);
        const arrests = reply.trends?.[1]?.months.reduce((sum, { count }) => sum + count, 0);
        expect(arrests).toBe(63);
      });

      test("to a presenter shows fives alone, whatever is asked for, and so does what may leave", async () => {
        const query = `?from=${autumn.from}&to=${autumn.to}&form=exact`;
        const seen = await outcomes(presenter, query);
        expect(seen.isExact).toBe(false);
        expect(counts(seen)).toEqual([65, 140, 45, 60, 40]);
        expect(seen.trends).toBeNull();
        const shared = await outcomes(sergeant, query.replace("exact", "shared"));
        expect(shared).toEqual(seen);
        // A period that nobody typed would let sliding days be counted.
        const slid = await outcomes(presenter, "?from=2021-08-01&to=2021-11-25");
        expect(counts(slid)).toEqual([null, null, null, null, null]);
      });

      test.each(["00:00:01", "12:00", "23:59:59"])("says the same at %s", async (time) => {
        vi.useFakeTimers({ toFake: ["Date"], now: Date.parse(`2026-01-15T${time}Z`) });
        try {
          expect(counts(await outcomes(await app.as("sergeant")))).toEqual([63, 141, 43, 60, 42]);
        } finally {
          vi.useRealTimers();
        }
      });

      test("says the same to an auditor, who reads no event", async () => {
        expect(counts(await outcomes(await app.as("auditor")))).toEqual([63, 141, 43, 60, 42]);
      });

      test("a period that is not over, or the wrong way round, is refused in words", async () => {
        for (const [query, words] of [
          ["?from=2021-08-01&to=2021-11-27", "after today"],
          ["?from=2021-08-02&to=2021-08-01", "before its first"],
          ["?from=2021-08-02", "both days"],
        ] as const) {
          const reply = await sergeant.get(`/api/outcomes${query}`);
          expect(reply.statusCode).toBe(422);
          expect(reply.json<{ detail: string }>().detail).toContain(words);
        }
        expect((await sergeant.get("/api/outcomes?from=2021-02-31&to=2021-03-01")).statusCode).toBe(
          400,
        );
      });
    });

    describe("typing", () => {
      test("keeps all or none, and says of each line what is wrong", async () => {
        const before = (await all()).tallies.length;
        const reply = await type(
          { measure: "cautions", ...week, value: 4 },
          { measure: "arrests", ...week, value: -2 },
          { measure: "conditional_cautions", ...week, value: 1.5 },
          {
            measure: "awareness_courses",
            ...week,
            value: 3,
            takenFrom: "she lives at 12 Fore Street",
          },
        );
        expect(reply.statusCode).toBe(422);
        const { errors } = reply.json<{
          errors: { row: number; field: string; reason: string }[];
        }>();
        expect(errors.map(({ row, field }) => [row, field])).toEqual([
          [2, "value"],
          [3, "value"],
          [4, "takenFrom"],
        ]);
        expect(reply.body).not.toContain("Fore Street");
        expect((await all()).tallies).toHaveLength(before);
      });

      test("knows who and when; a correction keeps what was, with its reason", async () => {
        const made = await type({
          measure: "cautions",
          ...week,
          value: 4,
          takenFrom: "Custody return",
        });
        expect(made.json()).toEqual({ kept: 1 });
        const own = (await all()).tallies.find(({ from }) => from === week.from);
        expect(own).toMatchObject({ value: 4, takenFrom: "Custody return", revision: 1 });
        const again = await type({ measure: "cautions", ...week, value: 5 });
        expect(again.json<{ detail: string }>().detail).toContain("entered for this period, as 4");
        const url = `/api/tallies/${own?.id}`;
        const put = (body: object) => analyst.send("PUT", url, body);
        expect((await put({ revision: 1, value: 6 })).statusCode).toBe(400);
        expect((await put({ revision: 1, value: 6, reason: "mistyped" })).statusCode).toBe(200);
        const stale = await put({ revision: 1, value: 7, reason: "mistyped" });
        expect(stale.statusCode).toBe(409);
        expect((await put({ revision: 2, value: null, reason: "wrong_period" })).statusCode).toBe(
          200,
        );
        const after = (await all()).tallies.find(({ id }) => id === own?.id);
        expect(after?.value).toBeNull();
        expect(after?.changes.map(({ value, reason }) => [value, reason])).toEqual([
          [4, null],
          [6, "mistyped"],
          [null, "wrong_period"],
        ]);
        expect(after?.changes.every(({ by }) => by !== "")).toBe(true);
        expect(counts(await outcomes(sergeant, `?from=${week.from}&to=${week.to}`))[2]).toBeNull();
      });

      test("no writer can leave the history out, and nobody deletes a total", async () => {
        const actor = { person: "a.analyst", role: "analyst", partner: null } as const;
        const change = await db().transaction(actor, async (tx) => {
          const id = await addTally(tx, { measure: "awareness_courses", ...week, value: 8 });
          return tx.query(`select value from tally_change where tally_id = $1::int`, [id]);
        });
        expect(change).toEqual([{ value: 8 }]);
        const gone = db().transaction(actor, (tx) => tx.query("delete from tally"));
        await expect(gone).rejects.toMatchObject({ code: "42501" });
      });

      test("an administrator has no figures", async () => {
        for (const url of ["/api/tallies", "/api/outcomes", "/api/tallies/own"]) {
          expect((await admin.get(url)).statusCode, url).toBe(403);
        }
      });
    });

    describe("nationality and drug use", () => {
      const year = { from: "2020-10-01", to: "2021-09-30" };
      const total = (value: number, part = "uk") => ({
        measure: "sex_workers_identified",
        breakdown: "nationality",
        part,
        ...year,
        value,
      });

      test("are refused until an administrator has recorded the lawful basis, in the database too", async () => {
        const refused = await type(total(24));
        expect(refused.json<{ detail: string }>().detail).toContain("no lawful basis is recorded");
        const past = db().transaction(anAnalyst, (tx) =>
          addTally(tx, {
            ...total(24),
            measure: "sex_workers_identified",
            breakdown: "nationality",
          }),
        );
        await expect(past).rejects.toMatchObject({
          code: "23514",
          constraint: "tally_breakdown_basis",
        });
        const record = (inForce: boolean) =>
          admin.send("POST", "/api/lawful-bases", {
            breakdown: "nationality",
            inForce,
            condition: "safeguarding",
            policy: "APD 2021/4",
          });
        expect((await record(true)).statusCode).toBe(200);
        expect((await all()).bases).toEqual(["nationality"]);
        expect((await type(total(24))).statusCode).toBe(200);
        expect((await type({ ...total(24), breakdown: "drug_use", part: "yes" })).statusCode).toBe(
          422,
        );
        await record(false);
        expect((await type(total(12, "europe"))).statusCode).toBe(422);
        await record(true);
      });

      test("a total under 10, or of another time than a year, is refused in the database too", async () => {
        for (const wrong of [{ value: 9 }, { to: "2021-09-29" }]) {
          const stored = db().transaction(anAnalyst, (tx) =>
            addTally(tx, {
              ...total(24, "other"),
              measure: "sex_workers_identified",
              breakdown: "nationality",
              ...wrong,
            }),
          );
          await refusedBy("tally_value_sensitive", stored);
        }
      });

      test("never leave: neither a presenter nor a release has them", async () => {
        const seen = await outcomes(presenter, `?from=${year.from}&to=${year.to}`);
        expect(JSON.stringify(seen)).not.toContain("nationality");
        const given = doneOf(await totalsForRelease(app.services), []);
        expect(JSON.stringify(given)).not.toMatch(/nationality|drug|age:/);
      });
    });

    describe("a partner's contacts", () => {
      test("are its own alone: no other partner, no police and no total has them", async () => {
        const [a, b] = [await app.as("partner", "a"), await app.as("partner", "b")];
        const given = { from: "2021-11-01", to: "2021-11-20", value: 8917 };
        expect((await a.send("POST", "/api/tallies/own", given)).statusCode).toBe(200);
        await a.send("POST", "/api/tallies/own", { ...given, value: 8918 });
        const own = ownTalliesReply.parse((await a.get("/api/tallies/own")).json());
        expect(own.contacts.map(({ value }) => value)).toEqual([8918]);
        expect((await b.get("/api/tallies/own")).json()).toEqual({ contacts: [] });
        for (const caller of [sergeant, analyst, presenter]) {
          const query = `?from=${given.from}&to=${given.to}`;
          expect((await caller.get(`/api/outcomes${query}`)).body).not.toMatch(
            /(?<![\d.])891[78](?!\d)/,
          );
        }
        expect((await sergeant.get("/api/tallies")).body).not.toMatch(
          /(?<![\d.])891[78](?!\d)|contacts/,
        );
        const read = db().transaction(anAnalyst, (tx) => tx.query("select * from partner_tally"));
        await expect(read).rejects.toMatchObject({ code: "42501" });
      });

      test("bad ones are refused in words", async () => {
        const a = await app.as("partner", "a");
        const wrong = await a.send("POST", "/api/tallies/own", { ...week, value: -1 });
        expect(wrong.json<{ detail: string }>().detail).toContain("cannot be negative");
        const late = await a.send("POST", "/api/tallies/own", {
          ...week,
          to: "2021-12-01",
          value: 1,
        });
        expect(late.json<{ detail: string }>().detail).toContain("after today");
      });
    });

    test("SAFEGUARDS 4: what was done, as a release says it, is byte-identical without outreach and patrols", async () => {
      const given = async () => doneOf(await totalsForRelease(app.services), []);
      const seen = async () => (await presenter.get("/api/outcomes")).body;
      const [before, page] = [JSON.stringify(await given()), await seen()];
      expect(before).toContain('"count":65');
      await removeOutreachAndPatrols(db());
      expect(JSON.stringify(await given())).toBe(before);
      expect(await seen()).toBe(page);
      expect(before).not.toMatch(/harm_reported|outreach_contacts|dose|patrol/);
    });
  },
  fillDemo,
);
