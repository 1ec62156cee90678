import { DemoMark } from "#client/accounts/DemoMark.tsx";
import { useSession } from "#client/accounts/session-context.ts";
import { layoutOf } from "#client/patrols/briefing/briefing-layout.ts";
import type { BriefingPage } from "#client/patrols/briefing/briefing-pages.ts";
import { RouteCard } from "#client/patrols/briefing/RouteCard.tsx";
import { wallTime } from "#client/patrols/window/window-times.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { formatDay } from "#client/ui/format.ts";
import type { BriefingReply } from "#core/patrols/wire/plan.ts";
import type { Gazetteer } from "#core/places/wire/places.ts";

export interface BriefingSheetProps {
  readonly briefing: BriefingReply;
  readonly page: BriefingPage;
  /** Null while the map's lines are loading. */
  readonly gazetteer: Gazetteer | null;
  readonly attributions: readonly string[];
}

/** One A4 page: the routes of one shift, what to look for, where to refer, until when it holds. */
export function BriefingSheet({ briefing, page, gazetteer, attributions }: BriefingSheetProps) {
  const zone = zoneNamed(useSession().timeZone);
  const { sheet, windows, part } = page;
  const voidAfter = Date.parse(sheet.voidAfter);
  const layout = layoutOf(windows);
  return (
    <article className="sheet-page" aria-label={`${sheet.title} ${part}`}>
      <header className="sheet-page__head">
        <div>
          <h2>
            {briefing.title}
            {part ? <span className="sheet-page__part"> {part}</span> : null}
          </h2>
          <p className="sheet-page__when">{sheet.title}</p>
        </div>
        <div className="sheet-page__number">
          {briefing.demo ? <DemoMark /> : null}
          <p>
            Number <strong>{briefing.number}</strong>
          </p>
          <p>
            Void after{" "}
            <strong>
              {formatDay(zone.dateOf(voidAfter))} {wallTime(zone, voidAfter)}
            </strong>
          </p>
          <p>Check the number before going out and every hour</p>
        </div>
      </header>
      <div className={`sheet-page__windows sheet-page__windows--${layout.name}`}>
        {windows.map((window) => (
          <RouteCard key={window.id} window={window} gazetteer={gazetteer} layout={layout} />
        ))}
      </div>
      <footer className="sheet-page__foot">
        <div className="sheet-page__look">
          <h3>What to look for</h3>
          <ul>
            {briefing.lookFor.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </div>
        <div className="sheet-page__care">
          <p className="sheet-page__emergency">{briefing.emergency}</p>
          <p>{briefing.referral}</p>
          <p className="sheet-page__check">{briefing.checkLine}</p>
        </div>
        <p className="sheet-page__key">
          Times are approximate; the order is what counts. On the maps, grey: the permitted route, a
          stop being anywhere in its hexagon; arrows: the order, not the way, walk by the streets;
          dots: corners, and about the middle of streets.
        </p>
        <p className="sheet-page__licence">{attributions.join(" · ")}</p>
      </footer>
    </article>
  );
}
