import { z } from "zod";
import {
  type Boundary,
  type BoundaryChoices,
  boundariesOf,
  withOwnNames,
} from "#core/places/boundaries.ts";
import { edgeMetres } from "#core/places/nearest-edge.ts";
import { sharedGround, shareInside } from "#core/places/share-inside.ts";
import type { StudySet } from "#core/places/study-set.ts";
import { type BoundaryKind, type BoundaryResult, boundarySet } from "#core/places/wire/imports.ts";
import type { Area } from "#core/places/wire/places.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { linesOf } from "#core/text/lines.ts";
import { deriveFoundEdges } from "#data/places/recipe/edges.ts";
import type { Act } from "#server/acts/services.ts";
import { type Transaction, withOptions } from "#server/db/database.ts";
import { columnsOf } from "#server/db/rows.ts";
import { insertInto, sql } from "#server/db/sql.ts";
import { orTakenBack, TakenBack } from "#server/db/taken-back.ts";
import type { FileImport } from "#server/files/import-source.ts";
import * as stored from "#server/places/areas.ts";
import { packInUse } from "#server/places/load.ts";
import { forgetPlaces, placesOf } from "#server/places/places.ts";
import { readFeatures } from "#server/places/read-features.ts";
import { gridNote, refuseWithoutGrid } from "#server/places/ward-lookup.ts";
import { Problem } from "#server/problem.ts";

/** A smaller share is a sliver of a ward next to the command. */
const leastShare = 0.5;
const leastOfNeighbour = 0.01;
const listedOverlaps = 50;

/**
 * Wards, LSOAs and beats replace the whole set of their kind; boroughs refine the lines of existing
 * ones. All or nothing: one irreparable shape refuses the file. A dry run does it all and rolls
 * back.
 */
export async function importBoundaries(
  act: Act & Pick<FileImport, "signal">,
  {
    source,
    choices,
    dryRun,
  }: Pick<FileImport, "source" | "dryRun"> & {
    readonly choices: BoundaryChoices;
  },
): Promise<BoundaryResult> {
  const { kind } = choices;
  act.addDetail({ kind, dryRun });
  const { file, fileName, sha256 } = await readFeatures(source, {
    layer: choices.layer ?? null,
    shapes: "areas",
    within: null,
    signal: act.signal,
  });
  const read = boundariesOf(file, choices);
  refuseWithoutGrid(act.config, read);
  const { command } = await placesOf(act);
  const db = withOptions(act.db, { events: true, long: true, grows: true });
  try {
    const work = db.transaction(act.actor, async (tx) => {
      const checked = await stored.checkBoundaries(tx, read.boundaries);
      const mended = read.boundaries.map((boundary, index) => mend(boundary, checked[index]));
      const { areas, eventsByCell, notes } =
        kind === "borough"
          ? await keepBoroughs(tx, mended)
          : await keepSet(tx, { kind, command }, mended);
      const overlaps = await stored.findOverlaps(tx, kind);
      const [kept, outside] = [areas.length, mended.length - areas.length];
      const result: BoundaryResult = {
        kind,
        dryRun,
        fileName,
        features: mended.length,
        kept,
        outside,
        codeProperty: read.codeProperty,
        nameProperty: read.nameProperty,
        repaired: repairsOf(areas),
        overlaps: overlaps.slice(0, listedOverlaps),
        overlapCount: overlaps.length,
        uncovered: await stored.uncoveredGround(tx, kind),
        eventsByCell,
        notes: linesOf(
          read.isOnGrid && gridNote,
          kind === "ward" && "Events imported from now on have a ward; earlier ones count by cell.",
          notes,
        ),
      };
      const { person } = act.actor;
      const repaired = result.repaired.length;
      const set = { kind, person, fileName, fileSha256: sha256, areas: kept, outside, repaired };
      await replaceBoundarySet(tx, set);
      act.addDetail({ areas: kept, events: eventsByCell });
      act.signal?.throwIfAborted();
      if (dryRun) throw new TakenBack(result);
      return result;
    });
    return await orTakenBack(work);
  } finally {
    forgetPlaces(act.db);
  }
}

type MendedBoundary = Omit<Boundary, "polygons"> & {
  readonly polygons: Area["polygons"];
  readonly checked: stored.CheckedBoundary;
};

function mend(boundary: Boundary, checked: stored.CheckedBoundary | undefined): MendedBoundary {
  if (checked?.polygons) return { ...boundary, polygons: checked.polygons, checked };
  const at = checked?.faultAt ? ` near ${checked.faultAt}` : "";
  throw new FileFault(
    `"${boundary.name}" cannot be repaired${at}: ${checked?.fault ?? "nothing with an area is left"}`,
  );
}

async function keepSet(
  tx: Transaction,
  { kind, command }: { kind: Exclude<BoundaryKind, "borough">; command: StudySet },
  mended: readonly MendedBoundary[],
) {
  const inside = mended.filter((area) => shareInside(area, command) >= leastShare);
  if (inside.length === 0) {
    throw new FileFault(
      `none of the ${mended.length} areas is in the area; check whether longitude and latitude are swapped, or the file is for another place`,
    );
  }
  const areas = withOwnNames(inside, ({ name, within }) => (within ? `${name} (${within})` : name));
  const unchanged = kind === "ward" ? await stored.unchangedWards(tx, areas) : [];
  await stored.deleteAreas(tx, [kind]);
  await stored.insertAreas(
    tx,
    areas.map(({ code, name, polygons }) => ({ code, name, kind, inCommand: false, polygons })),
  );
  const eventsByCell = kind === "ward" ? await clearWards(tx, unchanged) : 0;
  return { areas, eventsByCell, notes: [] };
}

