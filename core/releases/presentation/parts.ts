import type { Block, DoneGroup, TableBlock } from "#core/releases/presentation/slide.ts";

/** Most rows in one part of a slide; the rest follow on further parts. */
export const mostRowsOfPart = 10;

/** Fewest rows in a part, else the group continues in the next: one row per group. */
export const fewestRowsOfPart = 4;

/**
 * A slide split into parts of at most so many rows. The first part includes every group of
 * activity, so that enforcement, which comes last, is visible at once; the rest follows in order.
 */
export function partsOf(blocks: readonly Block[], mostRows: number): (readonly Block[])[] {
  const at = blocks.findIndex(({ kind }) => kind === "groups" || kind === "table");
  const rowed = blocks[at];
  if (rowed?.kind !== "groups" && rowed?.kind !== "table") return [blocks];
  const pieces =
    rowed.kind === "groups" ? cutGroups(rowed.groups, mostRows) : cutTable(rowed, mostRows);
  const last = pieces.length - 1;
  return pieces.map((piece, index) => [
    ...(index === 0 ? blocks.slice(0, at) : []),
    piece,
    ...(index === last ? blocks.slice(at + 1) : []),
  ]);
}

function cutTable(table: TableBlock, mostRows: number): Block[] {
  const pieces: Block[] = [];
  for (let from = 0; from === 0 || from < table.rows.length; from += mostRows) {
    pieces.push({ ...table, rows: table.rows.slice(from, from + mostRows) });
  }
  return pieces;
}

function cutGroups(groups: readonly DoneGroup[], mostRows: number): Block[] {
  const firstRows = sharesOf(
    groups.map(({ rows }) => rows.length),
    mostRows,
  );
  const pieces: DoneGroup[][] = [
    groups.map((group, index) => ({ ...group, rows: group.rows.slice(0, firstRows[index]) })),
  ];
  let piece: DoneGroup[] = [];
  let room = mostRows;
  for (const [index, group] of groups.entries()) {
    let left = group.rows.slice(firstRows[index]);
    while (left.length > 0) {
      if (room === 0) {
        pieces.push(piece);
        piece = [];
        room = mostRows;
      }
      const taken = left.slice(0, room);
      piece.push({ ...group, rows: taken });
      room -= taken.length;
      left = left.slice(taken.length);
    }
  }
  if (piece.length > 0) pieces.push(piece);
  return pieces.map((some) => ({ kind: "groups", groups: some }));
}

/** Row by row in turn, until the room is used up. */
function sharesOf(lengths: readonly number[], most: number): number[] {
  const shares = lengths.map(() => 0);
  let room = most;
  for (let turn = 0; room > 0 && lengths.some((length) => length > turn); turn += 1) {
    for (const [index, length] of lengths.entries()) {
      if (room > 0 && length > turn) {
        shares[index] = turn + 1;
        room -= 1;
      }
    }
  }
  return shares;
}
