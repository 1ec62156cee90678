import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { drawControlDays } from "#client/patrols/staffing/staffing-api.ts";
import { Button } from "#client/ui/Button.tsx";
import { Dialog } from "#client/ui/Dialog.tsx";
import { formatDay, formatQuantity } from "#client/ui/format.ts";
import { showToast } from "#client/ui/toast-store.ts";
import type { StaffingReply } from "#core/patrols/wire/staffing.ts";
import { parseLocalDate } from "#core/time/zone.ts";

/** Days that the busiest places are left without a patrol, so that what patrols do can be told at all. */
export function ControlDays({
  reply,
  dates,
  onDrawn,
}: {
  readonly reply: StaffingReply;
  readonly dates: readonly string[];
  readonly onDrawn: () => void;
}) {
  const [asked, setAsked] = useState<string | null>(null);
  const drawn = new Set(reply.control.map(({ week }) => week));
  const open = dates.filter(
    (date) => new Date(parseLocalDate(date)).getUTCDay() === 1 && !drawn.has(date),
  );
  const draw = async (week: string) => {
    setAsked(null);
    try {
      const { places } = await drawControlDays(week);
      showToast(`Control days drawn for ${formatQuantity(places, "place")}`);
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    onDrawn();
  };
  return (
    <section className="staffing__part" aria-label="Control days">
      <h2>Control days</h2>
      <p>
        Some busy places are left without a patrol on a day drawn by lot, so that places with one
        can be compared with places without. Which days is not told: they are hatched like all
        keep-clear time.
      </p>
      {reply.control.map(({ week, places, daysPerPlace }) => (
        <p key={week}>
          Week of {formatDay(week)}: drawn, {formatQuantity(daysPerPlace, "day")} each at{" "}
          {formatQuantity(places, "place")}.
        </p>
      ))}
      {open.map((week) => (
        <Button key={week} onClick={() => setAsked(week)}>
          Draw for the week of {formatDay(week)}
        </Button>
      ))}
      {asked === null ? null : (
        <Dialog
          title={`Draw control days for the week of ${formatDay(asked)}?`}
          onClose={() => setAsked(null)}
          actions={
            <>
              <Button onClick={() => setAsked(null)}>Not now</Button>
              <Button look="filled" onClick={() => void draw(asked)}>
                Draw once and for good
              </Button>
            </>
          }
        >
          <p>
            They are drawn once and cannot be drawn again or taken back: days that are drawn until
            they suit are no comparison. Suggested windows on those days may no longer be available.
          </p>
        </Dialog>
      )}
    </section>
  );
}
