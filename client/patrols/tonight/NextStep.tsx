import { aboutTime, formatMinutes, timesOf } from "#client/patrols/plan-words.ts";
import {
  CallDesk,
  Card,
  LastTap,
  LeftWhen,
  LookFor,
  type NightActs,
  NotBefore,
  Others,
  Way,
} from "#client/patrols/tonight/StepParts.tsx";
import {
  fullWords,
  isToAsk,
  unsureWords,
  visitWords,
} from "#client/patrols/tonight/tonight-words.ts";
import { Button } from "#client/ui/Button.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import type { Night, Phase, WalkStop } from "#core/patrols/duty/night.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { minuteMs } from "#core/time/zone.ts";

export interface NextStepProps {
  readonly night: Night;
  readonly now: number;
  /** No contact for so long that any stop may have been called off. */
  readonly isUnsure: boolean;
  readonly acts: NightActs;
  /** By position: the stop of its own plan that the unit is at. */
  readonly here: WalkStop | null;
  /** The number of the desk. */
  readonly desk: string | null;
}

/** The one thing to do now, with its button at the bottom of the screen. */
export function NextStep(props: NextStepProps) {
  const { night, isUnsure } = props;
  const { phase } = night;
  if (phase.kind === "lost") return <Lost {...props} phase={phase} />;
  if (phase.kind === "there") return <There {...props} phase={phase} />;
  if (isUnsure && phase.kind !== "done" && phase.kind !== "nothing") return <Unsure {...props} />;
  switch (phase.kind) {
    case "wait":
      return <Wait {...props} phase={phase} />;
    case "go":
      return <Go {...props} phase={phase} />;
    case "full":
      return <Full {...props} phase={phase} />;
    case "done":
      return <Done {...props} />;
    case "nothing":
      return <Card title="No approved patrol in the next 12 hours" />;
  }
}

type Of<Kind extends Phase["kind"]> = NextStepProps & {
  readonly phase: Extract<Phase, { kind: Kind }>;
};

/** Whether a unit may be sent on to it from where it is. */
function isOffered(next: WalkStop | null, now: number, isUnsure: boolean): next is WalkStop {
  return next !== null && !isUnsure && !next.stop.isFull && Date.parse(next.window.start) <= now;
}

function Lost({ night, now, phase, acts, isUnsure, desk }: Of<"lost">) {
  const { unseen } = night;
  const isToLeave = unseen.some(({ status }) => status === "called_off");
  const { there } = phase;
  const next = isOffered(phase.next, now, isUnsure) ? phase.next : null;
  const title = isToLeave
    ? next
      ? `Leave for ${next.stop.place} now`
      : "Called off: leave now"
    : "Called off: do not go";
  const stay = there?.stays.find((one) => one.isOpen && !isToAsk(one)) ?? null;
  return (
    <>
      <section
        className="call-off tonight__off stack start gap-3"
        role="alert"
        aria-label="Called off"
      >
        <h3 className="call-off__title">
          <Icon name="warning" /> {title}
        </h3>
        {next ? <Way night={night} to={next} /> : null}
        <ul>
          {unseen.map((window) => (
            <li key={`${window.planId} ${window.id}`}>
              <s>
                {window.place}, {timesOf(window)}
              </s>{" "}
              {window.status === "called_off" ? "Called off: leave now" : "Called off: do not go"}
            </li>
          ))}
        </ul>
        <p>{leaveWords}</p>
        {isUnsure ? (
          <p>
            {unsureWords}. <CallDesk number={desk} />
          </p>
        ) : phase.next && Date.parse(phase.next.window.start) > now ? (
          <NotBefore next={phase.next} />
        ) : null}
      </section>
      <div className="tonight__act">
        <Button look="filled" icon="check" onClick={() => acts.seen(stay?.key ?? null)}>
          {stay ? "Seen: I am leaving" : "Seen"}
        </Button>
      </div>
    </>
  );
}

