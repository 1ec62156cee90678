import {
  cellAt,
  cellCentre,
  disk,
  eventResolution,
  type H3Cell,
  type Position,
  parentCell,
  zoneResolution,
} from "#core/geo/cell.ts";
import { compareText } from "#core/text/text-order.ts";
import type { DemoGround } from "#data/demo/ground.ts";

type Walk = readonly Position[];
type WalkedGround = Pick<DemoGround, "treated" | "command">;

/** As many as are walked in the shorter of the planned hours. */
const mostStops = 4;

/** A round in each of the two patrol zones that have most of the treated street; of one zone where there is one. */
export function usualWalks({ treated, command }: WalkedGround): readonly [Walk, Walk] {
  const counts = new Map<H3Cell, number>();
  for (const cell of treated) {
    const zone = parentCell(cell, zoneResolution);
    counts.set(zone, (counts.get(zone) ?? 0) + 1);
  }
  const [first, second = first] = [...counts]
    .sort(([a, many], [b, more]) => more - many || compareText(a, b))
    .map(([zone]) => round(zone, { treated, command }));
  if (!(first && second)) throw new RangeError("The operation treats no cell");
  return [first, second];
}

/** Treated cells of a zone first, then its others, in the order in which one comes by them around its middle. */
function round(zone: H3Cell, { treated, command }: WalkedGround): Walk {
  const [lng, lat] = cellCentre(zone);
  const known = new Set(treated);
  const angle = ([east, north]: Position) => Math.atan2(north - lat, east - lng);
  return disk(cellAt([lng, lat], eventResolution), 1)
    .filter((cell) => parentCell(cell, zoneResolution) === zone && command.indexOf.has(cell))
    .sort((a, b) => Number(known.has(b)) - Number(known.has(a)) || compareText(a, b))
    .slice(0, mostStops)
    .map(cellCentre)
    .sort((a, b) => angle(a) - angle(b));
}
