import { get as getPlain } from "node:http";
import { get } from "node:https";
import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** Ways of holding a connection without asking anything. */
export const waysToHold = ["nothing", "half headers", "TLS", "TLS, then half closed"] as const;
export type WayToHold = (typeof waysToHold)[number];

/** Opens one and leaves it; answers as soon as it is open, or was refused. */
export function hold(port: number, way: WayToHold, from = "127.0.0.1"): Promise<Socket> {
  const to = { port, host: "127.0.0.1", localAddress: from, allowHalfOpen: true };
  return new Promise((resolve) => {
    const isTls = way.startsWith("TLS");
    const socket = isTls
      ? connectTls({ socket: connect(to), rejectUnauthorized: false })
      : connect(to);
    socket.on("error", () => resolve(socket));
    socket.once("close", () => resolve(socket));
    socket.once(isTls ? "secureConnect" : "connect", () => {
      if (way === "half headers") socket.write("GET / HTTP/1.1\r\nhost: localhost\r\nx: ");
      if (way === "TLS, then half closed") socket.end();
      resolve(socket);
    });
  });
}

/** The status of an answer to somebody else, on a connection of their own; what went wrong where none came. */
export function ask(
  url: string,
  from: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<number | string> {
  return new Promise((resolve) => {
    const reach = { localAddress: from, agent: false, rejectUnauthorized: false };
    const options = { ...reach, headers, timeout: 12_000 };
    const request = (url.startsWith("https:") ? get : getPlain)(url, options, (reply) => {
      reply.resume().once("end", () => resolve(reply.statusCode ?? "no status"));
    });
    request.on("timeout", () => request.destroy(new Error("no answer within 12 s")));
    request.on("error", (error) => resolve(error.message));
  });
}
