import { useState } from "react";
import { usePlanParts } from "#client/patrols/plan-parts.ts";
import { isStanding, policeUnits } from "#client/patrols/plan-words.ts";
import type { NewRequest } from "#client/patrols/use-board.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { datesFrom } from "#client/patrols/week/week-layout.ts";
import { RefusalNote } from "#client/patrols/window/RefusalNote.tsx";
import { noTimes, useTypedTimes } from "#client/patrols/window/WindowTimes.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Form } from "#client/ui/Form.tsx";
import { Select, type SelectOption } from "#client/ui/Select.tsx";
import type { H3Cell } from "#core/geo/cell.ts";
import { shiftsOf } from "#core/patrols/ground/shift.ts";
import type { PlanReply } from "#core/patrols/wire/plan.ts";
import { formatDay } from "#core/time/words.ts";
import { dayMs, daysBetween, minuteMs, type Zone } from "#core/time/zone.ts";
import "#client/patrols/window/window-panel.css";

const anyPlace = "best";
const mapPlace = "map";

export function AddWindow({
  plan,
  request,
}: {
  readonly plan: PlanReply;
  readonly request: NewRequest;
}) {
  const { board, desk } = usePlanParts();
  const [error, setError] = useState<string>();
  const { zone, read, forget, fields } = useTypedTimes(request, { error });
  const date = dutyDate(zone, plan, request.start);
  const places = placesOf(plan, request.zone);
  const titleOf = useUnitTitle();
  const theirs = new Map(
    desk?.staffing?.duties.flatMap(({ unit, patrolPartner }) =>
      patrolPartner ? [[unit, patrolPartner] as const] : [],
    ),
  );
  // Another time or place no longer replaces the lost patrol.
  const { instead, ...own } = request;
  const set = (change: Partial<NewRequest>) =>
    board.startAdding({
      ...own,
      ...(instead && !("zone" in change) && !("start" in change) ? { instead } : {}),
      ...change,
    });
  const submit = () => {
    const times = read();
    setError(times ? undefined : noTimes);
    if (times) void board.add({ ...request, ...times });
  };
  const { refusal, isBusy } = board;
  return (
    <Form className="window stack start gap-3" aria-label="Add a patrol" onSend={submit} noValidate>
      <header className="row start between gap-3 full">
        <h2>Add a patrol</h2>
        <Button look="quiet" icon="close" label="Cancel" onClick={() => board.startAdding(null)} />
      </header>
      <div className="row wrap end gap-2">
        <Select
          label="Day"
          value={date}
          options={datesFrom(plan.from, plan.days).map((value) => ({
            value,
            label: formatDay(value),
          }))}
          onChange={(next) => {
            const by = daysBetween(date, next);
            const start = zone.toInstant(zone.toLocal(request.start) + by * dayMs, "earlier");
            set({ start, end: start + request.end - request.start });
          }}
        />
        {fields}
        <Select
          label="Unit"
          value={String(request.unit)}
          options={[
            ...policeUnits(plan).map((unit) => ({ value: String(unit), label: String(unit) })),
            ...[...theirs].map(([unit, patrolPartner]) => ({
              value: String(unit),
              label: titleOf({ unit, patrolPartner }),
            })),
          ]}
          onChange={(unit) => set({ unit: Number(unit) })}
        />
      </div>
      <Select
        label="Where"
        value={
          request.zone === undefined
            ? anyPlace
            : (places.find(({ value }) => value === request.zone)?.value ?? mapPlace)
        }
        options={places}
        hint="Or click the map."
        onChange={(value) =>
          set({ zone: value === anyPlace || value === mapPlace ? undefined : (value as H3Cell) })
        }
      />
      <Button type="submit" icon="plus" disabled={isBusy}>
        Add this patrol
      </Button>
      {refusal?.windowId === null ? (
        <RefusalNote
          refusal={refusal}
          onUse={(use) => {
            forget();
            void board.add({ ...request, ...use, unit: use.unit ?? request.unit });
          }}
        />
      ) : null}
    </Form>
  );
}

/** The day on which its shift begins: 01:00 belongs to the night before. */
function dutyDate(zone: Zone, plan: PlanReply, start: number): string {
  const shift = shiftsOf(zone, plan).find((one) => one.start <= start && start < one.end);
  return shift?.date ?? zone.dateOf(start);
}

function placesOf(plan: PlanReply, chosen: H3Cell | undefined): SelectOption<string>[] {
  const zones = new Map(
    plan.windows.filter(isStanding).map((window) => [window.zone, window.place] as const),
  );
  const known = [...zones].map(([value, label]) => ({ value, label }));
  known.sort((a, b) => (a.label < b.label ? -1 : 1));
  return [
    { value: anyPlace, label: "The best place at that time" },
    ...(chosen !== undefined && !zones.has(chosen)
      ? [{ value: mapPlace, label: "The place chosen on the map" }]
      : []),
    ...known,
  ];
}

/** The first half-hour still to come with somebody on duty. */
export function firstRequest(zone: Zone, plan: PlanReply, now: number): NewRequest {
  const shift = shiftsOf(zone, plan).find(({ end }) => end - 90 * minuteMs > now);
  const half = 30 * minuteMs;
  const from = shift ? Math.max(shift.start, Math.ceil(now / half) * half) : now;
  return { start: from, end: from + 90 * minuteMs, unit: 1 };
}
