import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import { audited } from "#server/accounts/audit/audited.ts";
import {
  type CommandAct,
  CommandError,
  type CommandResult,
  command,
  flag,
  UsageError,
} from "#server/cli/command.ts";
import { DatabaseError } from "#server/db/database.ts";
import type { Route } from "#server/http/route.ts";

/** Makes any JSON call as the operator; the database decides what an operator may do. */
export const doCommand = command({
  name: "do",
  summary: "Make any call of the interface, as the operator",
  takes: "[CALL] [BODY] [--list]",
  options: { list: "every call, with what it does" },
  moreHelp: () => [
    'CALL is a method and an address; BODY is JSON, behind --json. For example: boxster do "GET /api/place-plans"',
    "What an operator may not read or change is refused, and the refusal is logged.",
  ],
  audit: { none: "each call writes its own audit line" },
  reads: z.object({ call: z.string().optional(), body: z.string().default("{}"), list: flag }),
  run: async (act, { call: said, body, list }) => {
    // Imported lazily: otherwise every command would load every room.
    const { allRoutes } = await import("#server/app/routes.ts");
    const calls = allRoutes.filter(isOffered);
    if (list) return listOf(calls);
    if (said === undefined) throw new UsageError("Which call? do --list names them.");
    const { route, params, query } = callNamed(calls, said);
    const input = {
      params: read(route.params, params, "address"),
      query: read(route.query, query, "query"),
      body: read(route.body, parsed(body), "body"),
    };
    return audited(act.db, act.actor, route.audit, (noted) =>
      make(route, { ...act, ...noted }, input),
    );
  },
});

/** Not calls that need presence, have a probing limit, or are of one's own partner only. */
const isOffered = ({ replySchema, fresh, limit, audience }: Route) =>
  replySchema !== undefined &&
  !fresh &&
  !limit &&
  (typeof audience === "string" ||
    audience.some((role) => role !== "partner" && role !== "warden"));

function listOf(calls: readonly Route[]): CommandResult {
  const list = calls.map(({ method, url, summary }) => ({ call: `${method} ${url}`, summary }));
  return { json: { calls: list }, text: list.map(({ call, summary }) => `${call}  ${summary}`) };
}

async function make(
  route: Route,
  act: CommandAct,
  input: Parameters<Route["handle"]>[1],
): Promise<CommandResult> {
  const asked = { ...act, request: pageAlone, reply: pageAlone };
  const value = await route.handle(asked, input).catch(refused);
  const json: unknown = Buffer.isBuffer(value) ? JSON.parse(value.toString()) : value;
  return { json: json ?? null, text: JSON.stringify(json ?? null, null, 2).split("\n") };
}

function refused(cause: unknown): never {
  if (!(cause instanceof DatabaseError) || cause.code !== "42501") throw cause;
  throw new CommandError("An operator may not do this. Sign in on the page as someone who may.", {
    cause,
  });
}

const pageAlone = new Proxy({} as FastifyRequest & FastifyReply, {
  get: () => {
    throw new CommandError("Only a page can make this call: it needs a browser's session.");
  },
});

function callNamed(calls: readonly Route[], said: string) {
  const [method = "", address = ""] = said.trim().split(/\s+/);
  const [path = "", search = ""] = address.split("?");
  for (const route of calls) {
    const params = route.method === method.toUpperCase() ? paramsIn(route.url, path) : null;
    if (params) return { route, params, query: Object.fromEntries(new URLSearchParams(search)) };
  }
  throw new UsageError(`There is no call "${said}". do --list names them.`);
}

/** Null where the address does not match. */
function paramsIn(url: string, path: string): Record<string, string> | null {
  const [names, parts] = [url.split("/"), path.split("/")];
  const isSame = names.every((name, at) => (name.startsWith(":") ? parts[at] : name === parts[at]));
  if (!isSame || names.length !== parts.length) return null;
  const found = names.flatMap((name, at) =>
    name.startsWith(":") ? [[name.slice(1), decoded(parts[at] ?? "")] as const] : [],
  );
  return Object.fromEntries<string>(found);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new UsageError(`"${part}" is not a valid part of an address.`, { cause });
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`The body is not JSON: ${(cause as Error).message}.`, { cause });
  }
}

function read(schema: z.ZodType | undefined, value: unknown, where: string): unknown {
  const found = schema?.safeParse(value);
  if (!found || found.success) return found?.data;
  const faults = found.error.issues.map(
    ({ path, message }) => `${path.map(String).join(".") || where}: ${message}`,
  );
  throw new UsageError(`The ${where} is not valid: ${faults.join("; ")}.`);
}
