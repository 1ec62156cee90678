import type { LightMyRequestResponse } from "fastify";
import { cellCentre, type H3Cell } from "#core/geo/cell.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import type { Role } from "#core/role.ts";
import {
  addTestAccount,
  asOwner,
  callerWith,
  confirmWaiting,
  goodPassword,
  newAddress,
  sessionOf,
} from "#tests/support/accounts.ts";
import type { TestApp } from "#tests/support/app.ts";
import { circleAt, corner } from "#tests/support/outreach.ts";
import { largeSpot, once, personOf, placeBy, sessionBy } from "#tests/support/partner-care.ts";
import { softPasskey } from "#tests/support/passkey.ts";
import { agreedShift } from "#tests/support/past-shift.ts";
import { codeOf, newBrowser } from "#tests/support/second-factor.ts";

/** Makes a call, keeps what it answered and what it left in the chain under its route, and passes the answer on. */
export type Tell = (
  route: string,
  call: () => Promise<LightMyRequestResponse>,
) => Promise<LightMyRequestResponse>;

const pin = "704 913";
const otherPassword = "four geese over water";

/**
 * The rest of a day, for which one needs an account of one's own, a phone, two persons, a shift that is over or a patrol that was
 * lost. After it partners have sessions that nobody confirmed, so it comes last.
 */
export async function callOfPeople(app: TestApp, tell: Tell): Promise<void> {
  await secondFactors(app, tell);
  await screens(app, tell);
  await lostFactors(app, tell);
  await phones(app, tell);
  await partners(app, tell);
  await uniforms(app, tell);
  await shifts(app, tell);
}

async function enter(app: TestApp, name: string, role: Role = "sergeant", more = {}) {
  await addTestAccount(app.services.db, { name, role, ...more });
  return sessionOf(app, name);
}

async function idOf({ services }: TestApp, name: string): Promise<string> {
  const sql = "select id::text as id from account where name = $1::text";
  const [row] = await asOwner<{ id: string }>(services.db, sql, [name]);
  return row?.id ?? "";
}

async function secondFactors(app: TestApp, tell: Tell): Promise<void> {
  const caller = await enter(app, "sergeant.ash");
  const send = (
    method: "POST" | "PUT" | "DELETE",
    url: string,
    body?: object,
    cookies: Record<string, string> = {},
  ) =>
    caller.inject({
      method,
      url,
      remoteAddress: newAddress(),
      cookies: { ...caller.cookies, ...cookies },
      ...(body ? { payload: body } : {}),
    });
  const device = softPasskey();
  const asked = await tell("POST /api/second-factor/passkeys/challenge", () =>
    send("POST", "/api/second-factor/passkeys/challenge"),
  );
  const { challenge } = asked.json<{ challenge: string }>();
  const cookie = { challenge: asked.cookies[0]?.value ?? "" };
  await tell("POST /api/second-factor/passkeys", () =>
    send(
      "POST",
      "/api/second-factor/passkeys",
      { name: "Desk", passkey: device.create(challenge) },
      cookie,
    ),
  );
  const drawn = await tell("POST /api/second-factor/app", () =>
    send("POST", "/api/second-factor/app"),
  );
  const { secret } = drawn.json<{ secret: string }>();
  await tell("PUT /api/second-factor/app", () =>
    send("PUT", "/api/second-factor/app", { code: codeOf(secret, -1) }),
  );
  await tell("POST /api/second-factor/recovery-codes", () =>
    send("POST", "/api/second-factor/recovery-codes"),
  );
  const browser = newBrowser(app);
  const key = await tell("POST /api/session/passkey-challenge", () =>
    browser.post("/api/session/passkey-challenge"),
  );
  const passkey = device.answer(key.json<{ challenge: string }>().challenge);
  await tell("POST /api/session/passkey", () => browser.post("/api/session/passkey", { passkey }));
  const another = newBrowser(app);
  await tell("POST /api/session by password", () =>
    another.post("/api/session", { name: "sergeant.ash", password: goodPassword }),
  );
  await tell("POST /api/session/second-step", () =>
    another.post("/api/session/second-step", { code: codeOf(secret) }),
  );
  await tell("POST /api/session/prove", () =>
    send("POST", "/api/session/prove", { password: goodPassword }),
  );
  const { passkeys } = (await caller.get("/api/second-factor")).json<{
    passkeys: { id: string }[];
  }>();
  await tell("DELETE /api/second-factor/passkeys/:id", () =>
    send("DELETE", `/api/second-factor/passkeys/${passkeys[0]?.id}`),
  );
  await tell("DELETE /api/second-factor/app", () => send("DELETE", "/api/second-factor/app"));
}

