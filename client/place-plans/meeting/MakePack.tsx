import { useSubmit } from "#client/api/use-submit.ts";
import { issuePack } from "#client/place-plans/meeting/meeting-api.ts";
import { dropPackDraft, keepPackDraft, packDraft } from "#client/place-plans/meeting/pack-draft.ts";
import { WordsField } from "#client/place-plans/WordsField.tsx";
import { step } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { longestAction } from "#core/place-plans/action.ts";
import { mostDecisions } from "#core/place-plans/meeting/pack.ts";
import type { MeetingReply } from "#core/place-plans/wire/meeting.ts";
import { faultsOfSharedWords, type WordsJudge } from "#core/text/outreach-times.ts";

/** The one click: everything but the decisions to take is there already. */
export function MakePack({ reply }: { readonly reply: MeetingReply }) {
  const draft = useStore(packDraft, (known) => known);
  const { text } = draft;
  const meetingOn = draft.meetingOn ?? reply.next[0] ?? "";
  const { fault, isPending, run } = useSubmit();
  const decisions = linesOf(text);
  const problem = decisionFault(decisions);
  const make = () =>
    run(async () => {
      const pack = await issuePack({ meetingOn, decisions });
      dropPackDraft();
      step("outcomes", { part: "meeting", pack: String(pack.id) });
    });
  return (
    <section className="meeting__part" aria-label="Pack of the next meeting">
      <h2>Pack of the next meeting</h2>
      <p className="quiet small">
        Agenda, what changed, what residents reported as the panel shows it, actions overdue and
        due, plans to review. It is frozen when it is made, and counts no outreach and no patrol.
      </p>
      <div className="meeting__make">
        <TextField
          label="Meeting on"
          type="date"
          value={meetingOn}
          onChange={(chosen) => keepPackDraft({ meetingOn: chosen })}
        />
        <WordsField
          label="Decisions to take, one a line"
          hint={`Optional; at most ${mostDecisions}. About places, never about a person.`}
          rows={3}
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
          Make the pack
        </Button>
      </div>
    </section>
  );
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

function decisionFault(decisions: readonly string[]): string | undefined {
  if (decisions.length > mostDecisions) return `One meeting takes ${mostDecisions} at most.`;
  return decisions.flatMap(ofDecision)[0]?.reason;
}

/** Each line is a decision of its own, as the server looks at it. */
const decisionFaults: WordsJudge = (_field, text) => linesOf(text).flatMap(ofDecision);

function ofDecision(words: string) {
  return faultsOfSharedWords("", words, { most: longestAction, isOptional: false });
}
