import type { LiveTopic } from "#core/live.ts";
import type { Announced } from "#server/db/database.ts";
import type { Work } from "#server/live/announced.ts";
import type { Shown } from "#server/live/shown.ts";

export interface Watcher {
  /** What a table says by itself. Told first: a lost patrol must not wait until it is known what else has changed. */
  readonly plain: (work: Work) => Set<string>;
  readonly changed: (work: Work, listening: ReadonlySet<string>) => Promise<Set<string>>;
  readonly closedHasChanged: () => Promise<boolean>;
  readonly begin: (partnerId: string) => Promise<void>;
  readonly beginAnew: (listening: Iterable<string>) => Promise<void>;
}

export function createWatcher(shown: Shown): Watcher {
  const words = new Map<string, string>();
  /** False where the earlier value is unknown. */
  const hasChanged = async (name: string, read: () => Promise<string>): Promise<boolean> => {
    const word = await read();
    const before = words.get(name);
    words.set(name, word);
    return before !== undefined && before !== word;
  };
  const closedHasChanged = () => hasChanged("closed", shown.closed);
  const toldHasChanged = (partnerId: string) =>
    hasChanged(`told ${partnerId}`, () => shown.told(partnerId));
  const attendedHasChanged = (partnerId: string) =>
    hasChanged(`attended ${partnerId}`, () => shown.attended(partnerId));
  const ofPolice = async (work: Work): Promise<LiveTopic[]> => {
    const topics: LiveTopic[] = [];
    if (work.notices && (await hasChanged("notices", shown.notices))) topics.push("notices");
    if (work.closed && (await closedHasChanged())) topics.push("keep_clear");
    return topics;
  };
  return {
    plain: (work) => new Set([...work.topics, ...ofWardens(work)]),
    closedHasChanged,
    begin: async (partnerId) => {
      await toldHasChanged(partnerId);
      await attendedHasChanged(partnerId);
    },
    beginAnew: async (listening) => {
      words.clear();
      await closedHasChanged();
      await hasChanged("notices", shown.notices);
      for (const partnerId of listening) {
        await toldHasChanged(partnerId);
        await attendedHasChanged(partnerId);
      }
    },
    changed: async (work, listening) => {
      const scopes = new Set<string>(await ofPolice(work));
      const named = await namedPartners(work, shown);
      for (const scope of ownScopes(named)) scopes.add(scope);
      for (const id of toldBy(work, named, listening)) {
        if (await toldHasChanged(id)) scopes.add(`told ${id}`);
      }
      for (const id of work.attended ? listening : []) {
        if (await attendedHasChanged(id)) scopes.add(`record ${id}`);
      }
      return scopes;
    },
  };
}

/** Partners that listen and may read another word of police. */
function toldBy(
  { told }: Work,
  named: readonly Announced[],
  listening: ReadonlySet<string>,
): readonly string[] {
  if (told) return [...listening];
  return named
    .filter(({ table, id }) => table === "session_notice" && listening.has(id))
    .map(({ id }) => id);
}

const topicOfPatrols: Readonly<Record<string, LiveTopic>> = {
  patrol_window: "plan",
  warden_notice: "notices",
  lead_notice: "notices",
};

const ofWardens = ({ ofPatrolPartner }: Work) =>
  ofPatrolPartner.map(({ table, id }) => `${topicOfPatrols[table] ?? "tonight"} ${id}`);

const topicOfTable: Readonly<Record<string, LiveTopic>> = {
  outreach_session: "sessions",
  saved_place: "places",
  calendar_report: "calendar",
  leaving: "calendar",
  account_opening: "openings",
  session_exception: "sessions",
  police_came: "record",
};

async function namedPartners({ ofPartner, ofSession }: Work, shown: Shown): Promise<Announced[]> {
  const partnerOf =
    ofSession.length > 0
      ? await shown.partnersOf(ofSession.map(({ id }) => id))
      : new Map<string, string>();
  const named = [
    ...ofPartner,
    ...ofSession.map(({ table, id }) => ({ table, id: partnerOf.get(id) ?? "" })),
  ].filter(({ id }) => id !== "");
  return [...new Map(named.map((one) => [`${one.table} ${one.id}`, one])).values()];
}

function ownScopes(named: readonly Announced[]): string[] {
  const own = named.flatMap(({ table, id }) => {
    const topic = topicOfTable[table];
    return topic === undefined ? [] : [`${topic} ${id}`];
  });
  const told = ["calendar_report", "police_came", "leaving"];
  const isTold = named.some(({ table }) => told.includes(table));
  return isTold ? [...own, "partners"] : own;
}
