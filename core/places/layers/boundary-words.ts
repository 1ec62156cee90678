import type { BoundaryResult } from "#core/places/wire/boundaries.ts";
import { formatCount } from "#core/text/numbers.ts";

/** The result of an import of boundaries in lines for a person. */
export function describeBoundaries(result: BoundaryResult): string[] {
  const { repaired, overlaps, overlapCount, uncovered } = result;
  return [
    `${result.features} areas read, ${result.kept} ${result.dryRun ? "would be kept" : "kept"} as ${kindWords[result.kind]}, ${result.outside} outside the command.`,
    `Codes from "${result.codeProperty}", names from "${result.nameProperty}".`,
    ...repaired.map(
      ({ name, fault, at, before, after }) =>
        `${name}: ${fault}${at ? ` near ${at}` : ""}, put right; ${groundOf(before)} as drawn, ${groundOf(after)} as kept.`,
    ),
    ...overlaps.map(
      ({ first, second, squareMetres }) =>
        `${first} and ${second} overlap by ${groundOf(squareMetres)}${result.kind === "ward" ? "; an event there belongs to the first by name" : ""}.`,
    ),
    ...(overlapCount > overlaps.length
      ? [`${overlapCount - overlaps.length} more pairs overlap.`]
      : []),
    ...listOf("With a hole", result.holes),
    ...listOf("With a part of under 100 square metres", result.slivers),
    ...listOf("Too small to hold the middle of a cell, so nothing is counted in", result.tooSmall),
    ...(uncovered >= 10_000
      ? [`${groundOf(uncovered)} of the command lie in none of these areas.`]
      : []),
    ...(result.eventsByCell > 0
      ? [
          `${formatCount(result.eventsByCell)} events carried a ward that went or has another line: they count by their cell.`,
        ]
      : []),
    ...result.notes,
  ];
}

const kindWords = { ward: "wards", lsoa: "LSOAs", beat: "beats", borough: "boroughs" } as const;

function listOf(what: string, names: readonly string[]): string[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 20).join(", ");
  return [`${what}: ${shown}${names.length > 20 ? ` and ${names.length - 20} more` : ""}.`];
}

function groundOf(squareMetres: number): string {
  if (squareMetres < 1_000) return `${Math.round(squareMetres)} m²`;
  if (squareMetres < 1e7) return `${(squareMetres / 10_000).toFixed(1)} ha`;
  return `${(squareMetres / 1e6).toFixed(1)} km²`;
}
