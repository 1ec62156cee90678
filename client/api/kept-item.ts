import { z } from "zod";
import { removeOnLeaving } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";

const name = "boxster-unsent";

const form = z.strictObject({
  of: z.string(),
  count: z.int().min(0),
  /** Readable only by its owner's page; null for nothing. */
  sealed: z.string().nullable(),
});
type KeptItem = z.infer<typeof form>;

removeOnLeaving(removeKept);

export function readKept(): KeptItem | null {
  try {
    return form.parse(JSON.parse(window.localStorage.getItem(name) ?? "null"));
  } catch {
    return null;
  }
}

export const keptCount = createStore<number>(readKept()?.count ?? 0);

/** Throws where the browser has no storage. */
export function writeKept(item: KeptItem): void {
  window.localStorage.setItem(name, JSON.stringify(item));
  keptCount.set(() => item.count);
}

export function removeKept(): void {
  keptCount.set(() => 0);
  try {
    window.localStorage.removeItem(name);
  } catch {
    // Without storage nothing was kept.
  }
}
