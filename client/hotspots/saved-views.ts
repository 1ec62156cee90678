import type { z } from "zod";
import { fetchJson } from "#client/api/fetch.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import {
  type changeViewBody,
  type SaveViewBody,
  savedViewReply,
  savedViewsReply,
} from "#core/hotspots/wire/saved-views.ts";

/** Own views of Hotspots, and those that colleagues share. */
export const savedViews = createResource((signal) =>
  fetchJson("/api/saved-views", savedViewsReply, { signal }),
);

forgetOnSignOut(savedViews.reset);

/** Returns the number of the view. */
export async function saveView(body: SaveViewBody): Promise<number> {
  const { id } = await fetchJson("/api/saved-views", savedViewReply, { method: "POST", body });
  savedViews.reload();
  return id;
}

export async function changeView(id: number, body: z.infer<typeof changeViewBody>): Promise<void> {
  await fetchJson(`/api/saved-views/${id}`, savedViewReply, { method: "PATCH", body });
  savedViews.reload();
}

export async function removeView(id: number): Promise<void> {
  await fetchJson(`/api/saved-views/${id}`, savedViewReply, { method: "DELETE" });
  savedViews.reload();
}
