import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { keptCall } from "#client/live/kept.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Kept } from "#client/ui/Loaded.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import {
  breakdowns,
  type SensitiveBreakdown,
  sensitiveBreakdowns,
} from "#core/outcomes/measures.ts";
import {
  type BasisCondition,
  basisConditions,
  type LawfulBasesReply,
  tallyCalls,
} from "#core/outcomes/wire/tallies.ts";
import { formatDate } from "#core/time/words.ts";

export function LawfulBases() {
  const mayWrite = useSession().role === "admin";
  return (
    <section className="stack gap-3" aria-labelledby="lawful-bases">
      <h2 id="lawful-bases">Lawful basis of sensitive totals</h2>
      <Kept of={lawfulBases}>
        {(reply) => (
          <>
            <ul>
              {sensitiveBreakdowns.map((name) => (
                <li key={name}>{stateWords(name, reply)}</li>
              ))}
            </ul>
            {mayWrite ? <BasisForm /> : null}
          </>
        )}
      </Kept>
    </section>
  );
}

const lawfulBases = keptCall(tallyCalls.bases);

function stateWords(name: SensitiveBreakdown, { bases }: LawfulBasesReply): string {
  const { label } = breakdowns[name];
  const last = bases.find(({ breakdown }) => breakdown === name);
  if (!last) return `${label}: no lawful basis recorded, so totals by it cannot be entered.`;
  const when = `${formatDate(last.recordedAt.slice(0, 10))} by ${last.recordedBy}`;
  return last.inForce
    ? `${label}: yearly totals of 10 or more can be entered. ${basisConditions[last.condition]}, policy document ${last.policy}, recorded ${when}.`
    : `${label}: ended ${when}. No more totals can be entered; existing ones are kept.`;
}

const names = sensitiveBreakdowns.map((value) => ({ value, label: breakdowns[value].label }));
const conditions = Object.entries(basisConditions).map(([value, label]) => ({
  value: value as BasisCondition,
  label,
}));

function BasisForm() {
  const [breakdown, setBreakdown] = useState<SensitiveBreakdown>("nationality");
  const [condition, setCondition] = useState<BasisCondition>("safeguarding");
  const [policy, setPolicy] = useState("");
  const { fault, isPending, run } = useSubmit();
  const isReady = policy.trim() !== "" && !isPending;
  const send = (inForce: boolean) =>
    run(async () => {
      const body = { breakdown, inForce, condition, policy };
      lawfulBases.accept(await ask(tallyCalls.recordBasis, { body }));
      setPolicy("");
      showToast(inForce ? "Recorded" : "Ended");
    });
  return (
    <Form className="admin__basis" fault={fault} onSend={() => isReady && send(true)}>
      <Select label="Totals by" value={breakdown} options={names} onChange={setBreakdown} />
      <Select
        label="Condition, Data Protection Act 2018 Schedule 8"
        value={condition}
        options={conditions}
        onChange={setCondition}
      />
      <TextField
        label="Reference of the policy document"
        value={policy}
        onChange={setPolicy}
        hint="A reference such as APD 2021/4, not a name."
      />
      <div className="row gap-3">
        <Button type="submit" disabled={!isReady}>
          Record
        </Button>
        <Button look="quiet" disabled={!isReady} onClick={() => send(false)}>
          End this basis
        </Button>
      </div>
    </Form>
  );
}
