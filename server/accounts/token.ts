import { createHash, randomBytes } from "node:crypto";

/** Opaque, for a cookie. */
export function drawToken(): string {
  return randomBytes(32).toString("base64url");
}

/** All that is stored of one. */
export function hashOf(token: string): Uint8Array {
  return createHash("sha256").update(token).digest();
}
