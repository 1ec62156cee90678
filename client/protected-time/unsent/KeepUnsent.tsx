import { useSubmit } from "#client/api/use-submit.ts";
import { keeping, startKeeping, stopKeeping } from "#client/protected-time/unsent/keep-unsent.ts";
import { useStore } from "#client/state/use-store.ts";
import { Check } from "#client/ui/Check.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";

/** Opt-in per phone: unsent entries survive the page. */
export function KeepUnsent() {
  const isOn = useStore(keeping, (state) => state);
  const { fault, isPending, run } = useSubmit();
  // Web Crypto needs a secure context.
  if (!window.isSecureContext) return null;
  return (
    <section className="keep-unsent" aria-label="No signal">
      <h2>No signal</h2>
      <Check
        isChecked={isOn || isPending}
        onChange={(on) => (on ? run(startKeeping) : stopKeeping())}
      >
        Keep unsent entries on this phone
      </Check>
      <p className="quiet">
        Unsent entries stay here, encrypted until you sign in again. They are removed once sent, or
        when you sign out.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
    </section>
  );
}
