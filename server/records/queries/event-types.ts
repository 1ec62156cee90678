import { type ProfileName, profileNames } from "#core/records/profile.ts";
import { mostTypes, typeKey } from "#core/records/types.ts";
import type { Transaction } from "#server/db/database.ts";

/** A word as a source writes it, for one profile. */
export interface StoredType {
  readonly code: number;
  readonly word: string;
}

/** Held together by all who bring words in; by one alone who takes unused words away. */
const typesLock = 7_342;

export function loadTypes(tx: Transaction): Promise<StoredType[]> {
  return tx.query<StoredType>(`select code::int as "code", word from event_type order by code`);
}

/**
 * The codes of these words of a profile, by key (core/records/types.ts); those that are new take free
 * ones. Words without one found no room.
 */
export async function codesOfTypes(
  tx: Transaction,
  profile: ProfileName,
  words: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  await tx.query("select pg_advisory_xact_lock_shared($1::bigint)", [typesLock]);
  let known = await codesOfProfile(tx, profile);
  // Whoever takes the same code at the same moment is waited for; each round at least one word is stored.
  for (let missing = missingFrom(known, words); missing.length > 0; ) {
    if (missing.length + known.size > mostTypes) return known;
    await insertTypes(tx, profile, missing);
    known = await codesOfProfile(tx, profile);
    missing = missingFrom(known, words);
  }
  return known;
}

function missingFrom(known: ReadonlyMap<string, number>, words: readonly string[]): string[] {
  return words.filter((word) => !known.has(typeKey(word)));
}

async function codesOfProfile(
  tx: Transaction,
  profile: ProfileName,
): Promise<ReadonlyMap<string, number>> {
  const rows = await tx.query<StoredType>(
    `select code::int as "code", word from event_type where profile = $1::text order by code desc`,
    [profile],
  );
  return new Map(rows.map(({ code, word }) => [typeKey(word), code]));
}

async function insertTypes(
  tx: Transaction,
  profile: ProfileName,
  words: readonly string[],
): Promise<void> {
  const first = profileNames.indexOf(profile) * mostTypes + 1;
  await tx.query(
    `insert into event_type (code, profile, word)
     select free.code, $1::text, incoming.word
     from unnest($2::text[]) with ordinality as incoming (word, place)
     join (
       select code, row_number() over (order by code) as place
       from generate_series($3::int, $3::int + $4::int - 1) as possible (code)
       where not exists (select from event_type where event_type.code = possible.code)
     ) as free using (place)
     on conflict do nothing`,
    [profile, words, first, mostTypes],
  );
}

/** Words that no event has any more; left for the next time while a file is coming in. */
export async function deleteUnusedTypes(tx: Transaction): Promise<void> {
  const [lock] = await tx.query<{ alone: boolean }>(
    `select pg_try_advisory_xact_lock($1::bigint) as "alone"`,
    [typesLock],
  );
  if (!lock?.alone) return;
  await tx.query(
    `delete from event_type
     where code not in (select distinct type_code from event where type_code is not null)`,
  );
}
