import { appendAudit } from "#server/accounts/audit/append.ts";
import { operatorActor } from "#server/cli/command.ts";
import { type Cluster, connectToCluster } from "#server/db/cluster.ts";
import { DatabaseError } from "#server/db/database.ts";
import { connectionLost } from "#server/db/errors.ts";
import { findUnboundLogin, readLogin } from "#server/db/login.ts";
import { databaseRoles, migrate } from "#server/db/migrate.ts";
import { openPostgres } from "#server/db/postgres.ts";
import { scramVerifier } from "#server/db/scram.ts";
import { Problem } from "#server/problem.ts";
import { lookAtCluster, type Prepared } from "#server/upkeep/team/look-at-cluster.ts";
import { databaseAt, type TeamLogins } from "#server/upkeep/team/team-logins.ts";

export interface TeamRequest {
  readonly team: string;
  /** Of a login that may make databases and roles. */
  readonly adminUrl: string;
  /** For the first line of the team's audit chain. */
  readonly operator: string;
  readonly dryRun: boolean;
  readonly signal: AbortSignal;
  /** Last step: stores the passwords. Must undo its own work when it throws. */
  readonly keep: (logins: TeamLogins) => Kept | Promise<Kept>;
}

interface Kept {
  readonly takeBack: () => void;
}

export interface AddedTeam {
  readonly logins: TeamLogins;
  /** Empty in a dry run. */
  readonly applied: readonly string[];
  readonly newRoles: readonly string[];
}

/** Any fixed number: of two `team add` at once the second waits for the first on it. */
const teamLock = 7_302;

/**
 * Creates a team on a cluster: database, owner, its server's login, schema and the first line of
 * its audit chain. Existing ones are refused. If a step fails, everything created is dropped in
 * reverse order. Throws a Problem in words.
 */
export async function addTeam(request: TeamRequest): Promise<AddedTeam> {
  const cluster = await connectToCluster(request.adminUrl);
  try {
    await cluster.run("select pg_advisory_lock($1::bigint)", [teamLock]);
    const prepared = await lookAtCluster(cluster, request);
    const { logins, missingRoles: newRoles } = prepared;
    if (request.dryRun) return { logins, applied: [], newRoles };
    return { logins, applied: await makeTeam(cluster, request, prepared), newRoles };
  } finally {
    await cluster.end();
  }
}

async function makeTeam(
  cluster: Cluster,
  request: TeamRequest,
  prepared: Prepared,
): Promise<readonly string[]> {
  const undo: Undo[] = [];
  try {
    await makeLogins(cluster, prepared, undo, request.signal);
    await makeDatabase(cluster, request, prepared.logins, undo);
    const applied = await migrateAsOwner(prepared.logins);
    await cluster.run(
      `grant boxster_app to ${prepared.logins.server.name} with inherit false, set true`,
    );
    const { takeBack } = await request.keep(prepared.logins);
    undo.push({ what: "the settings", run: async () => takeBack() });
    request.signal.throwIfAborted();
    await beginChain(request, prepared.logins);
    // The admin no longer needs to be a member of the owner.
    if (!prepared.isSuperuser) {
      await cluster.run(`revoke ${prepared.logins.owner.name} from current_user`);
    }
    return applied;
  } catch (error) {
    throw inWords(error, { left: await takeBackAll(undo), isCancelled: request.signal.aborted });
  }
}

interface Undo {
  readonly what: string;
  readonly run: () => Promise<unknown>;
}

async function makeLogins(
  cluster: Cluster,
  { logins: { owner, server }, missingRoles, isSuperuser }: Prepared,
  undo: Undo[],
  signal: AbortSignal,
): Promise<void> {
  const make = async (name: string, rest: string) => {
    signal.throwIfAborted();
    await cluster.run(`create role ${name} ${rest}`);
    undo.push({ what: `the role ${name}`, run: () => cluster.run(`drop role ${name}`) });
  };
  for (const name of missingRoles) await make(name, "nologin noinherit");
  for (const name of missingRoles.filter(isTakenByServers)) {
    await cluster.run(`grant ${name} to boxster_app with set true, inherit false`);
  }
  // Migrations create missing roles, and require the right to before checking.
  await make(owner.name, `login noinherit createrole password '${scramVerifier(owner.password)}'`);
  await make(server.name, `login noinherit password '${scramVerifier(server.password)}'`);
  await cluster.run(
    `grant ${databaseRoles.join(", ")} to ${owner.name} with set true, inherit false`,
  );
  // A non-superuser can assign a database only to an owner that it is a member of.
  if (!isSuperuser)
    await cluster.run(`grant ${owner.name} to current_user with set true, inherit true`);
}

