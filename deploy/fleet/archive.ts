import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { alsoAtEnd, runAsPostgres, until } from "#deploy/fleet/process.ts";

const template = fileURLToPath(new URL("../pgbackrest.conf", import.meta.url));
const bin = "/usr/lib/postgresql/17/bin";

export interface ArchivedNode {
  readonly name: string;
  readonly port: number;
  readonly data: string;
}

export interface Archive {
  /** For the process of each PostgreSQL, whose `archive_command` reads it. */
  readonly settingsFile: (name: string) => string;
  /** Makes the stanza, checks that segments arrive, and takes a full backup of the one that writes. */
  readonly backUp: (name: string) => Promise<void>;
  /** The cluster as it was at the last segment that is kept, started on a port of its own. */
  readonly restore: (port: number) => Promise<{ readonly stop: () => Promise<void> }>;
}

/** pgBackRest by `deploy/pgbackrest.conf`: one repository, whichever PostgreSQL writes. */
export async function prepareArchive(given: {
  readonly folder: string;
  readonly nodes: readonly ArchivedNode[];
  readonly passphrase: string;
}): Promise<Archive> {
  const { folder, nodes, passphrase } = given;
  const text = (await readFile(template, "utf8"))
    .replace("PASSPHRASE", passphrase)
    .replace(/^repo1-path=.*$/m, `repo1-path=${join(folder, "repository")}`)
    .replace("[global]", `[global]\nlock-path=${join(folder, "lock")}\nlog-level-file=off`);
  const settingsFile = (name: string) => join(folder, `${name}-pgbackrest.conf`);
  const settings = (data: string, port: number) =>
    `${text.replace(/^pg1-path=.*$/m, `pg1-path=${data}`)}pg1-port=${port}\npg1-socket-path=${folder}\n`;
  for (const { name, data, port } of nodes) {
    await writeFile(settingsFile(name), settings(data, port));
  }
  const backRest = (name: string, ...words: readonly string[]) =>
    runAsPostgres(["pgbackrest", `--config=${settingsFile(name)}`, "--stanza=boxster", ...words]);
  return {
    settingsFile,
    backUp: async (name) => {
      await backRest(name, "stanza-create");
      await backRest(name, "check");
      await backRest(name, "--type=full", "backup");
    },
    restore: async (port) => {
      const data = join(folder, "restored");
      await writeFile(settingsFile("restored"), settings(data, port));
      await runAsPostgres(["mkdir", "-m", "700", data]);
      await backRest("restored", "restore", "--archive-mode=off", "--target-timeline=latest");
      const control = (...words: readonly string[]) =>
        runAsPostgres([join(bin, "pg_ctl"), "-D", data, "-w", ...words]);
      // Alone: it would wait for a second machine with each commit, as the one that it is a copy of does.
      const how = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${folder} -c hba_file=${join(data, "pg_hba.conf")} -c synchronous_standby_names=`;
      alsoAtEnd(() => control("-m", "immediate", "stop"));
      await control("-l", join(folder, "restored.log"), "-o", how, "start");
      await until("it has read all that is kept", async () => {
        const words = ["-h", folder, "-p", String(port), "-U", "postgres", "-d", "postgres"];
        const asked = ["-c", "select pg_is_in_recovery()"];
        const answer = await runAsPostgres(["psql", "-AtX", ...words, ...asked]);
        return answer.trim() === "f";
      });
      return { stop: async () => void (await control("-m", "fast", "stop")) };
    },
  };
}
