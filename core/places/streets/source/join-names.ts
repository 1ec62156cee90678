import {
  type Drawing,
  drawingOf,
  indexOf,
  pointOn,
  shareOf,
} from "#core/places/streets/drawing.ts";
import type {
  Part,
  Properties,
  ReadFeature,
  TilePoint,
} from "#core/places/streets/source/tile-feature.ts";
import { streetName } from "#core/places/streets/street-words.ts";

interface Named {
  readonly name: string | null;
  /** "A10". */
  readonly number: string | null;
}
const nameless: Named = { name: null, number: null };

export interface NamedPart extends Named {
  readonly part: Part;
}
export type NameFinder = (properties: Properties, parts: readonly Part[]) => NamedPart[];

/** Units of which a tile has 4096, 3 m at zoom 14: makers thin out a line and its name each for itself. */
const near = 8;
/** A name runs as its street does: what turns further off crosses it. */
const leastAlong = Math.cos((30 * Math.PI) / 180);
/** A piece this short has no direction to speak of. */
const shortest = 6;
/** A stretch this short without a name, between two of one name, has it too. */
const longestGap = 48;

/**
 * Names lines whose schema has names in a separate layer (OpenMapTiles, `transportation_name`):
 * each piece between two points takes the name of the same class and direction whose line is
 * nearest to its middle. A line of several streets is split accordingly.
 */
export function createNameFinder(names: readonly ReadFeature[], nameField: string): NameFinder {
  const lines = names.flatMap(({ properties, parts }) => {
    const { class: kind, ref } = properties;
    const name = streetName(properties[nameField]);
    const number = typeof ref === "string" && ref !== "" ? ref : null;
    return parts.map((part) => ({ part, kind, own: { name, number } }));
  });
  const drawing = drawingOf(
    lines.map(({ part }) => part),
    ({ x, y }) => [x, y],
  );
  const index = indexOf(drawing);
  if (!index) return (_, parts) => parts.map((part) => ({ ...nameless, part }));

  const nameOf = (kind: unknown, a: TilePoint, b: TilePoint): Named => {
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    let [best, least]: [Named, number] = [nameless, near];
    index(x - near, y - near, x + near, y + near, (piece) => {
      const line = lines[drawing.lineOf[piece] as number];
      if (!line || line.kind !== kind || !runsAlong(drawing, piece, a, b)) return;
      const [px, py] = pointOn(drawing, piece, shareOf(drawing, piece, x, y, 1, 1));
      const away = Math.hypot(px - x, py - y);
      if (away < least) [best, least] = [line.own, away];
    });
    return best;
  };

  return ({ class: kind }, parts) =>
    parts.flatMap((part) => {
      const runs: (Named & { readonly part: TilePoint[] })[] = [];
      for (let at = 1; at < part.length; at += 1) {
        const [a, b] = [part[at - 1] as TilePoint, part[at] as TilePoint];
        const own = nameOf(kind, a, b);
        const last = runs.at(-1);
        if (last?.name === own.name && last.number === own.number) last.part.push(b);
        else runs.push({ ...own, part: [a, b] });
      }
      return withoutGaps(runs);
    });
}

function runsAlong({ x, y }: Drawing, piece: number, a: TilePoint, b: TilePoint): boolean {
  const [ux, uy] = [b.x - a.x, b.y - a.y];
  const vx = (x[piece + 1] as number) - (x[piece] as number);
  const vy = (y[piece + 1] as number) - (y[piece] as number);
  const [u, v] = [Math.hypot(ux, uy), Math.hypot(vx, vy)];
  return Math.min(u, v) < shortest || Math.abs(ux * vx + uy * vy) >= leastAlong * u * v;
}

/** A stretch with a number and no name, or a short one, between two of the same name takes it. */
function withoutGaps(parts: readonly NamedPart[]): NamedPart[] {
  const kept: NamedPart[] = [];
  for (const [index, part] of parts.entries()) {
    const [last, next] = [kept.at(-1), parts[index + 1]];
    const isGap =
      part.name === null && next !== undefined && next.name !== null && next.name === last?.name;
    const takes = isGap && (part.number !== null || lengthOf(part.part) <= longestGap);
    const name = takes ? next.name : part.name;
    if (last && name !== null && last.name === name) {
      kept[kept.length - 1] = { ...last, part: [...last.part, ...part.part.slice(1)] };
    } else kept.push({ ...part, name });
  }
  return kept;
}

function lengthOf(part: Part): number {
  return part.reduce((sum, { x, y }, index) => {
    const before = part[index - 1];
    return before ? sum + Math.hypot(x - before.x, y - before.y) : 0;
  }, 0);
}
