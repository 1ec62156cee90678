import { request as ask, createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface Front {
  /** `http://127.0.0.1:1234` */
  readonly url: string;
  /** From now on the page and its service worker are those of another version. */
  readonly deploy: () => void;
  /** Nothing gets through any more, until it is mended. */
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
}

/** Before a server: the same answers, until a newer page is deployed or the way to it is cut. */
export async function frontOf(server: string): Promise<Front> {
  let deployed = 0;
  let isCut = false;
  const front = createServer((incoming, outgoing) => {
    if (isCut) {
      incoming.socket.destroy();
      return;
    }
    const changes = incoming.url === "/" || incoming.url === "/sw.js";
    const headers = { ...incoming.headers };
    if (changes) {
      headers["accept-encoding"] = "identity";
      // What is asked again is sent again: the server behind knows nothing of the newer version.
      delete headers["if-none-match"];
      delete headers["if-modified-since"];
    }
    const { method, url: path } = incoming;
    const passed = ask(new URL(path ?? "/", server), { method, headers }, (reply) => {
      const { "content-length": _, etag: __, "last-modified": ___, ...kept } = reply.headers;
      if (!changes || deployed === 0) {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(outgoing);
        return;
      }
      const parts: Buffer[] = [];
      reply.on("data", (part: Buffer) => parts.push(part));
      reply.on("end", () => {
        outgoing.writeHead(reply.statusCode ?? 502, kept);
        outgoing.end(asVersion(Buffer.concat(parts).toString("utf8"), deployed));
      });
    });
    passed.on("error", () => outgoing.destroy());
    incoming.pipe(passed);
  });
  await new Promise<void>((done) => {
    front.listen(0, "127.0.0.1", done);
  });
  return {
    url: `http://127.0.0.1:${(front.address() as AddressInfo).port}`,
    deploy: () => {
      deployed += 1;
    },
    cut: () => {
      isCut = true;
      front.closeAllConnections();
    },
    mend: () => {
      isCut = false;
    },
    close: () =>
      new Promise((done) => {
        front.closeAllConnections();
        front.close(() => done());
      }),
  };
}

/** Where the version stands: an attribute of the page, a string of the service worker. */
function asVersion(text: string, number: number): string {
  return text
    .replace(/data-version="[^"]+"/, `data-version="newer-${number}"`)
    .replace(/"?version"?:\s*(["'`])[0-9a-f]{16}\1/, `version:"newer-${number}"`);
}
