import { askThen } from "#client/api/ask.ts";
import { keptCall } from "#client/live/kept.ts";
import { undoHistory } from "#client/state/undo.ts";
import {
  type SavedView,
  type SaveViewBody,
  savedViewCalls,
} from "#core/hotspots/wire/saved-views.ts";

export const savedViews = keptCall(savedViewCalls.list);
export const askOfViews = askThen(savedViews.reload);

const { save, remove } = savedViewCalls;

/** Undo removes the view, or restores what it replaced. */
export async function saveAsStep(body: SaveViewBody, replaced: SavedView | null): Promise<void> {
  let view = await askOfViews(save, { body });
  undoHistory.remember({
    name: `save view "${body.name}"`,
    undo: async () => {
      if (replaced) await askOfViews(save, { body: { ...bodyOf(replaced), replace: true } });
      else await askOfViews(remove, view);
    },
    redo: async () => {
      view = await askOfViews(save, { body });
    },
  });
}

/** Undo saves it again. */
export async function removeAsStep(removed: SavedView): Promise<void> {
  let view = { id: removed.id };
  await askOfViews(remove, view);
  undoHistory.remember({
    name: `remove view "${removed.name}"`,
    undo: async () => {
      view = await askOfViews(save, { body: bodyOf(removed) });
    },
    redo: async () => {
      await askOfViews(remove, view);
    },
  });
}

function bodyOf({ name, isShared, version, filters }: SavedView): SaveViewBody {
  return { name, isShared, version, filters };
}
