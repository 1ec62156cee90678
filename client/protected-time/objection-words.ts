import type { ObjectionSubject } from "#core/protected-time/wire/coordinator.ts";

export const subjectWords: Readonly<Record<ObjectionSubject, string>> = {
  patrols: "Patrols",
  panel: "What residents see",
  other: "Something else",
};
