import { randomBytes } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { CommandError } from "#server/cli/command.ts";
import type { TeamLogins } from "#server/upkeep/team/team-logins.ts";

/** Two files, because the server must not learn the owner's login. */
export interface SettingsFiles {
  readonly server: string;
  readonly owner: string;
}

/** `northam.env` for the server, `northam.owner.env` for migrations and backups. */
export function settingsFiles(file: string): SettingsFiles {
  return { server: file, owner: `${file.replace(/\.env$/, "")}.owner.env` };
}

export function refuseExistingFiles(files: SettingsFiles): void {
  for (const file of Object.values(files)) {
    if (existsSync(file)) {
      throw new CommandError(
        `The file ${file} exists already. Nothing was changed. Choose another name.`,
      );
    }
  }
}

/** Both or none; readable only by their owner. */
export function writeSettings(
  files: SettingsFiles,
  team: string,
  logins: TeamLogins,
): { readonly takeBack: () => void } {
  const written: string[] = [];
  const takeBack = () => {
    for (const file of written) rmSync(file, { force: true });
  };
  const write = (file: string, text: string) => {
    // Never overwrites a file created meanwhile.
    writeFileSync(file, text, { mode: 0o600, flag: "wx" });
    written.push(file);
  };
  try {
    write(files.owner, `DATABASE_URL=${logins.owner.url}\n`);
    write(files.server, serverSettings(team, logins));
  } catch (cause) {
    takeBack();
    const code = (cause as NodeJS.ErrnoException).code ?? "an unknown error";
    throw new CommandError(
      `The settings cannot be written to ${files.server} (${code}). The team was not added.`,
      { cause },
    );
  }
  return { takeBack };
}

function serverSettings(team: string, { server }: TeamLogins): string {
  return `# Settings of the team ${team}: see docs/deploy.md. Give it a port and an address of its own below.
DATABASE_URL=${server.url}
BOXSTER_DATA=/var/lib/boxster/${team}
BOXSTER_SECRET=${randomBytes(32).toString("hex")}
BOXSTER_ORIGIN=
BOXSTER_PROXY=127.0.0.1
HOST=127.0.0.1
PORT=
`;
}
