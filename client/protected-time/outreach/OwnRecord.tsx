import { useState } from "react";
import { roleName } from "#client/accounts/audit/audit-words.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownRecord, ownViews } from "#client/protected-time/outreach/outreach-api.ts";
import { placeLabel, spanOf } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import { sessionDays } from "#core/protected-time/retention.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import { calendarCalls, type RecordReply } from "#core/protected-time/wire/calendar.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { formatDay } from "#core/time/words.ts";

/** "Kept clear: 14 of 14" */
export function KeptClear() {
  const record = useShared(ownRecord);
  return (
    <section className="stack gap-2" aria-label="Kept clear">
      <h2>Kept clear</h2>
      <Loaded resource={record} onRetry={ownRecord.reload}>
        {(value) => <Rows record={value} />}
      </Loaded>
    </section>
  );
}

type Row = RecordReply["rows"][number];

const shownAtFirst = 5;

function Rows({ record }: { readonly record: RecordReply }) {
  const here = useHere();
  const { places } = useOwn();
  const [isAll, setAll] = useState(false);
  const { isBusy, act } = useActing(showToast);
  const [asked, setAsked] = useState<Row | null>(null);
  const rows = isAll ? record.rows : record.rows.slice(0, shownAtFirst);
  const nameOf = (row: Row) =>
    `${spanOf(here, row.startsAt, row.endsAt)}, ${placeLabel(places, row.placeId)}`;
  const say = async (
    call: typeof calendarCalls.policeCame | typeof calendarCalls.takeBackPoliceCame,
    { sessionId, date }: Row,
  ) => ownRecord.accept(await ask(call, { id: sessionId, body: { date } }));
  const takeBack = (row: Row) => say(calendarCalls.takeBackPoliceCame, row);
  const undo = async (row: Row) => {
    await takeBack(row);
    undoHistory.end();
  };
  const report = async (row: Row) => {
    setAsked(null);
    await say(calendarCalls.policeCame, row);
    undoHistory.remember({
      name: "police came",
      // It may already have been taken back in its row.
      undo: () => (isReported(row) ? takeBack(row) : undefined),
    });
    showToast("Noted: it does not count as kept clear.");
  };
  return (
    <>
      <p className="kept-clear__sentence lead">{record.sentence}</p>
      <p className="quiet">
        Sessions are erased {sessionDays} days after they end. Only whether each was kept clear
        stays.
      </p>
      {rows.length > 0 ? (
        <ul className="kept-clear__rows stack gap-2">
          {rows.map((row) => (
            <li key={`${row.sessionId} ${row.date}`}>
              <Icon name={row.kept ? "check" : "warning"} />
              <span>
                {nameOf(row)}
                {row.kept ? null : <span className="quiet"> {row.reason}</span>}
                {row.readAt === null ? null : (
                  <span className="quiet"> Your coordinator has read it.</span>
                )}
              </span>
              <RowActs
                row={row}
                isBusy={isBusy}
                onReport={() => setAsked(row)}
                onUndo={() => void act(() => undo(row))}
              />
            </li>
          ))}
        </ul>
      ) : null}
      <AllOrFive count={record.rows.length} isAll={isAll} onChange={setAll} />
      {asked ? (
        <Question
          title="Did police come?"
          yes="Report it"
          onNo={() => setAsked(null)}
          onYes={() => void act(() => report(asked))}
        >
          <p>{nameOf(asked)}.</p>
          <p>
            It will not count as kept clear. Your coordinator is told that it happened, not where or
            when. You can undo this for {takeBackMinutes} minutes.
          </p>
        </Question>
      ) : null}
    </>
  );
}

interface RowActsProps {
  readonly row: Row;
  readonly isBusy: boolean;
  readonly onReport: () => void;
  readonly onUndo: () => void;
}

function RowActs({ row, isBusy, onReport, onUndo }: RowActsProps) {
  if (row.kept) {
    return (
      <Button look="quiet" disabled={isBusy} onClick={onReport}>
        Report that police came
      </Button>
    );
  }
  return row.takeBackUntil === null ? null : (
    <Button look="quiet" disabled={isBusy} onClick={onUndo}>
      Undo report
    </Button>
  );
}

function isReported({ sessionId, date }: Row): boolean {
  const record = ownRecord.store.get();
  if (!hasValue(record)) return true;
  const now = record.value.rows.find((row) => row.sessionId === sessionId && row.date === date);
  return now?.takeBackUntil !== null;
}

/** By day and role, under pseudonyms. */
export function WhoLooked() {
  const shown = useShared(ownViews);
  const [isAll, setAll] = useState(false);
  return (
    <section className="who-looked stack gap-2" aria-label="Who looked at your times">
      <h2>Who looked at your times</h2>
      <Loaded resource={shown} onRetry={ownViews.reload}>
        {({ views, sentence }) => (
          <>
            <p className="who-looked__sentence lead">{sentence}</p>
            {views.length > 0 ? (
              <>
                <ul className="who-looked__rows">
                  {views
                    .slice(0, isAll ? undefined : shownAtFirst)
                    .map(({ day, role, viewer, account, times }) => (
                      <li key={`${day} ${role} ${viewer}`}>
                        <span>{formatDay(day)}</span>
                        <span>
                          {account === null
                            ? roleName(role)
                            : `${account}, set up for you by police`}{" "}
                          <span className="quiet">{account === null ? viewer : null}</span>
                        </span>
                        <span>{formatQuantity(times, "time")}</span>
                      </li>
                    ))}
                </ul>
                <p className="quiet">
                  Each code is one person, the same each time. Nobody outside can tell who.
                </p>
              </>
            ) : null}
            <AllOrFive count={views.length} isAll={isAll} onChange={setAll} />
          </>
        )}
      </Loaded>
    </section>
  );
}

interface AllOrFiveProps {
  readonly count: number;
  readonly isAll: boolean;
  readonly onChange: (isAll: boolean) => void;
}

function AllOrFive({ count, isAll, onChange }: AllOrFiveProps) {
  if (count <= shownAtFirst) return null;
  return (
    <Button look="quiet" onClick={() => onChange(!isAll)}>
      {isAll ? "Show the last five" : `Show all ${count}`}
    </Button>
  );
}