async function screens(app: TestApp, tell: Tell): Promise<void> {
  let caller = await enter(app, "sergeant.yew");
  await tell("POST /api/session/lock", () => caller.send("POST", "/api/session/lock"));
  const opened = await tell("POST /api/session/unlock", () =>
    caller.inject({
      method: "POST",
      url: "/api/session/unlock",
      remoteAddress: newAddress(),
      payload: { password: goodPassword },
    }),
  );
  caller = callerWith(app, opened);
  const changed = await tell("PUT /api/session/password", () =>
    caller.inject({
      method: "PUT",
      url: "/api/session/password",
      remoteAddress: newAddress(),
      payload: { current: goodPassword, password: otherPassword },
    }),
  );
  if (changed.cookies.length > 0) caller = callerWith(app, changed);
  await sessionOf(app, "sergeant.yew");
  const { signIns } = (await caller.get("/api/sign-ins")).json<{
    signIns: { id: string; isThis: boolean }[];
  }>();
  await tell("DELETE /api/sign-ins/:id", () =>
    caller.send("DELETE", `/api/sign-ins/${signIns.find(({ isThis }) => !isThis)?.id}`),
  );
  await tell("POST /api/openings/seen", () => caller.send("POST", "/api/openings/seen"));
  await tell("DELETE /api/session", () => caller.send("DELETE", "/api/session"));
  await tell("POST /api/session by role", () =>
    app.stranger.send("POST", "/api/session", { role: "presenter" }),
  );
}

/** One factor is cleared by two persons and one is not; the owner reads that it was. */
async function lostFactors(app: TestApp, tell: Tell): Promise<void> {
  const admin = await enter(app, "admin.elm", "admin");
  const coordinator = await enter(app, "coordinator.fir", "coordinator");
  const url = "/api/second-factor/clearings";
  const ask = async (name: string) => {
    await enter(app, name, "auditor");
    // The clock of a recording hardly moves, and what is cleared was made before.
    await asOwner(app.services.db, "update passkey set made_at = made_at - interval '1 hour'");
    const id = await idOf(app, name);
    const asked = await tell("POST /api/accounts/:id/second-factor/clearing", () =>
      admin.send("POST", `/api/accounts/${id}/second-factor/clearing`),
    );
    return asked.json<{ clearings: { id: string }[] }>().clearings[0]?.id;
  };
  const lost = await ask("lost.oak");
  await tell("POST /api/second-factor/clearings/:id/confirm", () =>
    coordinator.send("POST", `${url}/${lost}/confirm`),
  );
  const found = await ask("found.oak");
  await tell("DELETE /api/second-factor/clearings/:id", () =>
    coordinator.send("DELETE", `${url}/${found}`),
  );
  const owner = await sessionOf(app, "lost.oak");
  await tell("POST /api/second-factor/told", () => owner.send("POST", "/api/second-factor/told"));
  await enter(app, "new.ash", "analyst", { withoutPassword: true });
  const made = await tell("POST /api/accounts/:id/set-up", async () =>
    admin.send("POST", `/api/accounts/${await idOf(app, "new.ash")}/set-up`),
  );
  await confirmWaiting(app.services.db, "new.ash");
  const { secret } = made.json<{ secret: string }>();
  await tell("POST /api/session/set-up", () =>
    newBrowser(app).post("/api/session/set-up", {
      name: "new.ash",
      secret,
      password: otherPassword,
    }),
  );
}

async function phones(app: TestApp, tell: Tell): Promise<void> {
  const admin = await sessionOf(app, "admin.elm");
  await addTestAccount(app.services.db, {
    name: "phone.ash",
    role: "partner",
    partner: "a",
    withoutPassword: true,
  });
  const id = await idOf(app, "phone.ash");
  const link = await tell("POST /api/accounts/:id/device-link", () =>
    admin.send("POST", `/api/accounts/${id}/device-link`),
  );
  await confirmWaiting(app.services.db, "phone.ash");
  const { secret } = link.json<{ secret: string }>();
  const browser = newBrowser(app);
  await tell("POST /api/session/device", () =>
    browser.post("/api/session/device", { secret, pin }),
  );
  const opened = await tell("POST /api/session/pin", () =>
    browser.post("/api/session/pin", { pin }),
  );
  const phone = callerWith(app, opened);
  await tell("POST /api/devices/link", () => phone.send("POST", "/api/devices/link"));
  const { devices } = (await phone.get("/api/devices")).json<{ devices: { id: string }[] }>();
  await tell("DELETE /api/devices/:id", () =>
    phone.send("DELETE", `/api/devices/${devices[0]?.id}`),
  );
}

