import { beforeEach, describe, expect, test } from "vitest";
import { dayMs, hourMs } from "#core/time/zone.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { ownerActor, systemActor, type Transaction } from "#server/db/database.ts";
import { keptClearRecord } from "#server/protected-time/past-visits.ts";
import { cancelSession, sessionById, storeSession } from "#server/protected-time/sessions.ts";
import { runRetention } from "#server/upkeep/retention/run-retention.ts";
import { letTimePass, setMark } from "#tests/support/clock.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { at, london, partnerWithPlace, single, weekly } from "#tests/support/outreach.ts";

/** SAFEGUARDS 14 and 18: the database's rule of what is over, beside the server's. */
onEachEngine("a session that was called off", ({ db }) => {
  let partnerId = "";
  let placeId = "";
  const since = at("2015-03-02T10:00");
  const work = <Value>(run: (tx: Transaction) => Promise<Value>) =>
    db().transaction(ownerActor, run);

  beforeEach(async () => {
    await work(async (tx) => {
      await tx.query("delete from setting where key = 'demo'");
      await tx.query("delete from partner");
      const { partnerId: own, place } = await partnerWithPlace(tx, { name: "A", now: since });
      [partnerId, placeId] = [own, place.id];
    });
    for (const name of ["seen", "erased", "said"] as const) await setMark(db(), name, null);
  });

  const store = (rule: ReturnType<typeof weekly>) =>
    work((tx) => storeSession(tx, { zone: london, now: since }, { partnerId, placeId, rule }));
  const callOff = (id: string, now: number) =>
    work(async (tx) =>
      cancelSession(tx, { zone: london, now }, { session: await sessionById(tx, id) }),
    );
  const clockAt = (now: number, demo: boolean) => ({
    now: () => now,
    date: () => london.dateOf(now),
    clock: () => Date.now(),
    demo,
    refresh: () => Promise.resolve(),
  });
  const roundAt = async (now: number) => {
    await letTimePass(db());
    return (await runRetention({ db: db(), zone: london, asAt: clockAt(now, true) })).outreach;
  };
  const recordAt = async (now: number) => {
    const { kept, of } = await work((tx) => keptClearRecord(tx, { zone: london, now }, partnerId));
    return { kept, of };
  };
  const countOf = async (rows: string) =>
    (await work((tx) => tx.query<{ n: number }>(`select count(*)::int as n from ${rows}`)))[0]?.n;
  const held = () => countOf("outreach_session where sealed_at is null");

  test("56 hours ahead, a single one is erased in the next round, and others with it", async () => {
    await store(single("2015-03-03", "20:00", "22:00"));
    const id = await store(single("2015-03-19", "18:00", "20:00"));
    await callOff(id, at("2015-03-17T10:00"));
    expect(await roundAt(at("2015-03-17T22:31"))).toMatchObject({ sessions: 2, visits: 1 });
    expect(await held()).toBe(0);
  });

  test.each([
    [23, 1],
    // A visit that by some time zone is within 24 hours stays until 14 days after its date.
    [25, 1],
    [37, 1],
    [39, 0],
    [56, 0],
    [72, 0],
  ])(
    "%d hours before its next visit, a weekly one holds up no erasure of others",
    async (hours, left) => {
      await store(single("2015-03-25", "20:00", "22:00"));
      const id = await store(weekly("2015-03-05", "18:00", "20:00"));
      await callOff(id, at("2015-04-02T18:00") - hours * hourMs);
      const now = at("2015-04-10T12:00");
      const before = await recordAt(now);
      expect(await roundAt(now)).toMatchObject({ sessions: 2 - left, visits: 5 });
      expect(await held()).toBe(left);
      const counted = await countOf("sealed_count");
      expect(await roundAt(now + hourMs)).toMatchObject({ sessions: 0, visits: 0 });
      expect(await countOf("sealed_count")).toBe(counted);
      expect(await recordAt(now)).toEqual(before);
      const later = at("2015-04-17T12:00");
      await roundAt(later);
      expect(await held()).toBe(0);
      expect(await recordAt(later)).toEqual(before);
    },
  );

  const startsAt = "((first_date + starts_local) at time zone 'Europe/London')";
  const ended = (hours: number) =>
    `update outreach_session set ended_at = ${startsAt} - interval '${hours} hours' where id = $1::bigint`;
  const told = (hours: number) =>
    `insert into session_exception (session_id, occurs_on, told_at)
     select id, first_date, ${startsAt} - interval '${hours} hours'
     from outreach_session where id = $1::bigint`;
  const tomorrow = () => london.dateOf(Date.now() + dayMs);

  test("a visit that is still to come makes no erasure wait for a person", async () => {
    for (const hours of [30, 56]) {
      const id = await store(single(tomorrow(), "20:00", "22:00"));
      await work((tx) => tx.query(ended(hours), [id]));
    }
    await store(single(london.dateOf(Date.now() - 40 * dayMs), "20:00", "22:00"));
    await setMark(db(), "erased", "now() - interval '23 hours'");
    const asAt = clockAt(Date.now(), false);
    const { outreach } = await runRetention({ db: db(), zone: london, asAt });
    expect(outreach).toMatchObject({ sessions: 2 });
    expect(await held()).toBe(1);
    const { doubt, clocks } = await lookAtClocks(db(), asAt);
    expect(doubt).toBeNull();
    expect(Date.now() - Number(clocks.erased)).toBeLessThan(hourMs);
  });

  describe("is sealed by the database where no visit stays closed:", () => {
    test.each([
      ["23 hours ahead", ended(23), "outreach_session_over"],
      ["23 hours ahead, its date alone", told(23), "outreach_session_over"],
      ["25 hours ahead, which by another time zone is less", ended(25), "outreach_session_over"],
      ["56 hours ahead", ended(56), 1],
      ["56 hours ahead, its date alone", told(56), 1],
    ])("%s", async (_name, calledOff, said) => {
      const id = await store(single(tomorrow(), "20:00", "22:00"));
      await work((tx) => tx.query(calledOff, [id]));
      const sealed = db().transaction(systemActor, async (tx) => {
        await tx.query("update clock_mark set at = now() where name = 'erased'");
        return tx.query(
          "update outreach_session set sealed_at = now() where id = $1::bigint returning id",
          [id],
        );
      });
      const answer = sealed.then(
        ({ length }) => length,
        ({ constraint }: { readonly constraint?: string }) => constraint,
      );
      expect(await answer).toBe(said);
    });
  });
});
