import { createHmac, randomBytes } from "node:crypto";
import { expect, test } from "vitest";
import { type KeyDerivation, seal, unseal } from "#server/upkeep/backup/seal.ts";
import { sealCost } from "#server/upkeep/backup/seal-cost.ts";

const passphrase = "five plain words and more";
const chunk = 64 * 1024;
const tag = 16;
const header = 17 + 32 + 7;

async function* pieces(bytes: Uint8Array, size = 10_000) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all(source: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
}

/** The real one takes half a second on purpose; what is tested here is what comes after it. */
const quick: KeyDerivation = async (words, salt) =>
  createHmac("sha256", words).update(salt).digest();
const sealed = (plain: Uint8Array) => all(seal(pieces(plain), passphrase, quick));
const opened = (bytes: Uint8Array, words = passphrase) =>
  all(unseal(pieces(bytes, 30_000), words, quick));

test.each([0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 200_000])(
  "%i octets come back as they were",
  async (length) => {
    const plain = randomBytes(length);
    const file = await sealed(plain);
    const chunks = Math.max(1, Math.ceil(length / chunk));
    expect(file.length).toBe(header + length + chunks * tag);
    expect((await opened(file)).equals(plain)).toBe(true);
  },
);

test("the same words typed with a combining accent are the same passphrase", async () => {
  const file = await all(seal(pieces(Buffer.from("x")), "café au lait à six"));
  const typed = "café au lait à six".normalize("NFD");
  expect(String(await all(unseal(pieces(file), typed)))).toBe("x");
  await expect(all(unseal(pieces(file), "cafe au lait a six"))).rejects.toThrow("passphrase");
});

test("the same text is another file each time", async () => {
  const plain = Buffer.from("the same");
  expect((await sealed(plain)).equals(await sealed(plain))).toBe(false);
});

test("another passphrase is refused in one line", async () => {
  const file = await sealed(randomBytes(100));
  await expect(opened(file, "five other words here")).rejects.toThrow(
    /^Nothing was restored: Wrong passphrase, or the file was changed\.$/,
  );
});

test("a file that is cut is refused wherever it is cut", async () => {
  const file = await sealed(randomBytes(3 * chunk + 100));
  const ends = [
    1,
    17,
    header - 1,
    header,
    header + 10,
    header + chunk + tag,
    header + 2 * (chunk + tag),
    header + 3 * (chunk + tag),
    file.length - 1,
  ];
  for (const end of ends) {
    await expect(opened(file.subarray(0, end)), `at ${end}`).rejects.toThrow(/incomplete|changed/);
  }
  await expect(opened(file.subarray(0, header + 2 * (chunk + tag)))).rejects.toThrow(
    "is incomplete",
  );
  await expect(opened(new Uint8Array(0))).rejects.toThrow("not a Boxster backup");
});

test("an octet that was changed is found, wherever it is", async () => {
  const file = await sealed(randomBytes(2 * chunk + 100));
  const places = [0, 20, header - 1, header, header + chunk, header + chunk + tag + 5];
  for (const place of [...places, file.length - 1]) {
    const altered = Buffer.from(file);
    altered.writeUInt8(altered.readUInt8(place) ^ 1, place);
    await expect(opened(altered), `octet ${place}`).rejects.toThrow(
      /changed|damaged|not a Boxster backup/,
    );
  }
});

test("chunks that were swapped, doubled, left out or added are found", async () => {
  const file = await sealed(randomBytes(3 * chunk));
  const part = (index: number) =>
    file.subarray(header + index * (chunk + tag), header + (index + 1) * (chunk + tag));
  const head = file.subarray(0, header);
  const orders = [
    [1, 0, 2],
    [0, 0, 1, 2],
    [0, 2],
    [0, 1, 2, 2],
    [0, 1, 2, 1],
  ];
  for (const order of orders) {
    await expect(opened(Buffer.concat([head, ...order.map(part)])), String(order)).rejects.toThrow(
      /damaged|after the end|changed|incomplete/,
    );
  }
  expect((await opened(Buffer.concat([head, ...[0, 1, 2].map(part)]))).length).toBe(3 * chunk);
});

test("a chunk of another backup made with the same passphrase is found", async () => {
  const [one, two] = [await sealed(randomBytes(2 * chunk)), await sealed(randomBytes(2 * chunk))];
  const mixed = Buffer.concat([
    one.subarray(0, header + chunk + tag),
    two.subarray(header + chunk + tag),
  ]);
  await expect(opened(mixed)).rejects.toThrow("damaged");
});

test("what is no backup, and one of a newer format, are told apart", async () => {
  await expect(opened(Buffer.from("id,cell\n1,8a\n".repeat(50)))).rejects.toThrow(
    "not a Boxster backup",
  );
  const newer = Buffer.concat([Buffer.from("boxster-backup 2\n"), randomBytes(200)]);
  await expect(opened(newer)).rejects.toThrow("newer version");
});

test("each guess at a passphrase fills 128 MiB", () => {
  expect(128 * sealCost.N * sealCost.r * sealCost.p).toBe(128 * 1024 * 1024);
});
