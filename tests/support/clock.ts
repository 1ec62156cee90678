import { type Database, ownerActor } from "#server/db/database.ts";

/** As if the server had erased hourly until now: the next erasure is none of more than a day. */
export async function letTimePass(db: Database): Promise<void> {
  await setMark(db, "erased", null);
}

/** Puts one of the moments that the database remembers elsewhere: SQL, such as `now() - interval '4 days'`. */
export async function setMark(
  db: Database,
  name: "seen" | "erased" | "said",
  at: string | null,
): Promise<void> {
  await db.transaction(ownerActor, (tx) =>
    tx.query(`update clock_mark set at = ${at ?? "null"} where name = $1::text`, [name]),
  );
}