async function keepBoroughs(tx: Transaction, mended: readonly MendedBoundary[]) {
  const byCode = new Map(mended.map((area) => [area.code, area]));
  const known = (await stored.loadAreas(tx)).flatMap((area) => {
    const given = byCode.get(area.code);
    const isKnown = area.kind === "borough" || area.kind === "neighbour";
    return given && isKnown ? [{ ...area, share: sharedGround(area, given) }] : [];
  });
  if (known.length === 0) {
    throw new FileFault(
      `none of the ${mended.length} areas has the code of a borough or district that is known here, such as E09000010`,
    );
  }
  // Of neighbours only the part beside the command came with the tool.
  const elsewhere = known.find(
    ({ inCommand, share }) => share < (inCommand ? leastShare : leastOfNeighbour),
  );
  if (elsewhere) {
    throw new FileFault(
      `"${elsewhere.name}" (${elsewhere.code}) overlaps only ${Math.round(elsewhere.share * 100)}% of the ${elsewhere.name} known here; check whether longitude and latitude are swapped, or the codes belong to other areas`,
    );
  }
  const replaced = new Set(await stored.replaceShapes(tx, mended));
  const notes = [await redrawEdges(tx, replaced)];
  return { areas: mended.filter(({ code }) => replaced.has(code)), eventsByCell: 0, notes };
}

function repairsOf(areas: readonly MendedBoundary[]): BoundaryResult["repaired"] {
  return areas.flatMap(({ name, checked: { fault, faultAt, before, after } }) =>
    fault === null
      ? []
      : [{ name, fault, at: faultAt, before: Math.round(before), after: Math.round(after) }],
  );
}

async function clearWards(tx: Transaction, kept: readonly string[]): Promise<number> {
  const cleared = await tx.value(
    z.int(),
    sql`with cleared as (
        update event set ward = null where ward is not null and ward <> all (${kept}) returning 1
      )
      select count(*) from cleared`,
  );
  return cleared ?? 0;
}

type BoundarySet = Omit<z.infer<typeof boundarySet>, "importedAt">;

/** Call it in the transaction that writes the areas. */
export async function replaceBoundarySet(
  tx: Transaction,
  { areas, outside, repaired, ...set }: BoundarySet & { readonly fileSha256: string },
): Promise<void> {
  await stored.deleteBoundarySet(tx, set.kind);
  const counts = { areaCount: areas, outsideCount: outside, repairedCount: repaired };
  await tx.run(insertInto("boundary_set", { ...set, ...counts }));
}

const countColumns = { area_count: "areas", outside_count: "outside", repaired_count: "repaired" };

export const listBoundarySets = (tx: Transaction) =>
  tx.rows(
    boundarySet,
    sql`select ${columnsOf(boundarySet, { as: countColumns })} from boundary_set order by kind`,
  );

/**
 * Removes the set of a kind. Events with one of its wards count by their cell, public figures
 * return to neighbourhoods, and boroughs and the lines shared with neighbours to the original ones.
 */
export async function removeBoundaries({ config, db, actor, addDetail }: Act, kind: BoundaryKind) {
  addDetail({ kind });
  const pack = kind === "borough" ? await packInUse(db, config.places.folder) : null;
  try {
    return await withOptions(db, { events: true, long: true }).transaction(actor, async (tx) => {
      const areas = await stored.deleteBoundarySet(tx, kind);
      if (areas === null) {
        const detail = `No ${kind} boundaries were imported; they may have been removed.`;
        throw new Problem(404, "No such boundaries", detail);
      }
      if (pack) {
        const own = pack.areas.filter(
          (area) => area.kind === "borough" || area.kind === "neighbour",
        );
        await stored.replaceShapes(tx, own);
        await stored.replaceEdges(tx, pack.edges);
      } else {
        await stored.deleteAreas(tx, [kind]);
      }
      const eventsByCell = kind === "ward" ? await clearWards(tx, []) : 0;
      addDetail({ areas, events: eventsByCell });
      return { kind, areas, eventsByCell };
    });
  } finally {
    forgetPlaces(db);
  }
}

/** Another drawing of a border is a little longer or shorter; twice as long it is another border. */
const longestBorder = 1.5;

/**
 * Draws the lines shared with neighbours again from boroughs that have another line, in their
 * transaction. What moves over a border is judged by these lines, so they stay as they were, with the
 * reason, where not every borough of the command came in, or where what comes out is no border of the
 * same neighbours: an edge that lost a part would hide what moved over it.
 */
async function redrawEdges(tx: Transaction, replaced: ReadonlySet<string>): Promise<string> {
  const areas = (await stored.loadAreas(tx)).filter(
    ({ kind }) => kind === "borough" || kind === "neighbour",
  );
  const missing = areas.filter(({ code, inCommand }) => inCommand && !replaced.has(code));
  if (missing.length > 0) {
    return stayed(`the file has no line of ${missing.map(({ name }) => name).join(", ")}`);
  }
  const before = await stored.loadEdges(tx);
  const drawn = deriveFoundEdges(areas).edges;
  const other = before.find(({ neighbour, lines }) => {
    const again = drawn.find((edge) => edge.neighbour === neighbour)?.lines ?? [];
    const share = edgeMetres(again) / edgeMetres(lines);
    return share >= longestBorder || share <= 1 / longestBorder;
  });
  if (other !== undefined || drawn.length !== before.length) {
    return stayed(`the boundary with ${other?.neighbour ?? "a neighbour"} would change`);
  }
  await stored.replaceEdges(tx, drawn);
  return "Boundaries with neighbours were redrawn. Boundary zones and Displacement use the new lines. Neighbourhoods stay as they came with Boxster.";
}

function stayed(why: string): string {
  return `The area’s cells were recalculated from these lines. Boundaries with neighbours stay as they were, because ${why}. Neighbourhoods stay as they came with Boxster.`;
}
