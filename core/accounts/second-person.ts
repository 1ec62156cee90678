import type { Role } from "#core/role.ts";

/**
 * Roles that read a partner's data, or that could confirm somebody who does: what an administrator opens for them waits
 * for a second person. The database says the same (needs_second_person); a test compares.
 */
export function needsSecondPerson(role: Role): boolean {
  return ["partner", "coordinator", "admin", "auditor"].includes(role);
}
