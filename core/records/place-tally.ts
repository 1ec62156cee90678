import {
  type PlaceFaultKind,
  type PlaceMethod,
  placeFaultKinds,
  placeFaultWords,
  placeMethods,
  placeMethodWords,
} from "#core/places/place-fault.ts";
import type { EventDraft, RowFault } from "#core/records/read-row.ts";
import { formatCount } from "#core/text/numbers.ts";

/** How many rows were placed how, and how many were refused for their place, by reason. */
export interface PlaceCounts {
  readonly placed: Readonly<Partial<Record<PlaceMethod, number>>>;
  readonly refused: Readonly<Partial<Record<PlaceFaultKind, number>>>;
}

export interface PlaceTally {
  readonly placed: (draft: EventDraft) => void;
  readonly refused: (fault: RowFault) => void;
  readonly counts: () => PlaceCounts;
}

export function createPlaceTally(): PlaceTally {
  const placed: Partial<Record<PlaceMethod, number>> = {};
  const refused: Partial<Record<PlaceFaultKind, number>> = {};
  return {
    placed: ({ placedBy }) => {
      placed[placedBy] = (placed[placedBy] ?? 0) + 1;
    },
    refused: ({ place }) => {
      if (place !== undefined) refused[place] = (refused[place] ?? 0) + 1;
    },
    counts: () => ({ placed: { ...placed }, refused: { ...refused } }),
  };
}

/** The counts in words; nothing where every row had a point. */
export function placeNotes({ placed, refused }: PlaceCounts): string[] {
  const by = placeMethods.filter((method) => placed[method]);
  const because = placeFaultKinds.filter((kind) => refused[kind]);
  return [
    ...(by.some((method) => method !== "point")
      ? [`Placed: ${by.map((one) => `${count(placed[one])} ${placeMethodWords[one]}`).join(", ")}.`]
      : []),
    ...(because.length > 0
      ? [
          `Refused for their place: ${because.map((one) => `${count(refused[one])} ${placeFaultWords[one]}`).join(", ")}.`,
        ]
      : []),
  ];
}

/** Of the events of an import that is stored, those that had no point; null where each had one. */
export function inexactWords(
  placed: Readonly<Partial<Record<PlaceMethod, number>>>,
): string | null {
  const by = placeMethods.filter((method) => method !== "point" && placed[method]);
  if (by.length === 0) return null;
  return `Not placed by a point: ${by.map((one) => `${count(placed[one])} ${placeMethodWords[one]}`).join(", ")}.`;
}

function count(value: number | undefined): string {
  return formatCount(value ?? 0);
}
