import type { Role } from "#core/role.ts";

export const roleNames: Readonly<Record<Role, string>> = {
  sergeant: "Sergeant",
  analyst: "Analyst",
  partner: "Outreach partner",
  coordinator: "Coordinator",
  presenter: "Ward panel presenter",
  liaison: "Liaison in a neighbouring command",
  admin: "Administrator",
  auditor: "Auditor",
  warden: "Warden coordinator",
};
