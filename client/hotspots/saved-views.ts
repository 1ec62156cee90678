import type { z } from "zod";
import { fetchJson } from "#client/api/fetch.ts";
import { keptReply } from "#client/live/kept.ts";
import { undoHistory } from "#client/state/undo.ts";
import {
  type changeViewBody,
  type SavedView,
  type SaveViewBody,
  savedViewReply,
  savedViewsReply,
} from "#core/hotspots/wire/saved-views.ts";

/** Own views of Hotspots, and those that colleagues share. */
export const savedViews = keptReply("/api/saved-views", savedViewsReply);

/** Saves, and leaves a step to undo: the view goes again, or is again what it was before. */
export async function saveAsStep(body: SaveViewBody, replaced: SavedView | null): Promise<void> {
  let id = await saveView(body);
  undoHistory.remember({
    name: `save view "${body.name}"`,
    undo: async () => {
      if (replaced) await saveView({ ...bodyOf(replaced), replace: true });
      else await removeView(id);
    },
    redo: async () => {
      id = await saveView(body);
    },
  });
}

/** Removes, and leaves a step that saves it again. */
export async function removeAsStep(view: SavedView): Promise<void> {
  let { id } = view;
  await removeView(id);
  undoHistory.remember({
    name: `remove view "${view.name}"`,
    undo: async () => {
      id = await saveView(bodyOf(view));
    },
    redo: () => removeView(id),
  });
}

export async function changeView(id: number, body: z.infer<typeof changeViewBody>): Promise<void> {
  await fetchJson(`/api/saved-views/${id}`, savedViewReply, { method: "PATCH", body });
  savedViews.reload();
}

/** Returns the number of the view. */
async function saveView(body: SaveViewBody): Promise<number> {
  const { id } = await fetchJson("/api/saved-views", savedViewReply, { method: "POST", body });
  savedViews.reload();
  return id;
}

async function removeView(id: number): Promise<void> {
  await fetchJson(`/api/saved-views/${id}`, savedViewReply, { method: "DELETE" });
  savedViews.reload();
}

function bodyOf({ name, isShared, version, filters }: SavedView): SaveViewBody {
  return { name, isShared, version, filters };
}
