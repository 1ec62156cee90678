import { readFile, stat } from "node:fs/promises";
import { type Boundary, readBoundaries } from "#core/import/boundaries.ts";
import { FileFault } from "#core/import/file-fault.ts";
import type { Actor } from "#core/model/role.ts";
import type { Area } from "#core/wire/places.ts";
import type { Database, Transaction } from "#server/db/database.ts";
import { forgetPlaces } from "#server/places/places.ts";
import { deleteAreas, insertAreas, placesKey } from "#server/queries/areas.ts";
import {
  type CheckedBoundary,
  checkBoundaries,
  replaceShapes,
} from "#server/queries/boundaries.ts";
import { touchSetting } from "#server/queries/settings.ts";

export type BoundaryKind = "ward" | "borough";

export interface BoundaryResult {
  readonly kind: BoundaryKind;
  readonly features: number;
  readonly kept: number;
  /** Areas that lie mostly outside the command, or boroughs that it does not know. */
  readonly outside: number;
  /** Names of areas whose lines crossed and were put right. */
  readonly repaired: readonly string[];
}

const largestFile = 200 * 1024 ** 2;
/** A ward of the command shares a line with its neighbours, so slivers of others touch it too. */
const leastShare = 0.5;

/**
 * Wards replace the ward set as a whole; boroughs give the boroughs that are there a better line.
 * All of the file or nothing: one shape that cannot be repaired refuses it.
 */
export async function importBoundaries(
  db: Database,
  actor: Actor,
  path: string,
  kind: BoundaryKind,
): Promise<BoundaryResult> {
  const boundaries = readBoundaries(await readWhole(path));
  const result = await db.transaction(actor, async (tx) => {
    const checked = await checkBoundaries(tx, boundaries);
    const mended = boundaries.map((boundary, index) => mend(boundary, checked[index]));
    const kept = kind === "ward" ? await keepWards(tx, mended) : await keepBoroughs(tx, mended);
    await touchSetting(tx, placesKey);
    return {
      kind,
      features: boundaries.length,
      kept,
      outside: boundaries.length - kept,
      repaired: mended.filter((area) => area.isRepaired).map((area) => area.name),
    };
  });
  forgetPlaces(db);
  return result;
}

interface MendedBoundary {
  readonly code: string;
  readonly name: string;
  readonly within: string | null;
  readonly polygons: Area["polygons"];
  readonly shareInCommand: number;
  readonly isRepaired: boolean;
}

async function keepWards(tx: Transaction, mended: readonly MendedBoundary[]): Promise<number> {
  const inside = mended.filter((area) => area.shareInCommand >= leastShare);
  if (inside.length === 0) {
    throw new FileFault(
      `none of the ${mended.length} areas lies in the command; look whether longitude and latitude are swapped, or whether the file is of another place`,
    );
  }
  const names = inside.map((area) => area.name);
  const isRepeated = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
  await deleteAreas(tx, ["ward"]);
  await insertAreas(
    tx,
    inside.map(({ code, name, within, polygons }) => ({
      code,
      name: isRepeated(name) ? `${name} (${within ?? code})` : name,
      kind: "ward",
      inCommand: false,
      polygons,
    })),
  );
  return inside.length;
}

async function keepBoroughs(tx: Transaction, mended: readonly MendedBoundary[]): Promise<number> {
  const replaced = await replaceShapes(tx, mended);
  if (replaced.length > 0) return replaced.length;
  throw new FileFault(
    `none of the ${mended.length} areas has the code of a borough or district that is known here, such as E09000010`,
  );
}

function mend(boundary: Boundary, checked: CheckedBoundary | undefined): MendedBoundary {
  if (!checked?.polygons) {
    const at = checked?.faultAt ? ` near ${checked.faultAt}` : "";
    throw new FileFault(
      `"${boundary.name}" cannot be repaired${at}: ${checked?.fault ?? "nothing with an area is left"}`,
    );
  }
  return {
    code: boundary.code,
    name: boundary.name,
    within: boundary.within,
    polygons: checked.polygons,
    shareInCommand: checked.shareInCommand,
    isRepaired: checked.fault !== null,
  };
}

/** GeoJSON is read as a whole, so its size is limited. */
async function readWhole(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size <= largestFile) return await readFile(path, "utf8");
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code;
    const reason =
      code === "ENOENT" ? `there is no file ${path}` : `${path} cannot be read (${code})`;
    throw new FileFault(reason, { cause });
  }
  throw new FileFault("the file is larger than 200 MB; simplify the lines to about 10 m first");
}
