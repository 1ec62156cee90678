import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * Tied to the session and worked out from its token, so that nothing more is stored: a page of
 * another site can make a browser send the cookie, but never read this.
 */
export function pageTokenOf(sessionToken: string): string {
  return createHmac("sha256", sessionToken).update("boxster page token").digest("base64url");
}

export function isPageTokenOf(sessionToken: string, given: unknown): boolean {
  if (typeof given !== "string") return false;
  const expected = Buffer.from(pageTokenOf(sessionToken));
  const offered = Buffer.from(given);
  return offered.length === expected.length && timingSafeEqual(offered, expected);
}
