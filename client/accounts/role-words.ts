import type { Role } from "#core/role.ts";

export const roleWords: Readonly<
  Record<Role, { readonly name: string; readonly comesTo: string }>
> = {
  sergeant: {
    name: "Sergeant",
    comesTo: "See where and when reports cluster, and plan next week's patrols.",
  },
  analyst: { name: "Analyst", comesTo: "Import records, explore them and test a pattern." },
  partner: { name: "Outreach partner", comesTo: "Tell police when and where to stay away." },
  coordinator: {
    name: "Coordinator",
    comesTo: "See which partners have confirmed their calendars.",
  },
  presenter: {
    name: "Ward panel presenter",
    comesTo: "Show residents what was done and whether it helped.",
  },
  liaison: {
    name: "Liaison in a neighbouring command",
    comesTo: "See whether the problem crossed the boundary.",
  },
  admin: { name: "Administrator", comesTo: "Look after accounts and settings." },
  auditor: { name: "Auditor", comesTo: "Check who saw what." },
  warden: { name: "Warden coordinator", comesTo: "Approve your wardens’ patrols." },
};
