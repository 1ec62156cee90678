import { fetchJson } from "#client/api/fetch.ts";
import { type DisplacementReply, displacementReply } from "#core/wire/displacement.ts";
import { type OperationsReply, operationsReply } from "#core/wire/operations.ts";

export function loadOperations(signal: AbortSignal): Promise<OperationsReply> {
  return fetchJson("/api/operations", operationsReply, { signal });
}

export function loadDisplacement(
  operation: string,
  signal: AbortSignal,
): Promise<DisplacementReply> {
  const query = new URLSearchParams({ operation });
  return fetchJson(`/api/displacement?${query}`, displacementReply, { signal });
}
