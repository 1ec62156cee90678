import { setTimeout as wait } from "node:timers/promises";
import { createRandom } from "#core/random.ts";
import type { Role } from "#core/role.ts";
import { plainTable } from "#tests/support/import.ts";

/** What 50 people did to a server in some minutes. */
export interface LoadResult {
  readonly calls: number;
  /** Calls by what was asked. */
  readonly byWork: ReadonlyMap<string, number>;
  /** Replies that none of them should have had, each in words. */
  readonly wrong: readonly string[];
}

interface Client {
  readonly name: string;
  readonly role: Role;
  readonly partner?: string;
  readonly call: (
    work: string,
    method: string,
    path: string,
    body?: object | string,
    accepted?: readonly number[],
  ) => Promise<unknown>;
  readonly random: ReturnType<typeof createRandom>;
}

type Work = (client: Client) => Promise<void>;

const read =
  (path: string): Work =>
  async (client) => {
    await client.call(`read ${path.split("?")[0] ?? ""}`, "GET", path);
  };

const suggestion: Work = async (client) => {
  const day = 29 + client.random.integer(2);
  const body = { from: `2021-11-${day}`, days: 1, units: 2, seed: client.random.integer(1000) };
  const reply = await client.call("suggest", "POST", "/api/plans/suggest", body);
  const last = String(reply).trimEnd().split("\n").at(-1) ?? "";
  const { plan } = JSON.parse(last) as { plan?: { id: string | null } };
  if (!plan?.id) throw new Error(`A suggestion ended without a plan: ${last.slice(0, 200)}`);
  // Another's approved patrol or a session may be there by now: "no longer available" is an answer.
  await client.call("agree", "POST", `/api/plans/${plan.id}/agree`, {}, [200, 409]);
  await client.call("withdraw", "POST", `/api/plans/${plan.id}/withdraw`, {}, [200, 409]);
};

const outreach: Work = async (client) => {
  const { places } = (await client.call("places", "GET", "/api/outreach/places")) as {
    places: { id: string }[];
  };
  const placeId = places[client.random.integer(places.length)]?.id;
  const date = `2021-12-${String(4 + client.random.integer(20)).padStart(2, "0")}`;
  const rule = { repeats: "once", firstDate: date, start: "19:00", end: "20:30" };
  const body = { placeId, rule };
  const { id } = (await client.call("add session", "POST", "/api/outreach/sessions", body)) as {
    id: string;
  };
  await client.call("list sessions", "GET", "/api/outreach/sessions");
  await client.call("cancel session", "POST", `/api/outreach/sessions/${id}/cancel`, {});
};

const importing: Work = async (client) => {
  const days = Array.from({ length: 200 }, () => `2021-0${1 + client.random.integer(9)}-15`);
  const reply = await client.call(
    "import",
    "POST",
    `/api/imports?fileName=${client.name}.csv`,
    plainTable(days),
  );
  const last = String(reply).trimEnd().split("\n").at(-1) ?? "";
  const { result } = JSON.parse(last) as { result?: { batch: number } };
  if (!result) throw new Error(`An import ended without a result: ${last.slice(0, 200)}`);
  await client.call("undo", "DELETE", `/api/imports/${result.batch}`);
};

const hotspots = "/api/hotspots?from=2021-09-01&to=2021-11-26";
const often = (times: number, work: Work) => new Array<Work>(times).fill(work);

/** Each role's day: the page asks for news by itself, and people look longer than they ask. */
const days: Readonly<Partial<Record<Role, readonly Work[]>>> = {
  sergeant: [
    ...often(8, read("/api/keep-clear/notices")),
    ...often(4, read("/api/session")),
    ...often(3, read("/api/keep-clear")),
    ...often(2, read("/api/events")),
    ...often(2, read("/api/places")),
    read(hotspots),
    read("/api/plans?from=2021-11-29&days=7"),
    read("/api/displacement?operation=boxster-2021"),
  ],
  analyst: [
    ...often(4, read("/api/events")),
    ...often(3, read("/api/session")),
    ...often(2, read("/api/imports")),
    read(hotspots),
  ],
  partner: [
    ...often(2, read("/api/session")),
    ...often(2, read("/api/outreach/calendar")),
    read("/api/outreach/record"),
    outreach,
  ],
  presenter: [...often(8, read("/api/session")), read("/api/public/releases/latest")],
};
/** Milliseconds between two things that one person does. */
const pause = { least: 2_000, more: 5_000 };

/** 50 people, of whom two plan and two import again and again. */
export async function putUnderLoad(url: string, seconds: number): Promise<LoadResult> {
  const wrong: string[] = [];
  const byWork = new Map<string, number>();
  const people: readonly (readonly [Role, number, readonly Work[]])[] = [
    ["sergeant", 18, days.sergeant ?? []],
    ["sergeant", 2, [suggestion, read("/api/plans?from=2021-11-29&days=7")]],
    ["analyst", 8, days.analyst ?? []],
    ["analyst", 2, [importing, read("/api/imports")]],
    ["partner", 14, days.partner ?? []],
    ["presenter", 6, days.presenter ?? []],
  ];
  const until = performance.now() + seconds * 1000;
  const clients = people.flatMap(([role, count, works], kind) =>
    Array.from({ length: count }, (_, index) => ({ role, works, seed: kind * 100 + index })),
  );
  await Promise.all(
    clients.map(async ({ role, works, seed }) => {
      const partner = role === "partner" ? (["a", "b", "c"][seed % 3] ?? "a") : undefined;
      const client = await signIn(url, { role, partner, seed, wrong, byWork });
      while (performance.now() < until) {
        const work = works[client.random.integer(works.length)];
        await work?.(client).catch((error: unknown) =>
          wrong.push(`${client.name}: ${String(error)}`),
        );
        await wait(pause.least + client.random.integer(pause.more));
      }
    }),
  );
  return { calls: [...byWork.values()].reduce((sum, count) => sum + count, 0), byWork, wrong };
}

async function signIn(
  url: string,
  given: {
    readonly role: Role;
    readonly partner: string | undefined;
    readonly seed: number;
    readonly wrong: string[];
    readonly byWork: Map<string, number>;
  },
): Promise<Client> {
  const { role, partner, seed, wrong, byWork } = given;
  const name = `${role}-${seed}`;
  let cookie = "";
  const call: Client["call"] = async (work, method, path, body, accepted = [200]) => {
    byWork.set(work, (byWork.get(work) ?? 0) + 1);
    const reply = await fetch(`${url}${path}`, requestOf(method, cookie, body));
    const text = await reply.text();
    if (!accepted.includes(reply.status)) {
      wrong.push(`${name}: ${work} was answered ${reply.status} ${text.slice(0, 300)}`);
    }
    cookie = reply.headers.getSetCookie()[0]?.split(";")[0] ?? cookie;
    const isJson = reply.headers.get("content-type")?.startsWith("application/json");
    return isJson ? JSON.parse(text) : text;
  };
  await call("sign in", "POST", "/api/session", { role, ...(partner ? { partner } : {}) });
  return { name, role, call, random: createRandom(seed + 1) };
}

/** Text is a file to import. */
function requestOf(method: string, cookie: string, body: object | string | undefined): RequestInit {
  if (body === undefined) return { method, headers: { cookie } };
  return typeof body === "string"
    ? { method, headers: { cookie, "content-type": "application/octet-stream" }, body }
    : {
        method,
        headers: { cookie, "content-type": "application/json" },
        body: JSON.stringify(body),
      };
}
