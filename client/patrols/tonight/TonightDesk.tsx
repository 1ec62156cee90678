import { useSession } from "#client/accounts/session-context.ts";
import { timesOf } from "#client/patrols/plan-words.ts";
import { useAlarm, useTick } from "#client/patrols/tonight/alarm.ts";
import { isOwnUnit } from "#client/patrols/tonight/own-unit.ts";
import { RefusedTaps } from "#client/patrols/tonight/RefusedTaps.tsx";
import { see } from "#client/patrols/tonight/taps.ts";
import { phaseWords } from "#client/patrols/tonight/tonight-words.ts";
import { useTonight } from "#client/patrols/tonight/use-tonight.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { Button } from "#client/ui/Button.tsx";
import { classNames } from "#client/ui/class-names.ts";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { SortableTable } from "#client/ui/SortableTable.tsx";
import { deskOf, type UnitRow, unitKey } from "#core/patrols/duty/night.ts";
import type { TonightWindow } from "#core/patrols/wire/tonight.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import "#client/patrols/tonight/call-off.css";
import "#client/patrols/tonight/tonight-desk.css";

/** Whom to tell of a loss, and how tonight's walks go: by unit and by place, from taps alone. */
export function TonightDesk({
  isOut,
  withRows,
}: {
  readonly isOut: boolean;
  readonly withRows: boolean;
}) {
  const { reply, now: clock, refused, acknowledge } = useTonight();
  useTick();
  const now = clock();
  const desk = reply ? deskOf(reply, now) : null;
  const { role } = useSession();
  const own = desk?.units.filter(({ who }) => isOwnUnit(role, who)) ?? [];
  const unseen = own.flatMap((row) => row.unseen);
  useAlarm(unseen);
  if (desk === null || desk.units.length === 0) return null;
  return (
    <div className="tonight-desk no-print">
      <RefusedTaps refused={refused} acknowledge={acknowledge} />
      {unseen.length > 0 ? <CallOff unseen={unseen} isOut={isOut} /> : null}
      {withRows ? <Rows {...desk} /> : null}
    </div>
  );
}

function CallOff({
  unseen,
  isOut,
}: {
  readonly unseen: readonly TonightWindow[];
  /** On a unit's phone, with a paper open. */
  readonly isOut: boolean;
}) {
  const titleOf = useUnitTitle();
  const isToLeave = unseen.some(({ status }) => status === "called_off");
  return (
    <section
      className={classNames("call-off stack start gap-3", !isOut && "call-off--desk")}
      role="alert"
      aria-label="Called off"
    >
      <h2 className="call-off__title">
        <Icon name="warning" /> {isToLeave ? "Called off: leave now" : "Called off: do not go"}
      </h2>
      <ul>
        {unseen.map((window) => (
          <li key={`${window.planId} ${window.id}`}>
            <strong>{titleOf(window)}</strong>, {window.place}
            {window.status === "called_off" ? ": leave now" : `, ${timesOf(window)}: do not go`}{" "}
            {isOut ? null : <Button onClick={() => sayTheyKnow([window])}>They know</Button>}
          </li>
        ))}
      </ul>
      <p>
        {isOut ? "Leave" : "Tell the unit now: leave"} by the shortest way. Do not come back until
        {isOut ? " the desk says so" : " you say so"}. The printed sheet is no longer valid. An
        emergency call always comes first.
      </p>
      {isOut ? (
        <Button look="filled" icon="check" onClick={() => sayTheyKnow(unseen)}>
          Seen
        </Button>
      ) : null}
    </section>
  );
}

function Rows({ units, places }: ReturnType<typeof deskOf>) {
  const titleOf = useUnitTitle();
  return (
    <details className="tonight-desk__rows">
      <summary className="row middle gap-2">
        <strong>Tonight</strong> {summaryWords(units)}
      </summary>
      <div className="row wrap start gap-5">
        <SortableTable
          caption="Units tonight"
          columns={[
            { label: "Unit", isHead: true, cell: (row) => titleOf(row.who) },
            { label: "Now", cell: (row) => <Now row={row} /> },
            { label: "Called off", cell: (row) => <Losses row={row} /> },
            { label: "Minutes", isNumber: true, cell: (row) => row.minutes },
          ]}
          rows={units}
          rowKey={({ who }) => unitKey(who)}
        />
        {places.length > 0 ? (
          <SortableTable
            caption="Places tonight"
            columns={[
              { label: "Place", isHead: true, cell: ({ place }) => place },
              { label: "Minutes", isNumber: true, cell: ({ minutes }) => minutes },
              { label: "Visits today", isNumber: true, cell: ({ visits }) => visits },
            ]}
            rows={places}
            rowKey={({ place }) => place}
          />
        ) : null}
      </div>
    </details>
  );
}

function Now({ row }: { readonly row: UnitRow }) {
  return (
    <>
      {phaseWords(row)}
      {row.late ? (
        <strong className="fault"> Late: planned {formatTimeOfDay(row.late.stop.arrive)}</strong>
      ) : null}
    </>
  );
}

/** Who knows of a loss, and who is still to be told. */
function Losses({ row: { seen, unseen } }: { readonly row: UnitRow }) {
  return (
    <>
      {seen.map(({ planId, id, place, seenAt }) => (
        <p key={`${planId} ${id}`}>
          {place}: seen {formatTimeOfDay(seenAt ?? "")}
        </p>
      ))}
      {unseen.map((window) => (
        <p key={`${window.planId} ${window.id}`}>
          {window.place}: <strong className="fault">not seen</strong>
        </p>
      ))}
    </>
  );
}

function sayTheyKnow(windows: readonly TonightWindow[]): void {
  see(windows.map(({ planId, id }) => ({ planId, windowId: id })));
}

/** "3 units, 1 late, 1 has not seen a loss" */
function summaryWords(units: readonly UnitRow[]): string {
  const late = units.filter((row) => row.late !== null).length;
  const untold = units.filter(({ unseen }) => unseen.length > 0).length;
  return [
    formatQuantity(units.length, "unit"),
    ...(late > 0 ? [`${late} late`] : []),
    ...(untold > 0 ? [`${untold} not told of a change`] : []),
  ].join(", ");
}
