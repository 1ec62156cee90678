import type { Role } from "#core/role.ts";

/** How long one proof of presence counts. */
export const freshMs = 5 * 60_000;

export const mostRowsWithoutProof = 10_000;

export const recoveryCodeCount = 10;
export const mostPasskeys = 10;

/** Always: they decide who gets in, and see who did what. */
const alwaysAsked: readonly Role[] = ["admin", "auditor"];
/** Where an administrator has switched it on. */
const askedBySetting: readonly Role[] = ["sergeant", "analyst", "warden"];

export function isSecondFactorRole(role: string, isAskedOfPolice: boolean): boolean {
  const isIn = (asked: readonly string[]) => asked.includes(role);
  return isIn(alwaysAsked) || (isAskedOfPolice && isIn(askedBySetting));
}

/**
 * Whether a session may only set up a second factor. A phone with its PIN already is two factors,
 * an identity provider asks for its own, and demonstration roles have no account.
 */
export function needsSecondFactor(session: {
  readonly accountId: string | null;
  readonly role: Role;
  readonly isAskedOfPolice: boolean;
  readonly hasPasskey: boolean;
  readonly hasApp: boolean;
  readonly byProvider: boolean;
  readonly deviceId: string | null;
}): boolean {
  const { accountId, role, isAskedOfPolice, hasPasskey, hasApp, byProvider, deviceId } = session;
  if (accountId === null || byProvider || deviceId !== null || hasPasskey || hasApp) return false;
  return isSecondFactorRole(role, isAskedOfPolice);
}

/** `freshAt` may be a little ahead: another server's clock. */
export function isFresh(freshAt: number | null, now: number): boolean {
  if (freshAt === null) return false;
  const age = now - freshAt;
  return age > -60_000 && age <= freshMs;
}

/** Roles that read events or keep-clear times: no administrator confirms them (is_police). */
export function isPolice(role: string): boolean {
  return role === "sergeant" || role === "analyst" || role === "warden";
}

/**
 * Roles that read a partner's data, events or keep-clear times, or can confirm someone who does:
 * granting them needs a second person. The database has the same rule (needs_second_person); a test
 * compares the two.
 */
export function needsSecondPerson(role: Role): boolean {
  return isPolice(role) || ["partner", "coordinator", "admin", "auditor"].includes(role);
}
