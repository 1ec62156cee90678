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

/** Required, so that a route without one does not type-check: denied by default. */
export type Audience = readonly Role[] | "public" | "signed-in";

export interface RequestContext extends Services, ActNotes {
  readonly actor: Actor;
  /** Aborted when the caller goes away. */
  readonly signal: AbortSignal;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Route {
  readonly method: Method;
  /** Under `/api`, with `:name` for parameters. */
  readonly url: string;
  readonly summary: string;
  readonly audience: Audience;
  /** Its person proved within the last five minutes to be there (server/accounts/prove-again.ts). */
  readonly fresh?: true;
  /** Allowed before a required second factor is set up. */
  readonly whileSettingUp?: true;
  /** For bursts of non-personal requests, such as map tiles: they share one session check. */
  readonly askedInCrowds?: true;
  /**
   * The call's audit entry, or why it has none. It is written in the first transaction that serves
   * the call; `addDetail` adds what it was about.
   */
  readonly audit: AuditNote | { readonly none: string };
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** The JSON reply, for the OpenAPI document and checked in tests; absent for binary and streams. */
  readonly replySchema?: z.ZodType;
  /**
   * Stricter rate limits (server/http/limits.ts): attempts to sign in, and calls that could probe
   * for closed hours and places.
   */
  readonly limit?: "sign-in" | "probe";
  /** Bytes of body accepted; 64 kB unless said. */
  readonly bodyLimit?: number;
  readonly handle: (
    act: RequestContext,
    input: { readonly params: unknown; readonly query: unknown; readonly body: unknown },
  ) => Promise<unknown>;
}

type Served<Asked extends Call> = Omit<
  Route,
  "method" | "url" | "params" | "query" | "body" | "replySchema" | "handle"
> & {
  readonly handle: (
    act: RequestContext,
    input: Params<Asked> & { readonly query: Query<Asked>; readonly body: Body<Asked> },
    // A reply that is already JSON is sent unchanged.
  ) => Promise<Reply<Asked> | Buffer>;
};

const numberInAddress = z.coerce.number().int().positive();

export function serve<Asked extends Call>(
  { at, params, query, body, reply }: Asked,
  { handle, ...served }: Served<Asked>,
): Route {
  const [method, url] = at.split(" ") as [Method, string];
  const names = namesIn(at).map((name) => [name, params?.[name] ?? numberInAddress] as const);
  return {
    method,
    url,
    ...served,
    ...(names.length > 0 ? { params: z.strictObject(Object.fromEntries(names)) } : {}),
    ...(query ? { query } : {}),
    ...(body ? { body } : {}),
    ...(reply ? { replySchema: reply } : {}),
    handle: (act, { params: found, ...said }) =>
      handle(act, { ...(found as Params<Asked>), ...said } as Parameters<typeof handle>[1]),
  };
}
