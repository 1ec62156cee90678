import { beforeEach, describe, expect, test } from "vitest";
import { sealFile, verifySeals } from "#core/patrols/seals/file.ts";
import type { Actor } from "#core/role.ts";
import { addDays, dayMs, hourMs, parseLocal, parseLocalDate } from "#core/time/zone.ts";
import { type Database, DatabaseError, ownerActor, systemActor } from "#server/db/database.ts";
import { keepSeals, makeSeal, nextMonday, readKnown } from "#server/patrols/seals/keep.ts";
import { loadSeals, sealHashing } from "#server/patrols/seals/store.ts";
import { placesOf } from "#server/places/places.ts";
import { setMark } from "#tests/support/clock.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { london } from "#tests/support/outreach.ts";
import { fillReports } from "#tests/support/plan-database.ts";

const analyst: Actor = { person: "an analyst", role: "analyst", partner: null };
const sergeant: Actor = { person: "a sergeant", role: "sergeant", partner: null };

/** A Monday that the database's clock lets anybody seal, at every hour of every day. */
const today = () => new Date().toISOString().slice(0, 10);
function openWeek(): string {
  const next = nextMonday(today());
  return Date.now() < parseLocalDate(next) - 14 * hourMs ? next : addDays(next, 7);
}

const content = (week: string, more: object = {}) =>
  JSON.stringify({
    format: 1,
    week,
    asAt: addDays(week, -3),
    method: 1,
    seed: 1,
    weights: [],
    reports: 0,
    expected: 0,
    low: 0,
    high: 0,
    cells: [0],
    shares: [0],
    counts: {},
    ...more,
  });

const insert = (week: string, text: string, kind = "seal") =>
  [
    "insert into forecast_seal (kind, week, at, content) values ($1::text, $2::date, now() - interval '1 year', $3::text)",
    [kind, week, text],
  ] as const;

async function refusedBy(work: Promise<unknown>): Promise<string | null | undefined> {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error === null) return null;
  if (!(error instanceof DatabaseError)) throw new Error("Not by the database", { cause: error });
  return error.constraint ?? error.message;
}

