import { createCipheriv, createDecipheriv, randomBytes, scrypt } from "node:crypto";
import { formatCount } from "#core/text/numbers.ts";
import { Problem } from "#server/problem.ts";
import { sealCost } from "#server/upkeep/backup/seal-cost.ts";

/**
 * Encrypts and authenticates a stream under a passphrase: the STREAM construction (Hoang,
 * Reyhanitabar, Rogaway, Vizár: Online Authenticated-Encryption and its Nonce-Reuse
 * Misuse-Resistance, CRYPTO 2015) over AES-256-GCM. A chunk's nonce holds its number and whether it
 * is the last, and the header is associated data of every chunk, so that a chunk missing, repeated,
 * moved, from another file or truncated fails to open just like an altered one.
 */
const magic = Buffer.from("boxster-backup 1\n");
const saltBytes = 32;
/** With a 4-byte counter and a "last" byte, the 12 bytes of a GCM nonce. */
const prefixBytes = 7;
const headerBytes = magic.length + saltBytes + prefixBytes;
const chunkBytes = 64 * 1024;
const tagBytes = 16;

/** Tests use a fast one. */
export type KeyDerivation = (passphrase: string, salt: Buffer) => Promise<Buffer>;

export async function* seal(
  plain: AsyncIterable<Uint8Array>,
  passphrase: string,
  derive: KeyDerivation = deriveKey,
): AsyncGenerator<Buffer> {
  const header = Buffer.concat([magic, randomBytes(saltBytes + prefixBytes)]);
  const key = await derive(passphrase, saltOf(header));
  yield header;
  let number = 0;
  for await (const { bytes, isLast } of blocksOf(plain, chunkBytes)) {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(header, number, isLast));
    cipher.setAAD(header);
    yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    number += 1;
  }
}

/** Chunk by chunk; throws a `Problem` when wrong. */
export async function* unseal(
  sealed: AsyncIterable<Uint8Array>,
  passphrase: string,
  derive: KeyDerivation = deriveKey,
): AsyncGenerator<Buffer> {
  let header: Buffer | null = null;
  let key: Buffer = Buffer.alloc(0);
  let number = 0;
  for await (const { bytes, isLast } of blocksOf(sealed, chunkBytes + tagBytes, headerBytes)) {
    if (header === null) {
      header = readHeader(bytes, isLast);
      key = await derive(passphrase, saltOf(header));
      continue;
    }
    const chunk = openChunk({ key, header, number, isLast }, bytes);
    if (chunk === null) throw refusal({ key, header, number, isLast }, bytes);
    yield chunk;
    number += 1;
  }
}

interface Place {
  readonly key: Buffer;
  readonly header: Buffer;
  readonly number: number;
  readonly isLast: boolean;
}

function openChunk({ key, header, number, isLast }: Place, bytes: Buffer): Buffer | null {
  if (bytes.length < tagBytes) return null;
  const body = bytes.subarray(0, -tagBytes);
  const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(header, number, isLast), {
    authTagLength: tagBytes,
  });
  decipher.setAAD(header);
  decipher.setAuthTag(bytes.subarray(-tagBytes));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    return null;
  }
}

function refusal(place: Place, bytes: Buffer): Problem {
  const { number, isLast } = place;
  if (isLast && openChunk({ ...place, isLast: false }, bytes) !== null) return cut();
  if (!isLast && openChunk({ ...place, isLast: true }, bytes) !== null) {
    return notRestored("There is data after the end of the backup: the file was changed.");
  }
  if (number === 0) {
    return notRestored("Wrong passphrase, or the file was changed.");
  }
  const octet = headerBytes + number * (chunkBytes + tagBytes);
  return notRestored(
    `The file is damaged or incomplete from byte ${formatCount(octet)} on. Use another copy.`,
  );
}

function readHeader(bytes: Buffer, isLast: boolean): Buffer {
  const begins = bytes.subarray(0, magic.length);
  if (bytes.length > 0 && begins.equals(magic.subarray(0, begins.length))) {
    if (isLast) throw cut();
    return bytes;
  }
  if (begins.subarray(0, 14).equals(magic.subarray(0, 14))) {
    throw notRestored("The backup was made by a newer version of Boxster: use that version.");
  }
  throw notRestored("The file is not a Boxster backup, or its beginning was changed.");
}

const cut = () => notRestored("The file is incomplete. Use another copy.");

export function notRestored(detail: string, cause?: unknown): Problem {
  const problem = new Problem(422, "Nothing was restored", detail);
  if (cause !== undefined) problem.cause = cause;
  return problem;
}

function nonceOf(header: Buffer, number: number, isLast: boolean): Buffer {
  // 2^32 chunks are 256 TiB; writeUInt32BE throws beyond them instead of using a nonce twice.
  const nonce = Buffer.alloc(12);
  header.copy(nonce, 0, magic.length + saltBytes);
  nonce.writeUInt32BE(number, prefixBytes);
  nonce.writeUInt8(isLast ? 1 : 0, prefixBytes + 4);
  return nonce;
}

const saltOf = (header: Buffer) => header.subarray(magic.length, magic.length + saltBytes);

/** NFC, so that all keyboards give the same bytes. */
export function deriveKey(passphrase: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize("NFC"), salt, 32, sealCost, (error, key) =>
      error ? reject(error) : resolve(key),
    );
  });
}

/**
 * Cuts a stream into blocks of exactly `size` bytes, the first of `firstSize`; only the last may be
 * shorter. There is always a last one, possibly empty.
 */
async function* blocksOf(
  source: AsyncIterable<Uint8Array>,
  size: number,
  firstSize: number = size,
): AsyncGenerator<{ readonly bytes: Buffer; readonly isLast: boolean }> {
  let wanted = firstSize;
  let held: Uint8Array[] = [];
  let length = 0;
  for await (const piece of source) {
    held.push(piece);
    length += piece.length;
    // Needs one byte more than wanted: a block that could be the last is held back.
    if (length <= wanted) continue;
    let rest = Buffer.concat(held);
    while (rest.length > wanted) {
      yield { bytes: rest.subarray(0, wanted), isLast: false };
      rest = rest.subarray(wanted);
      wanted = size;
    }
    held = [rest];
    length = rest.length;
  }
  yield { bytes: Buffer.concat(held), isLast: true };
}
