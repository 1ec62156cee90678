import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type { ImportedStreet } from "#core/places/gazetteer/imported-streets.ts";
import type { GazetteerName } from "#core/places/gazetteer/names.ts";
import type { GazetteerImport } from "#core/places/wire/gazetteer.ts";
import type { Transaction } from "#server/db/database.ts";

/** With the time of the import in epoch milliseconds. */
export type GazetteerRow = Omit<GazetteerImport, "importedAt"> & { readonly importedAt: number };

export type NewGazetteerRow = Omit<GazetteerRow, "id" | "importedAt"> & {
  readonly contentSha256: string;
};

/** Null where these very names are in already. */
export async function insertGazetteer(
  tx: Transaction,
  row: NewGazetteerRow,
): Promise<number | null> {
  const { person, fileName, format, contentSha256, rows, kept, outside, notKept } = row;
  const [added] = await tx.query<{ id: number }>(
    `insert into gazetteer (
       person, file_name, format, content_sha256, row_count, kept, outside, not_kept
     )
     values (
       $1::text, $2::text, $3::text, $4::text, $5::int, $6::int, $7::int, $8::int
     )
     on conflict (content_sha256) do nothing
     returning id::int as "id"`,
    [person, fileName, format, contentSha256, rows, kept, outside, notKept],
  );
  return added?.id ?? null;
}

export interface StoredName extends GazetteerName {
  readonly key: string;
  readonly cell: H3Cell;
}

const chunkRows = 10_000;

export async function insertNames(
  tx: Transaction,
  gazetteer: number,
  names: readonly StoredName[],
): Promise<void> {
  for (let from = 0; from < names.length; from += chunkRows) {
    const chunk = names.slice(from, from + chunkRows).map(({ cell, at: [lng, lat], ...name }) => ({
      ...name,
      cell: cellToDecimal(cell),
      lng,
      lat,
    }));
    await tx.query(
      `insert into gazetteer_name (
         gazetteer_id, kind, name, name_key, at, cell, reach_m, borough, locality, district
       )
       select $1::int, kind, name, key, st_setsrid(st_makepoint(lng, lat), 4326), cell, reach,
              borough, locality, district
       from json_to_recordset($2::json) as given (
         kind text, name text, key text, lng float8, lat float8, cell bigint, reach int,
         borough text, locality text, district text
       )`,
      [gazetteer, JSON.stringify(chunk)],
    );
  }
}

/** Newest first. */
export function listGazetteers(tx: Transaction): Promise<GazetteerRow[]> {
  return tx.query<GazetteerRow>(
    `select id::int as "id",
            person as "person",
            (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
            file_name as "fileName",
            format as "format",
            row_count::int as "rows",
            kept::int as "kept",
            outside::int as "outside",
            not_kept::int as "notKept"
     from gazetteer
     order by id desc`,
  );
}

/** How many names it had; null where there is none of that number. */
export async function deleteGazetteer(tx: Transaction, id: number): Promise<number | null> {
  const [removed] = await tx.query<{ kept: number }>(
    `delete from gazetteer
     where id = $1::int
     returning kept::int as "kept"`,
    [id],
  );
  return removed?.kept ?? null;
}

export type MatchedName = Omit<StoredName, "at" | "key">;

/** All that rows can be placed by, in the order in which it came. */
export function loadMatchedNames(tx: Transaction): Promise<MatchedName[]> {
  return tx.query<MatchedName>(
    `select kind as "kind",
            name as "name",
            to_hex(cell) as "cell",
            reach_m::int as "reach",
            borough as "borough",
            locality as "locality",
            district as "district"
     from gazetteer_name
     order by id`,
  );
}

/** Each once, where several gazetteers have it as the last of them says. */
export function loadPostcodes(tx: Transaction): Promise<Pick<MatchedName, "name" | "cell">[]> {
  return tx.query<Pick<MatchedName, "name" | "cell">>(
    `select distinct on (name) name as "name", to_hex(cell) as "cell"
     from gazetteer_name
     where kind = 'postcode'
     order by name, id desc`,
  );
}

/** Streets with their points, to name cells by. */
export function loadImportedStreets(tx: Transaction): Promise<ImportedStreet[]> {
  return tx.query<ImportedStreet>(
    `select name as "name",
            json_build_array(st_x(at)::float8, st_y(at)::float8) as "at",
            reach_m::int as "reach"
     from gazetteer_name
     where kind = 'street'
     order by id`,
  );
}
