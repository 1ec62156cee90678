export const roles = [
  "sergeant",
  "analyst",
  "partner",
  "coordinator",
  "presenter",
  "liaison",
  "admin",
  "auditor",
  "warden",
] as const;
export type Role = (typeof roles)[number];

/** Who acts: a signed-in person, the command line's operator, the system itself, or the schema's owner. */
export interface Actor {
  readonly person: string;
  readonly role:
    | Role
    | "operator"
    | "system"
    | "publisher"
    | "public"
    | "gate"
    | "nobody"
    | "owner";
  /** Its code, for the role `partner`; for the role `warden` that of its patrol partner. */
  readonly partner: string | null;
  /** For the role `liaison` only. */
  readonly neighbour?: string | null;
}
