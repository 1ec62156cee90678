import { resolve } from "node:path";

/** The identity provider that people may sign in through. */
export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** "Sign in with ..." */
  readonly name: string;
}

export interface Config {
  readonly databaseUrl: string | null;
  /** Folder of the embedded database and everything else that the tool writes. */
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  /** Reached by https, so that cookies are bound to it. */
  readonly secure: boolean;
  readonly demo: boolean;
  readonly basemap: string;
  readonly timeZone: string;
  readonly oidc: OidcConfig | null;
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
    secure: false,
    demo: readSwitch("BOXSTER_DEMO", env["BOXSTER_DEMO"]),
    basemap: readBasemap(env["BOXSTER_BASEMAP"]),
    timeZone: readTimeZone(env["BOXSTER_TZ"]),
    oidc: readOidc(env),
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

/** Over https; http on this machine itself alone, where nobody is in between. */
function readOidc(env: Readonly<Record<string, string | undefined>>): OidcConfig | null {
  const names = ["BOXSTER_OIDC_ISSUER", "BOXSTER_OIDC_CLIENT_ID", "BOXSTER_OIDC_CLIENT_SECRET"];
  const [issuer, clientId, clientSecret] = names.map((name) => env[name] || null);
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) {
    const missing = names.filter((name) => !env[name]).join(" and ");
    throw new ConfigError(`${names.join(", ")} belong together: ${missing} is not set`);
  }
  const url = URL.parse(issuer);
  const isLocal = ["localhost", "127.0.0.1", "[::1]"].includes(url?.hostname ?? "");
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal))) {
    throw new ConfigError("BOXSTER_OIDC_ISSUER must be an address that starts with https://");
  }
  return { issuer, clientId, clientSecret, name: env["BOXSTER_OIDC_NAME"] || url.hostname };
}
