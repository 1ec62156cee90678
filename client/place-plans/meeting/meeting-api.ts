import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import { refreshOnLook } from "#client/live/refresh.ts";
import {
  meetingReply,
  type PackBody,
  type PackReply,
  packReply,
  type SeriesBody,
  seriesKept,
} from "#core/place-plans/wire/meeting.ts";

/** When the partners meet, and every pack that was issued. */
export const meeting = createResource((signal) =>
  fetchJson("/api/meeting", meetingReply, { signal }),
);

refreshOnLook("place_plans", meeting);
forgetOnSignOut(meeting.reset);

export async function putSeries(body: SeriesBody): Promise<void> {
  try {
    await fetchJson("/api/meeting/series", seriesKept, { method: "PUT", body });
  } finally {
    meeting.reload();
  }
}

export async function issuePack(body: PackBody): Promise<PackReply> {
  const pack = await fetchJson("/api/meeting/packs", packReply, { method: "POST", body });
  meeting.reload();
  return pack;
}

export function loadPack(id: number, signal: AbortSignal): Promise<PackReply> {
  return fetchJson(`/api/meeting/packs/${id}`, packReply, { signal });
}
