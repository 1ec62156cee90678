import { useEffect, useMemo } from "react";
import { hasValue, type Resource } from "#client/api/resource.ts";
import { dropUntold, untold } from "#client/api/untold.ts";
import { useShared } from "#client/api/use-resource.ts";
import { contact, followContact, serverNow } from "#client/patrols/tonight/contact.ts";
import { officersTaps, withTaps } from "#client/patrols/tonight/taps.ts";
import { tonight } from "#client/patrols/tonight/tonight-reply.ts";
import { useStore } from "#client/state/use-store.ts";
import type { Contact } from "#core/patrols/duty/elapsed.ts";
import type { TonightReply } from "#core/patrols/wire/tonight.ts";

export interface TonightView {
  readonly resource: Resource<TonightReply>;
  readonly reload: () => void;
  /** With this phone's own taps; null until something was fetched. */
  readonly reply: TonightReply | null;
  /** Of `reply`; null while there is none. */
  readonly contact: Contact | null;
  /** By the server's clock, whenever it is asked for. */
  readonly now: () => number;
  /** Taps that have not gone out. */
  readonly unsent: number;
  /** In the server's words; gone once they are acknowledged. */
  readonly refused: readonly { readonly id: string; readonly words: string }[];
  readonly acknowledge: (id: string) => void;
}

export function useTonight(): TonightView {
  const resource = useShared(tonight);
  const age = useStore(contact, (state) => state);
  const list = useStore(untold, (state) => state);
  useEffect(() => followContact(tonight.reload), []);
  useEffect(() => void keepTaps().catch(() => undefined), []);
  const value = hasValue(resource) ? resource.value : null;
  const reply = useMemo(() => value && withTaps(value, list), [value, list]);
  return {
    ...{ resource, reply, contact: value && age, reload: tonight.reload },
    now: () => serverNow() ?? Date.now(),
    unsent: list.filter(({ refusal }) => refusal === null).length,
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
