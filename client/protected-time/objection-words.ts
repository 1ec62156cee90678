import type { ObjectionSubject } from "#core/protected-time/wire/coordinator.ts";

/** What an objection may be about, as both sides read it. */
export const subjectWords: Readonly<Record<ObjectionSubject, string>> = {
  patrols: "Patrols",
  panel: "What residents see",
  other: "Something else",
};
