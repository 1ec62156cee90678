import { z } from "zod";
import { type ProfileName, profileNames } from "#core/records/profile.ts";
import { mostTypes, typeKey } from "#core/records/types.ts";
import type { Transaction } from "#server/db/database.ts";
import { sql } from "#server/db/sql.ts";

const storedType = z.object({ code: z.int(), word: z.string() });
export type StoredType = z.infer<typeof storedType>;

/** Shared lock for importers, exclusive for cleaning up. */
const typesLock = 7_342;

export const loadTypes = (tx: Transaction) =>
  tx.rows(storedType, sql`select code, word from event_type order by code`);

/**
 * Codes of a profile's words, by key (core/records/types.ts); new words take free codes. Words
 * without one found no room.
 */
export async function codesOfTypes(
  tx: Transaction,
  profile: ProfileName,
  words: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  await tx.run(sql`select pg_advisory_xact_lock_shared(${typesLock}::bigint)`);
  // Concurrent claims of one code wait for each other; every round stores at least one word.
  for (;;) {
    const stored = await tx.rows(
      storedType,
      sql`select code, word from event_type where profile = ${profile} order by code desc`,
    );
    const known = new Map(stored.map(({ code, word }) => [typeKey(word), code]));
    const missing = words.filter((word) => !known.has(typeKey(word)));
    if (missing.length === 0 || missing.length + known.size > mostTypes) return known;
    await insertTypes(tx, profile, missing);
  }
}

function insertTypes(
  tx: Transaction,
  profile: ProfileName,
  words: readonly string[],
): Promise<void> {
  const first = profileNames.indexOf(profile) * mostTypes + 1;
  return tx.run(
    sql`insert into event_type (code, profile, word)
      select free.code, ${profile}::text, incoming.word
      from unnest(${words}::text[]) with ordinality as incoming (word, place)
      join (
        select code, row_number() over (order by code) as place
        from generate_series(${first}::int, ${first + mostTypes - 1}::int) as possible (code)
        where not exists (select from event_type where event_type.code = possible.code)
      ) as free using (place)
      on conflict do nothing`,
  );
}

/** Words without events; skipped while an import is running. */
export async function deleteUnusedTypes(tx: Transaction): Promise<void> {
  const isAlone = sql`select pg_try_advisory_xact_lock(${typesLock}::bigint)`;
  if (!(await tx.value(z.boolean(), isAlone))) return;
  await tx.run(
    sql`delete from event_type
      where code not in (select distinct type_code from event where type_code is not null)`,
  );
}
