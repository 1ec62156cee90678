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
      caller.send("PATCH", `/api/accounts/${account}`, { role: "analyst", shownName: "N" }),
    says: "changed account role",
  },
  {
    route: "POST /api/accounts/:id/set-up",
    as: "admin",
    call: (caller, { account }) => caller.send("POST", `/api/accounts/${account}/set-up`),
    says: "account",
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
];
