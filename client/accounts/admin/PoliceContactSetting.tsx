import { type FormEvent, useState } from "react";
import { accountSettings, changeSettings } from "#client/accounts/admin/admin-api.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { phoneNumber } from "#core/text/phone-number.ts";

/** The number that partners phone while nobody has confirmed a late session. */
export function PoliceContactSetting({ mayWrite }: { readonly mayWrite: boolean }) {
  const resource = useShared(accountSettings);
  return (
    <section className="admin__settings" aria-labelledby="police-contact">
      <h2 id="police-contact">Police contact for partners</h2>
      <Loaded resource={resource} onRetry={accountSettings.reload}>
        {({ policeContact }) => (
          <>
            <p>
              {policeContact === null
                ? "No number yet. Partners are told to phone, but not where."
                : `Partners phone ${policeContact} until police confirm.`}
            </p>
            {mayWrite ? <NumberForm key={policeContact} number={policeContact} /> : null}
          </>
        )}
      </Loaded>
    </section>
  );
}

function NumberForm({ number }: { readonly number: string | null }) {
  const [typed, setTyped] = useState(number ?? "");
  const [wrong, setWrong] = useState<string | undefined>();
  const { fault, isPending, run } = useSubmit();
  const save = (policeContact: string | null) =>
    run(async () => {
      await changeSettings({ policeContact });
      showToast(policeContact === null ? "Removed" : "Saved");
    });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const read = phoneNumber.safeParse(typed);
    if (read.success) save(read.data);
    else setWrong(`${read.error.issues[0]?.message ?? ""}.`);
  };
  return (
    <form className="admin__basis" onSubmit={submit} noValidate>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <TextField
        label="Phone number"
        type="tel"
        value={typed}
        error={wrong}
        hint="Answered by somebody who can tell officers on duty, day and night."
        onChange={(next) => {
          setTyped(next);
          setWrong(undefined);
        }}
      />
      <div className="admin__basis-actions">
        <Button type="submit" disabled={isPending}>
          Save number
        </Button>
        {number === null ? null : (
          <Button look="quiet" disabled={isPending} onClick={() => save(null)}>
            Remove
          </Button>
        )}
      </div>
    </form>
  );
}
