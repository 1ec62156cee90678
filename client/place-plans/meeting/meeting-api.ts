import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { undoHistory } from "#client/state/undo.ts";
import * as wire from "#core/place-plans/wire/meeting.ts";

/** When the partners meet, and every pack that was issued. */
export const meeting = keptReply("/api/meeting", wire.meetingReply, "place_plans");

export async function putSeries(body: wire.SeriesBody): Promise<void> {
  try {
    await fetchJson("/api/meeting/series", wire.seriesKept, { method: "PUT", body });
    undoHistory.end();
  } finally {
    meeting.reload();
  }
}

export async function issuePack(body: wire.PackBody): Promise<wire.PackReply> {
  const pack = await fetchJson("/api/meeting/packs", wire.packReply, { method: "POST", body });
  undoHistory.end();
  meeting.reload();
  return pack;
}

export function loadPack(id: number, signal: AbortSignal): Promise<wire.PackReply> {
  return fetchJson(`/api/meeting/packs/${id}`, wire.packReply, { signal });
}
