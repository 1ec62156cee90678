import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import type { HandoverRole } from "#core/displacement/watch/acts.ts";
import { alertDecidedReply, alertsReply } from "#core/displacement/wire/alerts.ts";

/** One copy for the list and for the count on its tab. */
export const alerts = keptReply("/api/alerts", alertsReply, "alerts");

/** What a person says about an alert; the list is read again after it. */
export type AlertChoice =
  | { readonly decision: "acknowledge" | "close"; readonly words: string }
  | {
      readonly decision: "hand-over";
      readonly words: string;
      readonly neighbour: string;
      readonly role: HandoverRole;
    };

export async function decideAlert(id: number, { decision, ...body }: AlertChoice): Promise<void> {
  await fetchJson(`/api/alerts/${id}/${decision}`, alertDecidedReply, { method: "POST", body });
  alerts.reload();
}
