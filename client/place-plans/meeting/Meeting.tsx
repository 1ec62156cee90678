import { useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { OnePack } from "#client/place-plans/meeting/OnePack.tsx";
import { SeriesForm } from "#client/place-plans/meeting/SeriesForm.tsx";
import { askMeeting, meeting } from "#client/place-plans/place-plans-api.ts";
import { createStore } from "#client/state/store.ts";
import { undoHistory } from "#client/state/undo.ts";
import { address, formatFragment, step } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Kept } from "#client/ui/Loaded.tsx";
import { Skeleton } from "#client/ui/Skeleton.tsx";
import { SortableTable, type TableColumn } from "#client/ui/SortableTable.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import { longestAction } from "#core/place-plans/action.ts";
import { seriesWords } from "#core/place-plans/meeting/series.ts";
import { type MeetingReply, meetingCalls, mostDecisions } from "#core/place-plans/wire/meeting.ts";
import { formatQuantity } from "#core/text/numbers.ts";
import { faultsOfSharedWords, type WordsJudge } from "#core/text/outreach-times.ts";
import { formatDate, formatDay } from "#core/time/words.ts";
import "#client/place-plans/meeting/meeting.css";
import "#client/place-plans/place-plans.css";

export function Meeting() {
  const pack = useStore(address, ({ params }) => params["pack"] ?? null);
  if (pack !== null && /^\d+$/.test(pack)) return <OnePack key={pack} id={Number(pack)} />;
  return (
    <Kept of={meeting} skeleton={<Skeleton fill />}>
      {(reply) => <Overview reply={reply} />}
    </Kept>
  );
}

function Overview({ reply }: { readonly reply: MeetingReply }) {
  const { role } = useSession();
  const mayWrite = role !== "auditor";
  const [isEdited, setEdited] = useState(false);
  const { series, next } = reply;
  return (
    <div className="meeting stack gap-5 pad-4">
      <section className="broad stack gap-2" aria-label="Series">
        <p className="meeting__sentence lead">
          {series && next[0]
            ? `Partners meet on ${seriesWords(series)}. Next on ${formatDate(next[0])}.`
            : "No meeting dates set yet."}
        </p>
        {next.length > 1 ? (
          <p className="quiet small">Then {next.slice(1).map(formatDay).join(", ")}.</p>
        ) : null}
        {mayWrite ? (
          <div className="meeting__acts row wrap gap-2 no-print">
            <Button onClick={() => setEdited(true)}>
              {series ? "Change meeting dates" : "Set meeting dates"}
            </Button>
          </div>
        ) : null}
        {isEdited ? <SeriesForm reply={reply} onClose={() => setEdited(false)} /> : null}
      </section>
      {mayWrite ? <MakePack reply={reply} /> : null}
      <Packs reply={reply} />
    </div>
  );
}

function MakePack({ reply }: { readonly reply: MeetingReply }) {
  const draft = useStore(packDraft, (known) => known);
  const { text } = draft;
  const meetingOn = draft.meetingOn ?? reply.next[0] ?? "";
  const { fault, isPending, run } = useSubmit();
  const decisions = linesOf(text);
  const problem = decisionFault(decisions);
  const make = () =>
    run(async () => {
      const pack = await askMeeting(meetingCalls.issue, { body: { meetingOn, decisions } });
      undoHistory.end();
      dropPackDraft();
      step("outcomes", { part: "meeting", pack: String(pack.id) });
    });
  return (
    <section className="broad stack gap-2" aria-label="Pack of the next meeting">
      <h2>Pack of the next meeting</h2>
      <p className="quiet small">
        Agenda, changes, residents’ reports (as on the panel), actions overdue and due, and plans to
        review. It does not change once made, and does not count outreach or patrols.
      </p>
      <div className="meeting__make start grid gap-3">
        <TextField
          label="Meeting on"
          type="date"
          value={meetingOn}
          onChange={(chosen) => keepPackDraft({ meetingOn: chosen })}
        />
        <WordsField
          label="Decisions to take, one per line"
          hint={`Optional, at most ${mostDecisions}. About places, never about people.`}
          most={longestAction * mostDecisions}
          value={text}
          judge={decisionFaults}
          error={problem}
          onChange={(typed) => keepPackDraft({ text: typed })}
        />
      </div>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <div>
        <Button
          look="filled"
          disabled={isPending || meetingOn === "" || problem !== undefined}
          onClick={make}
        >
          Make pack
        </Button>
      </div>
    </section>
  );
}

interface PackDraft {
  /** Null until a day is chosen: it follows the series. */
  readonly meetingOn: string | null;
  /** Decisions, one a line. */
  readonly text: string;
}

const nothing: PackDraft = { meetingOn: null, text: "" };

/** Kept while the page is open, across screens; cleared with the session. */
const packDraft = createStore<PackDraft>(nothing);

const dropPackDraft = () => packDraft.set(() => nothing);
forgetOnSignOut(dropPackDraft);

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function decisionFault(decisions: readonly string[]): string | undefined {
  if (decisions.length > mostDecisions) return `At most ${mostDecisions} per meeting.`;
  return decisions.flatMap(ofDecision)[0]?.reason;
}

function ofDecision(words: string) {
  return faultsOfSharedWords("", words, { most: longestAction, isOptional: false });
}

function keepPackDraft(part: Partial<PackDraft>): void {
  packDraft.set((known) => ({ ...known, ...part }));
}

/** Each line is checked as its own decision, as on the server. */
const decisionFaults: WordsJudge = (_field, text) => linesOf(text).flatMap(ofDecision);

function Packs({ reply: { packs } }: { readonly reply: MeetingReply }) {
  if (packs.length === 0) {
    return (
      <EmptyState title="No packs yet">
        Each meeting’s pack is kept here as issued. Changes are shown since the previous pack.
      </EmptyState>
    );
  }
  return (
    <section className="broad stack gap-2" aria-label="Packs">
      <h2>{formatQuantity(packs.length, "pack")} issued</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls has to be reached by key. */}
      <section className="place-actions__scroll scroll-x" tabIndex={0} aria-label="List of packs">
        <SortableTable
          caption="Packs, newest first"
          columns={packColumns}
          rows={packs}
          rowKey={({ id }) => String(id)}
        />
      </section>
    </section>
  );
}

const packColumns: readonly TableColumn<MeetingReply["packs"][number]>[] = [
  {
    label: "Pack",
    cell: ({ id, number }) => {
      const params = { part: "meeting", pack: String(id) };
      return <a href={formatFragment({ screen: "outcomes", params })}>Pack {number}</a>;
    },
  },
  { label: "Meeting", cell: ({ meetingOn }) => formatDate(meetingOn) },
  {
    label: "Issued",
    cell: ({ issuedAt, issuedBy }) =>
      `${formatDate(issuedAt.slice(0, 10))}, ${formatTimeOfDay(issuedAt)} by ${issuedBy}`,
  },
];
