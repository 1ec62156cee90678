import { cellsAlong, corridorName, type OperationArea } from "#core/displacement/operation-area.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";
import { failure, type Result, success } from "#core/result.ts";
import { compareText } from "#core/text/text-order.ts";

/** Streets whose line is known, each once, by name. */
export function streetsWithLine({ roads }: Pick<Gazetteer, "roads">): readonly string[] {
  return [...new Set(roads.map(({ name }) => name))].sort(compareText);
}

/** The corridor along a street, on either side of its line; a street in several pieces is all of them. */
export function streetArea(
  gazetteer: Pick<Gazetteer, "roads" | "streets">,
  street: string,
  widthM: number,
): Result<OperationArea> {
  const key = street.trim().toLowerCase();
  const pieces = gazetteer.roads.filter(({ name }) => name.toLowerCase() === key);
  const [first] = pieces;
  if (!first) return failure(unknownStreet(gazetteer, street.trim()));
  const cells = cellsAlong(
    pieces.map(({ line }) => line),
    widthM,
  );
  if (!cells.ok) return cells;
  const name = corridorName(first.name, widthM);
  return success({ by: "corridor", name, cells: cells.value });
}

function unknownStreet(
  { roads, streets }: Pick<Gazetteer, "roads" | "streets">,
  street: string,
): string {
  if (street === "") return "Say which street.";
  const isPoint = streets.some(({ name }) => name.toLowerCase() === street.toLowerCase());
  if (isPoint) {
    return `Of "${street}" only its middle is known, not its line. Draw its line on the map instead.`;
  }
  const first = street.slice(0, 3).toLowerCase();
  const like = streetsWithLine({ roads }).filter((name) => name.toLowerCase().startsWith(first));
  const hint = like.length > 0 ? ` Streets that begin so: ${like.slice(0, 5).join(", ")}.` : "";
  return `The line of "${street}" is not known.${hint} Draw it on the map instead.`;
}
