import type { z } from "zod";
import { fetchJson, type RequestOptions } from "#client/api/fetch.ts";
import { type Call, namesIn, type Params } from "#core/contract/call.ts";

type JsonCall = Call & { readonly reply: z.ZodType };
type Said<Asked extends Call> = Params<Asked> &
  (Asked extends { readonly body: infer Schema } ? { readonly body: z.input<Schema> } : unknown) &
  (Asked extends { readonly query: infer Schema } ? { readonly query: z.input<Schema> } : unknown);

/** `said` has path names, query and body in one. Throws as `fetchJson` does. */
export function ask<Asked extends JsonCall>(
  asked: Asked,
  said: Said<Asked>,
  options: Pick<RequestOptions, "signal" | "file" | "keepalive" | "isAnonymous" | "isProof"> = {},
): Promise<z.output<Asked["reply"]>> {
  const { body, query, ...names } = said as Record<string, unknown>;
  const method = asked.at.split(" ")[0] as NonNullable<RequestOptions["method"]>;
  const reply: Promise<unknown> = fetchJson(addressOf(asked, names, query), asked.reply, {
    ...options,
    method,
    ...(body === undefined ? {} : { body }),
  });
  return reply as Promise<z.output<Asked["reply"]>>;
}

/** Runs `then` after a refusal too: somebody else may have been first. */
export function askThen(then: () => void): typeof ask {
  return async (...given) => {
    try {
      return await ask(...given);
    } finally {
      then();
    }
  };
}

function addressOf({ at }: Call, names: Record<string, unknown>, query: unknown): string {
  const path = namesIn(at).reduce(
    (rest, name) => rest.replace(`:${name}`, encodeURIComponent(String(names[name]))),
    at.slice(at.indexOf("/")),
  );
  if (!query) return path;
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  return `${path}?${new URLSearchParams(given.map(([name, value]) => [name, String(value)]))}`;
}
