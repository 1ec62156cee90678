import type { ZxcvbnFactory } from "@zxcvbn-ts/core";
import { foldAccountName } from "#core/accounts/account-name.ts";
import { normalisePassword, passwordFault } from "#core/accounts/password.ts";
import { callerOf } from "#server/accounts/guard.ts";
import { laneOf } from "#server/accounts/known-browser.ts";
import { hashPassword, isPassword, type Line } from "#server/accounts/password-hash.ts";
import { type Claim, prove } from "#server/accounts/prove.ts";
import {
  type Credentials,
  lockCredentials,
  setPasswordHash,
} from "#server/accounts/queries/credentials.ts";
import { type Entered, enterOrAsk } from "#server/accounts/second-factor/second-step.ts";
import {
  beginSession,
  type Caller,
  type Session,
  unlockSession,
} from "#server/accounts/sessions.ts";
import { hashOfSpoken, isSetUpSecret } from "#server/accounts/spoken-secret.ts";
import type { Transaction } from "#server/db/database.ts";
import type { RequestContext } from "#server/http/route.ts";
import { Problem } from "#server/problem.ts";

const firstStep = "prove the password, before the second factor";

/** A session, or a token for the second step. */
export function signInByPassword(
  context: RequestContext,
  { name, password }: { readonly name: string; readonly password: string },
): Promise<Entered> {
  const caller = callerOf(context);
  const lane = laneOf(context, name);
  const line = lane === null ? "strangers" : "known";
  return prove(
    context,
    { ...caller, name, act: "sign in", lane, isProven: hasPassword(password, line) },
    async (tx, account, now, restate) => {
      const entered = await enterOrAsk(tx, account, caller, now);
      if ("secondStep" in entered) restate(firstStep);
      return entered;
    },
  );
}

const hasPassword = (password: string, line?: Line) => (account: Credentials | null) =>
  isPassword(password, account?.passwordHash ?? null, line);

/** Returns the token under which the locked session goes on. */
export async function unlockByPassword(
  context: RequestContext,
  session: Pick<Session, "id" | "actor"> & { readonly accountId: string },
  password: string,
): Promise<string> {
  const isProven = hasPassword(password);
  const own = { name: session.actor.person, lane: `session ${session.id}` };
  const token = await prove(
    context,
    { ...callerOf(context), ...own, act: "unlock the screen", isProven },
    (tx, _account, now) => unlockSession(tx, { ...session, now }),
  );
  if (token !== null) return token;
  throw new Problem(401, "Not signed in", "Your session has ended. Sign in again.");
}

/**
 * Sets a first password by the one-time secret and signs in, with the second factor where there is
 * one: the giver of a secret must not get in by it.
 */
export function setUpPassword(
  context: RequestContext,
  typed: { readonly name: string; readonly secret: string; readonly password: string },
): Promise<Entered> {
  const claim = {
    name: typed.name,
    act: "set a first password",
    lane: laneOf(context, typed.name),
    insteadOfName: `secret ${hashOfSpoken(typed.secret).toString("hex")}`,
    isProven: async (account: Credentials | null) =>
      isSetUpSecret(account, typed.secret, Date.now()),
  };
  return changePassword(context, claim, typed.password, enterOrAsk);
}

/** Ends every other session of the account. */
export function changeOwnPassword(
  context: RequestContext,
  { id, actor }: Pick<Session, "id" | "actor">,
  { current, password }: { readonly current: string; readonly password: string },
): Promise<string> {
  const isProven = hasPassword(current);
  const known = { name: actor.person, lane: `session ${id}` };
  const claim = { ...known, act: "change the own password", isProven };
  return changePassword(context, claim, password, beginSession);
}

/**
 * Faults are reported first: they depend only on the typed text. The new password is hashed once
 * the claim is proven, so that strangers cannot cause expensive work.
 */
