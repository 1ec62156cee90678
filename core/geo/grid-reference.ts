import { failure, type Result, success } from "#core/result.ts";

/** A square of the British National Grid as its reference names it: metres, south-west corner and side. */
export interface GridSquare {
  /** South-west corner of the 100 km square that the letters name. */
  readonly square: GridCorner;
  /** From there to the south-west corner of the square that the figures name. */
  readonly offset: GridCorner;
  /** 1 m for ten figures, 100 km for the letters alone. */
  readonly side: number;
}

export interface GridCorner {
  readonly east: number;
  readonly north: number;
}

export type GridReferenceFault = "letters_missing" | "no_such_square" | "uneven" | "unreadable";

export const squareSide = 100_000;

/**
 * "TQ 34567 92345", "tq3492", "TQ": two letters and an even number of figures up to ten, spaces or
 * not (Ordnance Survey, "A guide to coordinate systems in Great Britain", section 7).
 */
export function parseGridReference(text: string): Result<GridSquare, GridReferenceFault> {
  // Longer than any reference: not worth a pattern.
  if (text.length > 40) return failure("unreadable");
  const words = text.trim().toUpperCase();
  if (/^[\d\s,.:/-]*\d[\d\s,.:/-]*$/.test(words)) return failure("letters_missing");
  const parts = /^([A-Z]{2})[\s,:/-]*(?:(\d+)(?:[\s,:/-]+(\d+))?)?$/.exec(words);
  if (!parts) return failure("unreadable");
  const square = squareOfLetters(parts[1] ?? "");
  if (!square) return failure("no_such_square");
  const [first = "", second] = parts.slice(2);
  const east = second === undefined ? first.slice(0, first.length / 2) : first;
  const north = second === undefined ? first.slice(first.length / 2) : second;
  if (east.length !== north.length || first.length + (second?.length ?? 0) > 10) {
    return failure("uneven");
  }
  const side = squareSide / 10 ** east.length;
  return success({
    square,
    offset: { east: Number(east) * side, north: Number(north) * side },
    side,
  });
}

export function centreOfSquare({ square, offset, side }: GridSquare): GridCorner {
  return {
    east: square.east + offset.east + side / 2,
    north: square.north + offset.north + side / 2,
  };
}

/** Every letter but I, in rows of five from the north-west: of 500 km squares, and inside each. */
const letters = "ABCDEFGHJKLMNOPQRSTUVWXYZ";

function squareOfLetters(pair: string): GridCorner | null {
  const [large, small] = [...pair].map((letter) => letters.indexOf(letter));
  if (large === undefined || small === undefined || large < 0 || small < 0) return null;
  // The grid's false origin lies in the square SV: two large squares east, one north of the last row.
  const east = ((large % 5) - 2) * 5 + (small % 5);
  const north = (3 - Math.floor(large / 5)) * 5 + (4 - Math.floor(small / 5));
  if (east < 0 || east > 6 || north < 0 || north > 12) return null;
  return { east: east * squareSide, north: north * squareSide };
}

/** "TQ" for the square that holds these metres. */
export function lettersOfSquare({ east, north }: GridCorner): string {
  const [column, row] = [Math.floor(east / squareSide), Math.floor(north / squareSide)];
  const large = (3 - Math.floor(row / 5)) * 5 + Math.floor(column / 5) + 2;
  const small = (4 - (row % 5)) * 5 + (column % 5);
  return `${letters[large] ?? "?"}${letters[small] ?? "?"}`;
}