async function partners(app: TestApp, tell: Tell): Promise<void> {
  const admin = await sessionOf(app, "admin.elm");
  const coordinator = await app.as("coordinator");
  await tell("POST /api/partners", () => admin.send("POST", "/api/partners", { name: "Van" }));
  const ann = await personOf(app, "ann.of.van", "van");
  const bea = await personOf(app, "bea.of.van", "van");
  const large = await placeBy(ann, largeSpot);
  const saved = await sessionBy(ann, { placeId: large.id, rule: once("2022-02-03") });
  await tell("POST /api/outreach/sessions/:id/second", () =>
    bea.send("POST", `/api/outreach/sessions/${saved.id}/second`, { isRight: true }),
  );
  await tell("POST /api/coordinator/partners/:code/remind", () =>
    coordinator.send("POST", "/api/coordinator/partners/van/remind"),
  );
  const leaver = await enter(app, "leaver.of.van", "partner", { partner: "van" });
  await placeBy(leaver, circleAt(corner, 200));
  await tell("POST /api/outreach/leave", () =>
    leaver.send("POST", "/api/outreach/leave", { password: goodPassword }),
  );
  await tell("DELETE /api/outreach/leave", () => bea.send("DELETE", "/api/outreach/leave"));
}

/** A patrol of wardens that is not there, and a phone of a server whose push is off. */
async function uniforms(app: TestApp, tell: Tell): Promise<void> {
  const warden = await app.as("warden");
  const url = "/api/warden/windows";
  const [planId, windowId] = ["1", "w10001"];
  await tell("PATCH /api/warden/windows/:planId/:windowId", () =>
    warden.send("PATCH", `${url}/${planId}/${windowId}`, { unit: 11 }),
  );
  await tell("POST /api/warden/windows/agree", () =>
    warden.send("POST", `${url}/agree`, { windows: [{ planId, windowId }] }),
  );
  await tell("POST /api/warden/windows/withdraw", () =>
    warden.send("POST", `${url}/withdraw`, { windows: [{ planId, windowId }] }),
  );
  const refs = { windows: [{ planId, windowId }] };
  await tell("POST /api/tonight/seen", () => warden.send("POST", "/api/tonight/seen", refs));
  const sergeant = await app.as("sergeant");
  const endpoint = "https://updates.push.services.mozilla.com/wpush/v2/one";
  await tell("PUT /api/push", () => sergeant.send("PUT", "/api/push", { endpoint }));
  await tell("POST /api/push/test", () => sergeant.send("POST", "/api/push/test", {}));
  await tell("DELETE /api/push", () => sergeant.send("DELETE", "/api/push"));
}

async function shifts(app: TestApp, tell: Tell): Promise<void> {
  const sergeant = await app.as("sergeant");
  await agreedShift(app.services.db, "2021-11-23");
  await tell("PUT /api/debriefs", () =>
    sergeant.send("PUT", "/api/debriefs", {
      start: "2021-11-23T14:00:00+00:00",
      end: "2021-11-23T22:00:00+00:00",
      except: [],
    }),
  );
  const stay = "/api/tonight/stays/00000000-0000-4000-8000-000000000001";
  await tell("PUT /api/tonight/stays/:key", () =>
    sergeant.send("PUT", stay, {
      planId: "1",
      windowId: "w1",
      order: 1,
      arrivedAgo: 60,
      leftAgo: null,
    }),
  );
  await tell("DELETE /api/tonight/stays/:key", () => sergeant.send("DELETE", stay));
  const { plans } = (await sergeant.get("/api/plans?from=2021-11-29&days=7")).json<{
    plans: PlanReply[];
  }>();
  const [lost] = plans.flatMap(({ id, windows }) =>
    windows.filter(({ status }) => status === "agreed").map((window) => ({ plan: id, window })),
  );
  if (!lost) throw new Error("The day left no agreed patrol");
  const { start, stops, id: label } = lost.window;
  const cora = await personOf(app, "cora.of.van", "van");
  const place = await placeBy(cora, circleAt(cellCentre(stops[0]?.cell as H3Cell)));
  const rule = once(start.slice(0, 10), start.slice(11, 16), "23:30");
  await sessionBy(cora, { placeId: place.id, rule });
  await tell("POST /api/plans/:planId/windows/:windowId/dismiss", () =>
    sergeant.send("POST", `/api/plans/${lost.plan}/windows/${label}/dismiss`, { dismissed: true }),
  );
}
