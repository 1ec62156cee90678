import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { recordsChanged } from "#client/records/batches.ts";
import {
  decideIncidentsReply,
  type Incident,
  type IncidentDecision,
  incidentsReply,
} from "#core/records/wire/incidents.ts";

/** Records that bear one reference: offered to be merged, and merged. */
export const incidents = createResource((signal) =>
  fetchJson("/api/incidents", incidentsReply, { signal }),
);

forgetOnSignOut(incidents.reset);

export async function decideIncidents(
  decision: IncidentDecision,
  chosen: "all" | readonly Incident[],
): Promise<{ incidents: number; events: number }> {
  const ids =
    chosen === "all" ? chosen : chosen.map(({ records }) => records.map(({ event }) => event));
  try {
    return await fetchJson("/api/incidents", decideIncidentsReply, {
      method: "POST",
      body: { decision, incidents: ids },
    });
  } finally {
    // Also after a refusal: what is listed is not what is there.
    recordsChanged();
  }
}
