import { z } from "zod";
import { removeOnLeaving } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";

const name = "boxster-unsent";

const form = z.strictObject({
  /** By which its owner's page knows it. */
  of: z.string(),
  count: z.int().min(0),
  /** What only its owner's page can open; null for nothing. */
  sealed: z.string().nullable(),
});
/** What a person chose to keep on this phone of what could not go out yet; without that choice there is none. */
type KeptItem = z.infer<typeof form>;

removeOnLeaving(removeKept);

export function readKept(): KeptItem | null {
  try {
    return form.parse(JSON.parse(window.localStorage.getItem(name) ?? "null"));
  } catch {
    return null;
  }
}

/** How many entries lie on this phone. */
export const keptCount = createStore<number>(readKept()?.count ?? 0);

/** Throws where the browser keeps nothing. */
export function writeKept(item: KeptItem): void {
  window.localStorage.setItem(name, JSON.stringify(item));
  keptCount.set(() => item.count);
}

export function removeKept(): void {
  keptCount.set(() => 0);
  try {
    window.localStorage.removeItem(name);
  } catch {
    // A browser that keeps nothing has kept nothing.
  }
}
