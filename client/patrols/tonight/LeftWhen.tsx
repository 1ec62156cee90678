import { formatMinutes } from "#client/patrols/plan-words.ts";
import { Card, type NightActs } from "#client/patrols/tonight/StepParts.tsx";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import type { Spell, WalkStop } from "#core/patrols/duty/night.ts";
import { minuteMs } from "#core/time/zone.ts";

/** Minutes after it arrived. */
const offered = [5, 10, 15, 20, 30, 45, 60, 90, 120, 180];

/** So long after *Arrived* that *Leave* was forgotten, or something happened: one tap says which, and none logs nothing. */
export function LeftWhen({
  at,
  stay,
  now,
  isOver,
  acts,
}: {
  readonly at: WalkStop;
  readonly stay: Spell;
  readonly now: number;
  readonly isOver: boolean;
  readonly acts: NightActs;
}) {
  const answers = offered.filter((minutes) => stay.from + minutes * minuteMs < now);
  return (
    <Card
      above={`${at.stop.place}, arrived ${formatTimeOfDay(stay.from)}`}
      title="When did you leave?"
      act={
        <Button onClick={() => acts.left(stay.key, null)}>
          Just now, {formatMinutes(Math.floor((now - stay.from) / minuteMs))}
        </Button>
      }
    >
      <div className="tonight__answers">
        {answers.map((minutes) => (
          <Button key={minutes} onClick={() => acts.left(stay.key, minutes * minuteMs)}>
            {formatTimeOfDay(stay.from + minutes * minuteMs)}
            <small>{formatMinutes(minutes)}</small>
          </Button>
        ))}
        <Button onClick={() => acts.cannotSay(stay.key)}>I do not know</Button>
      </div>
      <p>
        Still there? {isOver ? <strong>Leave now. </strong> : null}
        Tap “Just now” as you leave. Without an answer no minutes are logged.
      </p>
    </Card>
  );
}
