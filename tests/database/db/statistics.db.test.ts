import { expect, test } from "vitest";
import { ownerActor, type Transaction } from "#server/db/database.ts";
import { databaseRoles } from "#server/db/migrate.ts";
import { onEachEngine } from "#tests/support/database.ts";
import { hangingOnPartners } from "#tests/support/hanging.ts";
import { partnerWithPlace } from "#tests/support/outreach.ts";

/** What PostgreSQL counts by itself, each of which grew as a partner saved something. */
const counted: readonly string[] = [
  "select n_tup_ins from pg_stat_all_tables where relname = 'saved_place'",
  "select n_tup_ins from pg_stat_user_tables where relname = 'saved_place'",
  "select n_tup_ins from pg_stat_xact_user_tables where relname = 'saved_place'",
  "select idx_blks_hit from pg_statio_user_tables where relname = 'saved_place'",
  "select blks_hit from pg_statio_user_sequences",
  "select idx_scan from pg_stat_user_indexes where relname = 'saved_place'",
  "select xact_commit, tup_inserted from pg_stat_database",
  "select calls from pg_stat_user_functions",
  "select backend_xid from pg_stat_activity",
  "select writes from pg_stat_io",
  "select wal_bytes from pg_stat_wal",
  "select pg_stat_get_tuples_inserted('saved_place'::regclass)",
  "select pg_stat_get_live_tuples('saved_place'::regclass)",
  "select pg_stat_get_xact_tuples_inserted('saved_place'::regclass)",
  "select pg_stat_get_db_xact_commit(oid) from pg_database",
  "select reltuples from pg_class where relname = 'saved_place'",
  "select relpages from pg_class where relname = 'saved_place'",
  "select relallvisible from pg_class where relname = 'saved_place'",
  "select pg_class from pg_class where relname = 'saved_place'",
  "select pg_relation_size('saved_place')",
  "select pg_table_size('saved_place')",
  "select pg_indexes_size('saved_place')",
  "select pg_total_relation_size('saved_place')",
  "select pg_database_size(current_database())",
  "select relation from pg_locks",
  "select pg_lock_status()",
  "select pg_current_wal_insert_lsn()",
  "select stadistinct from pg_statistic",
];

/** Answered, and empty. */
const filteredFor = (tables: readonly string[]) => [
  `select n_distinct from pg_stats where tablename in (${tables.map((name) => `'${name}'`).join()})`,
  "select n_distinct from pg_stats_ext",
];

onEachEngine("what the database counts by itself", ({ db }) => {
  /** What a role is answered to each of these: how many rows, or the code of the refusal. */
  async function ask(role: string, questions: readonly string[]): Promise<Map<string, string>> {
    const answers = await db().transaction(ownerActor, async (tx) => {
      await tx.script(`
        create or replace function pg_temp.answer(question text) returns text language plpgsql as $$
        declare
          rows bigint;
        begin
          execute question;
          get diagnostics rows = row_count;
          return rows;
        exception when others then
          return sqlstate;
        end
        $$;
        grant execute on function pg_temp.answer(text) to public;
        set local role ${role};`);
      return tx.query<{ question: string; answer: string }>(
        `select question, pg_temp.answer(question) as answer
         from unnest($1::text[]) as asked (question)`,
        [questions],
      );
    });
    return new Map(answers.map(({ question, answer }) => [question, answer]));
  }
  const all = (questions: readonly string[], answer: string) =>
    new Map(questions.map((question) => [question, answer]));

  test("no role of the database reads of it that a partner did something", async () => {
    await db().transaction(ownerActor, prepare);
    const hanging = await db().transaction(ownerActor, hangingOnPartners);
    const filtered = filteredFor(["partner", "partner_device", ...hanging]);
    for (const role of databaseRoles) {
      expect(await ask(role, counted), role).toEqual(all(counted, "42501"));
      expect(await ask(role, filtered), role).toEqual(all(filtered, "0"));
    }
  });

  test("numbers that were given out are read by those alone who ask whether a table was ever used", async () => {
    const sequences = await db().transaction(ownerActor, (tx) =>
      tx.query<{ name: string }>(
        "select sequencename as name from pg_sequences where schemaname = 'public'",
      ),
    );
    expect(sequences.length).toBeGreaterThan(10);
    const may = new Set(["boxster_operator", "boxster_system"]);
    const numbers = sequences.map(({ name }) => `select last_value from ${name}`);
    const told = ["select sequencename from pg_sequences where last_value is not null"];
    for (const role of databaseRoles.filter((name) => !may.has(name))) {
      expect(await ask(role, numbers), role).toEqual(all(numbers, "42501"));
      expect(await ask(role, told), role).toEqual(all(told, "0"));
    }
  });

  test("no other function of PostgreSQL that every role may call is named as one that counts", async () => {
    const open = await db().transaction(ownerActor, (tx) =>
      tx.query(
        `select oid::regprocedure::text from pg_proc
         where has_function_privilege('boxster_sergeant', oid, 'execute')
           and proname ~ '^pg_.*(_size|_stat_get_.*|_status|_lsn|tuples.*)$'
           and proname !~ '^pg_(last_|xact_status|wal_lsn|lsn_|column_size|.*conf_)'`,
      ),
    );
    expect(open).toEqual([]);
  });

  test("where the tables are is read as before, and who owns the database reads all of it", async () => {
    const found = ["select from pg_class where oid = to_regclass('public.saved_place')"];
    expect(await ask("boxster_sergeant", found)).toEqual(all(found, "1"));
    const refused = [...(await ask("none", counted))].filter(([, answer]) => answer === "42501");
    expect(refused).toEqual([]);
  });
});

async function prepare(tx: Transaction): Promise<void> {
  await tx.query("set local role boxster_operator");
  await tx.query("select set_config('boxster.person', 'tester', true)");
  await partnerWithPlace(tx, { name: "Partner A", now: Date.now() });
  await tx.query("reset role");
  await tx.query("analyze saved_place, partner, outreach_session");
}
