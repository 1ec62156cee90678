import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";

/** Whether something was typed that is not saved yet; leaving asks first. */
export const unsaved = createStore<boolean>(false);

forgetOnSignOut(() => unsaved.set(() => false));
