import { roleNames } from "#client/accounts/role-names.ts";
import { formatMoment } from "#client/ui/moment.ts";
import { isPolice } from "#core/accounts/second-factor.ts";
import type { OpeningAct, OpeningReply } from "#core/accounts/wire/openings.ts";

/** "add a phone for jo (North Van)" */
export function requestWords(opening: OpeningReply, { isPartner }: OpeningReader): string {
  const { act, account, role, partner } = opening;
  const roleName = roleNames[role].toLowerCase();
  const whose = isPartner ? "your organisation" : (partner ?? roleName);
  const who = isPartner ? account : `${account} (${partner ?? roleName})`;
  const requests: Readonly<Record<OpeningAct, string>> = {
    made: isPartner ? `open an account with ${whose} for ${who}` : `open an account for ${who}`,
    role:
      partner === null
        ? `give the account ${account} the role ${roleName}`
        : `move the account ${account} to ${whose}`,
    partner: `move the account ${account} to ${whose}`,
    enabled: `enable the account of ${who} again`,
    extended: `let ${who} use the account for longer`,
    passwords: `let ${who} sign in with a password`,
    secret: `give ${who} a new one-time secret`,
    password: `set a new password for ${who}`,
    provider: `change the identity provider name of ${who}`,
    link: `add a phone for ${who}`,
    public: "turn on the public page",
  };
  return requests[act];
}

const reads: Partial<Record<OpeningReply["role"], string>> = {
  sergeant: "all reports and keep-clear times",
  warden: "keep-clear times",
};

export function accessWords(
  { act, partner, role }: OpeningReply,
  { isPartner }: OpeningReader,
): string {
  if (act === "public") return "Anyone can then read the newest release without signing in.";
  if (isPartner) return "Anyone who signs in with it can read and change your sessions.";
  if (isPolice(role)) {
    return `Anyone who signs in with it can read ${reads[role] ?? "all reports"}.`;
  }
  return partner === null
    ? "This person can approve other people's access."
    : `Anyone who signs in with it can read and change the sessions of ${partner}.`;
}

/** "One-time secret for jo" */
export function subjectWords({ act, account, role }: OpeningReply): string {
  const subjects: Readonly<Record<OpeningAct, string>> = {
    made: "New account",
    role: `Role ${roleNames[role].toLowerCase()}`,
    partner: "Move to another partner",
    enabled: "Account enabled",
    extended: "Later last day",
    passwords: "Password allowed",
    secret: "One-time secret",
    password: "New password",
    provider: "Name at the provider",
    link: "Phone",
    public: "Public page",
  };
  return act === "public" ? subjects[act] : `${subjects[act]} for ${account}`;
}

/** "the police accounts office", as a partner sees it. */
export function requesterWords({
  askedRole,
  account,
}: Pick<OpeningReply, "askedRole" | "account">): string {
  if (askedRole === "admin") return "the police accounts office";
  return askedRole === "operator" ? "police technical staff" : account;
}

export interface OpeningReader {
  readonly isPartner: boolean;
  readonly when: (instant: string) => string;
}

export const atDesk: OpeningReader = { isPartner: false, when: formatMoment };

export function stateWords(opening: OpeningReply, { isPartner, when }: OpeningReader): string {
  const { state, dueAt, decidedAt, decidedRole, askedRole } = opening;
  switch (state) {
    case "waits":
      return `To be confirmed by ${when(dueAt)}`;
    case "expired":
      return "Lapsed: not confirmed within 7 days";
    case "replaced":
      return "Replaced or withdrawn";
    case "not needed":
      if (askedRole === "operator") return "Done on the server, without a second person";
      return askedRole === "partner"
        ? "By the account holder"
        : "No second person needed for this role";
    case "confirmed":
    case "refused": {
      const by = decider(decidedRole, isPartner);
      const on = decidedAt === null ? "" : ` on ${when(decidedAt)}`;
      return state === "confirmed" ? `Confirmed by ${by}${on}` : `Refused by ${by}${on}`;
    }
  }
}

export function closedWords({ act, state }: OpeningReply): string {
  const part: Partial<Record<OpeningAct, string>> = {
    passwords: "password",
    secret: "secret",
    password: "password",
    provider: "provider name",
    link: "new phone",
    extended: "later last day",
  };
  const what = part[act] === undefined ? "" : `${part[act]} `;
  if (state === "waits") return `${what}waiting for a second person`;
  return `${what}${state === "refused" ? "refused" : "not confirmed in time"}: not in use`;
}

function decider(role: OpeningReply["decidedRole"], isPartner: boolean): string {
  if (role === "partner") return isPartner ? "one of your team" : "the partner";
  if (role === "admin") return "another administrator";
  if (role === "operator") return "the server's operator";
  if (role === "sergeant") return "a sergeant";
  return role === "auditor" ? "an auditor" : "a coordinator";
}
