import { createHmac } from "node:crypto";
import { expect, test } from "vitest";
import { createKeyedHash } from "#server/records/import/duplicate-key.ts";

const hmac = (key: Uint8Array, text: string) =>
  createHmac("sha256", key).update(text).digest("hex");
const hexOf = (octets: string) => Buffer.from(octets, "latin1").toString("hex");

test("is HMAC-SHA-256, by RFC 4231's second case and by the platform's own for any text and key", () => {
  expect(hexOf(createKeyedHash(Buffer.from("Jefe"))("what do ya want for nothing?"))).toBe(
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
  );
  for (const length of [0, 1, 32, 64]) {
    const key = Buffer.alloc(length, 0xa7);
    const hashOf = createKeyedHash(key);
    const texts = ["", "a", "é€😀", "\ud800", "x".repeat(1_023), "€".repeat(5_000), "a\u001f2"];
    // Again in the other order: a long text before a short one leaves nothing behind.
    for (const text of [...texts, ...texts.toReversed()]) {
      expect(hexOf(hashOf(text)), `${length} octets, ${text.length} units`).toBe(hmac(key, text));
    }
  }
});

test("a key longer than a block is refused: it would have to be hashed first", () => {
  expect(() => createKeyedHash(Buffer.alloc(65))).toThrow(RangeError);
});
