import { EventEmitter, once } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { expect, test } from "vitest";
import { DatabaseError, ownerActor, type Transaction } from "#server/db/database.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { runTransaction } from "#server/db/transaction.ts";
import { engines, onEachEngine, openTestDatabase, runOnServer } from "#tests/support/database.ts";

const insert = (tx: Transaction, key: string) =>
  tx.query("insert into setting (key, value) values ($1, 'true')", [key]);

onEachEngine("a transaction", ({ db }) => {
  const stored = async (key: string) =>
    (
      await db().transaction(ownerActor, (tx) =>
        tx.query("select key from setting where key = $1", [key]),
      )
    ).length;

  test("whose failed statement was caught is refused, not kept as if it were done", async () => {
    const swallowed = db().transaction(ownerActor, async (tx) => {
      await insert(tx, "once");
      await insert(tx, "once").catch(() => undefined);
      return "saved";
    });
    await expect(swallowed).rejects.toMatchObject({ code: "23505" });
    expect(await stored("once")).toBe(0);
  });

  test("is of no use to a statement that comes late", async () => {
    let kept: Transaction | null = null;
    await db().transaction(ownerActor, async (tx) => {
      kept = tx;
    });
    const late = kept as Transaction | null;
    await expect(late?.query("select 1")).rejects.toThrow("came too late");
    await db()
      .transaction(ownerActor, async (tx) => {
        kept = tx;
        throw new Error("on purpose");
      })
      .catch(() => undefined);
    await expect((kept as Transaction | null)?.script("select 1")).rejects.toThrow("came too late");
  });

  test("inside another is refused at once; one that begins after it is not", async () => {
    let after: Promise<unknown> = Promise.resolve(null);
    const over = new EventEmitter();
    const ended = once(over, "end");
    await expect(
      db().transaction(ownerActor, () => db().transaction(ownerActor, async () => undefined)),
    ).rejects.toThrow("inside another");
    await db().transaction(ownerActor, async () => {
      after = ended.then(() => db().transaction(ownerActor, async () => "done"));
    });
    over.emit("end");
    expect(await after).toBe("done");
  });
});

test.runIf(engines.includes("postgres"))(
  "a connection that the server ends between two statements is one clear error, and the next works",
  async () => {
    const { db, url, drop } = await openTestDatabase("postgres");
    try {
      const lost = db
        .transaction(ownerActor, async (tx) => {
          const [mine] = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
          await runOnServer(url ?? "", `select pg_terminate_backend(${mine?.pid ?? 0})`);
          // The news arrives between two statements.
          await wait(200);
          await tx.query("select 1");
        })
        .catch((error: unknown) => error as DatabaseError);
      const error = await lost;
      expect(problemFromDatabase(error as DatabaseError)).toMatchObject({ status: 503 });
      const rows = await db.transaction(ownerActor, (tx) => tx.query("select 1 as one"));
      expect(rows).toEqual([{ one: 1 }]);
    } finally {
      await drop();
    }
  },
);

test("a connection that is lost while it commits does not say that nothing was saved", async () => {
  const lost = new DatabaseError({ message: "gone", code: "08006", constraint: null, table: null });
  const begun = runTransaction({
    actor: ownerActor,
    retries: 3,
    work: async () => "kept?",
    session: (use) =>
      use({
        query: async (sql) => {
          if (sql === "commit") throw lost;
          return [];
        },
        script: async () => undefined,
      }),
  });
  const error = await begun.catch((caught: unknown) => caught as DatabaseError);
  expect(error).toMatchObject({ code: "08007" });
  const problem = problemFromDatabase(error as DatabaseError);
  expect(problem.status).toBe(503);
  expect(problem.detail).toContain("not known whether this was saved");
});
