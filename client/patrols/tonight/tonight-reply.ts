import { ask } from "#client/api/ask.ts";
import { joinSignals } from "#client/api/join-signals.ts";
import { kept } from "#client/live/kept.ts";
import { momentNow, noteAnswer } from "#client/patrols/tonight/contact.ts";
import { type TonightReply, tonightCalls } from "#core/patrols/wire/tonight.ts";

/** In memory only: after a reload without a signal the phone knows nothing of tonight. */
export const tonight = kept(
  (signal) => asked((one) => ask(tonightCalls.read, {}, one), signal),
  "plan",
  "tonight",
);

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
