import { ask } from "#client/api/ask.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { change } from "#client/protected-time/coordinator/coordinator-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { formatMoment } from "#client/ui/moment.ts";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { coordinatorCalls, type PartnerState } from "#core/protected-time/wire/coordinator.ts";
import { formatDay } from "#core/time/words.ts";

interface PartnerTableProps {
  readonly partners: readonly PartnerState[];
  /** False: read-only. */
  readonly mayAct: boolean;
}

export function PartnerTable({ partners, mayAct }: PartnerTableProps) {
  const { fault, isPending, run } = useSubmit();
  const remind = ({ code, name }: PartnerState) =>
    run(async () => {
      await change(ask(coordinatorCalls.remind, { code }));
      showToast(`${name} sees your reminder until it confirms.`);
    });
  const columns: readonly TableColumn<PartnerState>[] = [
    {
      key: "name",
      label: "Partner",
      cell: ({ name, erasedFrom }) => (
        <>
          <strong>{name}</strong>
          {erasedFrom === null ? null : (
            <span> asked to leave. Everything is erased from {formatMoment(erasedFrom)} on</span>
          )}
        </>
      ),
    },
    {
      key: "state",
      label: "Calendar",
      cell: (partner) => (
        <>
          <span className="coordinator__state row middle gap-2">
            <Icon name={partner.state !== "confirmed" ? "warning" : "check"} />
            <span>
              {stateWords(partner)}
              {partner.remindedAt === null ? null : (
                <span className="quiet">. Reminded {formatMoment(partner.remindedAt)}</span>
              )}
            </span>
          </span>
          {mayAct && partner.state !== "confirmed" ? (
            <Button
              disabled={isPending}
              aria-label={`Remind ${partner.name}`}
              onClick={() => remind(partner)}
            >
              Remind
            </Button>
          ) : null}
        </>
      ),
    },
    {
      key: "unseconded",
      label: "Large areas a colleague must check",
      isNumber: true,
      cell: ({ unseconded }) => unseconded,
    },
  ];
  return (
    <section aria-labelledby="coordinator-calendars">
      <h2 id="coordinator-calendars">Calendars</h2>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      {partners.length === 0 ? (
        <EmptyState title="No outreach partner yet">
          The administrator adds partners. No patrols are suggested until one confirms its calendar.
        </EmptyState>
      ) : (
        <section
          className="coordinator__scroll scroll-x"
          aria-label="Partners and their calendars"
          // biome-ignore lint/a11y/noNoninteractiveTabindex: wider than a small phone, it is scrolled by keys too.
          tabIndex={0}
        >
          <SortableTable
            caption="Partners by name, and whether their calendars are up to date"
            columns={columns}
            rows={partners}
            rowKey={({ code }) => code}
          />
        </section>
      )}
    </section>
  );
}

/** "Up to date, said Thu 25 Nov 09:10" */
function stateWords(partner: PartnerState): string {
  const { state, confirmedAt, pausedUntil } = partner;
  if (state === "never") return "Never confirmed: no patrols are suggested";
  if (state === "unreadable") return "Could not be read: no patrols are suggested";
  const said = confirmedAt ? `confirmed ${formatMoment(confirmedAt)}` : "";
  if (state === "lapsed") return `Out of date, ${said}: kept clear an hour longer before and after`;
  const pause = pausedUntil ? `; nothing changes until ${formatDay(pausedUntil)}` : "";
  return `Up to date, ${said}${pause}`;
}
