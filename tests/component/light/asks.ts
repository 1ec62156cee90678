import type { Network } from "#tests/component/light/network.ts";

/** What the test itself asks the server, with the visitor's cookies. */
export function requestsOf(network: Network, server: string) {
  const send = async (method: string, path: string, { data, headers = {} }: SendOptions = {}) => {
    // Octets go as they are, as in Playwright.
    const written = data instanceof Uint8Array ? new Uint8Array(data) : JSON.stringify(data);
    const body = data === undefined ? {} : { body: written };
    const type: Record<string, string> =
      data === undefined ? {} : { "content-type": "application/json" };
    const reply = await network.ask(new URL(path, server), {
      method,
      headers: { ...type, ...headers },
      ...body,
    });
    const octets = Buffer.from(await reply.arrayBuffer());
    return {
      ok: () => reply.ok,
      status: () => reply.status,
      headers: () => Object.fromEntries(reply.headers),
      body: async () => octets,
      text: async () => octets.toString("utf8"),
      json: async () => JSON.parse(octets.toString("utf8")),
    };
  };
  return {
    get: (path: string, options?: SendOptions) => send("GET", path, options),
    post: (path: string, options?: SendOptions) => send("POST", path, options),
    put: (path: string, options?: SendOptions) => send("PUT", path, options),
    patch: (path: string, options?: SendOptions) => send("PATCH", path, options),
    delete: (path: string, options?: SendOptions) => send("DELETE", path, options),
  };
}
export interface SendOptions {
  readonly data?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}
