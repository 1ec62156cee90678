import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import type { Period } from "#core/outcomes/typed-tally.ts";
import {
  type MonthlyReturnExportBody,
  type MonthlyReturnReply,
  monthlyReturnExported,
  monthlyReturnReply,
} from "#core/outcomes/wire/monthly-return.ts";
import {
  type OutcomesExportBody,
  type OutcomesReply,
  outcomesExported,
  outcomesReply,
} from "#core/outcomes/wire/outcomes.ts";
import * as wire from "#core/outcomes/wire/tallies.ts";

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

export function loadMonthlyReturn(
  asked: { readonly month: string; readonly form: "exact" | "shared" },
  signal: AbortSignal,
): Promise<MonthlyReturnReply> {
  const query = new URLSearchParams(asked);
  return fetchJson(`/api/monthly-return?${query}`, monthlyReturnReply, { signal });
}

/** Before it is printed or a file is made. */
export async function noteReturnExport(body: MonthlyReturnExportBody): Promise<void> {
  await fetchJson("/api/monthly-return/exports", monthlyReturnExported, {
    method: "POST",
    body,
    keepalive: true,
  });
}

export const tallies = keptReply("/api/tallies", wire.talliesReply, "tallies");

export async function typeTallies(body: wire.TalliesBody): Promise<number> {
  const { kept } = await fetchJson("/api/tallies", wire.talliesKept, { method: "POST", body });
  return kept;
}

export function correctTally(id: number, body: wire.CorrectTallyBody): Promise<wire.TalliesReply> {
  return fetchJson(`/api/tallies/${id}`, wire.talliesReply, { method: "PUT", body });
}
