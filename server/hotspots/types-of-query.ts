import { nearestTypes, numberTypes, typeKey } from "#core/records/types.ts";
import type { Transaction } from "#server/db/database.ts";
import { Problem } from "#server/problem.ts";
import { loadTypes } from "#server/records/queries/event-types.ts";

/** The types that a query names. */
export interface ChosenTypes {
  /** As they are stored, of every profile that has one of them. */
  readonly codes: readonly number[];
  readonly words: readonly string[];
}

/** Null where none is named: then every event counts, with a type or without. */
export async function typesOfQuery(
  tx: Transaction,
  asked: readonly string[] | undefined,
): Promise<ChosenTypes | null> {
  if (asked === undefined) return null;
  const stored = await loadTypes(tx);
  const { types } = numberTypes(stored.map(({ word }) => word));
  const keys = new Set(asked.map(typeKey));
  const known = new Set(types.map(typeKey));
  const unknown = asked.find((word) => !known.has(typeKey(word)));
  if (unknown !== undefined) throw noSuchType(unknown, types);
  return {
    codes: stored.filter(({ word }) => keys.has(typeKey(word))).map(({ code }) => code),
    words: types.filter((word) => keys.has(typeKey(word))),
  };
}

function noSuchType(asked: string, types: readonly string[]): Problem {
  const nearest = nearestTypes(asked, types);
  const rest = types.filter((word) => !nearest.includes(word));
  const advice = [
    ...(nearest.length > 0 ? [`The nearest: ${nearest.join(", ")}.`] : []),
    ...(rest.length > 0
      ? [`${nearest.length > 0 ? "Others" : "There are"}: ${rest.join(", ")}.`]
      : []),
    ...(types.length === 0
      ? [
          "No record has a type: street files, stops and collisions bring one, a plain table where its column is named.",
        ]
      : []),
  ];
  return new Problem(400, "No such type", `No record has the type "${asked}". ${advice.join(" ")}`);
}
