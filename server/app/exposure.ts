import { readFileSync } from "node:fs";
import type { Services } from "#server/acts/services.ts";
import type { Config } from "#server/config.ts";
import { ConfigError } from "#server/config-error.ts";
import { findUnboundLogin } from "#server/db/login.ts";
import { isLoopback } from "#server/network.ts";

/** Refuses, before anything is opened, a setting unsafe for a reachable server. */
export function refuseUnsafeSettings(config: Config): void {
  if (config.tls !== null) secureContext(config.tls);
  if (!isExposed(config)) return;
  const why = reach(config);
  if (config.demo) {
    throw new ConfigError(
      `${why}, but BOXSTER_DEMO is 1: the demonstration is for this machine alone. Set BOXSTER_DEMO to 0.`,
    );
  }
  if (config.secret === null) {
    throw new ConfigError(
      `${why}, but BOXSTER_SECRET is not set: \`openssl rand -hex 32\` makes one.`,
    );
  }
  if (!config.secure) {
    throw new ConfigError(
      `${why}, but without TLS anybody on the way could read it. Set BOXSTER_TLS_CERT and BOXSTER_TLS_KEY, or BOXSTER_PROXY to the address of the proxy that ends TLS.`,
    );
  }
  if (config.origin === null) {
    throw new ConfigError(
      `${why}, but BOXSTER_ORIGIN is not set: the https address that people open, such as https://boxster.example.`,
    );
  }
}

export async function refuseUnsafeDatabase({ config, db, asAt }: Services): Promise<void> {
  if (!isExposed(config)) return;
  const why = reach(config);
  if (asAt.demo) {
    throw new ConfigError(
      `${why}, but the database is a demonstration, where anybody signs in by one click: it is for this machine alone. Use another database.`,
    );
  }
  if (db.engine !== "postgres") return;
  const login = await findUnboundLogin(db);
  if (login === null) return;
  throw new ConfigError(
    `${why}, but the login of DATABASE_URL, ${login.name}, is ${login.because}: row security would not hold it. Use a login that is granted boxster_app alone.`,
  );
}

function isExposed(config: Config): boolean {
  return !isLoopback(config.host) || config.proxy.length > 0;
}

/** Read before the server listens, and again on reload. */
export function secureContext(tls: NonNullable<Config["tls"]>) {
  return {
    minVersion: "TLSv1.2" as const,
    cert: readSetting("BOXSTER_TLS_CERT", tls.certificateFile),
    key: readSetting("BOXSTER_TLS_KEY", tls.keyFile),
  };
}

function readSetting(name: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? "an unknown error";
    throw new ConfigError(`${name} names ${file}, which cannot be read (${code}).`, { cause });
  }
}

function reach(config: Config): string {
  return isLoopback(config.host)
    ? `BOXSTER_PROXY is ${config.proxy.join(", ")}, so that others reach this server`
    : `HOST is ${config.host}, which others can reach`;
}
