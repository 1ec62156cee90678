import { createHash, randomBytes } from "node:crypto";

export function drawToken(): string {
  return randomBytes(32).toString("base64url");
}

/** Only this is stored. */
export function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
