import { afterAll, beforeAll } from "vitest";
import type { Role } from "#core/role.ts";
import type { Database } from "#server/db/database.ts";
import { openTestApp, type TestApp, type TestCaller } from "#tests/support/app.ts";

/** The whole server for a block of tests, which ends with it. */
export interface BlockApp extends TestApp {
  /** Signs in at its first call. */
  readonly caller: (role: Role, partner?: "a" | "b" | "c") => TestCaller;
}

export function appWith(
  db: () => Database,
  options: Parameters<typeof openTestApp>[1] = {},
): BlockApp {
  let opened: TestApp | null = null;
  const now = () => {
    if (!opened) throw new Error("The server is open inside tests only");
    return opened;
  };
  beforeAll(async () => {
    opened = await openTestApp(db(), options);
  });
  const close = async () => opened?.close();
  afterAll(close);
  return {
    get app() {
      return now().app;
    },
    get services() {
      return now().services;
    },
    as: (...whom) => now().as(...whom),
    caller: (...whom) => {
      let entered: Promise<TestCaller> | null = null;
      const enter = () => {
        entered ??= now().as(...whom);
        return entered;
      };
      return {
        get: async (url) => (await enter()).get(url),
        send: async (...given) => (await enter()).send(...given),
        inject: async (given) => (await enter()).inject(given),
      };
    },
    stranger: {
      get: (url) => now().stranger.get(url),
      send: (...given) => now().stranger.send(...given),
      inject: (given) => now().stranger.inject(given),
    },
    close,
  };
}
