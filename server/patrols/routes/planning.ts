import type { AuditNote } from "#core/audit.ts";
import type { Role } from "#core/role.ts";

/** What routes of planning have in common: who calls them, and what of it is noted. */
export function planningBy(...audience: readonly Role[]) {
  const noted = (verb: AuditNote["verb"], act: string) => ({
    audience,
    audit: { verb, act, purpose: "patrol_planning" } satisfies AuditNote,
  });
  return {
    noted,
    /** Limited, since it could probe for closed hours and places. */
    probed: (...note: Parameters<typeof noted>) => ({ ...noted(...note), limit: "probe" as const }),
  };
}
