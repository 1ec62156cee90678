/** One kind of event: all that the tool has to know of it. A new one is an entry here and a migration. */
interface KindEntry {
  /** In lists, of several and of one. */
  readonly label: string;
  readonly one: string;
  /** In sentences and files. */
  readonly noun: { readonly one: string; readonly many: string };
  /** What files call it beside its own name. */
  readonly words: readonly string[];
  /** Police alone, people alone, or both: whoever a row does not name is then police. */
  readonly by: "police" | "people" | "both";
  /** Sends patrols, whatever it is about, where people report it (SAFEGUARDS 9 for what does not). */
  readonly isDemand: boolean;
  /** Which of several records of one incident counts: the lowest. */
  readonly first: number;
}

/** In the order of the wire. */
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

/** As people report them, the usual one first; as police come upon them, those of police alone first. */
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
