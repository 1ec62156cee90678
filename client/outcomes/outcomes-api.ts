import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import {
  type OutcomesExportBody,
  type OutcomesReply,
  outcomesExported,
  outcomesReply,
} from "#core/outcomes/wire/outcomes.ts";
import {
  type CorrectTallyBody,
  type TalliesBody,
  type TalliesReply,
  talliesKept,
  talliesReply,
} from "#core/outcomes/wire/tallies.ts";

export function loadOutcomes(
  asked: { readonly period: Period | null; readonly form: "exact" | "shared" },
  signal: AbortSignal,
): Promise<OutcomesReply> {
  const query = new URLSearchParams({ ...(asked.period ?? {}), form: asked.form });
  return fetchJson(`/api/outcomes?${query}`, outcomesReply, { signal });
}

/** Before a file is made; what leaves without its line does not leave. */
export async function noteExport(body: OutcomesExportBody): Promise<void> {
  await fetchJson("/api/outcomes/exports", outcomesExported, { method: "POST", body });
}

export const tallies = createResource<TalliesReply>((signal) =>
  fetchJson("/api/tallies", talliesReply, { signal }),
);
forgetOnSignOut(tallies.reset);
refreshOnLook("tallies", tallies);

export async function typeTallies(body: TalliesBody): Promise<number> {
  const { kept } = await fetchJson("/api/tallies", talliesKept, { method: "POST", body });
  return kept;
}

export function correctTally(id: number, body: CorrectTallyBody): Promise<TalliesReply> {
  return fetchJson(`/api/tallies/${id}`, talliesReply, { method: "PUT", body });
}
