import { keeping, startKeeping, stopKeeping } from "#client/accounts/unsent/keep-unsent.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { letters } from "#client/protected-time/unsent/letters.ts";
import { Fault, say } from "#client/protected-time/words/diary.tsx";
import { useStore } from "#client/state/use-store.ts";
import { Check } from "#client/ui/Check.tsx";

/** Opt-in per phone: unsent entries survive the page. */
export function KeepUnsent() {
  const isOn = useStore(keeping, (state) => state);
  const { fault, isPending, run } = useSubmit();
  // Web Crypto needs a secure context.
  if (!window.isSecureContext) return null;
  return (
    <section className="keep-unsent" aria-label={say("unsent.title")}>
      <h2>{say("unsent.title")}</h2>
      <Check
        isChecked={isOn || isPending}
        onChange={(on) => (on ? run(() => startKeeping(letters)) : stopKeeping())}
      >
        {say("unsent.keep")}
      </Check>
      <p className="quiet">{say("unsent.about")}</p>
      <Fault fault={fault} />
    </section>
  );
}
