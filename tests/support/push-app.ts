import { afterAll, beforeAll, beforeEach } from "vitest";
import { pushCommand } from "#server/accounts/commands/push.ts";
import { pushCookie } from "#server/accounts/cookies.ts";
import { createApp } from "#server/app/app.ts";
import type { Database } from "#server/db/database.ts";
import { liveHub } from "#server/live/live.ts";
import { addTestAccount, type SignedIn, sessionOf } from "#tests/support/accounts.ts";
import { openTestApp } from "#tests/support/app.ts";
import { runCommand } from "#tests/support/command.ts";
import { pushHost, startPushService } from "#tests/support/push-service.ts";

interface Phone extends SignedIn {
  /** With the cookie that names its row. */
  readonly device: Record<string, string>;
}

/** The server with push set up, which hears of changes, and a push service on this machine. */
export async function openPushApp(db: Database) {
  const service = await startPushService();
  const base = await openTestApp(db);
  const services = {
    ...base.services,
    config: { ...base.services.config, pushHosts: [pushHost] },
    pushNetwork: service.network,
  };
  const app = { ...base, services, app: await createApp(services) };
  await runCommand(services, pushCommand, {
    positionals: ["setup"],
    values: { contact: "mailto:desk@example.test" },
  });
  await liveHub(services);
  const close = async () => {
    await app.app.close();
    await base.close();
    await service.close();
  };
  /** A phone of this officer, or of this patrol partner's warden, switched on. */
  const phoneOf = async (
    name: string,
    path = name,
    isNew = true,
    patrolPartner?: string,
  ): Promise<Phone> => {
    const role = patrolPartner === undefined ? "sergeant" : "warden";
    const whose = patrolPartner === undefined ? {} : { patrolPartner };
    if (isNew) await addTestAccount(db, { name, role, ...whose, withoutPassword: true });
    const caller = await sessionOf(app, name);
    const reply = await caller.send("PUT", "/api/push", { endpoint: service.addressOf(path) });
    if (reply.statusCode !== 200) throw new Error(reply.body);
    const named = pushCookie.nameOf({ secure: false });
    const cookie = reply.cookies.find((one) => one.name === named);
    return { ...caller, device: { ...caller.cookies, push: cookie?.value ?? "" } };
  };
  return { app, base, service, phoneOf, close };
}

type PushApp = Awaited<ReturnType<typeof openPushApp>>;

/** The same for a block of tests, which ends with it. */
export function pushApp(db: () => Database) {
  const at = {} as PushApp;
  beforeAll(async () => void Object.assign(at, await openPushApp(db())));
  beforeEach(() => at.service.forget());
  afterAll(() => at.close());
  const phoneOf: PushApp["phoneOf"] = (...given) => at.phoneOf(...given);
  return { at, phoneOf };
}
