import { z } from "zod";
import { isDue } from "#core/releases/wire/law.ts";
import type { Actor } from "#core/role.ts";
import { doubtWords } from "#core/time/clock-doubt.ts";
import { readPushKeys } from "#server/accounts/push/phones.ts";
import { type AccountCounts, countAccounts } from "#server/accounts/queries/accounts.ts";
import { command } from "#server/cli/command.ts";
import type { Config } from "#server/config.ts";
import { lookAtClocks } from "#server/db/clock.ts";
import { type Database, systemActor } from "#server/db/database.ts";
import { findUnboundLogin, readLogin, type UnboundLogin } from "#server/db/login.ts";
import { sql } from "#server/db/sql.ts";
import { whyUnheard } from "#server/live/live.ts";
import { streetsLine } from "#server/places/streets/find-streets.ts";
import { shownBasemapOf } from "#server/places/streets/kept-tiles.ts";
import { readLaw } from "#server/releases/law.ts";
import { publicPageState } from "#server/releases/public-switch.ts";
import { describeVersion, ownRelease, ownVersion } from "#server/version.ts";

export const doctorCommand = command({
  name: "doctor",
  summary: "Show the version, settings and the state of the database",
  audit: { none: "it shows settings and counts, no content" },
  run: async ({ config, db, asAt, zone, actor }) => {
    const login = await readLogin(db);
    const unbound = await findUnboundLogin(db);
    const [row] = await db.transaction(systemActor, (tx) =>
      tx.query<{ version: string; postgis: string; migrations: number; isQuiet: boolean }>(
        `select current_setting('server_version') as version,
                postgis_lib_version() as postgis,
                not has_table_privilege('pg_stat_all_tables', 'select') as "isQuiet",
                (select count(*)::int from migration) as migrations`,
      ),
    );
    const { doubt } = await lookAtClocks(db, asAt);
    const release = ownRelease();
    const json = {
      version: ownVersion(),
      release,
      settings: describeSettings(config),
      node: process.version,
      database: {
        engine: db.engine,
        postgresql: row?.version ?? null,
        postgis: row?.postgis ?? null,
        migrations: row?.migrations ?? 0,
        login: login.kind,
        statistics: row?.isQuiet ? "closed" : "open",
      },
      demonstration: asAt.demo,
      asAt: asAt.date(),
      places: { code: config.places.pack.code, name: config.places.pack.name },
      timeZone: zone.name,
      clock: doubt?.kind ?? null,
      law: readLaw()
        .filter((text) => isDue(text, zone.dateOf(asAt.clock())))
        .map(({ id, readAgainOn }) => ({ id, readAgainOn })),
      basemap: await shownBasemapOf({ config }),
      hears: await hearsChanges(db),
      publicPage: await db.transaction(systemActor, publicPageState),
      push: await countPhones(db, actor),
      accounts: await db.transaction(actor, (tx) => countAccounts(tx, Date.now())),
    };
    const text = [
      describeVersion(json.version, release),
      ...Object.entries(json.settings).map(([name, value]) => `${name} = ${value}`),
      `Node ${json.node}`,
      `Database: ${db.engine}, PostgreSQL ${json.database.postgresql}, PostGIS ${json.database.postgis}, ${json.database.migrations} migrations`,
      `Login: ${describeLogin(login.name, unbound, db.engine)}`,
      row?.isQuiet
        ? "Statistics: closed to every role of the tool"
        : "Statistics: open. Each role can see when partners save something. As a superuser run sql/migrations/0014-quiet-statistics.sql in the database.",
      asAt.demo
        ? `Demonstration data (made up), as at ${json.asAt}`
        : `Real data mode, as at ${json.asAt}`,
      `Places: ${config.places.pack.name} (${config.places.pack.code}), ${zone.name}`,
      `Clock: ${doubt === null ? "in order" : doubtWords(doubt, { zone, role: "operator", now: asAt.clock() })}`,
      describeLaw(json.law.map(({ id }) => id)),
      await streetsLine(config),
      publicPageWords[json.publicPage],
      json.hears ? "Changes: heard as they are made" : whyUnheard(config),
      json.push
        ? `Push: on, phones ${json.push.phones}, of them not reached when last told ${json.push.failed}`
        : 'Push: off; "boxster push setup" turns it on',
      describeAccounts(json.accounts),
    ];
    return { json, text };
  },
});

