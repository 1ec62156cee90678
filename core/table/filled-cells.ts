/** How many cells of a record hold anything. */
export function filledCells({ cells }: { readonly cells: readonly string[] }): number {
  let filled = 0;
  for (const cell of cells) if (cell.trim() !== "") filled += 1;
  return filled;
}
