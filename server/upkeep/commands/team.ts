import { randomBytes } from "node:crypto";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { z } from "zod";
import { formatQuantity } from "#core/text/numbers.ts";
import {
  action,
  type Command,
  CommandError,
  type CommandResult,
  flag,
} from "#server/cli/command.ts";
import { type AddedTeam, addTeam } from "#server/upkeep/team/add-team.ts";
import { type TeamLogins, teamName } from "#server/upkeep/team/team-logins.ts";

export const teamCommand: Command = {
  name: "team",
  summary: "Add a team to a PostgreSQL cluster: its database, owner and server login",
  options: {
    env: "Write the settings to FILE and FILE.owner.env, mode 0600, instead of showing them",
    "dry-run": "Show what would be made, without making it",
  },
  before: true,
  onCluster: true,
  words: {
    add: action({
      takes: "NAME [--env FILE] [--dry-run]",
      audit: { none: "its line is the first one of the new team's own chain" },
      reads: z.object({
        name: z
          .string()
          .regex(teamName, "use small letters, digits and _, a letter first, at most 31"),
        env: z.string().transform(settingsFiles).nullable().default(null),
        "dry-run": flag,
      }),
      run: async ({ config, actor, signal }, { name: team, env: files, "dry-run": dryRun }) => {
        if (config.databaseUrl === null) throw new CommandError("DATABASE_URL is not set.");
        if (files) refuseExistingFiles(files);
        const added = await addTeam({
          team,
          adminUrl: config.databaseUrl,
          operator: actor.person,
          dryRun,
          signal,
          keep: (logins) =>
            files ? writeSettings(files, team, logins) : { takeBack: () => undefined },
        });
        return dryRun ? describePlan(team, added) : describeTeam(team, added, files);
      },
    }),
  },
};

function describePlan(team: string, { logins, newRoles }: AddedTeam): CommandResult {
  const json = { team, dryRun: true, ...namesOf(logins), newRoles };
  return {
    json,
    text: [
      `Would add the team ${team}: database ${json.database}, owner ${json.owner}, server login ${json.login}.`,
      newRoles.length === 0
        ? "The roles that all teams share are there."
        : `It is the first team: ${formatQuantity(newRoles.length, "shared role")} would be made.`,
    ],
  };
}

function describeTeam(
  team: string,
  { logins, applied, newRoles }: AddedTeam,
  files: SettingsFiles | null,
): CommandResult {
  const names = namesOf(logins);
  const addresses = { databaseUrl: logins.server.url, ownerUrl: logins.owner.url };
  const kept = files ? { env: files.server, ownerEnv: files.owner } : addresses;
  return {
    json: { team, dryRun: false, ...names, newRoles, migrations: applied.length, ...kept },
    text: [
      `Added the team ${team}: database ${names.database}, ${formatQuantity(applied.length, "migration")}.`,
      ...(files
        ? [
            `Settings of its server: ${files.server}. Set PORT and BOXSTER_ORIGIN there.`,
            `Address of the database's owner, for migrations and backups: ${files.owner}.`,
          ]
        : [
            "These addresses hold the passwords. They are not shown again.",
            `DATABASE_URL of its server: ${addresses.databaseUrl}`,
            `DATABASE_URL of the database's owner, for migrations and backups: ${addresses.ownerUrl}`,
          ]),
    ],
  };
}

function namesOf({ database, owner, server }: TeamLogins) {
  return { database, owner: owner.name, login: server.name };
}

/** Two files, because the server must not learn the owner's login. */
interface SettingsFiles {
  readonly server: string;
  readonly owner: string;
}

/** `northam.env` for the server, `northam.owner.env` for migrations and backups. */
export function settingsFiles(file: string): SettingsFiles {
  return { server: file, owner: `${file.replace(/\.env$/, "")}.owner.env` };
}

function refuseExistingFiles(files: SettingsFiles): void {
  for (const file of Object.values(files)) {
    if (existsSync(file)) {
      throw new CommandError(
        `The file ${file} exists already. Nothing was changed. Choose another name.`,
      );
    }
  }
}

/** Both or none; readable only by their owner. */
function writeSettings(
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
