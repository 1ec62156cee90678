import { useEffect, useMemo } from "react";
import { hasValue } from "#client/api/resource.ts";
import { dropUntold, untold } from "#client/api/untold.ts";
import { useShared } from "#client/api/use-resource.ts";
import { contact, followContact, serverNow } from "#client/patrols/tonight/contact.ts";
import { officersTaps, withTaps } from "#client/patrols/tonight/taps.ts";
import { tonight } from "#client/patrols/tonight/tonight-reply.ts";
import { useStore } from "#client/state/use-store.ts";

export type TonightView = ReturnType<typeof useTonight>;

export function useTonight() {
  const resource = useShared(tonight);
  const age = useStore(contact, (state) => state);
  const list = useStore(untold, (state) => state);
  useEffect(() => followContact(tonight.reload), []);
  useEffect(() => void keepTaps().catch(() => undefined), []);
  const value = hasValue(resource) ? resource.value : null;
  const reply = useMemo(() => value && withTaps(value, list), [value, list]);
  return {
    resource,
    reload: tonight.reload,
    /** With this phone's own taps; null until something was fetched. */
    reply,
    /** Of `reply`; null while there is none. */
    contact: value && age,
    /** By the server's clock, whenever it is asked for. */
    now: () => serverNow() ?? Date.now(),
    /** Taps that have not gone out. */
    unsent: list.filter(({ refusal }) => refusal === null).length,
    /** In the server's words; gone once they are acknowledged. */
    refused: list.flatMap(({ id, words, refusal }) =>
      refusal === null ? [] : [{ id, words: `${words}: ${refusal}` }],
    ),
    acknowledge: dropUntold,
  };
}

/** After the first screen, which needs none of it. */
async function keepTaps(): Promise<void> {
  const { resumeKeeping } = await import("#client/accounts/unsent/keep-unsent.ts");
  await resumeKeeping(officersTaps);
}
