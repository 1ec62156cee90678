import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { readTallyValue } from "#core/outcomes/tally-value.ts";
import { tallyCalls } from "#core/outcomes/wire/tallies.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDateRange } from "#core/time/words.ts";

/** A partner's own record of people met in a period; never shared or added up. */
export function OwnContacts() {
  const [isOpen, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>Our contacts</summary>
      {isOpen ? <Contacts /> : null}
    </details>
  );
}

function Contacts() {
  const { asAt } = useSession();
  const { resource, reload } = useFetched("own contacts", (signal) =>
    ask(tallyCalls.own, {}, { signal }),
  );
  const [from, setFrom] = useState(`${asAt.slice(0, 7)}-01`);
  const [to, setTo] = useState(asAt);
  const [text, setText] = useState("");
  const { fault, isPending, run } = useSubmit();
  const read = text.trim() === "" ? null : readTallyValue(text);
  const send = () => {
    if (read?.ok !== true) return;
    run(async () => {
      await ask(tallyCalls.enterOwn, { body: { from, to, value: read.value } });
      setText("");
      showToast("Saved");
      reload();
    });
  };
  return (
    <div className="outreach__contacts">
      <p className="quiet">
        For your own records. Nobody else can see it, including police, and it is never added up. It
        is erased when you leave.
      </p>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <Form className="outreach__contacts" onSend={send}>
        <TextField label="First day" type="date" value={from} max={asAt} onChange={setFrom} />
        <TextField label="Last day" type="date" value={to} max={asAt} onChange={setTo} />
        <TextField
          label="Contacts"
          value={text}
          onChange={setText}
          error={read?.ok === false ? read.reason : undefined}
        />
        <Button type="submit" disabled={isPending || read?.ok !== true}>
          Save
        </Button>
      </Form>
      <Loaded resource={resource} onRetry={reload}>
        {({ contacts }) => (
          <ul>
            {contacts.map((one) => (
              <li key={`${one.from} ${one.to}`}>
                {formatDateRange(one.from, one.to)}: {formatQuantity(one.value, "contact")}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </div>
  );
}
