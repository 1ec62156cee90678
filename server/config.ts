import { resolve } from "node:path";

export interface Config {
  readonly databaseUrl: string | null;
  /** Folder of the embedded database and everything else that the tool writes. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly demo: boolean;
  readonly basemap: string;
  readonly timeZone: string;
  /** Of backups; asked at the terminal when null. */
  readonly passphrase: string | null;
}

/** A setting that cannot be used; the start stops with its one line. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Config {
  return {
    databaseUrl: readDatabaseUrl(env["DATABASE_URL"]),
    dataFolder: resolve(env["BOXSTER_DATA"] || "var"),
    host: env["HOST"] || "127.0.0.1",
    port: readPort(env["PORT"]),
    demo: readSwitch("BOXSTER_DEMO", env["BOXSTER_DEMO"]),
    basemap: readBasemap(env["BOXSTER_BASEMAP"]),
    timeZone: readTimeZone(env["BOXSTER_TZ"]),
    passphrase: env["BOXSTER_PASSPHRASE"] || null,
  };
}

function readDatabaseUrl(value: string | undefined): string | null {
  if (!value) return null;
  if (!/^postgres(ql)?:\/\//.test(value)) {
    throw new ConfigError("DATABASE_URL must start with postgres:// or postgresql://");
  }
  return value;
}

function readPort(value: string | undefined): number {
  if (!value) return 4173;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`PORT must be a whole number from 0 to 65535, not "${value}"`);
  }
  return port;
}

function readSwitch(name: string, value: string | undefined): boolean {
  if (!value || value === "0" || value === "false") return false;
  if (value === "1" || value === "true") return true;
  throw new ConfigError(`${name} must be 1 or 0, not "${value}"`);
}

function readBasemap(value: string | undefined): string {
  if (!value || value === "none") return "none";
  if (/^(pmtiles:.+|style:https?:\/\/.+)$/.test(value)) return value;
  throw new ConfigError(`BOXSTER_BASEMAP must be none, pmtiles:FILE or style:URL, not "${value}"`);
}

function readTimeZone(value: string | undefined): string {
  const name = value || "Europe/London";
  try {
    new Intl.DateTimeFormat("en-GB", { timeZone: name });
    return name;
  } catch (cause) {
    throw new ConfigError(`BOXSTER_TZ is not a time zone this machine knows: "${name}"`, { cause });
  }
}
