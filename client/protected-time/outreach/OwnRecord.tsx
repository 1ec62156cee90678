import { useState } from "react";
import { roleName } from "#client/accounts/audit/audit-words.ts";
import { ask } from "#client/api/ask.ts";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownRecord, ownViews } from "#client/protected-time/outreach/outreach-api.ts";
import { placeLabel, spanOf } from "#client/protected-time/outreach/outreach-words.ts";
import { useHere, useOwn } from "#client/protected-time/outreach/use-here.ts";
import { useActing } from "#client/protected-time/use-acting.ts";
import {
  diary,
  langOfEnglish,
  say,
  tell,
  translated,
} from "#client/protected-time/words/diary.tsx";
import { undoHistory } from "#client/state/undo.ts";
import { Button } from "#client/ui/Button.tsx";
import { Icon } from "#client/ui/Icon.tsx";
import { Kept, Loaded } from "#client/ui/Loaded.tsx";
import { Question } from "#client/ui/Question.tsx";
import { footprintViewDays, sessionDays } from "#core/protected-time/retention.ts";
import { takeBackMinutes } from "#core/protected-time/settings.ts";
import {
  calendarCalls,
  type FootprintViewsReply,
  type RecordReply,
} from "#core/protected-time/wire/calendar.ts";

/** "Kept clear: 14 of 14" */
export function KeptClear() {
  const record = useShared(ownRecord);
  return (
    <section className="stack gap-2" aria-label={say("record.title")}>
      <h2>{say("record.title")}</h2>
      <Loaded resource={record} onRetry={ownRecord.reload}>
        {(value) => <Rows record={value} />}
      </Loaded>
    </section>
  );
}

function keptSentence({ kept, of }: RecordReply): string {
  if (of === 0) return say("record.none");
  const rest = of === kept ? say("record.clean") : say("record.not", { count: of - kept });
  return `${say("record.kept", { kept, all: of })} ${rest}`;
}

type Row = RecordReply["rows"][number];

const shownAtFirst = 5;

function Rows({ record }: { readonly record: RecordReply }) {
  const here = useHere();
  const { places } = useOwn();
  const [isAll, setAll] = useState(false);
  const { isBusy, act } = useActing(tell);
  const [asked, setAsked] = useState<Row | null>(null);
  const rows = isAll ? record.rows : record.rows.slice(0, shownAtFirst);
  const nameOf = (row: Row) =>
    say("span", {
      day: spanOf(here, row.startsAt, row.endsAt),
      times: placeLabel(places, row.placeId),
    });
  const send = async (
    call: typeof calendarCalls.policeCame | typeof calendarCalls.takeBackPoliceCame,
    { sessionId, date }: Row,
  ) => ownRecord.accept(await ask(call, { id: sessionId, body: { date } }));
  const takeBack = (row: Row) => send(calendarCalls.takeBackPoliceCame, row);
  const undo = async (row: Row) => {
    await takeBack(row);
    undoHistory.end();
  };
  const report = async (row: Row) => {
    setAsked(null);
    await send(calendarCalls.policeCame, row);
    undoHistory.remember({
      name: say("record.undo-name"),
      // It may already have been taken back in its row.
      undo: () => (isReported(row) ? takeBack(row) : undefined),
    });
    tell(say("record.noted"));
  };
  return (
    <>
      <p className="kept-clear__sentence lead">{keptSentence(record)}</p>
      <p className="quiet">{say("record.erased", { count: sessionDays })}</p>
      {rows.length > 0 ? (
        <ul className="kept-clear__rows rows stack gap-2">
          {rows.map((row) => (
            <li key={`${row.sessionId} ${row.date}`}>
              <Icon name={row.kept ? "check" : "warning"} />
              <span>
                {nameOf(row)}
                {row.kept ? null : <span className="quiet"> {translated(row.reason)}</span>}
                {row.readAt === null ? null : <span className="quiet"> {say("record.read")}</span>}
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
          title={say("record.ask")}
          yes={say("record.ask-yes")}
          no={say("cancel")}
          onNo={() => setAsked(null)}
          onYes={() => void act(() => report(asked))}
        >
          <p>{nameOf(asked)}.</p>
          <p>{say("record.ask-about", { count: takeBackMinutes })}</p>
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
        {say("record.report")}
      </Button>
    );
  }
  return row.takeBackUntil === null ? null : (
    <Button look="quiet" disabled={isBusy} onClick={onUndo}>
      {say("record.undo")}
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
  const [isAll, setAll] = useState(false);
  return (
    <section className="who-looked stack gap-2" aria-label={say("views.title")}>
      <h2>{say("views.title")}</h2>
      <Kept of={ownViews}>
        {({ views }) => (
          <>
            <p className="who-looked__sentence lead">{viewsSentence(views)}</p>
            {views.length > 0 ? (
              <>
                <ul className="who-looked__rows">
                  {views
                    .slice(0, isAll ? undefined : shownAtFirst)
                    .map(({ day, role, viewer, account, times }) => (
                      <li key={`${day} ${role} ${viewer}`}>
                        <span>{diary().day(day)}</span>
                        <span>
                          {account === null ? (
                            <span lang={langOfEnglish()}>{roleName(role)}</span>
                          ) : (
                            say("views.account", { account })
                          )}{" "}
                          <span className="quiet">{account === null ? viewer : null}</span>
                        </span>
                        <span>{say("views.times", { count: times })}</span>
                      </li>
                    ))}
                </ul>
                <p className="quiet">{say("views.codes")}</p>
              </>
            ) : null}
            <AllOrFive count={views.length} isAll={isAll} onChange={setAll} />
          </>
        )}
      </Kept>
    </section>
  );
}

function viewsSentence(views: FootprintViewsReply["views"]): string {
  const days = footprintViewDays;
  const timesOf = (isOwn: boolean) =>
    views.reduce((all, { role, times }) => all + ((role === "partner") === isOwn ? times : 0), 0);
  const [byPolice, byOwn] = [timesOf(false), timesOf(true)];
  if (byPolice + byOwn === 0) return say("views.none", { days });
  const police =
    byPolice === 0
      ? say("views.no-police", { days })
      : say("views.police", { count: byPolice, days });
  return byOwn === 0 ? police : `${police} ${say("views.own", { count: byOwn })}`;
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
      {isAll ? say("record.few") : say("record.all", { count })}
    </Button>
  );
}
