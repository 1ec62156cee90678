import { useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { useShared } from "#client/api/use-resource.ts";
import { useSession } from "#client/app/session-context.ts";
import { ownRecord, reportPoliceCame } from "#client/outreach/outreach-api.ts";
import { placeLabel, spanOf } from "#client/outreach/outreach-words.ts";
import { zoneNamed } from "#client/state/zone.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import type { RecordReply, SavedPlaceReply } from "#core/wire/outreach.ts";

const shownAtFirst = 5;

/** "Kept clear: 14 of 14", each session behind it, and the place to say that police came. */
export function KeptClear({ places }: { readonly places: readonly SavedPlaceReply[] }) {
  const record = useShared(ownRecord);
  return (
    <section className="kept-clear" aria-label="Kept clear">
      <h2>Kept clear</h2>
      <Loaded resource={record} onRetry={ownRecord.reload}>
        {(value) => <Rows record={value} places={places} />}
      </Loaded>
    </section>
  );
}

function Rows({
  record,
  places,
}: {
  readonly record: RecordReply;
  readonly places: readonly SavedPlaceReply[];
}) {
  const zone = zoneNamed(useSession().timeZone);
  const [isAll, setAll] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const rows = isAll ? record.rows : record.rows.slice(0, shownAtFirst);
  const report = async (row: RecordReply["rows"][number]) => {
    setBusy(true);
    try {
      ownRecord.accept(await reportPoliceCame(row.sessionId, row.date));
      showToast("Noted. Thank you: it does not count as kept clear.");
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      showToast(`${title}. ${detail}`);
    }
    setBusy(false);
  };
  return (
    <>
      <p className="kept-clear__sentence">{record.sentence}</p>
      {rows.length > 0 ? (
        <ul className="kept-clear__rows">
          {rows.map((row) => (
            <li key={`${row.sessionId} ${row.date}`}>
              <Icon name={row.kept ? "check" : "warning"} />
              <span>
                {spanOf(zone, row.startsAt, row.endsAt)}, {placeLabel(places, row.placeId)}
                {row.kept ? null : <span className="quiet"> {row.reason}</span>}
              </span>
              {row.kept ? (
                <Button look="quiet" disabled={isBusy} onClick={() => void report(row)}>
                  Police came
                </Button>
              ) : null}
            </li>
          ))}
        </ul>
      ) : null}
      {record.rows.length > shownAtFirst ? (
        <Button look="quiet" onClick={() => setAll(!isAll)}>
          {isAll ? "Show the last five" : `Show all ${record.rows.length}`}
        </Button>
      ) : null}
    </>
  );
}
