import { fetchJson } from "#client/api/fetch.ts";
import { type DisplacementReply, displacementReply } from "#core/wire/displacement.ts";

export function loadDisplacement(
  operation: string,
  signal: AbortSignal,
): Promise<DisplacementReply> {
  const query = new URLSearchParams({ operation });
  return fetchJson(`/api/displacement?${query}`, displacementReply, { signal });
}