/** As in 0001-ground.sql: every role but the copier's. */
function isTakenByServers(role: string): boolean {
  return role !== "boxster_app" && role !== "boxster_copier";
}

async function makeDatabase(
  cluster: Cluster,
  { adminUrl, signal }: TeamRequest,
  { database, owner, server }: TeamLogins,
  undo: Undo[],
): Promise<void> {
  signal.throwIfAborted();
  await cluster.run(`create database ${database} owner ${owner.name}`);
  undo.push({
    what: `the database ${database}`,
    run: () => cluster.run(`drop database ${database} with (force)`),
  });
  // Other teams' logins must not even connect.
  await cluster.run(`revoke connect, temporary on database ${database} from public`);
  await cluster.run(`grant connect on database ${database} to ${server.name}`);
  const inside = await connectToCluster(databaseAt(adminUrl, database));
  try {
    for (const name of ["postgis", "btree_gist"]) {
      signal.throwIfAborted();
      await inside.run(`create extension if not exists ${name}`).catch((error: unknown) => {
        throw extensionProblem(name, error);
      });
    }
  } finally {
    await inside.end();
  }
}

function extensionProblem(name: string, error: unknown): unknown {
  if (!(error instanceof DatabaseError)) return error;
  if (error.code === "42501") {
    return new Problem(
      403,
      "The team was not added",
      `The login of DATABASE_URL may not create the extension ${name}. As a superuser run "create extension ${name};" once in the database template1, then try again.`,
    );
  }
  if (error.code !== "0A000" && error.code !== "58P01") return error;
  return new Problem(
    503,
    "The team was not added",
    `The extension ${name} is not installed on the database server. Install PostGIS there, then try again.`,
  );
}

async function migrateAsOwner({ owner }: TeamLogins): Promise<readonly string[]> {
  const db = openPostgres(owner.url);
  try {
    return await migrate(db);
  } finally {
    await db.close();
  }
}

/** Uses the server's login, which tests its rights. */
async function beginChain({ team, operator }: TeamRequest, { server }: TeamLogins): Promise<void> {
  const db = openPostgres(server.url);
  try {
    const { kind } = await readLogin(db);
    const unbound = await findUnboundLogin(db);
    if (kind !== "app" || unbound !== null) {
      throw new Error(`The login ${server.name} came out as ${unbound?.because ?? kind}.`);
    }
    const actor = operatorActor(operator);
    await db.transaction(actor, (tx) =>
      appendAudit(tx, actor, {
        verb: "collection",
        act: "add a team",
        purpose: "administration",
        outcome: "done",
        detail: { team },
      }),
    );
  } finally {
    await db.close();
  }
}

/** In reverse order; returns what could not be dropped. */
async function takeBackAll(undo: readonly Undo[]): Promise<readonly string[]> {
  const left: string[] = [];
  for (const { what, run } of [...undo].reverse()) {
    await run().catch(() => left.push(what));
  }
  return left;
}

function inWords(
  error: unknown,
  { left, isCancelled }: { readonly left: readonly string[]; readonly isCancelled: boolean },
): unknown {
  const rest =
    left.length === 0
      ? "Nothing of it is left."
      : `These could not be dropped again, so drop them by hand: ${left.join(", ")}.`;
  if (isCancelled) return new Problem(409, "The team was not added", `Cancelled. ${rest}`);
  const isPlain = !(error instanceof DatabaseError) || connectionLost.test(error.code);
  if (isPlain && left.length === 0) return error;
  return new Problem(500, "The team was not added", `${sentenceOf(error)} ${rest}`);
}

function sentenceOf(error: unknown): string {
  if (error instanceof DatabaseError) return `PostgreSQL says: ${error.message} (${error.code}).`;
  return error instanceof Error ? error.message : String(error);
}
