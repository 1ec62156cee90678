import type { DraftFactor } from "#core/places/layers/place-factors.ts";
import type {
  FactorKind,
  LayerRemoval,
  PlaceFactor,
  PlaceLayer,
} from "#core/places/wire/layers.ts";
import type { Transaction } from "#server/db/database.ts";

/** With the time of the import in epoch milliseconds. */
export type LayerRow = Omit<PlaceLayer, "importedAt"> & { readonly importedAt: number };

export type NewLayer = Omit<LayerRow, "id" | "importedAt"> & { readonly fileSha256: string };

/** Degrees; 500 metres and more at the latitude of London. */
const aroundCommand = 0.0075;
const chunk = 5_000;

export interface CheckedFactor {
  readonly number: number;
  readonly isInside: boolean;
  /** Why it was not valid as given; null when it was. */
  readonly fault: string | null;
  readonly faultAt: string | null;
  /** Whether anything is left of it once it is put right. */
  readonly isThere: boolean;
}

/** Which shapes lie in the command or 500 m around it, and which had to be put right. */
export async function checkFactors(
  tx: Transaction,
  factors: readonly DraftFactor[],
): Promise<CheckedFactor[]> {
  const checked: CheckedFactor[] = [];
  for (const part of partsOf(factors)) {
    checked.push(
      ...(await tx.query<CheckedFactor>(
        `with ground as materialized (
           select st_buffer(st_union(shape), $2::float8) as shape
           from area
           where in_command
         ),
         given as (
           select number, st_setsrid(st_geomfromgeojson(geometry), 4326) as shape
           from json_to_recordset($1::json) as incoming (number int, geometry json)
         ),
         seen as (
           select number, shape, st_isvaliddetail(shape) as detail
           from given
         )
         select number as "number",
                st_intersects(ground.shape, st_envelope(seen.shape)) as "isInside",
                (detail).reason as "fault",
                round(st_x((detail).location)::numeric, 5) || ', ' ||
                  round(st_y((detail).location)::numeric, 5) as "faultAt",
                (detail).valid or geometrytype(seen.shape) <> 'MULTIPOLYGON' or not st_isempty(
                  st_collectionextract(st_makevalid(seen.shape, 'method=structure'), 3)
                ) as "isThere"
         from seen
         cross join ground
         order by number`,
        [JSON.stringify(part), aroundCommand],
      )),
    );
  }
  return checked;
}

function partsOf(factors: readonly DraftFactor[]): (readonly DraftFactor[])[] {
  return Array.from({ length: Math.ceil(factors.length / chunk) }, (_, at) =>
    factors.slice(at * chunk, (at + 1) * chunk),
  );
}

export async function insertLayer(tx: Transaction, layer: NewLayer): Promise<number> {
  const { kind, person, fileName, fileSha256, licence, features, outside } = layer;
  const [added] = await tx.query<{ id: number }>(
    `insert into place_layer (
       kind, person, file_name, file_sha256, licence, feature_count, outside_count
     )
     values ($1::text, $2::text, $3::text, $4::text, $5::text, $6::int, $7::int)
     returning id`,
    [kind, person, fileName, fileSha256, licence, features, outside],
  );
  if (!added) throw new TypeError("The new layer came back without an id");
  return added.id;
}

/** Each shape made valid, of polygons the ground alone. */
export async function insertFactors(
  tx: Transaction,
  layer: number,
  factors: readonly DraftFactor[],
): Promise<void> {
  for (const part of partsOf(factors)) {
    await tx.query(
      `insert into place_feature (layer_id, label, shape)
       select $1::int, label,
              case
                when st_isvalid(shape) or geometrytype(shape) <> 'MULTIPOLYGON' then shape
                else st_multi(st_collectionextract(st_makevalid(shape, 'method=structure'), 3))
              end
       from (
         select number, label, st_setsrid(st_geomfromgeojson(geometry), 4326) as shape
         from json_to_recordset($2::json) as incoming (number int, label text, geometry json)
       ) as given
       order by number`,
      [layer, JSON.stringify(part)],
    );
  }
}

/** By kind, newest first. */
export function listLayers(tx: Transaction): Promise<LayerRow[]> {
  return tx.query<LayerRow>(
    `select id::int as "id",
            kind as "kind",
            person as "person",
            (extract(epoch from imported_at) * 1000)::float8 as "importedAt",
            file_name as "fileName",
            licence as "licence",
            feature_count::int as "features",
            outside_count::int as "outside"
     from place_layer
     order by kind, id desc`,
  );
}

/** What the file of the layer of a kind that this very file brought was called; null where none did. */
export async function nameOfImported(
  tx: Transaction,
  kind: FactorKind,
  fileSha256: string,
): Promise<string | null> {
  const [known] = await tx.query<{ fileName: string }>(
    `select file_name as "fileName"
     from place_layer
     where kind = $1
       and file_sha256 = $2`,
    [kind, fileSha256],
  );
  return known?.fileName ?? null;
}

/** Takes every place of the layer with it; null when there is no such layer. */
export async function deleteLayer(tx: Transaction, layer: number): Promise<LayerRemoval | null> {
  const [removed] = await tx.query<LayerRemoval>(
    `delete from place_layer
     where id = $1::int
     returning id::int as "layer", kind as "kind", feature_count::int as "features"`,
    [layer],
  );
  return removed ?? null;
}

/** Every place in plain parts: a point, a line, or the outer ring of a ground. */
export function loadFactors(
  tx: Transaction,
): Promise<(PlaceFactor & { readonly kind: FactorKind })[]> {
  return tx.query(
    `with part as (
       select place_layer.kind, place_feature.id, place_feature.label,
              (st_dump(place_feature.shape)).geom as shape
       from place_feature
       join place_layer on place_layer.id = place_feature.layer_id
     )
     select kind as "kind",
            label as "label",
            case st_dimension(shape) when 0 then 'point' when 1 then 'line' else 'ground' end as "shape",
            case st_dimension(shape)
              when 0 then json_build_array(st_asgeojson(shape, 5)::json -> 'coordinates')
              when 1 then st_asgeojson(shape, 5)::json -> 'coordinates'
              else st_asgeojson(st_exteriorring(shape), 5)::json -> 'coordinates'
            end as "line"
     from part
     order by kind, id`,
  );
}
