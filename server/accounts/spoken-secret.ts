import { createHash, randomBytes } from "node:crypto";

/** Without letters that are taken for each other when read aloud or from paper. */
const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Groups of five letters of 31, just under 25 bits each: 123 bits in five. Shown once and stored nowhere. */
export function drawSpokenSecret(groups = 5): string {
  const drawn = Array.from({ length: groups * 5 }, drawLetter).join("");
  return (drawn.match(/.{5}/g) ?? []).join("-");
}

/** Octets beyond the last whole multiple are drawn again, so that each letter is equally likely. */
function drawLetter(): string {
  const limit = 256 - (256 % letters.length);
  for (;;) {
    const [octet = 255] = randomBytes(1);
    if (octet < limit) return letters[octet % letters.length] ?? "";
  }
}

/** Whatever capitals, blanks and dashes it was typed with. */
export function hashOfSpoken(secret: string): Buffer {
  const plain = secret.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return createHash("sha256").update(plain).digest();
}
