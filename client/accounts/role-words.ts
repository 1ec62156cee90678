import type { Role } from "#core/role.ts";

export const comesTo: Readonly<Record<Role, string>> = {
  sergeant: "See where and when reports cluster, and plan next week's patrols.",
  analyst: "Import records, explore them and test a pattern.",
  partner: "Tell police and wardens when and where to stay away.",
  coordinator: "See which partners have confirmed their calendars.",
  presenter: "Show residents what was done and whether it helped.",
  liaison: "See whether the problem crossed the boundary.",
  admin: "Look after accounts and settings.",
  auditor: "Check who saw what.",
  warden: "See your units' patrols, and where to keep clear.",
};
