import {
  canBeLocated,
  type Here,
  switchPositionOff,
  switchPositionOn,
} from "#client/patrols/tonight/position.ts";
import { Check } from "#client/ui/Check.tsx";
import { formatCount } from "#core/text/numbers.ts";

/** Asked for by a tap, and only of stops of the own plan. */
export function Position({ here }: { readonly here: Here }) {
  if (!canBeLocated()) return null;
  const isOn = here.state !== "off" && here.state !== "denied";
  return (
    <div className="tonight__position">
      <Check isChecked={isOn} onChange={(on) => (on ? switchPositionOn() : switchPositionOff())}>
        Show when I am at a stop
      </Check>
      <p className="quiet" role="status">
        {positionWords(here)}
      </p>
    </div>
  );
}

function positionWords({ state, near, roughM }: Here): string {
  switch (state) {
    case "off":
      return "Uses this phone’s position, which stays on this phone.";
    case "denied":
      return "Position is blocked. Allow it for Boxster in the browser’s settings.";
    case "waiting":
      return "Looking for your position.";
    case "unavailable":
      return "No position here. Go by the name of the stop.";
    case "on":
      if (roughM !== null) {
        return `Your position is known to ${formatCount(roughM)} m only: go by the name of the stop.`;
      }
      if (near === null) return "On. It stays on this phone.";
      return near.isHere
        ? `You are at ${near.stop.place}.`
        : `Nearest of your stops: ${near.stop.place}, about ${formatCount(Math.max(10, Math.round(near.metres / 10) * 10))} m.`;
  }
}
