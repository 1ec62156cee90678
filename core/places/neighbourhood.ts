import { cellAt, cellCentre, type H3Cell, type Position, roundedOutline } from "#core/geo/cell.ts";
import { createPlane, nearestOf, type PlanePoint, planeDistance } from "#core/geo/plane.ts";
import type { StudySet } from "#core/places/study-set.ts";
import type { Area } from "#core/places/wire/places.ts";
import { compareText } from "#core/text/text-order.ts";

/**
 * The study cells nearest to one named place (DEFINITIONS, Places): the public areas until wards
 * are imported, and labelled as such.
 */
export interface Neighbourhood {
  /** Stable while the gazetteer keeps its names: `N-edmonton-green`. */
  readonly code: string;
  /** "Edmonton Green", or "A and B" where small ones were merged. */
  readonly name: string;
  readonly cells: readonly H3Cell[];
}

export const leastNeighbourhoodCells = 40;

/** Named by places inside the study set only; each study cell belongs to exactly one. */
export function neighbourhoods(
  places: readonly { readonly name: string; readonly at: Position }[],
  study: StudySet,
  leastCells = leastNeighbourhoodCells,
): Neighbourhood[] {
  const [middle] = study.cells;
  if (!middle) throw new RangeError(`The study set "${study.name}" has no cells`);
  const plane = createPlane(cellCentre(middle));
  const seeds = places
    .filter(({ at }) => study.indexOf.has(cellAt(at, study.resolution)))
    .map(({ name, at }) => ({ names: [name], at: plane.toPlane(at), cells: [] as H3Cell[] }))
    .sort((a, b) => compareText(a.names[0] ?? "", b.names[0] ?? ""));
  if (seeds.length === 0) {
    throw new RangeError(`None of ${places.length} named places lies in "${study.name}"`);
  }
  for (const cell of study.cells) {
    nearestSeed(plane.toPlane(cellCentre(cell)), seeds).cells.push(cell);
  }
  const found = mergeSmall(seeds, leastCells)
    .map(({ names, cells }) => {
      const name = [...names].sort(compareText).join(" and ");
      return { name, cells: cells.sort(compareText) };
    })
    .sort((a, b) => compareText(a.name, b.name));
  const names = numbered(
    found.map(({ name }) => name),
    (name, at) => `${name} (${at})`,
  );
  const codes = numbered(
    found.map(({ name }) => `N-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-")}`),
    (code, at) => `${code}-${at}`,
  );
  return found.map(({ cells }, index) => ({
    code: codes[index] ?? "",
    name: names[index] ?? "",
    cells,
  }));
}

/** Numbers repeated names from the second on: villages may share one, and so may codes. */
function numbered(words: readonly string[], write: (word: string, at: number) => string) {
  const taken = new Set<string>();
  return words.map((word) => {
    let own = word;
    for (let at = 2; taken.has(own); at += 1) own = write(word, at);
    taken.add(own);
    return own;
  });
}

export function neighbourhoodArea({ code, name, cells }: Neighbourhood): Area {
  return { code, name, kind: "neighbourhood", inCommand: false, polygons: roundedOutline(cells) };
}

interface Seed {
  readonly names: readonly string[];
  readonly at: PlanePoint;
  readonly cells: H3Cell[];
}

function nearestSeed(point: PlanePoint, seeds: readonly Seed[]): Seed {
  return nearestOf(seeds, ({ at }) => planeDistance(at, point)) as Seed;
}

function mergeSmall(seeds: readonly Seed[], leastCells: number): Seed[] {
  const groups = [...seeds];
  for (;;) {
    const smallest = [...groups].sort((a, b) => a.cells.length - b.cells.length)[0];
    if (!smallest || smallest.cells.length >= leastCells || groups.length === 1) return groups;
    groups.splice(groups.indexOf(smallest), 1);
    const host = nearestSeed(smallest.at, groups);
    groups[groups.indexOf(host)] = {
      names: [...host.names, ...(smallest.cells.length > 0 ? smallest.names : [])],
      at: host.at,
      cells: [...host.cells, ...smallest.cells],
    };
  }
}
