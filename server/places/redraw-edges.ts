import { edgeMetres } from "#core/places/nearest-edge.ts";
import { deriveFoundEdges } from "#data/places/recipe/edges.ts";
import type { Transaction } from "#server/db/database.ts";
import { loadAreas, loadEdges, replaceEdges } from "#server/places/areas.ts";

/** Another drawing of a border is a little longer or shorter; twice as long it is another border. */
const longest = 1.5;

/**
 * Draws the lines shared with neighbours again from boroughs that have another line, in their
 * transaction. What moves over a border is judged by these lines, so they stay as they were, with the
 * reason, where not every borough of the command came in, or where what comes out is no border of the
 * same neighbours: an edge that lost a part would hide what moved over it.
 */
export async function redrawEdges(tx: Transaction, replaced: ReadonlySet<string>): Promise<string> {
  const areas = (await loadAreas(tx)).filter(
    ({ kind }) => kind === "borough" || kind === "neighbour",
  );
  const missing = areas.filter(({ code, inCommand }) => inCommand && !replaced.has(code));
  if (missing.length > 0) {
    return kept(`the file has no line of ${missing.map(({ name }) => name).join(", ")}`);
  }
  const before = await loadEdges(tx);
  const drawn = deriveFoundEdges(areas).edges;
  const other = before.find(({ neighbour, lines }) => {
    const again = drawn.find((edge) => edge.neighbour === neighbour)?.lines ?? [];
    const share = edgeMetres(again) / edgeMetres(lines);
    return share >= longest || share <= 1 / longest;
  });
  if (other !== undefined || drawn.length !== before.length) {
    return kept(`the boundary with ${other?.neighbour ?? "a neighbour"} would change`);
  }
  await replaceEdges(tx, drawn);
  return "Boundaries with neighbours were redrawn. Boundary zones and Displacement use the new lines. Neighbourhoods stay as they came with Boxster.";
}

function kept(why: string): string {
  return `The area’s cells were recalculated from these lines. Boundaries with neighbours stay as they were, because ${why}. Neighbourhoods stay as they came with Boxster.`;
}
