import type { Role } from "#core/role.ts";

/** So long a proof that its person is there counts for what asks for one. */
export const freshMs = 5 * 60_000;

/** Exports of more rows than this ask whether their person is there. */
export const mostRowsWithoutProof = 10_000;

export const recoveryCodeCount = 10;
export const mostPasskeys = 10;

/** Always: they decide who gets in, and see who did what. */
const alwaysAsked: readonly Role[] = ["admin", "auditor"];
/** Where an administrator has switched it on. */
const askedBySetting: readonly Role[] = ["sergeant", "analyst"];

/** Whether accounts of this role need a second factor. */
export function isSecondFactorRole(role: string, isAskedOfPolice: boolean): boolean {
  const isIn = (asked: readonly string[]) => asked.includes(role);
  return isIn(alwaysAsked) || (isAskedOfPolice && isIn(askedBySetting));
}

/**
 * Whether a session may do nothing but set up a second factor. A phone with its PIN is two things already, an identity
 * provider asks for its own, and a role of the demonstration has no account.
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

/** Whether a proof given then still counts; a little ahead is the clock of another server. */
export function isFresh(freshAt: number | null, now: number): boolean {
  if (freshAt === null) return false;
  const age = now - freshAt;
  return age > -60_000 && age <= freshMs;
}

/** They read events, and plan around what is kept clear. */
export function isPolice(role: string): boolean {
  return role === "sergeant" || role === "analyst";
}

/**
 * Roles that read a partner's data, events or keep-clear times, or that could confirm somebody who does: what an
 * administrator opens for them waits for a second person. The database says the same (needs_second_person); a test compares.
 */
export function needsSecondPerson(role: Role): boolean {
  return isPolice(role) || ["partner", "coordinator", "admin", "auditor"].includes(role);
}
