import { randomBytes, timingSafeEqual } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { foldAccountName } from "#core/accounts/account-name.ts";
import { attemptKeysOf } from "#server/accounts/attempts.ts";
import { browserCookie } from "#server/accounts/cookies.ts";
import type { Config } from "#server/config.ts";

/*
 * A browser that somebody signed in from keeps a lane of its own: what strangers fail at the same name or from the
 * same address makes nobody wait there. The cookie is a number drawn once and, for each of the last names that
 * signed in with a password, a mark that only this server can make; it opens nothing.
 */
type Part = Pick<Config, "secure" | "secret" | "dataFolder">;

const mostNames = 6;

/** Null where nobody has signed in by this name from the browser. */
export function laneOf(
  { config, request }: { readonly config: Part; readonly request: FastifyRequest },
  name: string,
): string | null {
  const known = read(config, request);
  if (known === null) return null;
  const mark = markOf(config, `${known.id} ${foldAccountName(name)}`);
  return known.marks.some((one) => isEqual(one, mark))
    ? `browser ${known.id} ${foldAccountName(name)}`
    : null;
}

/** Null for an unknown browser or a forged cookie. */
export function browserOf(config: Part, request: FastifyRequest): string | null {
  return read(config, request)?.id ?? null;
}

/** Remembers at most six names per browser. */
export function rememberBrowser(
  config: Part,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  name: string,
): void {
  const known = read(config, request);
  const id = known?.id ?? randomBytes(16).toString("base64url");
  const mark = markOf(config, `${id} ${foldAccountName(name)}`);
  const others = (known?.marks ?? []).filter((one) => !isEqual(one, mark));
  const marks = [mark, ...others].slice(0, mostNames);
  browserCookie.set(config, reply, [id, markOf(config, id), ...marks].join("."));
}

function read(
  config: Part,
  request: FastifyRequest,
): { readonly id: string; readonly marks: readonly string[] } | null {
  const [id = "", own = "", ...marks] = browserCookie.read(config, request)?.split(".") ?? [];
  if (id.length !== 22 || !isEqual(own, markOf(config, id))) return null;
  return { id, marks: marks.slice(0, mostNames) };
}

function markOf(config: Part, what: string): string {
  return attemptKeysOf(config)("browser", what).toString("base64url");
}

function isEqual(given: string, expected: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(expected)];
  return one.length === other.length && timingSafeEqual(one, other);
}
