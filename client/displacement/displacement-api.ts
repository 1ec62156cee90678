import { fetchJson } from "#client/api/fetch.ts";
import { type DisplacementReply, displacementReply } from "#core/displacement/wire/displacement.ts";

export function loadDisplacement(
  operation: string,
  /** `complaint:1,sighting:2`, or null. */
  harm: string | null,
  signal: AbortSignal,
): Promise<DisplacementReply> {
  const query = new URLSearchParams(harm === null ? { operation } : { operation, harm });
  return fetchJson(`/api/displacement?${query}`, displacementReply, { signal });
}
