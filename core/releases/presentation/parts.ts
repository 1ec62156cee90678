import type { Block, DoneGroup, TableBlock } from "#core/releases/presentation/slide.ts";

/** A part of a slide holds no more rows than these: further ones are turned to. */
export const mostRowsOfPart = 10;

/** Where so few do not fit either, a part of them goes on in the next: one row for each group of what was done. */
export const fewestRowsOfPart = 4;

/**
 * A slide cut into parts of at most so many rows. The first part tells of every group of what was done, so that
 * enforcement, which is told last, is in sight at once; the rows that are left follow in their order.
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

/** Row by row in turn, until there is no more room. */
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
