import { z } from "zod";
import { type DraftFactor, placeFactorsOf } from "#core/places/layers/place-factors.ts";
import { type LayerResult, layerRemoval, placeLayer } from "#core/places/wire/imports.ts";
import { type FactorKind, factorKinds, placeFactor } from "#core/places/wire/layers.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import type { Act } from "#server/acts/services.ts";
import { chunksOf } from "#server/db/chunks.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import type { FileImport } from "#server/files/import-source.ts";
import { placeOfFault } from "#server/places/areas.ts";
import { readFeatures } from "#server/places/read-features.ts";
import { gridNote, refuseWithoutGrid } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

export interface LayerRequest extends Pick<FileImport, "source" | "dryRun"> {
  readonly kind: FactorKind;
  readonly label?: string | undefined;
  readonly licence: string;
}

/** One file of place factors into one layer; all of it or nothing. A dry run writes nothing. */
export async function importLayer(
  { config, db, actor, addDetail, signal }: Act & Pick<FileImport, "signal">,
  { source, kind, label, licence, dryRun }: LayerRequest,
): Promise<LayerResult> {
  addDetail({ kind, dryRun });
  const {
    file,
    fileName,
    sha256: fileSha256,
  } = await readFeatures(source, { layer: null, shapes: "any", within: null, signal });
  const read = placeFactorsOf(file, label);
  return withOptions(db, { long: true, grows: true }).transaction(actor, async (tx) => {
    const known = await tx.value(
      z.string(),
      sql`select file_name from place_layer where kind = ${kind} and file_sha256 = ${fileSha256}`,
    );
    if (known !== null) {
      throw new FileFault(
        `this file is already imported as "${known}"; remove that layer first to import it again`,
      );
    }
    refuseWithoutGrid(config, read);
    const { kept, repaired } = await judge(tx, read.factors);
    const features = kept.length;
    const outside = read.factors.length - features;
    const result: LayerResult = {
      layer: null,
      kind,
      dryRun,
      fileName,
      features: read.factors.length,
      kept: features,
      outside,
      repaired,
      labelProperty: read.labelProperty,
      labelled: kept.filter((factor) => factor.label !== null).length,
      labelsLeftOut: read.labelsLeftOut,
      notes: linesOf(
        read.isOnGrid && gridNote,
        read.labelsLeftOut > 0 &&
          `${formatCount(read.labelsLeftOut)} names were excluded: longer than 60 characters, sentences, or could describe a person. The places are kept.`,
      ),
    };
    addDetail({ features });
    signal?.throwIfAborted();
    if (dryRun) return result;
    const head = { kind, person: actor.person, fileName, fileSha256, licence };
    const counts = { featureCount: features, outsideCount: outside };
    const layer = await insertFactors(tx, { ...head, ...counts }, kept);
    addDetail({ layer });
    signal?.throwIfAborted();
    return { ...result, layer };
  });
}

/** Degrees; 500 metres and more at the latitude of London. */
const aroundCommand = 0.0075;

const checkedFactor = z.object({
  number: z.int(),
  /** In the command or within 500 m. */
  isInside: z.boolean(),
  /** Why it was not valid as given; null when it was. */
  fault: z.string().nullable(),
  faultAt: z.string().nullable(),
  isThere: z.boolean(),
});

