import type { OpeningsReply } from "#core/accounts/wire/openings.ts";
import { type AuditSample, sample } from "#tests/support/audit-sample.ts";

/** An administrator's calls, on an account that the first of them makes. */
export const accountSamples: readonly AuditSample[] = [
  sample("admin", "POST /api/accounts", "role account", {
    body: { name: "n.night", role: "sergeant" },
    keep: { account: "id" },
  }),
  sample("auditor", "GET /api/accounts", "accounts"),
  sample("admin", "PATCH /api/accounts/:id=account", "changed account role", {
    body: { role: "auditor", shownName: "N" },
  }),
  openings("coordinator"),
  sample("coordinator", "POST /api/openings/:id=opening/confirm", "account opened"),
  sample("admin", "POST /api/accounts/:id=account/set-up", "account"),
  openings("auditor"),
  sample("auditor", "POST /api/openings/:id=opening/refuse", "account opened"),
  sample("admin", "DELETE /api/accounts/:id=account/devices", "account phones"),
  sample("admin", "PUT /api/account-settings", "localPasswords", {
    body: { localPasswords: true },
  }),
  sample("admin", "POST /api/clock", "hours kind", { body: {} }),
];

/** What waits first is what the call before it has asked for. */
function openings(as: "coordinator" | "auditor"): AuditSample {
  return sample(as, "GET /api/openings", "openings", {
    keep: (reply) => ({ opening: reply.json<OpeningsReply>().openings[0]?.id ?? "" }),
  });
}
