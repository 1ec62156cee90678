import Flatbush from "flatbush";
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

interface Piece extends Named {
  readonly kind: unknown;
  readonly a: TilePoint;
  readonly b: TilePoint;
}

/**
 * Names lines whose schema has names in a separate layer (OpenMapTiles, `transportation_name`):
 * each piece between two points takes the name of the same class and direction whose line is
 * nearest to its middle. A line of several streets is split accordingly.
 */
export function createNameFinder(names: readonly ReadFeature[], nameField: string): NameFinder {
  const pieces = names.flatMap(({ properties, parts }) => piecesOf(properties, parts, nameField));
  if (pieces.length === 0) return (_, parts) => parts.map((part) => ({ ...nameless, part }));
  const tree = new Flatbush(pieces.length);
  for (const { a, b } of pieces) {
    tree.add(Math.min(a.x, b.x), Math.min(a.y, b.y), Math.max(a.x, b.x), Math.max(a.y, b.y));
  }
  tree.finish();

  const nameOf = (kind: unknown, a: TilePoint, b: TilePoint): Named => {
    const middle = { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 };
    const { x, y } = middle;
    let [best, least]: [Named, number] = [nameless, near];
    tree.search(x - near, y - near, x + near, y + near, (index) => {
      const piece = pieces[index];
      if (!piece || piece.kind !== kind || !runsAlong(piece, a, b)) return false;
      const away = distanceTo(piece, middle);
      if (away < least) [best, least] = [piece, away];
      return false;
    });
    return { name: best.name, number: best.number };
  };

  return ({ class: kind }, parts) =>
    parts.flatMap((part) => {
      const runs: { own: Named; part: TilePoint[] }[] = [];
      for (let at = 1; at < part.length; at += 1) {
        const [a, b] = [part[at - 1] as TilePoint, part[at] as TilePoint];
        const own = nameOf(kind, a, b);
        const last = runs.at(-1);
        if (last?.own.name === own.name && last.own.number === own.number) last.part.push(b);
        else runs.push({ own, part: [a, b] });
      }
      return withoutGaps(runs.map(({ own, part: points }) => ({ ...own, part: points })));
    });
}

function piecesOf(properties: Properties, parts: readonly Part[], nameField: string): Piece[] {
  const { class: kind, ref } = properties;
  const own = {
    kind,
    name: streetName(properties[nameField]),
    number: typeof ref === "string" && ref !== "" ? ref : null,
  };
  return parts.flatMap((part) =>
    part.slice(1).map((b, index) => ({ ...own, a: part[index] ?? b, b })),
  );
}

function runsAlong(piece: Piece, a: TilePoint, b: TilePoint): boolean {
  const [ux, uy] = [b.x - a.x, b.y - a.y];
  const [vx, vy] = [piece.b.x - piece.a.x, piece.b.y - piece.a.y];
  const [u, v] = [Math.hypot(ux, uy), Math.hypot(vx, vy)];
  return Math.min(u, v) < shortest || Math.abs(ux * vx + uy * vy) >= leastAlong * u * v;
}

function distanceTo({ a, b }: Piece, { x, y }: TilePoint): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const square = dx * dx + dy * dy;
  const along = square === 0 ? 0 : ((x - a.x) * dx + (y - a.y) * dy) / square;
  const share = Math.min(1, Math.max(0, along));
  return Math.hypot(a.x + share * dx - x, a.y + share * dy - y);
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
