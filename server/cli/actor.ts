import type { Actor } from "#core/role.ts";

/** The operating-system user who typed a command (DEFINITIONS, Command line). */
export function operatorActor(operator: string): Actor {
  return { person: operator, role: "operator", partner: null };
}
