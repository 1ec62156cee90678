import { basename } from "node:path";
import {
  type Bounds,
  boundsAround,
  boundsMeet,
  boundsOfPolygons,
  widenedBounds,
} from "#core/geo/bounds.ts";
import { metresBetween } from "#core/geo/cell.ts";
import { type Boundary, groundOf, repairWords } from "#core/places/boundaries.ts";
import { commandStudySet } from "#core/places/command.ts";
import { edgeMetres } from "#core/places/nearest-edge.ts";
import { chooseParts, groundFault, isOverDateLine } from "#core/places/pack/pack-words.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area } from "#core/places/wire/places.ts";
import { FileFault } from "#core/table/file-fault.ts";
import { cleanFileName } from "#core/text/file-name.ts";
import { linesOf } from "#core/text/lines.ts";
import { formatCount, formatQuantity } from "#core/text/numbers.ts";
import { deriveFoundEdges } from "#data/places/recipe/edges.ts";
import type { Transaction } from "#server/db/database.ts";
import { type CheckedBoundary, checkBoundaries } from "#server/places/areas.ts";
import { fitAreas } from "#server/places/pack/fit-areas.ts";
import { inFile, type PackRequest, readBoundaryFile } from "#server/places/pack/read-files.ts";

interface AreaTools {
  readonly tx: Transaction;
  readonly say: (line: string) => void;
  readonly signal: AbortSignal;
}

/** What of a neighbour is kept: boundary zones reach 1 km, controls a little further. */
const nearMetres = 3_000;
/** A pack is read by every page; above this, lines are simplified. */
const mostPoints = 20_000;
/** 15,000 square kilometres: more hexagons are more than anything here was made for. */
const mostSquareKm = 15_000;

export type MadeAreas = Awaited<ReturnType<typeof makeAreas>>;

/** Parts before neighbours. Throws a `FileFault`. */
export async function makeAreas(tools: AreaTools, request: PackRequest) {
  tools.say("Reading the boundary");
  const file = await readBoundaryFile(tools, request);
  const { parts, others: neighbours } = await inFile(request.boundary, async () =>
    chooseParts(file.boundaries, request.parts),
  );
  const fault = groundFault(parts);
  if (fault !== null)
    throw new FileFault(`in ${cleanFileName(basename(request.boundary))}: ${fault}`);
  const reach = widenedBounds(boundsAround(parts.map(boundsOf)), nearMetres);
  const near = neighbours.filter((one) => boundsMeet(boundsOf(one), reach) && !isOverDateLine(one));
  const points = [...parts, ...near].flatMap(({ polygons }) => polygons.flat(2)).length;
  const count = formatQuantity(parts.length + near.length, "area");
  tools.say(`Checking ${formatQuantity(points, "point")} of ${count}`);
  const checked = await checkShapes(tools, request, parts, near);
  tools.signal.throwIfAborted();
  tools.say("Fitting the areas to one another");
  const fitted = await fitAreas(tools.tx, { ...checked, nearMetres, mostPoints });
  const given = [...checked.parts, ...checked.neighbours];
  const areas = fitted.shapes.map(({ place, polygons }): Area => {
    const { code, name } = given[place] as Boundary;
    const inCommand = place < parts.length;
    return { code, name, kind: inCommand ? "borough" : "neighbour", inCommand, polygons };
  });
  const lost = checked.parts.find(({ code }) => !areas.some((area) => area.code === code));
  if (lost)
    throw new FileFault(`"${lost.name}" has no ground of its own: another part covers all of it`);
  const own = areas.filter(({ inCommand }) => inCommand);
  const study = studyOf(own);
  const { edges, alone, apart } = deriveFoundEdges(areas);
  const { before, after } = fitted.points;
  return {
    areas,
    parts: own,
    edges,
    study,
    file,
    notes: linesOf(
      checked.notes,
      fitted.overlaps.map(({ first, second, squareMetres, at }) => {
        const [a, b] = [given[first]?.name ?? "", given[second]?.name ?? ""];
        const isCommand = first < parts.length && second >= parts.length;
        const rule = isCommand ? "the command keeps it" : `${a}, the first by name, keeps it`;
        return `${a} and ${b} overlap by ${groundOf(squareMetres)} near ${at}: ${rule}.`;
      }),
      fitted.isSimplified &&
        `Lines were simplified to about 5 m: ${formatCount(before)} points became ${formatCount(after)}.`,
      lengthNote(
        apart,
        "of the boundary are drawn differently by the neighbour, or are beside a gap; the nearest neighbour within 100 m has them.",
      ),
    ),
    missing: linesOf(
      lengthNote(
        alone,
        "of the boundary have no neighbour within 100 m (sea, or not in the file): there is no boundary zone there.",
      ),
      areas.length === parts.length && "No neighbours: there are no boundary zones.",
    ),
  };
}

function boundsOf({ polygons }: Pick<Boundary, "polygons">): Bounds {
  return boundsOfPolygons(polygons);
}

async function checkShapes(
  { tx }: AreaTools,
  { boundary }: PackRequest,
  parts: readonly Boundary[],
  near: readonly Boundary[],
) {
  const all = [...parts, ...near];
  const checked = await checkBoundaries(tx, all);
  const notes: string[] = [];
  const mended = all.flatMap((one, index): { isPart: boolean; area: Boundary }[] => {
    const { polygons, fault, faultAt, before, after } = checked[index] as CheckedBoundary;
    const isPart = index < parts.length;
    if (polygons) {
      const { name } = one;
      if (fault !== null) notes.push(repairWords({ name, fault, at: faultAt, before, after }));
      return [{ isPart, area: { ...one, polygons } }];
    }
    const where = faultAt ? ` near ${faultAt}` : "";
    const why = fault ?? "nothing with an area is left";
    if (isPart) {
      throw new FileFault(
        `"${one.name}" of ${cleanFileName(basename(boundary))} cannot be repaired${where}: ${why}; draw it again, or export it from another source`,
      );
    }
    notes.push(`${one.name}: ${why}${where}, cannot be repaired and is left out.`);
    return [];
  });
  const of = (wanted: boolean) =>
    mended.filter(({ isPart }) => isPart === wanted).map(({ area }) => area);
  return { parts: of(true), neighbours: of(false), notes };
}

function studyOf(own: readonly Area[]): StudySet {
  const { west, south, east, north } = boundsAround(own.map(boundsOf));
  const wide = metresBetween([west, (south + north) / 2], [east, (south + north) / 2]) / 1_000;
  const squareKm = (wide * metresBetween([west, south], [west, north])) / 1_000;
  // The box is never smaller than the command, so only a large one needs the exact area.
  if (squareKm > 4 * mostSquareKm) throw new FileFault(tooLarge);
  const study = commandStudySet(own);
  if (study.cells.length === 0) {
    throw new FileFault(
      "the command is smaller than one hexagon of 130 m: look whether its points are degrees, or metres of another unit",
    );
  }
  if (study.cells.length * 0.015 > mostSquareKm) throw new FileFault(tooLarge);
  return study;
}

const tooLarge = `the command is larger than ${formatCount(mostSquareKm)} km², and Boxster counts in hexagons of 1.5 ha: name fewer parts with --parts`;

function lengthNote(
  segments: readonly (readonly [readonly [number, number], readonly [number, number]])[],
  what: string,
): string | false {
  const metres = edgeMetres(segments);
  // A few metres are rounding to the grid.
  return metres >= 50 && `${(metres / 1_000).toFixed(1)} km ${what}`;
}
