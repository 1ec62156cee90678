import { afterEach, expect, test } from "vitest";
import type { Actor } from "#core/role.ts";
import { type Database, ownerActor, type Transaction } from "#server/db/database.ts";
import { createBatch } from "#server/records/queries/batches.ts";
import { codesOfTypes } from "#server/records/queries/event-types.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { analyst } from "#tests/support/import-server.ts";

const noBatch = { code: "23503", constraint: "event_batch_id_fkey", table: "event" };
const noType = { code: "23503", constraint: "event_type_code_fkey", table: "event" };

/** One a batch that is named, of no type or of one. */
const insert = (tx: Transaction, batches: readonly number[], type: number | null = null) =>
  tx.query(
    `insert into event (batch_id, cell, kind, source, category, starts_at, ends_at, type_code)
     select batch, 622236710000000000 & ~(15::bigint << 52) | (10::bigint << 52),
            'complaint', 'resident', 'asb', now(), now(), $2::smallint
     from unnest($1::int[]) as named (batch)`,
    [batches, type],
  );

const add = (db: Database, count: number, type: number | null = null) =>
  db.transaction(analyst, async (tx) => {
    const batch = await createBatch(tx, { person: "test", fileName: "made-up" });
    await insert(tx, new Array<number>(count).fill(batch), type);
    return batch;
  });

// What these triggers keep a foreign key kept before (sql/migrations/0004-records.sql).
onEachEngine("the batch and the type of an event", ({ db, engine }) => {
  const asOwner = <Row>(sql: string, params: readonly (number | null)[] = []) =>
    db().transaction(ownerActor, (tx) => tx.query<Row>(sql, params));
  const eventsOf = async () =>
    (await asOwner<{ batch: number }>("select batch_id as batch from event order by id")).map(
      ({ batch }) => batch,
    );
  const newType = async (word: string) =>
    (await db().transaction(analyst, (tx) => codesOfTypes(tx, "plain", [word]))).values().next()
      .value ?? 0;
  afterEach(async () => {
    await asOwner("delete from batch");
    await asOwner("delete from event_type");
  });

  test("an event cannot come in under a batch or a type that is not there, nor move to one", async () => {
    const batch = await add(db(), 2);
    const stray = db().transaction(analyst, (tx) => insert(tx, [batch, 999_999]));
    await expect(stray).rejects.toMatchObject(noBatch);
    const move = asOwner("update event set batch_id = 999999");
    await expect(move).rejects.toMatchObject(noBatch);
    const typed = db().transaction(analyst, (tx) => insert(tx, [batch], 200));
    await expect(typed).rejects.toMatchObject(noType);
    const retype = asOwner("update event set type_code = 200");
    await expect(retype).rejects.toMatchObject(noType);
    expect(await eventsOf()).toEqual([batch, batch]);
  });

  test("a batch takes its events along, and no others", async () => {
    const [first, second, third] = [await add(db(), 2), await add(db(), 1), await add(db(), 1)];
    await asOwner("delete from batch where id = any (array[$1::int, $2::int])", [first, third]);
    expect(await eventsOf()).toEqual([second]);
  });

  test("the number of a batch that events name cannot change; one without events may", async () => {
    const batch = await add(db(), 1);
    await expect(asOwner("update batch set id = default")).rejects.toMatchObject(noBatch);
    await asOwner("delete from event");
    const [moved] = await asOwner<{ id: number }>("update batch set id = default returning id");
    expect(moved?.id).toBeGreaterThan(batch);
  });

  test("a type that an event has stays under its code; one that none has goes", async () => {
    const code = await newType("Drugs");
    await add(db(), 1, code);
    await expect(asOwner("delete from event_type")).rejects.toMatchObject(noType);
    const moving = asOwner("update event_type set code = code + 1");
    await expect(moving).rejects.toMatchObject(noType);
    await asOwner("update event set type_code = null");
    await asOwner("update event_type set code = code + 1");
    await asOwner("delete from event_type");
  });

  test("neither table can be emptied under the events", async () => {
    await add(db(), 1, await newType("Drugs"));
    await expect(asOwner("truncate batch cascade")).rejects.toMatchObject(noBatch);
    await expect(asOwner("truncate event_type")).rejects.toMatchObject(noType);
    await asOwner("truncate batch, event_type, event cascade");
    expect(await eventsOf()).toEqual([]);
  });

  test("nobody takes a batch away by a snapshot that may be too old to see its events", async () => {
    const batch = await add(db(), 1);
    const take = db().transaction(ownerActor, (tx) => tx.query("delete from batch"), {
      oneSnapshot: true,
    });
    await expect(take).rejects.toMatchObject({ code: "0A000" });
    expect(await eventsOf()).toEqual([batch]);
  });

  test.runIf(engine === "postgres")(
    "whoever takes a batch away waits for events that come in under it, and takes them too",
    async () => {
      const batch = await add(db(), 1);
      const writing = await hold(analyst, (tx) => insert(tx, [batch, batch]));
      const taking = asOwner("delete from batch where id = $1::int", [batch]);
      await untilOneWaits();
      await writing.letGo();
      await taking;
      expect(await eventsOf()).toEqual([]);
    },
  );

  test.runIf(engine === "postgres").each([
    ["batch", noBatch],
    ["event_type", noType],
  ])(
    "whoever names a row of %s that is being taken away waits, and is refused",
    async (table, fault) => {
      const code = await newType("Drugs");
      const batch = await add(db(), 0);
      const taking = await hold(ownerActor, (tx) => tx.query(`delete from ${table}`));
      const writing = db().transaction(analyst, (tx) => insert(tx, [batch], code));
      const refused = expect(writing).rejects.toMatchObject(fault);
      await untilOneWaits();
      await taking.letGo();
      await refused;
      expect(await eventsOf()).toEqual([]);
    },
  );

  /** What a transaction has done and not yet committed. */
  const hold = async (actor: Actor, work: (tx: Transaction) => Promise<unknown>) => {
    const [done, released] = [createSignal(), createSignal()];
    const over = db().transaction(actor, async (tx) => {
      await work(tx);
      done.give();
      await released.given;
    });
    await Promise.race([done.given, over]);
    return {
      letGo: () => {
        released.give();
        return over;
      },
    };
  };

  /** Some transaction waits for what another holds. */
  const untilOneWaits = async () => {
    for (let waits = false; !waits; ) {
      const [found] = await asOwner<{ waits: boolean }>(
        `select exists (
           select from pg_stat_activity
           where datname = current_database() and cardinality(pg_blocking_pids(pid)) > 0
         ) as "waits"`,
      );
      waits = found?.waits ?? false;
    }
  };
});

function createSignal() {
  let give: () => void = () => undefined;
  const given = new Promise<void>((resolve) => {
    give = resolve;
  });
  return { given, give: () => give() };
}
