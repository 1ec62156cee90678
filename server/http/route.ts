import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { AuditNote } from "#core/audit.ts";
import {
  type Body,
  type Call,
  namesIn,
  type Params,
  type Query,
  type Reply,
} from "#core/contract/call.ts";
import type { Actor, Role } from "#core/role.ts";
import type { ActNotes, Services } from "#server/acts/services.ts";

/** Who may call a route. Denied is the default: a route without this does not type-check. */
export type Audience = readonly Role[] | "public" | "signed-in";

export interface RequestContext extends Services, ActNotes {
  readonly actor: Actor;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  readonly request: FastifyRequest;
  /** For headers, streams and binary replies; a plain reply is the returned value. */
  readonly reply: FastifyReply;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

type Parsed<Schema> = Schema extends z.ZodType ? z.infer<Schema> : undefined;

export interface RouteDefinition<
  Params extends z.ZodType | undefined,
  Query extends z.ZodType | undefined,
  Body extends z.ZodType | undefined,
> {
  readonly method: Method;
  /** Under `/api`, with `:name` for parameters. */
  readonly url: string;
  readonly summary: string;
  readonly audience: Audience;
  /** Its person proved within the last five minutes to be there (server/accounts/prove-again.ts). */
  readonly fresh?: true;
  /** Served also to whoever has to set up a second factor first. */
  readonly whileSettingUp?: true;
  /** Many at once and of nobody's data, as the tiles of a map: one look at the session serves those that come together. */
  readonly askedInCrowds?: true;
  /**
   * What a call is in the audit chain, or why it is in none. Its line is written in the first
   * transaction that serves the call; `addDetail` says what it was about.
   */
  readonly audit: AuditNote | { readonly none: string };
  readonly params?: Params;
  readonly query?: Query;
  readonly body?: Body;
  /** The JSON reply, for the OpenAPI document and checked in tests; absent for binary and streams. */
  readonly replySchema?: z.ZodType;
  /**
   * Counted more closely than other calls (server/http/limits.ts): attempts to sign in, and what
   * somebody could feel with for the hours and places that are closed.
   */
  readonly limit?: "sign-in" | "probe";
  /** Bytes of body accepted; 64 kB unless said. */
  readonly bodyLimit?: number;
  readonly handle: (
    context: RequestContext,
    input: {
      readonly params: Parsed<Params>;
      readonly query: Parsed<Query>;
      readonly body: Parsed<Body>;
    },
  ) => Promise<unknown>;
}

/** A route whose input types are forgotten, as the registry holds it. */
export interface Route
  extends Omit<
    RouteDefinition<z.ZodType | undefined, z.ZodType | undefined, z.ZodType | undefined>,
    "handle"
  > {
  readonly handle: (
    context: RequestContext,
    input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  ) => Promise<unknown>;
}

/** `defineRoute("GET /api/events", { ... })` */
export function defineRoute<
  Params extends z.ZodType | undefined = undefined,
  Query extends z.ZodType | undefined = undefined,
  Body extends z.ZodType | undefined = undefined,
>(
  at: `${Method} /api/${string}`,
  definition: Omit<RouteDefinition<Params, Query, Body>, "method" | "url">,
): Route {
  const [method, url] = at.split(" ");
  return { method, url, ...definition } as unknown as Route;
}

type Served<Asked extends Call> = Omit<
  RouteDefinition<undefined, undefined, undefined>,
  "method" | "url" | "params" | "query" | "body" | "replySchema" | "handle"
> & {
  readonly handle: (
    act: RequestContext,
    input: Params<Asked> & { readonly query: Query<Asked>; readonly body: Body<Asked> },
    // A reply that is JSON already is sent as it is.
  ) => Promise<Reply<Asked> | Buffer>;
};

const numberInAddress = z.coerce.number().int().positive();

/** The server's side of a call: who may make it, what it is in the audit chain, and who answers it. */
export function serve<Asked extends Call>(
  { at, params, query, body, reply }: Asked,
  { handle, ...served }: Served<Asked>,
): Route {
  const names = namesIn(at).map((name) => [name, params?.[name] ?? numberInAddress] as const);
  return defineRoute(at, {
    ...served,
    ...(names.length > 0 ? { params: z.strictObject(Object.fromEntries(names)) } : {}),
    ...(query ? { query } : {}),
    ...(body ? { body } : {}),
    ...(reply ? { replySchema: reply } : {}),
    handle: (act, { params: found, ...said }) =>
      handle(act, { ...(found as Params<Asked>), ...said } as Parameters<typeof handle>[1]),
  });
}
