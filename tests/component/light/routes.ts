import type { Route, SentRequest } from "#tests/component/light/network.ts";

/** `**` is anything, `*` anything but a slash. */
export type Path = string | RegExp | ((url: URL) => boolean);

export interface Handle {
  readonly request: () => SentRequest;
  readonly continue: () => Promise<void>;
  readonly fallback: () => Promise<void>;
  readonly abort: (why?: string) => Promise<void>;
  readonly fulfill: (reply: Given) => Promise<void>;
  readonly fetch: () => Promise<{
    readonly json: () => Promise<unknown>;
    readonly status: () => number;
  }>;
}
interface Given {
  readonly status?: number;
  readonly json?: unknown;
  readonly body?: string;
  readonly contentType?: string;
}

export function routeOf(
  path: Path,
  answer: (route: Handle) => unknown,
): Route & { readonly path: Path } {
  return {
    path,
    matches: (url) => matches(path, url),
    answer: (request, go) =>
      new Promise((resolve, reject) => {
        const handle: Handle = {
          request: () => request,
          continue: async () => resolve(null),
          fallback: async () => resolve(null),
          abort: async () => reject(new TypeError("Failed to fetch")),
          fulfill: async (given) => {
            const body = given.json === undefined ? (given.body ?? "") : JSON.stringify(given.json);
            const type =
              given.contentType ?? (given.json === undefined ? "text/plain" : "application/json");
            resolve(
              new Response(body, {
                status: given.status ?? 200,
                headers: { "content-type": type },
              }),
            );
          },
          fetch: async () => {
            const reply = await go();
            return { json: () => reply.clone().json(), status: () => reply.status };
          },
        };
        Promise.resolve(answer(handle)).catch(reject);
      }),
  };
}

/** A pattern as the browser's driver has it: `**` is anything, `*` anything but a slash. */
export function matches(path: Path, url: URL): boolean {
  if (typeof path === "function") return path(url);
  if (path instanceof RegExp) return path.test(url.href);
  const pattern = path
    .replace(/[.+^${}()|[\]\\?]/g, "\\$&")
    .replaceAll("**", "\u0000")
    .replaceAll("*", "[^/]*")
    .replaceAll("\u0000", ".*");
  return new RegExp(`^(?:${url.origin})?${pattern}$`).test(url.href);
}
