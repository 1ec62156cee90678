import { randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { dayMs, hourMs, minuteMs } from "#core/time/zone.ts";
import { type Attempt, beginAttempt, settleAttempt } from "#server/accounts/attempts.ts";
import { gateActor, type Transaction } from "#server/db/database.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { runsOf } from "#tests/support/runs.ts";

onEachEngine("failed sign-ins", ({ db, once }) => {
  const key = () => randomBytes(32);
  const station = key();
  const attemptAt = (now: number, name = key(), address = station): Attempt => ({
    name: { kind: "name", key: name },
    address: { kind: "address", key: address },
    now,
  });
  const begin = (attempt: Attempt) =>
    db().transaction(gateActor, (tx) => beginAttempt(tx, attempt));
  const succeedIn = async (tx: Transaction, attempt: Attempt) => {
    const counted = await beginAttempt(tx, attempt);
    if (counted.waitMs > 0) return counted.waitMs;
    await settleAttempt(tx, attempt, counted);
    return 0;
  };
  const succeed = (attempt: Attempt) => db().transaction(gateActor, (tx) => succeedIn(tx, attempt));
  const start = Date.UTC(2026, 0, 5, 8);

  once("of many people at one address over weeks do not add up", async () => {
    // One in twenty minutes, day and night: without fading there are too many after seven hours, and where a success
    // does not take its own count back after eleven. No pause is so long that all is forgotten.
    const people = 72 * runsOf(14, 1);
    await db().transaction(gateActor, async (tx) => {
      for (let person = 0; person < people; person += 1) {
        const at = start + person * 20 * minuteMs;
        const name = key();
        expect((await beginAttempt(tx, attemptAt(at, name))).waitMs, `person ${person}`).toBe(0);
        expect(await succeedIn(tx, attemptAt(at + 20_000, name)), `person ${person}`).toBe(0);
      }
    });
  });

  test("fade while others go on signing in, one in a quarter of an hour", async () => {
    const address = key();
    for (let n = 0; n < 19; n += 1) await begin(attemptAt(start, key(), address));
    for (let minute = 1; minute <= 60; minute += 1) {
      expect(await succeed(attemptAt(start + minute * minuteMs, key(), address))).toBe(0);
    }
    // Four of nineteen have gone: five more are free, and the next one waits.
    const later = start + hourMs + 1_000;
    for (let n = 0; n < 5; n += 1) {
      expect((await begin(attemptAt(later, key(), address))).waitMs, String(n)).toBe(0);
    }
    expect((await begin(attemptAt(later, key(), address))).waitMs).toBeGreaterThan(0);
  });

  once("of a guesser do not fade faster than the wait lets them try", async () => {
    const name = key();
    let now = start;
    let tries = 0;
    while (now < start + dayMs) {
      const { waitMs } = await begin(attemptAt(now, name, key()));
      if (waitMs === 0) tries += 1;
      now += Math.max(waitMs, 1_000);
    }
    // A day holds 96 quarters of an hour.
    expect(tries).toBeLessThan(130);
  });

  test("a success takes its own wait back and leaves that of another's failure", async () => {
    const address = key();
    for (let n = 0; n < 20; n += 1) await begin(attemptAt(start, key(), address));
    const after = start + 6_000;
    expect(await succeed(attemptAt(after, key(), address))).toBe(0);
    // At the threshold again, by the same twenty: a colleague need not wait for a success.
    expect((await begin(attemptAt(after + 1, key(), address))).waitMs).toBe(0);
    expect((await begin(attemptAt(after + 2, key(), address))).waitMs).toBeGreaterThan(0);
  });

  test("after a clock was set back by days nobody waits for days", async () => {
    const [name, address] = [key(), key()];
    const later = start + 2 * dayMs;
    for (let n = 0; n < 9; n += 1) await begin(attemptAt(later, name, address));
    expect((await begin(attemptAt(later, name, address))).waitMs).toBeGreaterThan(0);
    expect((await begin(attemptAt(start, name, address))).waitMs).toBe(0);
    // It counts on from there: the wait is as long as that of any other failure.
    const { waitMs } = await begin(attemptAt(start + 1_000, name, address));
    expect(waitMs).toBeGreaterThan(0);
    expect(waitMs).toBeLessThanOrEqual(15 * minuteMs);
  });

  test("of two who come in the same moment, the one whose clock was read first need not wait", async () => {
    const address = key();
    expect((await begin(attemptAt(start + 5, key(), address))).waitMs).toBe(0);
    expect((await begin(attemptAt(start, key(), address))).waitMs).toBe(0);
    expect(await succeed(attemptAt(start + 9, key(), address))).toBe(0);
    expect((await begin(attemptAt(start + 7, key(), address))).waitMs).toBe(0);
  });
});
