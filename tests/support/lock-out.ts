import type { Role } from "#core/role.ts";
import type { Database } from "#server/db/database.ts";
import {
  addTestAccount,
  goodPassword,
  type SignedIn,
  sessionOf,
  tryPassword,
} from "#tests/support/accounts.ts";
import type { TestApp } from "#tests/support/app.ts";
import type { SoftPasskey } from "#tests/support/passkey.ts";
import { addPasskey } from "#tests/support/second-factor.ts";

/** Somebody whom a stranger tries to keep out: how they sign in, and whether one try was served. */
export interface Owner {
  readonly name: string;
  /** "sergeant, by password in a browser of their own" */
  readonly way: string;
  readonly enter: () => Promise<boolean>;
}

/** The address of a stranger, and of everybody here: a mobile network or a station puts many behind one. */
export const sharedAddress = "198.18.0.1";
export const strangersAddresses = [
  sharedAddress,
  ...Array.from({ length: 19 }, (_, at) => `198.18.${1 + at}.7`),
];

type Jar = Record<string, string>;

/** One person of every role in a browser that they signed in from; a partner by PIN, by passkey and by password. */
export async function everyOwner(test: TestApp, db: Database): Promise<readonly Owner[]> {
  const post = async (url: string, jar: Jar, payload: object) => {
    const options = { method: "POST", url, payload, cookies: jar } as const;
    const reply = await test.app.inject({ ...options, remoteAddress: sharedAddress });
    for (const { name, value } of reply.cookies) jar[name] = value;
    return reply;
  };
  const leave = (jar: Jar) => {
    for (const name of Object.keys(jar)) {
      if (!["browser", "phone"].includes(name)) delete jar[name];
    }
  };
  const byPassword = async (name: string, jar: Jar, device: SoftPasskey | null) => {
    leave(jar);
    const first = await post("/api/session", jar, { name, password: goodPassword });
    if (device === null || first.statusCode !== 200) return first.statusCode === 200;
    const asked = await post("/api/session/passkey-challenge", jar, {});
    const passkey = device.answer(asked.json<{ challenge: string }>().challenge);
    return (await post("/api/session/second-step", jar, { passkey })).statusCode === 200;
  };
  const owners: Owner[] = [];
  const roles: readonly Role[] = ["sergeant", "analyst", "coordinator", "presenter", "liaison"];
  for (const role of [...roles, "admin", "auditor"] as const) {
    const name = `own.${role}`;
    const isAsked = role === "admin" || role === "auditor";
    await addTestAccount(db, { name, role, withoutSecondFactor: true });
    const device = isAsked ? await addPasskey(test, await sessionOf(test, name)) : null;
    const jar: Jar = {};
    const enter = () => byPassword(name, jar, device);
    if (!(await enter())) throw new Error(`${name} could not sign in to begin with`);
    owners.push({ name, way: `${role}, by password in a browser of their own`, enter });
  }
  return [...owners, ...(await partners(test, db, { post, leave, byPassword }))];
}

async function partners(
  test: TestApp,
  db: Database,
  {
    post,
    leave,
    byPassword,
  }: {
    readonly post: (
      url: string,
      jar: Jar,
      payload: object,
    ) => Promise<{ readonly statusCode: number; readonly json: <Value>() => Value }>;
    readonly leave: (jar: Jar) => void;
    readonly byPassword: (name: string, jar: Jar, device: null) => Promise<boolean>;
  },
): Promise<readonly Owner[]> {
  const pin = "704913";
  const phoneOf = async (name: string, more: { withoutPassword?: boolean }) => {
    await addTestAccount(db, { name, role: "partner", partner: "north", ...more });
    const session: SignedIn = await sessionOf(test, name);
    const link = await session.send("POST", "/api/devices/link");
    const jar: Jar = {};
    const { secret } = link.json<{ secret: string }>();
    const made = await post("/api/session/device", jar, { secret, pin });
    if (made.statusCode !== 200) throw new Error(`${name} has no phone`);
    return { session, jar };
  };
  const byPin = await phoneOf("own.partner", { withoutPassword: true });
  const byKey = await phoneOf("own.partner.key", { withoutPassword: true });
  const device = await addPasskey(test, byKey.session);
  const byWord = await phoneOf("own.partner.word", {});
  return [
    {
      name: "own.partner",
      way: "partner, by PIN on their phone",
      enter: async () => {
        leave(byPin.jar);
        return (await post("/api/session/pin", byPin.jar, { pin })).statusCode === 200;
      },
    },
    {
      name: "own.partner.key",
      way: "partner, by passkey on their phone",
      enter: async () => {
        leave(byKey.jar);
        const asked = await post("/api/session/passkey-challenge", byKey.jar, {});
        if (asked.statusCode !== 200) return false;
        const passkey = device.answer(asked.json<{ challenge: string }>().challenge);
        return (await post("/api/session/passkey", byKey.jar, { passkey })).statusCode === 200;
      },
    },
    {
      name: "own.partner.word",
      way: "partner, by a password that was allowed, on their phone",
      enter: () => byPassword("own.partner.word", byWord.jar, null),
    },
  ];
}

/** One round of a stranger who knows the name: every way to sign in that needs nothing else. Says how many were refused. */
export async function tryAsStranger(
  { app }: TestApp,
  name: string,
  remoteAddress: string,
): Promise<number> {
  const calls: readonly (readonly [string, object])[] = [
    ["/api/session", { name, password: `guess ${Math.random()}` }],
    [
      "/api/session/set-up",
      { name, secret: `guess-${Math.random()}`, password: "four geese over water" },
    ],
    ["/api/session/pin", { pin: "704913" }],
  ];
  let refused = 0;
  for (const [url, payload] of calls) {
    const reply = await app.inject({ method: "POST", url, payload, remoteAddress });
    if (reply.statusCode >= 400) refused += 1;
  }
  return refused;
}

/** The same right password from a browser that nobody knows. */
export async function enterAsUnknown(test: TestApp, name: string): Promise<boolean> {
  return (await tryPassword(test, name)).statusCode === 200;
}