function There({ night, now, phase, acts, isUnsure, desk }: Of<"there">) {
  const { at, stay, isOver } = phase;
  if (isToAsk(stay)) return <LeftWhen {...{ at, stay, now, isOver, acts }} />;
  const next = isOffered(phase.next, now, isUnsure) ? phase.next : null;
  const planned = (Date.parse(at.stop.depart) - Date.parse(at.stop.arrive)) / minuteMs;
  return (
    <Card
      title={
        !isOver
          ? `At ${at.stop.place}`
          : next
            ? `Leave for ${next.stop.place} now`
            : `Leave ${at.stop.place} now`
      }
      act={
        <>
          <Button look="quiet" onClick={() => acts.takeBack(stay.key)}>
            I am not here
          </Button>
          <Button look="filled" icon="forward" onClick={() => acts.leave(stay.key)}>
            Leave
          </Button>
        </>
      }
    >
      <p className="tonight__timer">{formatMinutes(Math.floor((now - stay.from) / minuteMs))}</p>
      <p>
        Since {formatTimeOfDay(stay.from)}. Planned: {formatMinutes(Math.round(planned))}.
      </p>
      {isOver ? <p>Your patrol here has ended.</p> : null}
      {isUnsure ? (
        <p>
          {unsureWords}. <CallDesk number={desk} />
        </p>
      ) : null}
      <Others night={night} at={at} />
      {next ? (
        <p>
          <strong>Then {next.stop.place}.</strong> <Way night={night} to={next} isInline />
        </p>
      ) : null}
      <LookFor />
    </Card>
  );
}

function Unsure({ night, now, acts, desk }: NextStepProps) {
  return (
    <Card
      title={unsureWords}
      act={
        <>
          <LastTap night={night} now={now} acts={acts} />
          <CallDesk number={desk} />
        </>
      }
    >
      <p>No contact for an hour: any patrol may have been called off.</p>
    </Card>
  );
}

function Wait({ night, now, phase, acts }: Of<"wait">) {
  const { next, isFirst } = phase;
  const begins = formatTimeOfDay(next.window.start);
  return (
    <Card
      title={isFirst ? `Your patrol begins at ${begins}` : `Next patrol at ${begins}`}
      act={<LastTap night={night} now={now} acts={acts} />}
    >
      <NotBefore next={next} />
      <p>{next.stop.why}</p>
      <LookFor />
    </Card>
  );
}

function Go({ night, now, phase, acts, here }: Of<"go">) {
  const { next, isLate } = phase;
  const { stop, window } = next;
  const by = here === next ? " You are there." : isLate ? " You are late." : "";
  const visits = visitWords(stop);
  return (
    <Card
      above={`Next stop, ${stop.order} of ${window.stops.length}`}
      title={stop.place}
      act={
        <>
          <LastTap night={night} now={now} acts={acts} />
          {here && here !== next ? (
            <Button icon="crosshair" onClick={() => acts.arrive(here)}>
              Arrived at {here.stop.place}
            </Button>
          ) : null}
          <Button look="filled" icon="check" onClick={() => acts.arrive(next)}>
            Arrived
          </Button>
        </>
      }
    >
      <p>
        <strong>
          {`${aboutTime(stop.arrive).replace("about", "About")} to ${aboutTime(stop.depart).slice("about ".length)}.`}
          {by}
        </strong>
      </p>
      <Way night={night} to={next} />
      <Others night={night} at={next} />
      <p>
        {stop.why}
        {visits ? ` ${visits}.` : ""}
      </p>
      <LookFor />
    </Card>
  );
}

function Full({ night, now, phase, acts }: Of<"full">) {
  const { next, instead } = phase;
  return (
    <Card
      above={next.stop.place}
      title={`${fullWords(next.stop)}: ${instead ? "choose another stop" : "do not go"}`}
      act={
        <>
          <LastTap night={night} now={now} acts={acts} />
          {instead ? (
            <Button look="filled" icon="forward" onClick={() => acts.choose(instead.key)}>
              Go to {instead.stop.place}
            </Button>
          ) : null}
        </>
      }
    />
  );
}

function Done({ night, now, acts }: NextStepProps) {
  const done = night.walk.filter(({ stays }) => stays.length > 0);
  const missed = night.walk.filter(({ state }) => state === "missed").length;
  const minutes = done.reduce((all, one) => all + one.minutes, 0);
  return (
    <Card title="All done tonight" act={<LastTap night={night} now={now} acts={acts} />}>
      <p>
        {formatQuantity(done.length, "stop")}, {formatMinutes(minutes)}.
        {missed > 0 ? ` ${formatQuantity(missed, "stop")} without a visit.` : ""}
      </p>
    </Card>
  );
}

const leaveWords =
  "Do not come back until the desk says so. The printed sheet is no longer valid. An emergency call always comes first.";
