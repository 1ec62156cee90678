import { fetchJson, setPageToken, whenSessionChanged, whenSignedOut } from "#client/api/fetch.ts";
import { forgetEverything } from "#client/api/private-data.ts";
import { createResource } from "#client/api/resource.ts";
import type { Role } from "#core/model/role.ts";
import { type SessionReply, sessionReply } from "#core/wire/session.ts";

/** Who is signed in; every screen stands on it. */
export const session = createResource(async (signal) =>
  known(await fetchJson("/api/session", sessionReply, { signal })),
);

/** Person and kind of session that the page shows things of. */
let shownTo: string | null = null;

/** Takes note of a session, and of its token before anything is asked under it. */
function known(reply: SessionReply): SessionReply {
  setPageToken(reply.pageToken);
  const who = reply.signedIn ? `${reply.person} ${reply.role} ${reply.partnerName}` : null;
  // Another tab may have signed in as someone else: nothing of the one before may stay in view.
  if (shownTo !== null && who !== shownTo) forgetEverything();
  shownTo = who;
  return reply;
}

export type DemoPartner = "a" | "b" | "c";

export function signIn(role: Role, partner?: DemoPartner): Promise<SessionReply> {
  return enter("POST", "/api/session", partner ? { role, partner } : { role });
}

export async function signOut(): Promise<void> {
  await enter("DELETE", "/api/session");
}

/** A call that answers with the session it leaves; a proof that fails leaves the one there is. */
async function enter(
  method: "POST" | "PUT" | "DELETE",
  path: string,
  body?: unknown,
): Promise<SessionReply> {
  const reply = await fetchJson(path, sessionReply, { method, body, isProof: true });
  forgetEverything();
  known(reply);
  session.accept(reply);
  return reply;
}

// The server has ended the session: ask who we are, and keep nothing that the last person saw.
whenSignedOut(() => {
  forgetEverything();
  session.reload();
});

whenSessionChanged(() => session.reload());
