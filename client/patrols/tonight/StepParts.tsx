import type { ReactNode } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { formatMinutes } from "#client/patrols/plan-words.ts";
import { otherWords, wayWords } from "#client/patrols/tonight/tonight-words.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { type Night, type Spell, unitKey, type WalkStop } from "#core/patrols/duty/night.ts";
import { paperWords } from "#core/patrols/plan/briefing-words.ts";
import { telLink } from "#core/text/phone-number.ts";
import { minuteMs } from "#core/time/zone.ts";

export interface NightActs {
  readonly arrive: (at: WalkStop) => void;
  readonly leave: (key: string) => void;
  /** So long after it arrived; null: just now. */
  readonly left: (key: string, afterMs: number | null) => void;
  readonly cannotSay: (key: string) => void;
  readonly takeBack: (key: string) => void;
  /** Of every patrol that is lost and not seen; logs that the unit left, where it was there. */
  readonly seen: (there: string | null) => void;
  readonly choose: (key: string) => void;
}

interface CardProps {
  readonly title: string;
  readonly above?: string | null;
  readonly children?: ReactNode;
  readonly act?: ReactNode;
}

/** Readers hear the title when it changes, and nothing of a minute that passes below it. */
export function Card({ title, above, children, act }: CardProps) {
  return (
    <>
      <div className="tonight__card stack gap-2 breaks">
        {above ? <p className="quiet">{above}</p> : null}
        <div role="status">
          <h3 className="tonight__title">{title}</h3>
        </div>
        {children}
      </div>
      {act ? <div className="tonight__act stack gap-2">{act}</div> : null}
    </>
  );
}

export function NotBefore({ next }: { readonly next: WalkStop }) {
  return (
    <p>
      First stop: <strong>{next.stop.place}</strong>. Do not go there before{" "}
      {formatTimeOfDay(next.window.start)}.
    </p>
  );
}

/** One tap back, for a *Leave* by mistake. */
export function LastTap({
  night,
  now,
  acts,
}: {
  readonly night: Night;
  readonly now: number;
  readonly acts: NightActs;
}) {
  const [last] = night.walk
    .flatMap(({ stop, stays }) => stays.map(({ key, leave }) => ({ stop, key, leave: leave ?? 0 })))
    .filter(({ leave }) => now - leave < mistakeMs)
    .sort((a, b) => b.leave - a.leave);
  if (!last) return null;
  return (
    <Button look="quiet" icon="undo" onClick={() => acts.takeBack(last.key)}>
      Still at {last.stop.place}
    </Button>
  );
}

/** So long a *Leave* is offered back. */
const mistakeMs = 10 * minuteMs;

export function Way({
  night,
  to,
  isInline = false,
}: {
  readonly night: Night;
  readonly to: WalkStop;
  readonly isInline?: boolean;
}) {
  const words = wayWords(night, to);
  if (words === null) return null;
  return isInline ? `${words}.` : <p className="tonight__way">{words}</p>;
}

export function Others({ night, at }: { readonly night: Night; readonly at: WalkStop }) {
  const titleOf = useUnitTitle();
  if (at.others.length === 0) return null;
  return (
    <ul className="tonight__others">
      {at.others.map((spell) => (
        <li key={spell.key}>
          {otherWords(unitKey(spell) === unitKey(night.who) ? "You" : titleOf(spell), spell)}
        </li>
      ))}
    </ul>
  );
}

export function LookFor() {
  const { role } = useSession();
  return (
    <details className="tonight__look">
      <summary>What to look for</summary>
      <ul className="bullets stack gap-1">
        {paperWords(role === "warden" ? "wardens" : null).lookFor.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </details>
  );
}

/** The number of the desk, to tap. */
export function CallDesk({ number }: { readonly number: string | null }) {
  return number === null ? (
    <strong>Call your control room.</strong>
  ) : (
    <a className="button button--filled" href={telLink(number)}>
      Call {number}
    </a>
  );
}

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
      <div className="tonight__answers grid gap-2">
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
