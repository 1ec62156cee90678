import { execFileSync } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { PGlite } from "@electric-sql/pglite";
import { expect, test } from "vitest";
import { DatabaseError, ownerActor, type Transaction } from "#server/db/database.ts";
import { createSend } from "#server/db/embedded-send.ts";
import { problemFromDatabase } from "#server/db/errors.ts";
import { runTransaction } from "#server/db/transaction.ts";
import { engines, onEachEngine, openTestDatabase, runOnServer } from "#tests/support/database.ts";
import { migratedSnapshot } from "#tests/support/migrated.ts";

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

  test("goes on after a statement that was tried and failed, in the same role, without what that did", async () => {
    const role = 'select current_user::text as "role"';
    const asAnalyst = { person: "test", role: "analyst", partner: null } as const;
    const kept = db().transaction(asAnalyst, async (tx) => {
      const twice = tx.tryQuery(
        `insert into batch (id, person, file_name, profile) overriding system value
         values (900001, 'test', 'tried', ''), (900001, 'test', 'tried', '')`,
      );
      await expect(twice).rejects.toMatchObject({ code: "23505" });
      expect(await tx.query(role)).toEqual([{ role: "boxster_analyst" }]);
      return tx.tryQuery<{ name: string }>(
        `insert into batch (person, file_name, profile) values ('test', 'kept', '')
         returning file_name as "name"`,
      );
    });
    expect(await kept).toEqual([{ name: "kept" }]);
    const names = await db().transaction(ownerActor, (tx) =>
      tx.query("delete from batch returning file_name"),
    );
    expect(names).toEqual([{ file_name: "kept" }]);
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

onEachEngine("a statement", ({ db }) => {
  test("takes every kind of value as it is", async () => {
    const words = ["plain", 'a "quoted" one', "back\\slash", "{braces}, commas", "", "NULL"];
    const at = new Date("2021-11-26T19:00:00.123Z");
    const bytes = Uint8Array.of(0, 1, 92, 255);
    const [row] = await db().transaction(ownerActor, (tx) =>
      tx.query<Record<string, unknown>>(
        `select $1::text[] as words, $2::timestamptz as at, encode($3::bytea, 'hex') as octets,
                $4::int as whole, $5::float8 as part, $6::boolean as yes, $7::text as nothing,
                $8::int[] as numbers, array_to_json($9::int[])::text as nested, $10::boolean[] as flags,
                ($11::timestamptz[])[1] = $2::timestamptz as same, encode(($12::bytea[])[1], 'hex') as inner,
                cardinality($13::text[]) as none`,
        [
          words,
          at,
          bytes,
          7,
          -0.1,
          true,
          null,
          [1, 2, 3],
          [
            [1, 2],
            [3, 4],
          ],
          [true, null],
          [at],
          [bytes],
          [],
        ],
      ),
    );
    expect(row).toEqual({
      words,
      at,
      octets: "00015cff",
      whole: 7,
      part: -0.1,
      yes: true,
      nothing: null,
      numbers: [1, 2, 3],
      nested: "[[1,2],[3,4]]",
      flags: [true, null],
      same: true,
      inner: "00015cff",
      none: 0,
    });
  });
});

test("the embedded engine prepares a named statement once, also where the batch around it failed", async () => {
  // From a snapshot: a bare start makes a whole cluster first.
  const snapshot = new Blob([readFileSync(await migratedSnapshot())]);
  const engine = await PGlite.create({ loadDataDir: snapshot });
  try {
    const send = createSend(engine);
    const named = { name: "half", sql: "select 10 / $1::int as half" };
    const fails = send([{ sql: "begin" }, { ...named, params: [0] }, { sql: "select 1" }]);
    await expect(fails).rejects.toMatchObject({ code: "22012" });
    await send([{ sql: "rollback" }]);
    for (const by of [5, 2]) {
      const answers = await send([{ sql: "begin" }, { ...named, params: [by] }, { sql: "commit" }]);
      expect(answers).toEqual([[], [{ half: 10 / by }], []]);
    }
    const known = await send([
      {
        sql: "select name, (generic_plans + custom_plans)::int as runs from pg_prepared_statements",
      },
    ]);
    // Prepared again, it would have run once.
    expect(known).toEqual([[{ name: "half", runs: 2 }]]);
  } finally {
    await engine.close();
  }
});

test("an answer that the embedded engine loses is a fault, not an empty one", async () => {
  const silent = { execProtocolStream: async () => [], parsers: {} } as unknown as PGlite;
  await expect(createSend(silent)([{ sql: "select 1" }])).rejects.toThrow("lost the answer");
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

test.runIf(engines.includes("postgres"))(
  "a socket that breaks at a write (EPIPE) is a lost connection, not an answer of the database",
  async () => {
    const { db, url, drop } = await openTestDatabase("postgres");
    try {
      const lost = db.transaction(ownerActor, async (tx) => {
        const [mine] = await tx.query<{ pid: number }>("select pg_backend_pid() as pid");
        // Nothing is read meanwhile, so that the next to touch the socket is the write.
        endBackend(url ?? "", mine?.pid ?? 0);
        await tx.through("clerk", (clerk) => clerk.query("select 1"));
      });
      const error = (await lost.catch((caught: unknown) => caught)) as DatabaseError;
      expect(error).toMatchObject({ code: expect.stringMatching(/^(08|57P)/) });
      expect(problemFromDatabase(error)).toMatchObject({ status: 503 });
      const rows = await db.transaction(ownerActor, (tx) => tx.query("select 1 as one"));
      expect(rows).toEqual([{ one: 1 }]);
    } finally {
      await drop();
    }
  },
);

/** From another process, while this one stands still. */
function endBackend(url: string, pid: number): void {
  const script = `import pg from "pg";
    const client = new pg.Client({ connectionString: process.argv[1] });
    await client.connect();
    await client.query("select pg_terminate_backend($1, 5000)", [process.argv[2]]);
    await client.end();`;
  execFileSync(process.execPath, ["--input-type=module", "-e", script, url, String(pid)]);
}

test("a connection that is lost while it commits does not say that nothing was saved", async () => {
  const lost = new DatabaseError({ message: "gone", code: "08006", constraint: null, table: null });
  const begun = runTransaction({
    actor: ownerActor,
    retries: 3,
    work: (tx) => tx.query("insert"),
    session: (use) =>
      use({
        send: async (statements) => {
          if (statements.at(-1)?.sql === "commit") throw lost;
          return statements.map(() => []);
        },
        script: async () => undefined,
      }),
  });
  const error = await begun.catch((caught: unknown) => caught as DatabaseError);
  expect(error).toMatchObject({ code: "08007" });
  const problem = problemFromDatabase(error as DatabaseError);
  expect(problem.status).toBe(503);
  expect(problem.detail).toContain("may or may not have been saved");
});

test("a statement and the last one, with the role of a door, are two round trips", async () => {
  const trips: string[][] = [];
  const kept = await runTransaction({
    actor: { person: "j.hollis", role: "sergeant", partner: null },
    work: async (tx) => {
      await tx.query("select 1");
      return tx.through("clerk", (clerk) => clerk.commitWith({ sql: "insert" }));
    },
    session: (use) =>
      use({
        send: async (statements) => {
          trips.push(
            statements.map(({ sql, params }) =>
              [sql.trim().split(/\s/)[0], ...(params ?? [])].join(" "),
            ),
          );
          return statements.map(() => ["row"]);
        },
        script: async () => undefined,
      }),
  });
  expect(kept).toEqual(["row"]);
  expect(trips).toEqual([
    ["begin", "select j.hollis sergeant   boxster_sergeant", "select"],
    ["select boxster_clerk", "insert", "commit"],
  ]);
});

onEachEngine("the last statement of a transaction", ({ db }) => {
  const put = (key: string) => ({
    sql: "insert into setting (key, value) values ($1, 'true') returning key",
    params: [key],
  });
  const keys = () =>
    db().transaction(ownerActor, (tx) => tx.query<{ key: string }>("select key from setting"));

  test("is kept, answers its rows, and none comes after it", async () => {
    const after = db().transaction(ownerActor, async (tx) => {
      expect(await tx.commitWith(put("kept"))).toEqual([{ key: "kept" }]);
      await tx.query("select 1");
    });
    await expect(after).rejects.toThrow("came too late");
    expect(await keys()).toEqual([{ key: "kept" }]);
  });

  test("that fails keeps nothing of what was before it, and the connection goes on", async () => {
    const failed = db().transaction(ownerActor, async (tx) => {
      await insert(tx, "before");
      await tx.commitWith(put("kept"));
    });
    await expect(failed).rejects.toMatchObject({ code: "23505" });
    expect(await keys()).toEqual([{ key: "kept" }]);
  });

  test("after one whose failure was caught is refused with that failure", async () => {
    const swallowed = db().transaction(ownerActor, async (tx) => {
      await insert(tx, "kept").catch(() => undefined);
      await tx.commitWith(put("other"));
    });
    await expect(swallowed).rejects.toMatchObject({ code: "23505" });
    expect(await keys()).toEqual([{ key: "kept" }]);
  });

  test("changes nothing where only reading was asked for", async () => {
    const reading = db().transaction(ownerActor, (tx) => tx.commitWith(put("read")), {
      readOnly: true,
    });
    await expect(reading).rejects.toMatchObject({ code: "25006" });
  });
});
