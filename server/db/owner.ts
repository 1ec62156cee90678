import { createHash, randomBytes } from "node:crypto";
import {
  chmodSync,
  linkSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  unlinkSync,
  writeFileSync,
} from "node:fs";
import { connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface FolderOwner {
  readonly release: () => Promise<void>;
  readonly onConnection: (handle: (socket: Socket) => void) => void;
}

export type Claim =
  | { readonly owned: true; readonly owner: FolderOwner }
  /** Another live process holds the folder; `socket` talks to it. */
  | { readonly owned: false; readonly socket: Socket };

/**
 * PGlite does not refuse a second process on a folder, so the owner listens on a socket in it,
 * which the system closes with the process: an unanswered one is stale. The owner's process is
 * recorded beside it, since the socket may be removed while the owner lives.
 */
export async function claimFolder(folder: string): Promise<Claim> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = socketPath(folder);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    const server = await tryListen(path);
    if (server) return { owned: true, owner: asOwner(server, path, signIn(folder, server)) };
    const socket = await tryConnect(path);
    if (socket) return { owned: false, socket };
    await removeIfStale(path);
  }
  throw new Error(`The folder ${folder} cannot be used: remove the file ${path}.`);
}

interface OwnerNote {
  readonly pid: number;
  /** Start time by the system's count; null where unknown. */
  readonly began: string | null;
}

/** Records this process as the owner, unless a live one is recorded; returns the file. */
function signIn(folder: string, server: Server): string {
  const file = join(folder, "owner.json");
  const other = livingOwner(file);
  if (other !== null) {
    server.close();
    throw new Error(
      `The folder ${folder} is in use by process ${other}, though its owner.sock is gone. Stop that process first; nothing was changed.`,
    );
  }
  const note: OwnerNote = { pid: process.pid, began: beginOf(process.pid) };
  try {
    writeFileSync(file, JSON.stringify(note), { mode: 0o600 });
  } catch (error) {
    // A listening socket would keep the process alive.
    server.close();
    throw error;
  }
  return file;
}

function livingOwner(file: string): number | null {
  try {
    const { pid, began } = JSON.parse(readFileSync(file, "utf8")) as OwnerNote;
    if (pid === process.pid) return null;
    process.kill(pid, 0);
    // The process id may have been reused since.
    return began === beginOf(pid) ? pid : null;
  } catch (cause) {
    // Owned by another user, and alive.
    if ((cause as NodeJS.ErrnoException).code !== "EPERM") return null;
    return (JSON.parse(readFileSync(file, "utf8")) as OwnerNote).pid;
  }
}

/** Ticks since boot, with the boot id; null where unknown. */
function beginOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The program's name, in brackets, may contain anything.
    const ticks = stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19];
    return `${boot} ${ticks}`;
  } catch {
    return null;
  }
}

/** Socket paths are limited to about 100 bytes; a long folder gets a short name elsewhere. */
function socketPath(folder: string): string {
  const path = join(realpathSync(folder), "owner.sock");
  if (path.length < 100) return path;
  const name = createHash("sha256").update(path).digest("hex").slice(0, 24);
  return join(tmpdir(), `boxster-${name}.sock`);
}

function tryListen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(null) : reject(error),
    );
    server.listen(path, () => {
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
}

function tryConnect(path: string): Promise<Socket | null> {
  return new Promise((resolve) => {
    const socket = connect(path);
    socket.once("error", () => resolve(null));
    socket.once("connect", () => resolve(socket));
  });
}

/** Moves it aside first, and puts it back if it came alive meanwhile. */
async function removeIfStale(path: string): Promise<void> {
  const aside = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  const alive = await tryConnect(aside);
  if (alive) {
    alive.destroy();
    linkSync(aside, path);
  }
  unlinkSync(aside);
}

function asOwner(server: Server, path: string, note: string): FolderOwner {
  const open = new Set<Socket>();
  let handler: ((socket: Socket) => void) | null = null;
  server.on("connection", (socket) => {
    open.add(socket);
    socket.on("close", () => open.delete(socket));
    socket.on("error", () => socket.destroy());
    if (handler) handler(socket);
    else
      socket.end(
        `${JSON.stringify({ error: "Another process is using the folder (starting up or running a command). Try again." })}\n`,
      );
  });
  server.unref();
  return {
    onConnection: (handle) => {
      handler = handle;
    },
    release: () =>
      new Promise((resolve) => {
        for (const socket of open) socket.destroy();
        rmSync(note, { force: true });
        server.close(() => {
          try {
            unlinkSync(path);
          } catch {
            // Closing a listening socket removes its file.
          }
          resolve();
        });
      }),
  };
}
