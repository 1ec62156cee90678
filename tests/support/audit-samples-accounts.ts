import type { OpeningsReply } from "#core/accounts/wire/openings.ts";
import { type AuditSample, get } from "#tests/support/audit-sample.ts";

/** An administrator's calls, on an account that the first of them makes. */
export const accountSamples: readonly AuditSample[] = [
  {
    route: "POST /api/accounts",
    as: "admin",
    call: (caller) => caller.send("POST", "/api/accounts", { name: "n.night", role: "sergeant" }),
    keep: (reply, state) => {
      state.account = reply.json<{ id: string }>().id;
    },
    says: "role account",
  },
  { route: "GET /api/accounts", as: "auditor", call: get("/api/accounts"), says: "accounts" },
  {
    route: "PATCH /api/accounts/:id",
    as: "admin",
    call: (caller, { account }) =>
      caller.send("PATCH", `/api/accounts/${account}`, { role: "auditor", shownName: "N" }),
    says: "changed account role",
  },
  openings("coordinator"),
  {
    route: "POST /api/openings/:id/confirm",
    as: "coordinator",
    call: (caller, { opening }) => caller.send("POST", `/api/openings/${opening}/confirm`),
    says: "account opened",
  },
  {
    route: "POST /api/accounts/:id/set-up",
    as: "admin",
    call: (caller, { account }) => caller.send("POST", `/api/accounts/${account}/set-up`),
    says: "account",
  },
  openings("auditor"),
  {
    route: "POST /api/openings/:id/refuse",
    as: "auditor",
    call: (caller, { opening }) => caller.send("POST", `/api/openings/${opening}/refuse`),
    says: "account opened",
  },
  {
    route: "PUT /api/accounts/:id/password",
    as: "admin",
    call: (caller, { account }) =>
      caller.send("PUT", `/api/accounts/${account}/password`, {
        password: "four geese over water",
      }),
    says: "account",
  },
  {
    route: "DELETE /api/accounts/:id/devices",
    as: "admin",
    call: (caller, { account }) => caller.send("DELETE", `/api/accounts/${account}/devices`),
    says: "account phones",
  },
  {
    route: "PUT /api/account-settings",
    as: "admin",
    call: (caller) => caller.send("PUT", "/api/account-settings", { localPasswords: true }),
    says: "localPasswords",
  },
  {
    route: "POST /api/clock",
    as: "admin",
    call: (caller) => caller.send("POST", "/api/clock", {}),
    says: "hours kind",
  },
];

/** What waits first is what the call before it has asked for. */
function openings(as: "coordinator" | "auditor"): AuditSample {
  return {
    route: "GET /api/openings",
    as,
    call: get("/api/openings"),
    keep: (reply, state) => {
      state.opening = reply.json<OpeningsReply>().openings[0]?.id ?? "";
    },
    says: "openings",
  };
}
