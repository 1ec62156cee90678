import { cellAt, eventResolution, type H3Cell, roundedOutline } from "#core/geo/cell.ts";
import { cellsInside, commandName, ownBoroughs } from "#core/places/command.ts";
import { neighbourhoods } from "#core/places/neighbourhood.ts";
import { createStudySet } from "#core/places/study-set.ts";
import type { Area, Gazetteer, PanelArea, PanelOutline } from "#core/places/wire/places.ts";

export interface PublicAreas {
  /** Each after its parent. */
  readonly areas: readonly PanelArea[];
  readonly outlines: readonly PanelOutline[];
  /** The smallest area of an event; undefined outside the command. */
  readonly areaOf: (cell: H3Cell, ward: string | null) => string | undefined;
  /** Decides where an event counts: each smallest area's cells, and its ward's lines. */
  readonly counted: readonly {
    readonly area: string;
    readonly cells: readonly H3Cell[];
    readonly ward: Area["polygons"] | null;
  }[];
}

export const commandId = "command";

/**
 * Imported wards, else neighbourhoods, formed within one borough at a time so that each lies in one
 * borough and parts add up to their whole.
 */
export function publicAreas(
  areas: readonly Area[],
  places: Gazetteer["neighbourhoods"],
  name: string = commandName(areas),
): PublicAreas {
  const boroughs = ownBoroughs(areas);
  const wards = areas.filter((area) => area.kind === "ward");
  const command: PanelArea = { id: commandId, kind: "command", name, parent: null };
  const parts = boroughs.flatMap((borough) => partsOf(borough, wards, places));
  const inner = parts.filter(({ area }) => area.kind !== "borough");
  const areaOfCell = new Map(
    parts.flatMap((part) => part.cells.map((cell) => [cell, part.area.id] as const)),
  );
  const wardIds = new Set(parts.flatMap(({ area }) => (area.kind === "ward" ? area.id : [])));
  return {
    areas: [command, ...boroughs.map(boroughArea), ...inner.map(({ area }) => area)],
    outlines: [
      ...boroughs.map(({ code, polygons }) => ({ area: code, polygons })),
      ...inner.map(({ area, cells }) => ({ area: area.id, polygons: roundedOutline(cells) })),
    ],
    areaOf: (cell, ward) => (ward !== null && wardIds.has(ward) ? ward : areaOfCell.get(cell)),
    counted: parts.map(({ area, cells }) => ({
      area: area.id,
      cells: [...cells].sort(),
      ward: wards.find(({ code }) => code === area.id && area.kind === "ward")?.polygons ?? null,
    })),
  };
}

/** One of the smallest areas; a borough with neither wards nor named places is one itself. */
interface Part {
  readonly area: PanelArea;
  readonly cells: readonly H3Cell[];
}

function partsOf(
  borough: Area,
  wards: readonly Area[],
  places: Gazetteer["neighbourhoods"],
): readonly Part[] {
  const cells = cellsInside([borough], eventResolution);
  const own = wards.length === 0 ? [] : wardParts(borough, wards, cells);
  if (own.length > 0) return own;
  const around = neighbourhoodParts(borough, places, cells);
  return around.length > 0 ? around : [{ area: boroughArea(borough), cells }];
}

/** Wards with most of their cells here; what they leave of the borough is one more part. */
function wardParts(borough: Area, wards: readonly Area[], cells: readonly H3Cell[]): Part[] {
  const free = new Set(cells);
  const parts: Part[] = [];
  for (const ward of wards) {
    const all = cellsInside([ward], eventResolution);
    const inside = all.filter((cell) => free.has(cell));
    if (inside.length === 0 || inside.length * 2 < all.length) continue;
    for (const cell of inside) free.delete(cell);
    const { code: id, name } = ward;
    parts.push({ area: { id, kind: "ward", name, parent: borough.code }, cells: inside });
  }
  if (parts.length > 0 && free.size > 0) {
    const [id, name] = [`${borough.code}-rest`, `Elsewhere in ${borough.name}`];
    parts.push({ area: { id, kind: "rest", name, parent: borough.code }, cells: [...free] });
  }
  return parts;
}

function neighbourhoodParts(
  borough: Area,
  places: Gazetteer["neighbourhoods"],
  cells: readonly H3Cell[],
): Part[] {
  const within = new Set(cells);
  const named = places.filter(({ at }) => within.has(cellAt(at, eventResolution)));
  if (named.length === 0) return [];
  const study = createStudySet(borough.name, eventResolution, cells);
  return neighbourhoods(named, study).map(({ code, name, cells: own }) => {
    const id = `${borough.code}-${code}`;
    return { area: { id, kind: "neighbourhood", name, parent: borough.code }, cells: own };
  });
}

function boroughArea(borough: Area): PanelArea {
  return { id: borough.code, kind: "borough", name: borough.name, parent: commandId };
}
