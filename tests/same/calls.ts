import { createHash } from "node:crypto";
import type { LightMyRequestResponse } from "fastify";
import { roles } from "#core/role.ts";
import { allRoutes } from "#server/app/routes.ts";
import { lasting, linesOf } from "#tests/same/told.ts";
import type { TestApp, TestCaller } from "#tests/support/app.ts";

/** Everybody who calls, by the name under which the recording tells of them. */
export async function everybody(app: TestApp): Promise<ReadonlyMap<string, TestCaller>> {
  const callers = new Map<string, TestCaller>([["stranger", app.stranger]]);
  for (const role of roles) callers.set(role, await app.as(role));
  callers.set("partner b", await app.as("partner", "b"));
  return callers;
}

/** Routes that are read where nothing is said of them: by their address as it stands. */
const addresses: Readonly<Record<string, readonly string[]>> = {
  "/api/events": ["", "?part=text"],
  "/api/audit/export": ["?format=csv", "?format=ndjson"],
  "/api/displacement": ["?operation=boxster-2021", "?area=Upper%20Edmonton&start=2021-09-06"],
  "/api/hotspots": [
    "?from=2021-10-01&to=2021-11-25",
    "?from=2021-10-01&to=2021-11-25&resolution=9&measure=gi&hours=20-02&days=fri,sat",
    "?from=2021-09-01&to=2021-11-25&measure=emerging&area=Haringey",
    "?from=2021-13-01&to=nonsense",
  ],
  "/api/hotspots/streets": ["?from=2021-10-01&to=2021-11-25"],
  "/api/keep-clear": ["", "?from=2021-11-29&to=2021-12-05"],
  "/api/guarantee": ["?month=2021-10", "?month=2021-10&form=shared"],
  "/api/monthly-figures": ["?month=2021-10", "?month=2021-10&form=shared"],
  "/api/outcomes": ["", "?from=2021-08-01&to=2021-11-26&form=shared"],
  "/api/outreach/occurrences": ["?from=2021-12-01&to=2021-12-31"],
  "/api/releases/preview": ["", "?from=2021-06&to=2021-10"],
  "/api/debriefs": ["?from=2021-11-22&days=7"],
  "/api/plans": ["?from=2021-11-29&days=7"],
  "/api/staffing": ["?from=2021-12-20&days=7"],
};

const notRead: Readonly<Record<string, string>> = {
  "/api/live": "a stream without end",
  "/api/session/provider": "leads elsewhere, with a secret of its own each time",
};

/**
 * Each route that reads, as each person is answered; those who are answered alike once. `known` are addresses with numbers
 * in them that the day has made.
 */
export async function readAll(
  callers: ReadonlyMap<string, TestCaller>,
  known: ReadonlyMap<string, string>,
  put: (name: string, lines: readonly string[]) => void,
): Promise<void> {
  for (const { method, url } of allRoutes) {
    if (method !== "GET" || notRead[url]) continue;
    const lines: string[] = [];
    for (const address of addressesOf(url, known.get(`GET ${url}`))) {
      lines.push(...(await answersTo(address, callers)));
    }
    put(fileNameOf(`GET ${url}`), lines);
  }
}

function addressesOf(url: string, made: string | undefined): string[] {
  if (!url.includes(":")) return (addresses[url] ?? [""]).map((query) => url + query);
  return [...(made ? [made] : []), url.replaceAll(/:\w+/g, "0")];
}

async function answersTo(
  address: string,
  callers: ReadonlyMap<string, TestCaller>,
): Promise<string[]> {
  const told = new Map<string, string[]>();
  for (const [name, caller] of callers) {
    const answer = lasting(answerLines(await caller.get(address)).join("\n"));
    told.set(answer, [...(told.get(answer) ?? []), name]);
  }
  return [...told].flatMap(([answer, names]) => [
    `# GET ${address}: ${names.join(", ")}`,
    ...answer.split("\n"),
    "",
  ]);
}

const headersTold = ["content-type", "content-disposition", "cache-control", "location"];

export function answerLines(reply: LightMyRequestResponse): string[] {
  const headers = headersTold.flatMap((name) =>
    reply.headers[name] === undefined ? [] : [`${name}: ${String(reply.headers[name])}`],
  );
  return [String(reply.statusCode), ...headers, ...bodyLines(reply)];
}

function bodyLines({ rawPayload, body, headers }: LightMyRequestResponse): string[] {
  const type = String(headers["content-type"] ?? "");
  if (/json|text|csv|calendar/.test(type)) return linesOf(body);
  const digest = createHash("sha256").update(rawPayload).digest("base64url").slice(0, 20);
  return [`${rawPayload.length} octets, ${digest}`];
}

export function fileNameOf(route: string): string {
  return route.replace("/api/", "").replaceAll(/[/: ]+/g, "-");
}
