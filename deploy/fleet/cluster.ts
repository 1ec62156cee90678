import { randomBytes } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Archive, prepareArchive } from "#deploy/fleet/archive.ts";
import { run, runAsPostgres, type Started, start, until } from "#deploy/fleet/process.ts";

const here = fileURLToPath(new URL("..", import.meta.url));
const names = ["one", "two", "three"] as const;
type Name = (typeof names)[number];

interface Node {
  readonly name: Name;
  readonly port: number;
  readonly rest: number;
  readonly data: string;
}

export interface Cluster {
  /** Leads to the PostgreSQL that writes. */
  readonly port: number;
  readonly archive: Archive;
  /** The one that writes at this moment. */
  readonly primary: () => Promise<Name>;
  /** As its machine losing power: Patroni, PostgreSQL and each of its connections, at once. */
  readonly killPrimary: () => Promise<Name>;
  /** Starts a killed one again, and waits until it follows the one that writes. */
  readonly bringBack: (name: Name) => Promise<void>;
}

interface Given {
  readonly folder: string;
  /** 3 of PostgreSQL, 3 of Patroni, 2 of etcd, 1 of HAProxy. */
  readonly ports: readonly number[];
  readonly superPassword: string;
  readonly replicationPassword: string;
  /** What pgBackRest's repository is encrypted with. */
  readonly archivePassphrase: string;
}

/** Three PostgreSQL 17 under Patroni by `deploy/patroni.yml`, with one etcd, behind HAProxy by `deploy/haproxy.cfg`. */
export async function startCluster(given: Given): Promise<Cluster> {
  const { folder, ports } = given;
  const [etcdPort = 0, peerPort = 0, port = 0] = ports.slice(6);
  const nodes = names.map((name, at) => ({
    name,
    port: ports[at] ?? 0,
    rest: ports[at + 3] ?? 0,
    data: join(folder, name),
  }));
  await startEtcd(folder, etcdPort, peerPort);
  const archive = await prepareArchive({
    folder,
    nodes,
    passphrase: given.archivePassphrase,
  });
  const startNode = (node: Node) => startPatroni(node, given, { archive, etcdPort });
  const patronis = new Map<Name, Started>();
  for (const node of nodes) {
    patronis.set(node.name, await startNode(node));
    // The first one makes the cluster, the others copy it.
    if (node.name === "one") await until("the first PostgreSQL writes", () => isPrimary(node));
  }
  for (const node of nodes) await until(`${node.name} runs`, () => isRunning(node));
  await until("a second machine has all that the first one acknowledges", async () =>
    (await clusterOf(nodes)).some(({ role }) => role === "sync_standby"),
  );
  await startProxy(nodes, port, folder);
  const primary = async () =>
    until("one of them writes", async () => {
      for (const node of nodes) if (await isPrimary(node)) return node.name;
      return null;
    });
  const nodeOf = (name: Name) => nodes.find((node) => node.name === name) as Node;
  return {
    port,
    archive,
    primary,
    killPrimary: async () => {
      const name = await primary();
      const postmaster = await postmasterOf(nodeOf(name));
      const backends = (await run(["pgrep", "-P", String(postmaster)])).match(/\d+/g) ?? [];
      patronis.get(name)?.kill("SIGKILL");
      for (const pid of [postmaster, ...backends.map(Number)]) killHard(pid);
      return name;
    },
    bringBack: async (name) => {
      const node = nodeOf(name);
      patronis.set(name, await startNode(node));
      await until(`${name} follows`, async () => {
        const member = (await clusterOf(nodes)).find((one) => one.name === name);
        return member?.state === "streaming" && member.role !== "leader";
      });
    },
  };
}

async function startEtcd(folder: string, port: number, peerPort: number): Promise<void> {
  const client = `http://127.0.0.1:${port}`;
  const peer = `http://127.0.0.1:${peerPort}`;
  start(
    "etcd",
    [
      "etcd",
      "--name=one",
      `--data-dir=${join(folder, "etcd")}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=one=${peer}`,
    ],
    { log: join(folder, "etcd.log") },
  );
  await until("etcd answers", async () => (await fetch(`${client}/health`)).ok);
}

async function startPatroni(
  node: Node,
  given: Given,
  { archive, etcdPort }: { readonly archive: Archive; readonly etcdPort: number },
): Promise<Started> {
  const { folder } = given;
  const settings = filled(await readFile(join(here, "patroni.yml"), "utf8"), {
    NAME: node.name,
    REST_PORT: String(node.rest),
    ETCD_HOSTS: `127.0.0.1:${etcdPort}`,
    PG_PORT: String(node.port),
    DATA_FOLDER: node.data,
    SOCKET_FOLDER: folder,
    REST_PASSWORD: randomBytes(24).toString("hex"),
    SUPER_PASSWORD: given.superPassword,
    REPLICATION_PASSWORD: given.replicationPassword,
  });
  const file = join(folder, `${node.name}.yml`);
  await writeFile(file, settings);
  return start(`Patroni ${node.name}`, ["patroni", file], {
    log: join(folder, `${node.name}.log`),
    env: { PGBACKREST_CONFIG: archive.settingsFile(node.name) },
  });
}

/** The words in capitals, longest first, as one may begin another. */
function filled(text: string, values: Readonly<Record<string, string>>): string {
  const words = Object.keys(values).sort((a, b) => b.length - a.length);
  return text.replace(
    new RegExp(`\\b(?:${words.join("|")})\\b`, "g"),
    (word) => values[word] ?? word,
  );
}

async function startProxy(nodes: readonly Node[], port: number, folder: string): Promise<void> {
  let text = await readFile(join(here, "haproxy.cfg"), "utf8");
  text = text.replace("127.0.0.1:5000", `127.0.0.1:${port}`);
  for (const node of nodes) {
    const line = new RegExp(`server ${node.name} .*`);
    text = text.replace(line, `server ${node.name} 127.0.0.1:${node.port} check port ${node.rest}`);
  }
  const file = join(folder, "haproxy.cfg");
  await writeFile(file, text);
  start("HAProxy", ["/usr/sbin/haproxy", "-db", "-f", file], { log: join(folder, "haproxy.log") });
}

async function isPrimary({ rest }: Node): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${rest}/primary`).catch(() => null))?.status === 200;
}

async function isRunning({ rest }: Node): Promise<boolean> {
  return (await fetch(`http://127.0.0.1:${rest}/health`)).status === 200;
}

interface Member {
  readonly name: string;
  readonly role: string;
  readonly state: string;
}

/** As whichever of them answers first sees it. */
async function clusterOf(nodes: readonly Node[]): Promise<readonly Member[]> {
  for (const { rest } of nodes) {
    const reply = await fetch(`http://127.0.0.1:${rest}/cluster`).catch(() => null);
    if (reply?.ok) return ((await reply.json()) as { members: Member[] }).members;
  }
  return [];
}

async function postmasterOf({ data }: Node): Promise<number> {
  const [pid = ""] = (await runAsPostgres(["cat", join(data, "postmaster.pid")])).split("\n");
  return Number(pid);
}

/** It may have gone in the meantime. */
function killHard(pid: number): void {
  // 0 would be every process of this group, its own among them.
  if (!(pid > 1)) throw new Error(`${pid} is no process to kill`);
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
