import { Secret, TOTP } from "otpauth";
import { expect, test } from "vitest";
import { relyingPartyOf } from "#server/accounts/second-factor/passkeys.ts";
import { drawAppSecret, stepOfCode } from "#server/accounts/second-factor/totp.ts";
import { scratchFolder } from "#tests/support/scratch.ts";

const folder = scratchFolder("totp");

const now = 1_111_111_111_000;
const account = { id: "7", name: "jane" };
const config = { secret: null, dataFolder: folder };
const drawn = drawAppSecret(config, account);
const codeAt = (at: number) =>
  new TOTP({ secret: Secret.fromBase32(drawn.secret.replaceAll(" ", "")) }).generate({
    timestamp: at,
  });
const stepOf = (more = {}, accountId = "7") =>
  stepOfCode({ ...config, ...more }, { accountId, sealedSecret: drawn.sealed }, codeAt(now), now);

test("the codes are those of RFC 6238, appendix B, as every app shows them", () => {
  const secret = Secret.fromLatin1("12345678901234567890");
  const times = [59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000];
  expect(
    times.map((at) => new TOTP({ secret, digits: 8 }).generate({ timestamp: at * 1000 })),
  ).toEqual(["94287082", "07081804", "14050471", "89005924", "69279037", "65353130"]);
});

test("a code belongs to its half minute; one before and one after are taken", () => {
  const step = Math.floor(now / 30_000);
  const steps = [-2, -1, 0, 1, 2].map((by) =>
    stepOfCode(
      config,
      { accountId: "7", sealedSecret: drawn.sealed },
      codeAt(now + by * 30_000),
      now,
    ),
  );
  expect(steps).toEqual([null, step - 1, step, step + 1, null]);
  const spaced = codeAt(now).replace(/^(...)/, "$1 ");
  expect(stepOfCode(config, { accountId: "7", sealedSecret: drawn.sealed }, spaced, now)).toBe(
    step,
  );
});

test("a sealed secret opens under its own key and for its own account alone", () => {
  expect(stepOf()).not.toBeNull();
  expect(stepOf({}, "8")).toBeNull();
  expect(stepOf({ secret: "another key, as on another machine" })).toBeNull();
});

test.each([
  [null, false, "localhost:4173", { id: "localhost", origin: "http://localhost:4173" }],
  [null, false, "127.0.0.1:4173", null],
  [null, false, "[::1]:4173", null],
  [
    "https://boxster.example",
    true,
    "boxster.example",
    { id: "boxster.example", origin: "https://boxster.example" },
  ],
  [
    "https://boxster.example",
    true,
    "BOXSTER.example:443",
    { id: "boxster.example", origin: "https://boxster.example" },
  ],
  ["https://boxster.example", true, "localhost", null],
  ["https://10.0.0.5", true, "10.0.0.5", null],
])(
  "with the address %s (https: %s), opened as %s, passkeys are bound to %j",
  (origin, secure, host, party) => {
    expect(relyingPartyOf({ origin, secure }, { host })).toEqual(party);
  },
);
