import { aboutTime, timesOf } from "#client/patrols/plan-words.ts";
import { otherWords, stayWords, unsureWords } from "#client/patrols/tonight/tonight-words.ts";
import { useUnitTitle } from "#client/patrols/wardens/patrol-partners.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import type { Night, WalkStop } from "#core/patrols/duty/night.ts";

export interface WalkProps {
  readonly night: Night;
  readonly now: number;
  readonly isUnsure: boolean;
  readonly onChoose: (key: string) => void;
}

/** Every stop of tonight in order: what was done, what is lost, what is left. */
export function Walk({ night, now, isUnsure, onChoose }: WalkProps) {
  const windows = [...new Set(night.walk.map(({ window }) => window))];
  if (windows.length === 0) return null;
  return (
    <section className="tonight__walk stack gap-3" aria-label="The walk">
      {windows.map((window) => (
        <div key={`${window.planId} ${window.id}`}>
          <h3>
            {timesOf(window)}
            {window.mode === "foot" ? "" : `, by ${window.mode}`}
          </h3>
          <ol>
            {night.walk
              .filter((at) => at.window === window)
              .map((at) => (
                <li
                  key={at.key}
                  className={`tonight__stop tonight__stop--${at.state} row middle gap-3`}
                >
                  <span className="tonight__order">
                    {at.state === "done" ? <Icon name="check" /> : at.stop.order}
                  </span>
                  <span className="grow shrinks">
                    {at.state === "lost" ? <s>{at.stop.place}</s> : at.stop.place}
                    <StopState at={at} isUnsure={isUnsure} />
                  </span>
                  {isOffered(at, night, now) && !isUnsure ? (
                    <Button
                      aria-label={`Go here: ${at.stop.place}`}
                      onClick={() => onChoose(at.key)}
                    >
                      Go here
                    </Button>
                  ) : null}
                </li>
              ))}
          </ol>
        </div>
      ))}
    </section>
  );
}

function StopState({ at, isUnsure }: { readonly at: WalkStop; readonly isUnsure: boolean }) {
  const titleOf = useUnitTitle();
  const words = [
    at.stays.length > 0 ? stayWords(at) : unvisitedWords(at, isUnsure),
    ...at.others.map((spell) => otherWords(titleOf(spell), spell)),
  ];
  return words.map((line) => (
    <span key={line} className="tonight__state">
      {line}
    </span>
  ));
}

function unvisitedWords({ state, stop }: WalkStop, isUnsure: boolean): string {
  if (state === "lost") return "Called off";
  if (state === "missed") return "No visit logged";
  if (isUnsure) return unsureWords;
  return stop.isFull ? "Has had its visits today" : aboutTime(stop.arrive);
}

/** Another stop of the patrol that is on, when the unit is at none. */
function isOffered(at: WalkStop, { phase, walk }: Night, now: number): boolean {
  const isAway = phase.kind === "go" || phase.kind === "full";
  const isOn = Date.parse(at.window.start) <= now;
  return (
    isAway &&
    walk.includes(at) &&
    at !== phase.next &&
    at.state === "ahead" &&
    isOn &&
    !at.stop.isFull
  );
}