const publicPageWords = {
  on: "Public page: on, at /public",
  waits: "Public page: off; asked for, and waits for a second person",
  off: "Public page: off",
} as const;

async function hearsChanges(db: Database): Promise<boolean> {
  const { hears, stop } = await db.listen(() => undefined);
  await stop();
  return hears;
}

function describeLaw(due: readonly string[]): string {
  if (due.length === 0) return "Law: no text is due to be read again";
  return `Law: read again, then renew data/law: ${due.join(", ")}`;
}

const phoneCounts = z.object({ phones: z.int(), failed: z.int() });

/** Null: push is not set up. */
async function countPhones(db: Database, actor: Actor) {
  if ((await readPushKeys(db)) === null) return null;
  const counts = sql`select count(*) as phones, count(failed_at) as failed from push_subscription`;
  return db.transaction(actor, (tx) => tx.one(phoneCounts, counts));
}

function describeAccounts({ all, inUse, admins }: AccountCounts): string {
  if (all === 0) return 'Accounts: none yet; "boxster user add NAME --role admin" makes the first';
  const without = admins === 0 ? "; none is an administrator" : "";
  return `Accounts: ${all}, of them in use ${inUse}, administrators ${admins}${without}`;
}

/** Same wording as the start's refusal (server/app/exposure.ts). */
function describeLogin(
  name: string,
  unbound: UnboundLogin | null,
  engine: Database["engine"],
): string {
  if (engine === "embedded") return "the owner of the data folder, who can read all of it";
  if (unbound === null) return `${name}, which may neither change the schema nor copy all rows`;
  return `${name}, ${unbound.because}: a server should run with a login that is granted boxster_app alone`;
}

export function withoutSecrets(databaseUrl: string): string {
  const url = URL.parse(databaseUrl);
  if (!url) return "(set, but not an address)";
  const user = url.username === "" ? "" : `${url.username}${url.password ? ":..." : ""}@`;
  return `${url.protocol}//${user}${url.host}${url.pathname}${url.search ? "?..." : ""}`;
}

const listedOr = (unset: string, list: readonly string[]) => list.join(", ") || unset;

export function describeSettings(config: Config): Record<string, string> {
  return {
    DATABASE_URL:
      config.databaseUrl === null
        ? "(not set: embedded database)"
        : withoutSecrets(config.databaseUrl),
    BOXSTER_LISTEN_URL:
      config.listenUrl === null ? "(not set: DATABASE_URL)" : withoutSecrets(config.listenUrl),
    BOXSTER_STATEMENT_TIMEOUT: String(config.timeouts.statement),
    BOXSTER_LOCK_TIMEOUT: String(config.timeouts.lock),
    BOXSTER_IDLE_TIMEOUT: String(config.timeouts.idle),
    BOXSTER_DATA: config.dataFolder,
    HOST: config.host,
    PORT: String(config.port),
    BOXSTER_DEMO: config.demo ? "1" : "0",
    BOXSTER_PLACES: config.places.folder,
    BOXSTER_BASEMAP: config.basemap,
    BOXSTER_TZ: config.timeZone,
    BOXSTER_ORIGIN: config.origin ?? "(not set)",
    BOXSTER_PROXY: listedOr("(not set)", config.proxy),
    BOXSTER_TLS_CERT: config.tls?.certificateFile ?? "(not set)",
    BOXSTER_TLS_KEY: config.tls?.keyFile ?? "(not set)",
    BOXSTER_SECRET: config.secret === null ? "(not set)" : "(set)",
    BOXSTER_OIDC_ISSUER: config.oidc?.issuer ?? "(not set: no sign-in by an identity provider)",
    BOXSTER_OIDC_CLIENT_ID: config.oidc?.clientId ?? "(not set)",
    BOXSTER_OIDC_CLIENT_SECRET: config.oidc ? "(set)" : "(not set)",
    BOXSTER_OIDC_NAME: config.oidc?.name ?? "(not set)",
    BOXSTER_METRICS_HOST: config.metrics?.host ?? "(not set)",
    BOXSTER_METRICS_PORT: config.metrics ? String(config.metrics.port) : "(not set: no metrics)",
    BOXSTER_INBOX: config.inbox ?? "(not set: files are imported by hand)",
    BOXSTER_PUSH_HOSTS: listedOr("(not set: the known ones)", config.pushHosts),
    BOXSTER_PASSPHRASE: config.passphrase === null ? "(not set: asked for)" : "(set)",
  };
}
