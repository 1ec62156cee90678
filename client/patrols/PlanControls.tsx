import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched } from "#client/api/use-resource.ts";
import { gapsOf } from "#client/patrols/living-week.ts";
import { nowOn } from "#client/patrols/now.ts";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { suggestPlan } from "#client/patrols/suggestion.ts";
import { usePatrolPartners } from "#client/patrols/wardens/patrol-partners.ts";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { staffingCalls } from "#core/patrols/wire/staffing.ts";
import { lastShownDate } from "#core/protected-time/shown-until.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { createZone } from "#core/time/zone.ts";

export function PlanControls() {
  const { view } = usePlanParts();
  const { asAt } = useSession();
  const { request, setRequest } = view;
  const faults = { ...view.faults, ...view.outOfReach };
  const isRunning = view.suggestion.status === "running";
  const submit = () => {
    if (view.body) void suggestPlan(view, view.body);
  };
  return (
    <Form
      className="plan__controls fields row wrap start gap-2-3"
      onSend={submit}
      aria-label="What to plan"
      noValidate
    >
      <TextField
        label="First day"
        type="date"
        max={view.canPlan ? lastShownDate(asAt) : undefined}
        value={request.from}
        error={faults.from}
        onChange={(from) => setRequest({ from })}
      />
      <TextField
        label="Days"
        type="number"
        min={1}
        max={28}
        value={request.days}
        error={faults.days}
        onChange={(days) => setRequest({ days })}
      />
      {view.canSuggest ? (
        <>
          <Units error={faults.units} />
          <div className="plan__shifts">
            <TextField
              label="Shifts"
              value={request.shifts}
              error={faults.shifts}
              onChange={(shifts) => setRequest({ shifts })}
            />
          </div>
          <Suggest isHeld={isRunning || !view.body} />
        </>
      ) : null}
    </Form>
  );
}

/** Days with a roster go by it: how many units there are is asked for the others alone. */
function Units({ error }: { readonly error: string | undefined }) {
  const { view } = usePlanParts();
  const { request, setRequest } = view;
  const partners = usePatrolPartners();
  const span = view.body && { from: view.body.from, days: view.body.days };
  const { resource } = useFetched(`roster ${span?.from} ${span?.days}`, async (signal) =>
    span === null ? null : ask(staffingCalls.read, { query: span }, { signal }),
  );
  const duties = (hasValue(resource) && resource.value?.duties) || [];
  const staffed = new Set(duties.map(({ date }) => date)).size;
  const theirs = (hasValue(resource) && resource.value?.partnerDuties) || [];
  const partnerWords = partners
    .map(({ code, name }) => ({ name, own: theirs.filter((one) => one.patrolPartner === code) }))
    .filter(({ own }) => own.length > 0)
    .map(({ name, own }) => `, ${own.length} of ${name}`)
    .join("");
  if (span !== null && staffed >= span.days) {
    return (
      <p className="plan__roster grid middle">
        <span className="small medium">Units</span>
        {formatQuantity(duties.length, "duty", "duties")} from your roster
        {partnerWords}
      </p>
    );
  }
  return (
    <TextField
      label={staffed > 0 ? "Units, other days" : "Units at a time"}
      type="number"
      min={1}
      max={12}
      value={request.units}
      error={error}
      hint={partnerWords ? `Also on duty: ${partnerWords.slice(2)}` : undefined}
      onChange={(units) => setRequest({ units })}
    />
  );
}

function Suggest({ isHeld }: { readonly isHeld: boolean }) {
  const { view, desk } = usePlanParts();
  const { asAt, timeZone } = useSession();
  const zone = createZone(timeZone);
  const { body } = view;
  const { approved, open, patrols } = view.week;
  const staffing = desk?.staffing ?? null;
  const now = nowOn(zone, asAt);
  const gaps = approved.length > 0 && body ? gapsOf(zone, body, patrols, { now, staffing }) : 0;
  const words =
    gaps > 0
      ? "Suggest for the gaps"
      : approved.length > 0
        ? "Suggest more"
        : !view.isOfDaysAsked
          ? "Suggest"
          : open.some(({ window }) => window.locked)
            ? "Suggest the rest"
            : "Suggest again";
  return (
    <Button
      type="submit"
      disabled={isHeld}
      title={
        gaps > 0
          ? `${formatQuantity(gaps, "shift")} of a unit without an approved patrol`
          : undefined
      }
    >
      {words}
    </Button>
  );
}
