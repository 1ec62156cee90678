import { setTimeout as wait } from "node:timers/promises";

/** What the people of a team did while the database was lost and came back. */
export interface Work {
  /** Sessions that the server said are saved, by the partner who saved them. */
  readonly saved: ReadonlyMap<string, readonly string[]>;
  readonly calls: number;
  /** Calls that got no answer, or one that says to try again: when, in milliseconds of `performance.now()`. */
  readonly refused: readonly number[];
  /** The longest that one call was waited for, in milliseconds. */
  readonly longest: number;
  /** Answers that nobody should get, in words. */
  readonly wrong: readonly string[];
  /** By open screen: when it heard of changes. */
  readonly heard: readonly (readonly number[])[];
}

interface Person {
  readonly ask: (method: string, path: string, body?: object) => Promise<Response | null>;
}

/**
 * Four partners who save sessions, four sergeants and two analysts who read, and a screen open at each server, until they are
 * told to stop. Each asks the servers in turn, and asks again a moment after it was refused.
 */
export function putToWork(urls: readonly string[]): { readonly stop: () => Promise<Work> } {
  const saved = new Map<string, string[]>();
  const refused: number[] = [];
  const wrong: string[] = [];
  let [calls, longest] = [0, 0];
  const stopped = new AbortController();
  const { signal } = stopped;

  const person = async (role: string, turn: number, partner?: string): Promise<Person> => {
    let cookie = "";
    let at = turn;
    const ask: Person["ask"] = async (method, path, body) => {
      calls += 1;
      at += 1;
      const from = performance.now();
      const reply = await fetch(`${urls[at % urls.length]}${path}`, {
        method,
        headers: { cookie, ...(body && { "content-type": "application/json" }) },
        ...(body && { body: JSON.stringify(body) }),
      }).catch(() => null);
      longest = Math.max(longest, performance.now() - from);
      cookie = reply?.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
      if (reply?.ok) return reply;
      await reply?.arrayBuffer().catch(() => undefined);
      if (reply === null || reply.status === 503) refused.push(performance.now());
      else wrong.push(`${role}: ${method} ${path} was answered ${reply.status}`);
      return null;
    };
    await until(signal, async () =>
      ask("POST", "/api/session", { role, ...(partner && { partner }) }),
    );
    return { ask };
  };

  const partnersWork = async (turn: number) => {
    const name = "abc"[turn % 3] ?? "a";
    const { ask } = await person("partner", turn, name);
    const reply = await until(signal, () => ask("GET", "/api/outreach/places"));
    if (!reply) return;
    const { places } = (await reply.json()) as { places: { id: string }[] };
    for (let day = 0; !signal.aborted; day += 1) {
      const firstDate = new Date(Date.UTC(2021, 11, 4 + (day % 60))).toISOString().slice(0, 10);
      const rule = { repeats: "once", firstDate, start: "19:00", end: "20:30" };
      const body = { placeId: places[turn % places.length]?.id, rule };
      const told = await ask("POST", "/api/outreach/sessions", body);
      if (told) {
        const { id } = (await told.json()) as { id: string };
        saved.set(name, [...(saved.get(name) ?? []), id]);
      }
      await wait(told ? 300 : 500);
    }
  };

  const readersWork = async (role: string, turn: number, paths: readonly string[]) => {
    const { ask } = await person(role, turn);
    for (let time = turn; !signal.aborted; time += 1) {
      const reply = await ask("GET", paths[time % paths.length] ?? "");
      await reply?.arrayBuffer().catch(() => undefined);
      await wait(reply ? 300 : 500);
    }
  };

  const heard = urls.map((): number[] => []);
  const screensWork = async (at: number) => {
    const own = heard[at];
    let cookie = "";
    while (!signal.aborted) {
      if (cookie === "") {
        const reply = await fetch(`${urls[at]}/api/session`, {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ role: "sergeant" }),
        }).catch(() => null);
        cookie = reply?.ok ? (reply.headers.getSetCookie()[0]?.split(";")[0] ?? "") : "";
      }
      await listen(`${urls[at]}/api/live`, cookie, signal, () => own?.push(performance.now()));
      await wait(500);
    }
  };

  const sergeants = [
    "/api/hotspots?from=2021-09-01&to=2021-11-26",
    "/api/keep-clear/notices",
    "/api/plans?from=2021-11-29&days=7",
  ];
  const all = Promise.all([
    ...[0, 1, 2, 3].map(partnersWork),
    ...[0, 1, 2, 3].map((turn) => readersWork("sergeant", turn, sergeants)),
    ...[0, 1].map((turn) => readersWork("analyst", turn, ["/api/events", "/api/imports"])),
    ...urls.map((_, at) => screensWork(at)),
  ]);
  return {
    stop: async () => {
      stopped.abort();
      await all;
      return { saved, calls, refused, longest, wrong, heard };
    },
  };
}

/** Tells of each change until the connection ends. */
async function listen(url: string, cookie: string, signal: AbortSignal, tell: () => void) {
  try {
    const reply = await fetch(url, { headers: { cookie }, signal });
    if (!reply.ok || !reply.body) return;
    let text = "";
    for await (const piece of reply.body.pipeThrough(new TextDecoderStream())) {
      text += piece;
      const events = text.split("\n\n");
      text = events.pop() ?? "";
      for (const event of events) if (/^event: look$/m.test(event)) tell();
    }
  } catch {
    // Cut off: whoever asked opens it again.
  }
}

/** Asks until there is an answer, or all are told to stop. */
async function until(
  signal: AbortSignal,
  ask: () => Promise<Response | null>,
): Promise<Response | null> {
  while (!signal.aborted) {
    const reply = await ask();
    if (reply) return reply;
    await wait(500);
  }
  return null;
}

/** The sessions that a partner reads at a server. */
export async function sessionsOf(url: string, partner: string): Promise<ReadonlySet<string>> {
  const signedIn = await fetch(`${url}/api/session`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ role: "partner", partner }),
  });
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  const reply = await fetch(`${url}/api/outreach/sessions`, { headers: { cookie } });
  const { sessions } = (await reply.json()) as { sessions: { id: string }[] };
  return new Set(sessions.map(({ id }) => id));
}
