import {
  type DraftFactor,
  type FactorFile,
  readPlaceFactors,
} from "#core/places/layers/place-factors.ts";
import type { FactorKind, LayerRemoval, LayerResult } from "#core/places/wire/layers.ts";
import type { Actor } from "#core/role.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount } from "#core/text/numbers.ts";
import type { ActServices } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { type FileImport, readWhole } from "#server/files/import-source.ts";
import {
  type CheckedFactor,
  checkFactors,
  deleteLayer,
  insertFactors,
  insertLayer,
  nameOfImported,
} from "#server/places/queries/layers.ts";
import { gridNote, refuseWithoutGrid } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

export interface LayerRequest extends FileImport {
  readonly kind: FactorKind;
  readonly label?: string | undefined;
  readonly licence: string;
}

type LayerServices = Pick<ActServices, "config" | "db" | "addDetail">;

/** One file of place factors into one layer; all of it or nothing. A dry run writes nothing. */
export async function importLayer(
  { config, db, addDetail }: LayerServices,
  { actor, source, kind, label, licence, dryRun, signal }: LayerRequest,
): Promise<LayerResult> {
  addDetail({ kind, dryRun });
  const { text, fileName, sha256 } = await readWhole(source, signal);
  const read = readPlaceFactors(text, label);
  return withOptions(db, { long: true, grows: true }).transaction(actor, async (tx) => {
    const known = await nameOfImported(tx, kind, sha256);
    if (known !== null) {
      throw new FileFault(
        `this file is already imported as "${known}"; remove that layer first to import it again`,
      );
    }
    refuseWithoutGrid(config, read);
    const { kept, repaired } = await judge(tx, read.factors);
    const outside = read.factors.length - kept.length;
    const result: LayerResult = {
      layer: null,
      kind,
      dryRun,
      fileName,
      features: read.factors.length,
      kept: kept.length,
      outside,
      repaired,
      labelProperty: read.labelProperty,
      labelled: kept.filter((factor) => factor.label !== null).length,
      labelsLeftOut: read.labelsLeftOut,
      notes: notesOn(read),
    };
    const features = kept.length;
    addDetail({ features });
    signal?.throwIfAborted();
    if (dryRun) return result;
    const { person } = actor;
    const head = { kind, person, fileName, fileSha256: sha256, licence, features, outside };
    const layer = await insertLayer(tx, head);
    await insertFactors(tx, layer, kept);
    addDetail({ layer });
    signal?.throwIfAborted();
    return { ...result, layer };
  });
}

async function judge(tx: Transaction, factors: readonly DraftFactor[]) {
  const checked = await checkFactors(tx, factors);
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
  const isRepaired = ({ isInside, fault }: CheckedFactor) => isInside && fault !== null;
  return { kept, repaired: checked.filter(isRepaired).length };
}

function notesOn({ isOnGrid, labelsLeftOut }: FactorFile): string[] {
  return linesOf(
    isOnGrid && gridNote,
    labelsLeftOut > 0 &&
      `${formatCount(labelsLeftOut)} names were excluded: longer than 60 characters, sentences, or could describe a person. The places are kept.`,
  );
}

export function removeLayer(
  { db, addDetail }: Pick<LayerServices, "db" | "addDetail">,
  actor: Actor,
  layer: number,
): Promise<LayerRemoval> {
  addDetail({ layer });
  return db.transaction(actor, async (tx) => {
    const removed = await deleteLayer(tx, layer);
    if (!removed) {
      const detail = `There is no layer ${layer}; it may have been removed.`;
      throw new Problem(404, "No such layer", detail);
    }
    addDetail({ kind: removed.kind, features: removed.features });
    return removed;
  });
}