async function changePassword<Value>(
  context: RequestContext,
  claim: Omit<Claim, "address" | "onWait" | "by">,
  password: string,
  begin: (tx: Transaction, account: Credentials, caller: Caller, now: number) => Promise<Value>,
): Promise<Value> {
  await refuseUnfit(password, claim.name);
  const caller = callerOf(context);
  let hash = "";
  const isProven = async (account: Credentials | null) => {
    const proven = await claim.isProven(account);
    if (proven) hash = await hashPassword(password);
    return proven;
  };
  return prove(context, { ...caller, ...claim, isProven }, async (tx, account, now) => {
    await setPasswordHash(tx, { id: account.id, hash, now });
    // Its epoch has grown: all earlier sessions are over.
    const renewed = (await lockCredentials(tx, account.id, now)) ?? account;
    return begin(tx, renewed, caller, now);
  });
}

export async function refuseUnfit(password: string, name: string): Promise<void> {
  const folded = foldAccountName(name);
  const fault =
    passwordFault(password, folded) ?? (await guessFault(normalisePassword(password), folded));
  if (fault === null) return;
  throw new Problem(422, "Password not accepted", fault, [{ field: "password", reason: fault }]);
}

/** 0 to 4; below 3 means fewer than 10^8 guesses (zxcvbn, Wheeler 2016). */
const leastScore = 3;

/** Null when strong enough. */
export async function guessFault(password: string, name: string): Promise<string | null> {
  const parts = name.split(/[._@+-]/);
  const known = [...ownWords, name, ...parts, parts.join(""), parts.slice(0, 2).join("")].filter(
    (word) => word.length > 2,
  );
  const lists = await checker();
  const folded = password.toLowerCase();
  // Separators between words, as between a name and a year, are guessed first.
  const bare = folded.replaceAll(/[^\p{L}\p{M}\p{N}\p{So}]/gu, "");
  const found = [folded, bare].map((form) => lists.check(form, known));
  const weakest = found.reduce((worst, one) => (one.score < worst.score ? one : worst));
  if (weakest.score >= leastScore) return null;
  const reason = reasons[weakest.feedback.warning ?? ""];
  return `This password is easy to guess${reason ? `: ${reason}` : ""}. Three or four unrelated words work well.`;
}

let made: Promise<ZxcvbnFactory> | null = null;

/** Loaded lazily: 40 MB and a third of a second. */
function checker(): Promise<ZxcvbnFactory> {
  made ??= (async () => {
    const [core, common, english] = await Promise.all([
      import("@zxcvbn-ts/core"),
      import("@zxcvbn-ts/language-common"),
      import("@zxcvbn-ts/language-en"),
    ]);
    const { translations } = english;
    // Message keys instead of the library's own sentences.
    const warnings = Object.fromEntries(
      Object.keys(translations.warnings).map((key) => [key, key]),
    );
    return new core.ZxcvbnFactory({
      dictionary: { ...common.dictionary, ...english.dictionary },
      graphs: common.adjacencyGraphs,
      translations: { ...translations, warnings: warnings as typeof translations.warnings },
    });
  })();
  return made;
}

const reasons: Readonly<Record<string, string>> = {
  straightRow: "it is a row of keys on the keyboard",
  keyPattern: "it is a pattern of keys",
  simpleRepeat: "it repeats itself",
  extendedRepeat: "it repeats itself",
  sequences: "it is a sequence of letters or numbers",
  recentYears: "years are easy to guess",
  dates: "dates are easy to guess",
  topTen: "it is a common password",
  topHundred: "it is a common password",
  common: "it is a common password",
  similarToCommon: "it is close to a common password",
  wordByItself: "it is a single word",
  namesByThemselves: "it is a name",
  commonNames: "it is a name",
  userInputs: "it contains a well-known local name",
};

const ownWords =
  "boxster operation police metropolitan met scotland yard enfield haringey tottenham edmonton fore street london".split(
    " ",
  );