async function judge(tx: Transaction, factors: readonly DraftFactor[]) {
  const checked: z.infer<typeof checkedFactor>[] = [];
  for (const part of chunksOf(factors)) {
    const rows = await tx.rows(
      checkedFactor,
      sql`with ground as materialized (
          select st_buffer(st_union(shape), ${aroundCommand}::float8) as shape
          from area where in_command
        ),
        given as (
          select number, st_setsrid(st_geomfromgeojson(geometry), 4326) as shape
          from json_to_recordset(${JSON.stringify(part)}) as incoming (number int, geometry json)
        ),
        seen as (select number, shape, st_isvaliddetail(shape) as detail from given)
        select number, st_intersects(ground.shape, st_envelope(seen.shape)) as is_inside,
          (detail).reason as fault, ${placeOfFault} as fault_at,
          (detail).valid or geometrytype(seen.shape) <> 'MULTIPOLYGON' or not st_isempty(
            st_collectionextract(st_makevalid(seen.shape, 'method=structure'), 3)
          ) as is_there
        from seen cross join ground
        order by number`,
    );
    checked.push(...rows);
  }
  const gone = checked.find(({ isThere }) => !isThere);
  if (gone) {
    const at = gone.faultAt ? ` near ${gone.faultAt}` : "";
    throw new FileFault(
      `feature ${gone.number} cannot be repaired${at}: ${gone.fault ?? "nothing is left of it"}`,
    );
  }
  const kept = factors.filter((_, index) => checked[index]?.isInside);
  if (kept.length === 0) {
    throw new FileFault(
      `none of the ${factors.length} places is within 500 m of the area. Check whether longitude and latitude are swapped, or the file is for another place`,
    );
  }
  const repaired = checked.filter(({ isInside, fault }) => isInside && fault !== null).length;
  return { kept, repaired };
}

async function insertFactors(
  tx: Transaction,
  head: Parameters<typeof insertInto>[1],
  factors: readonly DraftFactor[],
): Promise<number> {
  const { id } = await tx.one(
    placeLayer.pick({ id: true }),
    sql`${insertInto("place_layer", head)} returning id`,
  );
  for (const part of chunksOf(factors)) {
    await tx.run(sql`insert into place_feature (layer_id, label, shape)
      select ${id}::int, label,
        case
          when st_isvalid(shape) or geometrytype(shape) <> 'MULTIPOLYGON' then shape
          else st_multi(st_collectionextract(st_makevalid(shape, 'method=structure'), 3))
        end
      from (
        select number, label, st_setsrid(st_geomfromgeojson(geometry), 4326) as shape
        from json_to_recordset(${JSON.stringify(part)})
          as incoming (number int, label text, geometry json)
      ) as given
      order by number`);
  }
  return id;
}

const countColumns = { feature_count: "features", outside_count: "outside" };

/** By kind, newest first. */
export const listLayers = (tx: Transaction) =>
  tx.rows(
    placeLayer,
    sql`select ${columnsOf(placeLayer, { as: countColumns })} from place_layer order by kind, id desc`,
  );

export function removeLayer({ db, actor, addDetail }: Act, layer: number) {
  addDetail({ layer });
  return db.transaction(actor, async (tx) => {
    const removed = await tx.maybe(
      layerRemoval,
      sql`delete from place_layer where id = ${layer}
        returning id as layer, kind, feature_count as features`,
    );
    if (!removed) {
      const detail = `There is no layer ${layer}; it may have been removed.`;
      throw new Problem(404, "No such layer", detail);
    }
    addDetail({ kind: removed.kind, features: removed.features });
    return removed;
  });
}

const keptFactor = placeFactor.extend({ kind: z.enum(factorKinds) });

/** Every place in plain parts: a point, a line, or the outer ring of a ground. */
export const loadFactors = (tx: Transaction) =>
  tx.rows(
    keptFactor,
    sql`with part as (
        select place_layer.kind, place_feature.id, place_feature.label,
          (st_dump(place_feature.shape)).geom as shape
        from place_feature
        join place_layer on place_layer.id = place_feature.layer_id
      )
      select kind, label,
        case st_dimension(shape) when 0 then 'point' when 1 then 'line' else 'ground' end as shape,
        case st_dimension(shape)
          when 0 then json_build_array(st_asgeojson(shape, 5)::json -> 'coordinates')
          when 1 then st_asgeojson(shape, 5)::json -> 'coordinates'
          else st_asgeojson(st_exteriorring(shape), 5)::json -> 'coordinates'
        end as line
      from part order by kind, id`,
  );
