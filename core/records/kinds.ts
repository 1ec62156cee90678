/** All that the tool knows of one kind of event. A new one needs an entry and a migration. */
interface KindEntry {
  /** In lists, plural and singular. */
  readonly label: string;
  readonly one: string;
  /** In sentences and files. */
  readonly noun: { readonly one: string; readonly many: string };
  /** Other names in files. */
  readonly words: readonly string[];
  /** By police, people, or both: a row that does not say is then police. */
  readonly by: "police" | "people" | "both";
  /** Asks for patrols when reported by people (SAFEGUARDS 9 for those that do not). */
  readonly isDemand: boolean;
  /** Place in lists: the usual one first. */
  readonly first: number;
}

/** In wire order. */
export const kinds = {
  sighting: {
    label: "Sightings",
    one: "Sighting",
    noun: { one: "sighting", many: "sightings" },
    words: ["sightings", "observation"],
    by: "both",
    isDemand: false,
    first: 2,
  },
  complaint: {
    label: "Complaints",
    one: "Complaint",
    noun: { one: "complaint", many: "complaints" },
    words: ["complaints", "resident complaint", "community complaint", "public complaint"],
    by: "people",
    isDemand: true,
    first: 1,
  },
  arrest: {
    label: "Arrests",
    one: "Arrest",
    noun: { one: "arrest", many: "arrests" },
    words: ["arrests", "arrested"],
    by: "police",
    isDemand: false,
    first: 3,
  },
  stop_search: {
    label: "Stop and search",
    one: "Stop and search",
    noun: { one: "stop and search", many: "stops and searches" },
    words: [
      "stop and search",
      "stops and searches",
      "stop searches",
      "person search",
      "vehicle search",
      "person and vehicle search",
    ],
    by: "police",
    isDemand: false,
    first: 4,
  },
} as const satisfies Readonly<Record<string, KindEntry>>;

export type EventKind = keyof typeof kinds;
export const eventKinds = Object.keys(kinds) as readonly EventKind[] as readonly [
  EventKind,
  ...EventKind[],
];

/** Reported by people, the usual one first; discovered by police, police-only ones first. */
export const reportedKinds = byFirst(({ by }) => by !== "police");
export const discoveredKinds = byFirst(({ by }) => by !== "people").toSorted(
  (a, b) => Number(kinds[a].by === "both") - Number(kinds[b].by === "both"),
);

/** "Complaints", "Stops and searches": at the head of a line. */
export function kindName(kind: EventKind): string {
  const { many } = kinds[kind].noun;
  return many.charAt(0).toUpperCase() + many.slice(1);
}

function byFirst(isMeant: (entry: KindEntry) => boolean): readonly EventKind[] {
  return eventKinds
    .filter((kind) => isMeant(kinds[kind]))
    .toSorted((a, b) => kinds[a].first - kinds[b].first);
}
