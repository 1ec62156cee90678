import type { LightMyRequestResponse } from "fastify";
import { Secret, TOTP } from "otpauth";
import { expect } from "vitest";
import { asOwner, goodPassword, newAddress, type SignedIn } from "#tests/support/accounts.ts";
import type { TestApp } from "#tests/support/app.ts";
import { type SoftPasskey, softPasskey } from "#tests/support/passkey.ts";

/** The code that an app shows, so many half minutes from now. */
export function codeOf(secret: string, steps = 0): string {
  const totp = new TOTP({ secret: Secret.fromBase32(secret.replaceAll(" ", "")) });
  return totp.generate({ timestamp: Date.now() + steps * 30_000 });
}

/** A code of the half minute before is no longer one right after the turn: whoever is about to use one waits it out. */
async function pastTheTurn(): Promise<void> {
  const left = 30_000 - (Date.now() % 30_000);
  if (left < 1_500) await new Promise((resolve) => setTimeout(resolve, left));
}

/** Sets the app up as a person does, by the code of the half minute before: the present one is still to be used. */
export async function setUpApp(caller: SignedIn): Promise<string> {
  await pastTheTurn();
  const { secret } = (await caller.send("POST", "/api/second-factor/app")).json<{
    secret: string;
  }>();
  const reply = await caller.send("PUT", "/api/second-factor/app", { code: codeOf(secret, -1) });
  expect(reply.statusCode, reply.body).toBe(200);
  return secret;
}

export async function drawCodes(caller: SignedIn): Promise<string[]> {
  const reply = await caller.send("POST", "/api/second-factor/recovery-codes");
  expect(reply.statusCode, reply.body).toBe(200);
  return reply.json<{ codes: string[] }>().codes;
}

/** Calls as one browser, which keeps what it is given. */
export function newBrowser({ app }: TestApp) {
  const jar: Record<string, string> = {};
  const keep = (reply: LightMyRequestResponse) => {
    for (const { name, value } of reply.cookies) jar[name] = value;
    return reply;
  };
  return {
    jar,
    post: async (url: string, payload: object = {}) =>
      keep(
        await app.inject({
          method: "POST",
          url,
          payload,
          cookies: jar,
          remoteAddress: newAddress(),
        }),
      ),
    get: async (url: string) => app.inject({ url, cookies: jar }),
  };
}
export type TestBrowser = ReturnType<typeof newBrowser>;

/** A browser in which the password was right, and the second step is still to come. */
export async function afterPassword(test: TestApp, name: string): Promise<TestBrowser> {
  const browser = newBrowser(test);
  const reply = await browser.post("/api/session", { name, password: goodPassword });
  expect(reply.json()).toMatchObject({ signedIn: false, person: null });
  return browser;
}

export async function challengeFor(browser: TestBrowser): Promise<string> {
  const reply = await browser.post("/api/session/passkey-challenge");
  return reply.json<{ challenge: string }>().challenge;
}

/** Adds a passkey through the routes; returns its device. */
export async function addPasskey(test: TestApp, caller: SignedIn): Promise<SoftPasskey> {
  const device = softPasskey();
  const asked = await caller.send("POST", "/api/second-factor/passkeys/challenge");
  expect(asked.statusCode, asked.body).toBe(200);
  const { challenge } = asked.json<{ challenge: string }>();
  const reply = await test.app.inject({
    method: "POST",
    url: "/api/second-factor/passkeys",
    payload: { name: "Desk", passkey: device.create(challenge) },
    cookies: { ...caller.cookies, challenge: asked.cookies[0]?.value ?? "" },
  });
  expect(reply.statusCode, reply.body).toBe(200);
  return device;
}

/** As if six minutes had gone by since its person last proved to be there. */
export async function makeStale({ services }: TestApp, name: string): Promise<void> {
  await asOwner(
    services.db,
    "update sign_in set fresh_at = now() - interval '6 minutes' where person = $1::text",
    [name],
  );
}
