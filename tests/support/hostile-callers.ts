import { connect, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";

/** What callers do who want nothing but to hold the server up. */
export const hostileWays = [
  "nothing",
  "half headers",
  "headers drop by drop",
  "never reading",
  "hardly reading",
  "many requests at once",
] as const;
export type HostileWay = (typeof hostileWays)[number];

export interface HostileWish {
  readonly port: number;
  readonly tls: boolean;
  /** As it is asked for by name: a proxy serves no other. */
  readonly host: string;
  readonly way: HostileWay;
  /** Connections of each address. */
  readonly each: number;
  readonly addresses: readonly string[];
  /** A large file of the page. */
  readonly path: string;
}

/** Whoever is cut off comes again, this long after. */
const againMs = 3_000;

/** Holds `each` connections from every address until its process ends; it runs in one of its own (`hostile.ts`). */
function holdAll(wish: HostileWish): void {
  for (const from of wish.addresses) {
    // A hundred at a time: a process that opens thousands at once would hold up itself.
    for (let at = 0; at < wish.each; at += 1) setTimeout(() => hold(wish, from), at * 3);
  }
}

function hold(wish: HostileWish, from: string): void {
  const to = { port: wish.port, host: "127.0.0.1", localAddress: from };
  const socket: Socket = wish.tls
    ? connectTls({
        socket: connect(to).on("error", () => undefined),
        rejectUnauthorized: false,
        servername: wish.host,
        ALPNProtocols: ["http/1.1"],
      })
    : connect(to);
  let drops: NodeJS.Timeout | undefined;
  socket.on("error", () => undefined);
  socket.once(wish.tls ? "secureConnect" : "connect", () => {
    drops = begin(socket, wish);
  });
  socket.once("close", () => {
    clearInterval(drops);
    setTimeout(() => hold(wish, from), againMs);
  });
}

function begin(socket: Socket, { way, host, path }: HostileWish): NodeJS.Timeout | undefined {
  const request = `GET ${path} HTTP/1.1\r\nhost: ${host}\r\n\r\n`;
  switch (way) {
    case "nothing":
      return undefined;
    case "half headers":
      socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nx: `);
      return undefined;
    case "headers drop by drop":
      socket.write(`GET / HTTP/1.1\r\nhost: ${host}\r\nx: `);
      return setInterval(() => socket.write("y"), 1_000);
    case "never reading":
      socket.pause();
      socket.write(request);
      return undefined;
    case "hardly reading":
      socket.pause();
      socket.write(request);
      return setInterval(() => socket.read(200), 1_000);
    case "many requests at once":
      socket.pause();
      socket.write(request.repeat(500));
      return undefined;
  }
}

const [given] = process.argv.slice(2);
if (given !== undefined) {
  holdAll(JSON.parse(given) as HostileWish);
  // Sockets that nobody reads keep no process alive.
  setInterval(() => undefined, 60_000);
}