onEachEngine(
  "sealed forecasts",
  ({ db }) => {
    const as = (actor: Actor, [text, values]: readonly [string, readonly unknown[]]) =>
      refusedBy(db().transaction(actor, (tx) => tx.query(text, [...values] as string[])));
    const asSystem = (week: string, text = content(week), kind = "seal") =>
      as(systemActor, insert(week, text, kind));

    beforeEach(async () => {
      await db().transaction(ownerActor, (tx) =>
        tx.script("set local session_replication_role = replica; delete from forecast_seal"),
      );
      await setMark(db(), "seen", "now()");
    });

    describe("the database", () => {
      test("takes the seal of a coming week once, dated by its own clock and marked live", async () => {
        const week = openWeek();
        expect(await asSystem(week)).toBeNull();
        const [seal] = await db().transaction(analyst, loadSeals);
        expect(seal).toMatchObject({ number: 1, week, isReplayed: false });
        expect(Date.parse(seal?.at ?? "")).toBeGreaterThan(Date.now() - hourMs);
        expect(await asSystem(week)).toBe("forecast_seal_before_week");
        const file = sealFile(await db().transaction(analyst, loadSeals));
        expect(verifySeals(file, sealHashing).faults.map(({ sentence }) => sentence)).toEqual([
          "The seal cannot be read.",
        ]);
      });

      test("takes no seal of a week that has begun, nor of one far ahead, whatever the row says", async () => {
        const running = addDays(nextMonday(today()), -7);
        expect(await asSystem(running)).toBe("forecast_seal_before_week");
        expect(await asSystem(addDays(running, -70))).toBe("forecast_seal_before_week");
        expect(await asSystem(addDays(running, 28))).toBe("forecast_seal_before_week");
        const week = openWeek();
        expect(await asSystem(week, content(week, { asAt: week }))).toBe(
          "forecast_seal_before_week",
        );
      });

      test("takes none where its clock was set back behind when it was last seen at work", async () => {
        await setMark(db(), "seen", "now() + interval '30 days'");
        expect(await asSystem(openWeek())).toBe("forecast_seal_before_week");
      });

      test("takes nothing but what was forecast: no other field, no other week", async () => {
        const week = openWeek();
        const other = content(week, { session: "Tuesday 20:00" });
        expect(await asSystem(week, other)).toBe("forecast_seal_content_known");
        expect(await asSystem(week, content(addDays(week, 7)))).toBe("forecast_seal_content_known");
      });

      test("takes a seal without an interval, which is not learnt yet, and none with half of one", async () => {
        const week = openWeek();
        const half = content(week, { low: undefined });
        expect(await asSystem(week, half)).toBe("forecast_seal_content_known");
        expect(await asSystem(week, content(week, { low: undefined, high: undefined }))).toBeNull();
      });

      test("takes an outcome of a sealed week alone, once it is over", async () => {
        const week = openWeek();
        const outcome = (of: string) =>
          JSON.stringify({ format: 1, week: of, asAt: of, came: [], total: 0, scores: [] });
        const past = addDays(nextMonday(today()), -70);
        expect(await asSystem(past, outcome(past), "outcome")).toBe("forecast_seal_outcome_after");
        await asSystem(week);
        expect(await asSystem(week, outcome(week), "outcome")).toBe("forecast_seal_outcome_after");
      });

      test("lets nobody add one, the owner neither change nor remove one, and who may not see cells read none", async () => {
        const week = openWeek();
        for (const actor of [analyst, sergeant, { ...analyst, role: "operator" } as Actor]) {
          expect(await as(actor, insert(week, content(week)))).toMatch(
            /permission|policy|row-level/,
          );
        }
        expect(await asSystem(week)).toBeNull();
        for (const text of [
          "update forecast_seal set content = '{}'",
          "delete from forecast_seal",
          "truncate forecast_seal",
        ]) {
          expect(await as(ownerActor, [text, []])).toBe("forecast_seal_frozen");
        }
        for (const role of ["presenter", "partner", "coordinator", "auditor", "warden"] as const) {
          const denied = await as({ ...analyst, role }, ["select content from forecast_seal", []]);
          expect(denied, role).toMatch(/permission/);
        }
      });
    });

    describe("the server", () => {
      /** Its own clock; the database's is the real one. */
      const services = (now: number) => ({
        db: db(),
        zone: london,
        asAt: {
          now: () => now,
          date: () => london.dateOf(now),
          demo: false,
          clock: () => now,
          refresh: async () => undefined,
        },
      });

      test("seals the coming week from Friday 06:00, once, with its hash in the audit chain", async () => {
        const week = openWeek();
        const opens = london.toInstant(parseLocal(`${addDays(week, -3)}T06:00`), "earlier");
        await keepSeals(services(opens - 1));
        expect(await db().transaction(analyst, loadSeals)).toEqual([]);
        await keepSeals(services(opens));
        await keepSeals(services(opens + hourMs));
        const kept = await db().transaction(analyst, loadSeals);
        expect(kept.map((one) => [one.kind, one.week])).toEqual([["seal", week]]);
        expect(verifySeals(sealFile(kept), sealHashing)).toMatchObject({ ok: true, seals: 1 });
        const lines = await auditOf(db());
        expect(lines).toEqual([{ entries: 1, number: 1, hash: kept[0]?.hash }]);
      });

      test("seals nothing once the week has begun: it stays without", async () => {
        const week = openWeek();
        // On Sunday evening it has begun somewhere.
        for (const at of [-4 * hourMs, 0, dayMs]) {
          await keepSeals(services(london.startOfDate(week) + at));
        }
        expect(await db().transaction(analyst, loadSeals)).toEqual([]);
      });

      test("scores a week once, when a later record is in, and a correction beside it", async () => {
        const week = "2021-11-01";
        await sealPast(db(), week);
        const now = london.startOfDate(addDays(week, 7 + 7)) + dayMs;
        // Sunday noon, when no week can be sealed any more.
        await keepSeals(services(now - 1.5 * dayMs));
        expect(await kinds(db())).toEqual(["seal"]);
        await keepSeals(services(now));
        await keepSeals(services(now + dayMs));
        expect(await kinds(db())).toEqual(["seal", "outcome"]);
        await db().transaction(ownerActor, (tx) =>
          tx.query(
            "delete from event where id = (select min(id) from event where starts_at >= '2021-11-02' and starts_at < '2021-11-05' and kind = 'complaint' and source = 'resident')",
          ),
        );
        await keepSeals(services(now + 2 * dayMs));
        const [first, later] = (await db().transaction(analyst, loadSeals))
          .filter(({ kind }) => kind === "outcome")
          .map(({ content: text }) => JSON.parse(text) as { total: number });
        expect(later?.total).toBeLessThan(first?.total ?? 0);
      });
    });
  },
  fillReports,
);

const kinds = async (db: Database) =>
  (await db.transaction(analyst, loadSeals)).map(({ kind }) => kind);

async function auditOf(db: Database): Promise<unknown[]> {
  const rows = await db.transaction(ownerActor, (tx) =>
    tx.query<{ detail: unknown }>(
      "select detail from audit where act = 'seal forecasts' order by id",
    ),
  );
  return rows.map(({ detail }) => detail);
}

/** As it would have been sealed then, for which the real clock is too late. */
async function sealPast(db: Database, week: string): Promise<void> {
  const study = (await placesOf({ db })).command;
  const text = await db.transaction(systemActor, async (tx) => {
    const known = await readKnown(tx, london, london.startOfDate(addDays(week, -3)));
    return JSON.stringify(makeSeal(known, { study, week, at: 0 }).content);
  });
  await db.transaction(ownerActor, async (tx) => {
    await tx.query("set local session_replication_role = replica");
    await tx.query(
      `insert into forecast_seal (number, kind, week, is_replayed, at, content, previous, hash)
       values (1, 'seal', $1::date, false, $1::date - 3, $2::text, decode(repeat('00', 32), 'hex'), sha256('a'))`,
      [week, text],
    );
  });
}
