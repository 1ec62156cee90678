import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface RangeServer {
  readonly url: string;
  /** Every stretch that was asked for, as `from-to` of the header, in order. */
  readonly asked: readonly string[];
  /** Octets that were sent of the file. */
  readonly sent: () => number;
  /** What is served from now on; another tag says that it is another file. */
  serve: (file: Uint8Array, tag?: string | null) => void;
  /** What becomes of the next answers. */
  behave: (behaviour: Behaviour) => void;
  readonly close: () => Promise<void>;
}

export type Behaviour =
  | { readonly kind: "well" }
  /** Whole files, whatever is asked for. */
  | { readonly kind: "whole" }
  | { readonly kind: "status"; readonly status: number }
  /** The connection is cut once so many octets of tiles went out, so many times. */
  | { readonly kind: "cut"; readonly after: number; readonly times: number }
  /** So many ms before each answer. */
  | { readonly kind: "slow"; readonly ms: number }
  /** Another part of the file than was asked for. */
  | { readonly kind: "shifted" };

/** Answers HTTP ranges from memory, well or as badly as it is told to. */
export async function startRangeServer(first: Uint8Array): Promise<RangeServer> {
  let file = first;
  let tag: string | null = '"first"';
  let behaviour: Behaviour = { kind: "well" };
  let cuts = 0;
  let sent = 0;
  const asked: string[] = [];

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const range = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "");
    asked.push(range ? `${range[1]}-${range[2]}` : "whole");
    if (behaviour.kind === "status") {
      response.writeHead(behaviour.status).end();
    } else if (!range || behaviour.kind === "whole") {
      response.writeHead(200, { "content-length": file.length }).end(file);
    } else {
      const from = Number(range[1]) + (behaviour.kind === "shifted" ? 1 : 0);
      const part = () => answerPart(response, from, Math.min(Number(range[2]), file.length - 1));
      setTimeout(part, behaviour.kind === "slow" ? behaviour.ms : 0);
    }
  };

  const answerPart = (response: ServerResponse, from: number, to: number): void => {
    if (from > to) {
      response.writeHead(416, { "content-range": `bytes */${file.length}` }).end();
      return;
    }
    const part = file.subarray(from, to + 1);
    response.writeHead(206, {
      "content-range": `bytes ${from}-${to}/${file.length}`,
      "content-length": part.length,
      ...(tag === null ? {} : { etag: tag }),
    });
    if (behaviour.kind !== "cut" || cuts >= behaviour.times || part.length <= behaviour.after) {
      sent += part.length;
      response.end(part);
      return;
    }
    cuts += 1;
    sent += behaviour.after;
    response.write(part.subarray(0, behaviour.after), () => response.destroy());
  };

  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/planet.pmtiles?key=secret`,
    asked,
    sent: () => sent,
    serve: (next, nextTag = '"first"') => {
      file = next;
      tag = nextTag;
    },
    behave: (next) => {
      behaviour = next;
      cuts = 0;
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
