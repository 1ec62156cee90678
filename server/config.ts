import { isIP } from "node:net";
import { resolve } from "node:path";
import { isTimeZone, type PlacePack } from "#core/place-pack.ts";
import { ConfigError } from "#server/config-error.ts";
import { refuseMisspelt } from "#server/misspelt.ts";
import { isLoopback } from "#server/network.ts";
import { ownPackFolder, readPackHead } from "#server/place-pack.ts";

export interface OidcConfig {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** "Sign in with ..." */
  readonly name: string;
}

export interface Config {
  readonly databaseUrl: string | null;
  /** Bypasses a pooler, for LISTEN. */
  readonly listenUrl: string | null;
  readonly timeouts: Timeouts;
  readonly dataFolder: string;
  readonly host: string;
  readonly port: number;
  readonly demo: boolean;
  /** The archive of streets that the data folder holds, if it does; or never one. */
  readonly basemap: "auto" | "none";
  readonly places: { readonly folder: string; readonly pack: PlacePack };
  readonly timeZone: string;
  /** Server-side secret; required when others can reach it. */
  readonly secret: string | null;
  /** Null unless this server terminates TLS itself. */
  readonly tls: { readonly certificateFile: string; readonly keyFile: string } | null;
  /** Trusted TLS proxies; only they are believed about the caller. */
  readonly proxy: readonly string[];
  /** `https://boxster.example`: the address that people open. */
  readonly origin: string | null;
  /** Served by https, so cookies are Secure. */
  readonly secure: boolean;
  readonly oidc: OidcConfig | null;
  /** Address of the metrics endpoint; null: none. */
  readonly metrics: { readonly host: string; readonly port: number } | null;
  /** Folder whose files are imported by themselves; null: none. */
  readonly inbox: string | null;
  /** Hosts of push services beside the known ones. */
  readonly pushHosts: readonly string[];
  /** Of backups; asked at the terminal when null. */
  readonly passphrase: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function readConfig(given: Environment = process.env): Config {
  const names = new Set<string>();
  const env = new Proxy(given, {
    get: (values, name: string) => {
      names.add(name);
      return values[name];
    },
  });
  const config = readAll(env);
  refuseMisspelt(Object.keys(given), names);
  return config;
}

function readAll(env: Environment): Config {
  const tls = readTls(env["BOXSTER_TLS_CERT"], env["BOXSTER_TLS_KEY"]);
  const proxy = readProxy(env["BOXSTER_PROXY"]);
  const folder = env["BOXSTER_PLACES"] ? resolve(env["BOXSTER_PLACES"]) : ownPackFolder;
  const places = { folder, pack: readPackHead(folder) };
  return {
    databaseUrl: readDatabaseUrl("DATABASE_URL", env["DATABASE_URL"]),
    listenUrl: readDatabaseUrl("BOXSTER_LISTEN_URL", env["BOXSTER_LISTEN_URL"]),
    timeouts: {
      statement: readSeconds("BOXSTER_STATEMENT_TIMEOUT", env, usualTimeouts.statement),
      lock: readSeconds("BOXSTER_LOCK_TIMEOUT", env, usualTimeouts.lock),
      idle: readSeconds("BOXSTER_IDLE_TIMEOUT", env, usualTimeouts.idle),
    },
    dataFolder: resolve(env["BOXSTER_DATA"] || "var"),
    host: env["HOST"] || "127.0.0.1",
    port: readPort("PORT", env["PORT"]) ?? 4173,
    demo: readSwitch("BOXSTER_DEMO", env["BOXSTER_DEMO"]),
    basemap: readBasemap(env["BOXSTER_BASEMAP"]),
    places,
    timeZone: readTimeZone(env["BOXSTER_TZ"]) ?? places.pack.timeZone,
    secret: readSecret(env["BOXSTER_SECRET"]),
    tls,
    proxy,
    origin: readOrigin(env["BOXSTER_ORIGIN"]),
    secure: tls !== null || proxy.length > 0,
    oidc: readOidc(env),
    metrics: readMetrics(env["BOXSTER_METRICS_HOST"], env["BOXSTER_METRICS_PORT"]),
    inbox: env["BOXSTER_INBOX"] ? resolve(env["BOXSTER_INBOX"]) : null,
    pushHosts: readPushHosts(env["BOXSTER_PUSH_HOSTS"]),
    passphrase: env["BOXSTER_PASSPHRASE"] || null,
  };
}

/** A refused value is not shown, as it may hold a password. */
function readDatabaseUrl(name: string, value: string | undefined): string | null {
  if (!value) return null;
  const [, authority = ""] = /^postgres(?:ql)?:\/\/([^/?#]*)/.exec(value) ?? [];
  if (!/^postgres(ql)?:\/\//.test(value)) {
    throw new ConfigError(`${name} must start with postgres:// or postgresql://`);
  }
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  if (/,|%2c/i.test(host) || /[?&]host=[^&]*(,|%2c)/i.test(value)) {
    throw new ConfigError(
      `${name} names several hosts; Boxster takes one. Give the address that leads to the server that writes, such as that of HAProxy, PgBouncer or a virtual IP.`,
    );
  }
  // A socket's address has no host.
  if (!URL.canParse(value) && !URL.canParse(value.replace("@/", "@localhost/"))) {
    throw new ConfigError(
      `${name} is not an address such as postgres://NAME:PASSWORD@HOST:5432/DATABASE. Signs such as @ : / ? # in a password are written in percent notation: %40 for @.`,
    );
  }
  return value;
}

function readSeconds(name: string, env: Environment, usual: number): number {
  const value = env[name];
  if (!value) return usual;
  const seconds = Number(value);
  if (Number.isInteger(seconds) && seconds >= 1 && seconds <= 3_600) return seconds;
  throw new ConfigError(`${name} must be whole seconds from 1 to 3600, not "${value}"`);
}

function readPort(name: string, value: string | undefined): number | null {
  if (!value) return null;
  const port = Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new ConfigError(`${name} must be a whole number from 0 to 65535, not "${value}"`);
  }
  return port;
}

function readMetrics(host: string | undefined, value: string | undefined): Config["metrics"] {
  const port = readPort("BOXSTER_METRICS_PORT", value);
  if (port !== null) return { host: host || "127.0.0.1", port };
  if (!host) return null;
  throw new ConfigError(
    `BOXSTER_METRICS_HOST is ${host}, but BOXSTER_METRICS_PORT is not set: set a port, such as 9173, or neither`,
  );
}

function readSwitch(name: string, value: string | undefined): boolean {
  if (!value || value === "0" || value === "false") return false;
  if (value === "1" || value === "true") return true;
  throw new ConfigError(`${name} must be 1 or 0, not "${value}"`);
}

function readBasemap(value: string | undefined): Config["basemap"] {
  if (!value || value === "auto") return "auto";
  if (value === "none") return "none";
  throw new ConfigError(
    `BOXSTER_BASEMAP must be auto or none, not "${value}". An archive of streets comes in with "boxster streets add FILE".`,
  );
}

function readTimeZone(name: string | undefined): string | null {
  if (!name) return null;
  if (isTimeZone(name)) return name;
  throw new ConfigError(`BOXSTER_TZ is not a time zone this machine knows: "${name}"`);
}

/** Bytes in hex or base64. Randomness is checked only roughly. */
function readSecret(value: string | undefined): string | null {
  if (!value) return null;
  const octets = /^([0-9a-f]{2})+$/i.test(value)
    ? Buffer.from(value, "hex")
    : Buffer.from(value, /^[\w-]+=*$/.test(value) ? "base64url" : "base64");
  if (octets.length >= 32 && new Set(octets).size >= 16) return value;
  throw new ConfigError(
    "BOXSTER_SECRET must be at least 32 random octets in hexadecimal or base64: `openssl rand -hex 32` makes one",
  );
}

function readTls(certificate: string | undefined, key: string | undefined): Config["tls"] {
  if (!certificate && !key) return null;
  if (certificate && key) return { certificateFile: resolve(certificate), keyFile: resolve(key) };
  throw new ConfigError(
    `BOXSTER_TLS_CERT and BOXSTER_TLS_KEY belong together: ${certificate ? "BOXSTER_TLS_KEY" : "BOXSTER_TLS_CERT"} is not set`,
  );
}

function readProxy(value: string | undefined): readonly string[] {
  if (!value) return [];
  const addresses = value.split(",").map((address) => address.trim());
  const wrong = addresses.find((address) => isIP(address) === 0);
  if (wrong === undefined) return addresses;
  throw new ConfigError(
    `BOXSTER_PROXY must be the address of the proxy, such as 127.0.0.1, not "${wrong}"`,
  );
}

function readPushHosts(value: string | undefined): readonly string[] {
  const hosts = value ? value.split(",").map((host) => host.trim().toLowerCase()) : [];
  const isName = (host: string) => /^([a-z\d-]+\.)+[a-z][a-z\d-]*$/.test(host);
  const wrong = hosts.find((host) => !isName(host));
  if (wrong === undefined) return hosts;
  throw new ConfigError(
    `BOXSTER_PUSH_HOSTS must be names of push services, such as push.example.org, not "${wrong}"`,
  );
}

function readOrigin(value: string | undefined): string | null {
  if (!value) return null;
  const url = URL.parse(value);
  if (url?.protocol === "https:" && value.replace(/\/$/, "") === url.origin) return url.origin;
  throw new ConfigError(
    `BOXSTER_ORIGIN must be the https address that people open, such as https://boxster.example, not "${value}"`,
  );
}

/** https only; http is accepted for this machine itself. */
function readOidc(env: Environment): OidcConfig | null {
  const names = ["BOXSTER_OIDC_ISSUER", "BOXSTER_OIDC_CLIENT_ID", "BOXSTER_OIDC_CLIENT_SECRET"];
  const [issuer, clientId, clientSecret] = names.map((name) => env[name] || null);
  const name = env["BOXSTER_OIDC_NAME"] || null;
  if (!issuer && !clientId && !clientSecret) return null;
  if (!issuer || !clientId || !clientSecret) {
    const missing = names.filter((name) => !env[name]).join(" and ");
    throw new ConfigError(`${names.join(", ")} belong together: ${missing} is not set`);
  }
  const url = URL.parse(issuer);
  const isLocal = url !== null && isLoopback(url.hostname);
  if (!url || !(url.protocol === "https:" || (url.protocol === "http:" && isLocal))) {
    throw new ConfigError("BOXSTER_OIDC_ISSUER must be an address that starts with https://");
  }
  return { issuer, clientId, clientSecret, name: name ?? url.hostname };
}

/** Seconds. */
export interface Timeouts {
  /** Includes waiting for locks. */
  readonly statement: number;
  /** For one lock held by others. */
  readonly lock: number;
  /** Between two statements, with locks held and nothing asked. */
  readonly idle: number;
}

export const usualTimeouts: Timeouts = { statement: 30, lock: 10, idle: 60 };

/** For imports, migrations and backups; never shorter than the usual. */
export function longTimeouts(usual: Timeouts): Timeouts {
  return {
    statement: Math.max(3_600, usual.statement),
    lock: Math.max(60, usual.lock),
    idle: Math.max(900, usual.idle),
  };
}

/**
 * To follow `begin`: limits for this transaction only, so that they also hold behind a pooler,
 * which shares connections and refuses such settings at connection start.
 */
export function boundsOf({ statement, lock, idle }: Timeouts): string {
  return `; set local statement_timeout = '${statement}s'; set local lock_timeout = '${lock}s'; set local idle_in_transaction_session_timeout = '${idle}s'`;
}
