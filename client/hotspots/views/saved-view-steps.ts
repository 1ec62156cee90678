import { removeView, saveView } from "#client/hotspots/saved-views.ts";
import { undoHistory } from "#client/state/undo.ts";
import type { SavedView, SaveViewBody } from "#core/hotspots/wire/saved-views.ts";

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

function bodyOf({ name, isShared, version, filters }: SavedView): SaveViewBody {
  return { name, isShared, version, filters };
}
