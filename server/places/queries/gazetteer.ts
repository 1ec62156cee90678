import { cellToDecimal, type H3Cell } from "#core/geo/cell.ts";
import type {
  GazetteerFormat,
  GazetteerKind,
  GazetteerName,
} from "#core/places/gazetteer/names.ts";
import type { Transaction } from "#server/db/database.ts";

export interface NewGazetteerRow {
  readonly person: string;
  readonly fileName: string;
  readonly format: GazetteerFormat;
  readonly contentSha256: string;
  readonly rows: number;
  readonly kept: number;
  readonly outside: number;
  readonly notKept: number;
}

export interface GazetteerRow extends Omit<NewGazetteerRow, "contentSha256"> {
  readonly id: number;
  /** Epoch milliseconds. */
  readonly importedAt: number;
}

export interface StoredName extends GazetteerName {
  readonly key: string;
  readonly cell: H3Cell;
}

/** Null where these very names are in already. */
export async function insertGazetteer(
  tx: Transaction,
  row: NewGazetteerRow,
): Promise<number | null> {
  const rows = await tx.query<{ id: number }>(
    `insert into gazetteer (
       person, file_name, format, content_sha256, row_count, kept, outside, not_kept
     )
     values (
       $1::text, $2::text, $3::text, $4::text, $5::int, $6::int, $7::int, $8::int
     )
     on conflict (content_sha256) do nothing
     returning id::int as "id"`,
    [
      row.person,
      row.fileName,
      row.format,
      row.contentSha256,
      row.rows,
      row.kept,
      row.outside,
      row.notKept,
    ],
  );
  return rows[0]?.id ?? null;
}

const chunkRows = 10_000;

export async function insertNames(
  tx: Transaction,
  gazetteer: number,
  names: readonly StoredName[],
): Promise<void> {
  for (let from = 0; from < names.length; from += chunkRows) {
    const chunk = names.slice(from, from + chunkRows);
    await tx.query(
      `insert into gazetteer_name (
         gazetteer_id, kind, name, name_key, at, cell, reach_m, borough, locality, district
       )
       select $1::int, kind, name, name_key, st_setsrid(st_makepoint(lng, lat), 4326), cell, reach,
              borough, locality, district
       from unnest(
         $2::text[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::bigint[], $8::int[],
         $9::text[], $10::text[], $11::text[]
       ) as given (kind, name, name_key, lng, lat, cell, reach, borough, locality, district)`,
      [
        gazetteer,
        chunk.map((one) => one.kind),
        chunk.map((one) => one.name),
        chunk.map((one) => one.key),
        chunk.map((one) => one.at[0]),
        chunk.map((one) => one.at[1]),
        chunk.map((one) => cellToDecimal(one.cell)),
        chunk.map((one) => one.reach),
        chunk.map((one) => one.borough),
        chunk.map((one) => one.locality),
        chunk.map((one) => one.district),
      ],
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

export async function deleteGazetteer(tx: Transaction, id: number): Promise<number | null> {
  const rows = await tx.query<{ kept: number }>(
    `delete from gazetteer
     where id = $1::int
     returning kept::int as "kept"`,
    [id],
  );
  return rows[0]?.kept ?? null;
}

export interface MatchedName {
  readonly kind: GazetteerKind;
  readonly name: string;
  readonly cell: H3Cell;
  readonly reach: number | null;
  readonly borough: string | null;
  readonly locality: string | null;
  readonly district: string | null;
}

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
export function loadImportedStreets(
  tx: Transaction,
): Promise<{ name: string; lng: number; lat: number; reach: number | null }[]> {
  return tx.query(
    `select name as "name",
            st_x(at)::float8 as "lng",
            st_y(at)::float8 as "lat",
            reach_m::int as "reach"
     from gazetteer_name
     where kind = 'street'
     order by id`,
  );
}

/** Changes whenever a gazetteer comes or goes. */
export async function gazetteersVersion(tx: Transaction): Promise<string> {
  const rows = await tx.query<{ version: string | null }>(
    `select string_agg(id::text, ' ' order by id) as "version"
     from gazetteer`,
  );
  return rows[0]?.version ?? "";
}
