import { session } from "#client/accounts/session.ts";
import { ask } from "#client/api/ask.ts";
import { takeAhead } from "#client/api/asked-ahead.ts";
import { joinSignals } from "#client/api/join-signals.ts";
import { hasValue } from "#client/api/resource.ts";
import { kept } from "#client/live/kept.ts";
import { onLook } from "#client/live/refresh.ts";
import { momentNow, noteAnswer } from "#client/patrols/tonight/contact.ts";
import { earlier } from "#core/patrols/duty/elapsed.ts";
import { type TonightReply, tonightCalls, tonightReply } from "#core/patrols/wire/tonight.ts";

/** In memory only: after a reload without a signal the phone knows nothing of tonight. */
export const tonight = kept(
  async (signal) =>
    (await readAhead(signal)) ?? asked((one) => ask(tonightCalls.read, {}, one), signal),
);

/** Null where it fails, or is older than the session, from which on the live line tells of changes. */
async function readAhead(signal: AbortSignal): Promise<TonightReply | null> {
  const ahead = takeAhead("/api/tonight");
  const answer = await ahead?.reply.catch(() => null);
  if (!ahead || !answer?.ok) return null;
  const read = tonightReply.safeParse(await answer.json().catch(() => null));
  const who = session.store.get();
  if (!read.success || !hasValue(who) || signal.aborted) return null;
  const reply = read.data;
  if (Date.parse(reply.at) < Date.parse(who.value.now)) return null;
  noteAnswer(earlier(momentNow(), performance.now() - ahead.at), reply.at);
  return reply;
}

/** At once, ahead of all else that the page asks for again: a unit may be at a stop that is lost. */
function lookAgain(): void {
  if (tonight.store.get().status !== "idle") tonight.reload();
}
onLook("plan", lookAgain);
onLook("tonight", lookAgain);

/** An act that is answered with tonight as it is then. */
export async function change(
  act: (options: { readonly signal: AbortSignal }) => Promise<TonightReply>,
): Promise<void> {
  tonight.accept(await asked(act));
}

async function asked(
  act: (options: { readonly signal: AbortSignal }) => Promise<TonightReply>,
  signal?: AbortSignal,
): Promise<TonightReply> {
  const from = momentNow();
  const late = AbortSignal.timeout(patienceMs);
  const { signal: either, release } = joinSignals([signal, late]);
  try {
    const reply = await act({ signal: either });
    noteAnswer(from, reply.at);
    return reply;
  } finally {
    release();
  }
}

/** A connection that died says nothing for minutes. */
const patienceMs = 20_000;
