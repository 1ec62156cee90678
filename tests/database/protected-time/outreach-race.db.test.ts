import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import {
  type Database,
  type DatabaseError,
  ownerActor,
  type Transaction,
} from "#server/db/database.ts";
import type { SavedPlaceRow } from "#server/protected-time/places.ts";
import { lockOccupancy } from "#server/protected-time/queries/occupancy.ts";
import { saveSession } from "#server/protected-time/sessions.ts";
import { onEachEngine } from "#tests/support/database.ts";
import {
  agreedWindow,
  at,
  insertPatrolRows,
  london,
  partnerWithPlace,
  single,
} from "#tests/support/outreach.ts";

const now = at("2021-11-26T12:00");
const moment = { zone: london, now };

/** A day of its own for each test: they commit. */
function evening(day: string) {
  return {
    rule: single(day, "20:00", "22:00"),
    window: { from: at(`${day}T20:00`), to: at(`${day}T21:00`) },
  };
}

onEachEngine("two writers at once", ({ db, engine }) => {
  let partnerId = "";
  let place: SavedPlaceRow | undefined;
  const ready = async () => {
    if (place === undefined) {
      const made = await db().transaction(ownerActor, (tx) =>
        partnerWithPlace(tx, { name: "North Van", now }),
      );
      partnerId = made.partnerId;
      place = made.place;
    }
    return place;
  };
  const save = async (day: string, retries = 5) => {
    const { id } = await ready();
    const draft = { partnerId, placeId: id, rule: evening(day).rule };
    return db().transaction(ownerActor, (tx) => saveSession(tx, moment, draft), { retries });
  };

  test("a session saved while a plan is being agreed waits for it, then withdraws it", async () => {
    const { cells } = await ready();
    const { window } = evening("2021-12-01");
    let windowId = "";
    const locked = createGate();
    const agreeing = db().transaction(ownerActor, async (tx) => {
      await lockOccupancy(tx);
      locked.open();
      await wait(200);
      ({ windowId } = await agreedWindow(tx, { ...window, cells }));
    });
    await locked.opened;
    await Promise.all([agreeing, save("2021-12-01")]);
    expect(await statusOf(db(), windowId)).toBe("unavailable");
    expect(await overlaps(db())).toBe(0);
  });

  test("a plan agreed while a session is being saved waits for it, then is refused", async () => {
    const { id, cells } = await ready();
    const { rule, window } = evening("2021-12-02");
    const saved = createGate();
    const saving = db().transaction(ownerActor, async (tx) => {
      await saveSession(tx, moment, { partnerId, placeId: id, rule });
      saved.open();
      await wait(200);
    });
    await saved.opened;
    const agreeing = db().transaction(ownerActor, async (tx) => {
      await lockOccupancy(tx);
      await agreedWindow(tx, { ...window, cells });
    });
    // Both at once: the refusal may come before this test has heard that the session is saved.
    await Promise.all([
      saving,
      expect(agreeing).rejects.toMatchObject({
        constraint: "occupancy_no_patrol_in_protected",
      }),
    ]);
    expect(await overlaps(db())).toBe(0);
  });

  /** Saves while another transaction holds a patrol of the same time that nobody sees yet. */
  const savedBeside = async (day: string, retries: number) => {
    const { cells } = await ready();
    let windowId = "";
    const inserted = createGate();
    const patrol = db().transaction(ownerActor, async (tx) => {
      ({ windowId } = await agreedWindow(tx, { ...evening(day).window, cells }));
      inserted.open();
      await untilSomeoneWaits(tx);
    });
    await inserted.opened;
    const error = await save(day, retries).then(
      () => null,
      (reason: unknown) => reason,
    );
    await patrol;
    return { windowId, error };
  };

  // Only a server lets two transactions run side by side.
  test.runIf(engine === "postgres")(
    "a session never fails because a writer without the lock put a patrol in between",
    async () => {
      const withoutRetry = await savedBeside("2021-12-03", 0);
      expect(withoutRetry.error).toMatchObject({ code: "23P01" });
      expect(await statusOf(db(), withoutRetry.windowId)).toBe("agreed");
      const withRetries = await savedBeside("2021-12-04", 5);
      expect(withRetries.error).toBeNull();
      expect(await statusOf(db(), withRetries.windowId)).toBe("unavailable");
      expect(await overlaps(db())).toBe(0);
    },
  );

  test.runIf(engine === "postgres")(
    "40 rounds of both writers at once end with no overlap, no deadlock and every session saved",
    async () => {
      const { cells } = await ready();
      const days = Array.from({ length: 40 }, (_, index) => {
        const date = new Date(Date.UTC(2022, 0, 3 + index));
        return date.toISOString().slice(0, 10);
      });
      const outcomes = await Promise.all(
        days.flatMap((day, index) => {
          const { window } = evening(day);
          const order = index % 2 === 0 ? cells : [...cells].reverse();
          const agree = db()
            .transaction(
              ownerActor,
              async (tx) => {
                await lockOccupancy(tx);
                const { windowId } = await agreedWindow(tx, {
                  ...window,
                  cells: order.slice(0, 9),
                });
                await insertPatrolRows(tx, windowId, { ...window, cells: order.slice(9, 20) });
                return "agreed";
              },
              { retries: 5 },
            )
            .catch((error: DatabaseError) => error.constraint ?? error.code);
          return [agree, save(day).then(() => "saved")];
        }),
      );
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(days.length);
      const plans = outcomes.filter((_, index) => index % 2 === 0);
      for (const outcome of plans) {
        expect(["agreed", "occupancy_no_patrol_in_protected"]).toContain(outcome);
      }
      expect(await overlaps(db())).toBe(0);
    },
  );
});

/** Keeps a transaction open until another one of this database waits for a lock. */
async function untilSomeoneWaits(tx: Transaction): Promise<void> {
  for (let attempt = 0; attempt < 1_000; attempt += 1) {
    await tx.query("select pg_stat_clear_snapshot()::text");
    const waiting = await tx.query<{ pid: number }>(
      `select pid
       from pg_stat_activity
       where datname = current_database() and wait_event_type = 'Lock'`,
    );
    if (waiting.length > 0) return;
    await wait(20);
  }
  throw new Error("Nobody came to wait");
}

/** A promise that is fulfilled from outside. */
function createGate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

function statusOf(db: Database, windowId: string): Promise<string | undefined> {
  return db.transaction(ownerActor, async (tx) => {
    const [row] = await tx.query<{ status: string }>(
      "select status from patrol_window where id = $1::bigint",
      [windowId],
    );
    return row?.status;
  });
}

/** Active patrol rows that lie in protected ones, counted without the constraint. */
function overlaps(db: Database): Promise<number | undefined> {
  return db.transaction(ownerActor, async (tx) => {
    const [row] = await tx.query<{ count: number }>(
      `select count(*)::int as "count"
       from occupancy as patrol
       join occupancy as protected
         on protected.cell = patrol.cell and protected.during && patrol.during
       where patrol.kind = 'patrol' and patrol.active
         and protected.kind = 'protected' and protected.active`,
    );
    return row?.count;
  });
}
