import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { type AskReply, askReply, attendedReply } from "#core/protected-time/wire/police.ts";

/** A place of the list by its name, or a cell of the map. */
export type AskedPlace = { readonly place: string } | { readonly cell: H3Cell };

/** A place and a time, as they are asked about and logged. */
export type PlaceAndTime = AskedPlace & { readonly from: string; readonly to: string };

export function mayWeBeThere(asked: PlaceAndTime): Promise<AskReply> {
  return fetchJson("/api/keep-clear/ask", askReply, { method: "POST", body: asked });
}

/** Emergencies that police have logged; for sergeants alone. */
export const attended = keptReply("/api/police-attended", attendedReply);

export async function logAttended(what: PlaceAndTime): Promise<void> {
  const body = { ...what };
  attended.accept(await fetchJson("/api/police-attended", attendedReply, { method: "POST", body }));
}

export async function takeBackAttended(id: string): Promise<void> {
  attended.accept(
    await fetchJson(`/api/police-attended/${id}`, attendedReply, { method: "DELETE" }),
  );
}
