/** What the page asks of its server, as a browser sends it: with its cookies, from its own origin. */
export interface Network {
  readonly fetch: (path: string | URL | Request, init?: RequestInit) => Promise<Response>;
  /** Past the routes, and told to nobody: what the test itself asks. */
  readonly ask: (url: URL, init: RequestInit) => Promise<Response>;
  readonly cookies: Map<string, string>;
  /** The same jar, as the page's own code reads and writes it. */
  readonly ownCookies: { cookie: string };
  readonly onRequest: Set<(request: SentRequest) => void>;
  readonly onReply: Set<(reply: SentReply) => void>;
  readonly routes: Route[];
  readonly signal: { isOffline: boolean };
  /** The page is closed or loaded again: whatever is still on its way to it arrives nowhere. */
  readonly leave: () => void;
  /** What was refused, in words. */
  readonly refused: string[];
}

export interface SentRequest {
  readonly url: () => string;
  readonly method: () => string;
  readonly postData: () => string | null;
  readonly postDataJSON: () => unknown;
}

export interface SentReply {
  readonly url: () => string;
  readonly status: () => number;
  readonly json: () => Promise<unknown>;
  readonly request: () => SentRequest;
}

export interface Route {
  readonly path: unknown;
  readonly matches: (url: URL) => boolean;
  /** Its reply instead of the server's, which `go` asks; null: goes on to it. */
  readonly answer: (request: SentRequest, go: () => Promise<Response>) => Promise<Response | null>;
}

const nodeFetch = globalThis.fetch;

export function openNetwork(server: string): Network {
  const cookies = new Map<string, string>();
  /** Those of the server: no script reads them. */
  const hidden = new Set<string>();
  const ownCookies = {
    get cookie() {
      const readable = [...cookies].filter(([name]) => !hidden.has(name));
      return readable.map((pair) => pair.join("=")).join("; ");
    },
    set cookie(line: string) {
      hidden.delete(keep(cookies, line));
    },
  };
  const onRequest: Network["onRequest"] = new Set();
  const onReply: Network["onReply"] = new Set();
  const routes: Route[] = [];
  const signal: Network["signal"] = { isOffline: false };
  const refused: string[] = [];
  let pagesLeft = 0;
  const ask: Network["ask"] = async (url, init) => {
    const headers = new Headers(init.headers);
    // Nothing goes over a wire, so nothing is pressed for it.
    if (!headers.has("accept-encoding")) headers.set("accept-encoding", "identity");
    if (init.credentials !== "omit" && cookies.size > 0) {
      headers.set("cookie", [...cookies].map((pair) => pair.join("=")).join("; "));
    }
    const reply = await nodeFetch(url, { ...init, headers });
    for (const line of reply.headers.getSetCookie()) hidden.add(keep(cookies, line));
    return reply;
  };
  const answer: Network["fetch"] = async (path, init = {}) => {
    const url = new URL(path instanceof Request ? path.url : path, server);
    const body = typeof init.body === "string" ? init.body : null;
    const sent: SentRequest = {
      url: () => url.href,
      method: () => init.method ?? "GET",
      postData: () => body,
      postDataJSON: () => (body === null ? null : JSON.parse(body)),
    };
    for (const tell of onRequest) tell(sent);
    if (url.origin !== server && !/^(?:blob|data):/.test(url.href)) {
      refused.push(`A request left for ${url.href}`);
      throw new TypeError("Failed to fetch");
    }
    const route = routes.findLast(({ matches }) => matches(url));
    const go = async () => {
      if (signal.isOffline) throw new TypeError("Failed to fetch");
      return ask(url, asPage(init, server));
    };
    const reply = (await route?.answer(sent, go)) ?? (await go());
    if (reply.status >= 400) refused.push(consoleWords(reply));
    if (onReply.size > 0) tellReply(onReply, sent, reply);
    return reply;
  };
  const fetch: Network["fetch"] = (...asked) => {
    const page = pagesLeft;
    return new Promise((resolve, reject) => {
      const unlessLeft =
        <Told>(tell: (told: Told) => void) =>
        (told: Told) => {
          if (page === pagesLeft) tell(told);
        };
      answer(...asked).then(unlessLeft(resolve), unlessLeft(reject));
    });
  };
  const leave = () => {
    pagesLeft += 1;
  };
  return { fetch, ask, cookies, ownCookies, onRequest, onReply, routes, signal, leave, refused };
}

/** What browsers add where a page asks; a script with a cookie of its own is nobody's page. */
function asPage(init: RequestInit, server: string): RequestInit {
  const headers = new Headers(init.headers);
  headers.set("origin", server);
  headers.set("sec-fetch-site", "same-origin");
  return { ...init, headers };
}

/** As a browser writes it on its console. */
function consoleWords({ status, statusText }: Response): string {
  return `Failed to load resource: the server responded with a status of ${status} (${statusText})`;
}

function tellReply(onReply: Network["onReply"], sent: SentRequest, reply: Response): void {
  const copy = reply.clone();
  const told: SentReply = {
    url: sent.url,
    status: () => reply.status,
    json: () => copy.json(),
    request: () => sent,
  };
  for (const tell of onReply) tell(told);
}

/** Returns its name. */
function keep(cookies: Map<string, string>, line: string): string {
  const [pair = "", ...attributes] = line.split(";");
  const [name = "", value = ""] = pair.split("=", 2);
  const isOver = attributes.some((one) => /^\s*max-age=0\s*$/i.test(one)) || value === "";
  if (isOver) cookies.delete(name);
  else cookies.set(name, value);
  return name;
}
