import { ask } from "#client/api/ask.ts";
import { joinSignals } from "#client/api/join-signals.ts";
import { kept } from "#client/live/kept.ts";
import { onLook } from "#client/live/refresh.ts";
import { momentNow, noteAnswer } from "#client/patrols/tonight/contact.ts";
import { type TonightReply, tonightCalls } from "#core/patrols/wire/tonight.ts";

/** In memory only: after a reload without a signal the phone knows nothing of tonight. */
export const tonight = kept((signal) => asked((one) => ask(tonightCalls.read, {}, one), signal));

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
