import { formatQuantity } from "#core/text/numbers.ts";
import { type Command, CommandError, type CommandResult, UsageError } from "#server/cli/command.ts";
import { type AddedTeam, addTeam } from "#server/upkeep/team/add-team.ts";
import { teamName } from "#server/upkeep/team/team-logins.ts";
import {
  refuseExistingFiles,
  type SettingsFiles,
  settingsFiles,
  writeSettings,
} from "#server/upkeep/team/team-settings.ts";

export const teamCommand: Command = {
  name: "team",
  usage: "team add NAME [--env FILE] [--dry-run]",
  summary: "Add a team to a PostgreSQL cluster: its database, owner and server login",
  options: {
    env: {
      type: "string",
      summary: "Write the settings to FILE and FILE.owner.env, mode 0600, instead of showing them",
    },
    "dry-run": { type: "boolean", summary: "Show what would be made, without making it" },
  },
  positionals: [2, 2],
  fileOptions: ["env"],
  audit: { none: "its line is the first one of the new team's own chain" },
  before: true,
  onCluster: true,
  run: async ({ config, operator, signal }, { positionals, values }) => {
    const [act, team = ""] = positionals;
    if (act !== "add")
      throw new UsageError(`Unexpected argument: "${act ?? ""}". Only "add" is known.`);
    if (!teamName.test(team)) {
      throw new UsageError(
        `"${team}" cannot name a team: use small letters, digits and _, a letter first, at most 31.`,
      );
    }
    if (config.databaseUrl === null) throw new CommandError("DATABASE_URL is not set.");
    const dryRun = values["dry-run"] === true;
    const files = typeof values["env"] === "string" ? settingsFiles(values["env"]) : null;
    if (files) refuseExistingFiles(files);
    const added = await addTeam({
      team,
      adminUrl: config.databaseUrl,
      operator,
      dryRun,
      signal,
      keep: (logins) =>
        files ? writeSettings(files, team, logins) : { takeBack: () => undefined },
    });
    return dryRun ? describePlan(team, added) : describeTeam(team, added, files);
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

function namesOf({ database, owner, server }: AddedTeam["logins"]) {
  return { database, owner: owner.name, login: server.name };
}
