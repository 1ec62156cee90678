import { fetchJson, whenSignedOut } from "#client/api/fetch.ts";
import { forgetEverything } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import type { Role } from "#core/model/role.ts";
import { type SessionReply, sessionReply } from "#core/wire/session.ts";

/** Who is signed in; every screen stands on it. */
export const session = createResource((signal) =>
  fetchJson("/api/session", sessionReply, { signal }),
);

export type DemoPartner = "a" | "b" | "c";

export async function signIn(role: Role, partner?: DemoPartner): Promise<SessionReply> {
  const body = partner ? { role, partner } : { role };
  const reply = await fetchJson("/api/session", sessionReply, { method: "POST", body });
  forgetEverything();
  session.accept(reply);
  return reply;
}

export async function signOut(): Promise<void> {
  const reply = await fetchJson("/api/session", sessionReply, { method: "DELETE" });
  forgetEverything();
  session.accept(reply);
}

// The server has ended the session: ask who we are, and keep nothing that the last person saw.
whenSignedOut(() => {
  forgetEverything();
  session.reload();
});
