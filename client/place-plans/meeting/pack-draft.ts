import { forgetOnSignOut } from "#client/api/private-data.ts";
import { createStore } from "#client/state/store.ts";

/** The next pack as it is being typed. */
export interface PackDraft {
  /** Null until a day is chosen: it follows the series. */
  readonly meetingOn: string | null;
  /** Decisions, one a line. */
  readonly text: string;
}

const nothing: PackDraft = { meetingOn: null, text: "" };

/** Kept for as long as the page is open: a look at an older pack or another screen loses nothing. Gone with the session. */
export const packDraft = createStore<PackDraft>(nothing);

forgetOnSignOut(() => packDraft.set(() => nothing));

export function keepPackDraft(part: Partial<PackDraft>): void {
  packDraft.set((known) => ({ ...known, ...part }));
}

export function dropPackDraft(): void {
  packDraft.set(() => nothing);
}
