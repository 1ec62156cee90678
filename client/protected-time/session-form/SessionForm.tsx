import { useEffect, useReducer, useRef, useState } from "react";
import { hasValue } from "#client/api/resource.ts";
import { useShared } from "#client/api/use-resource.ts";
import { ownSessions } from "#client/protected-time/outreach/outreach-api.ts";
import {
  dayIn,
  type Here,
  hourOptions,
  hoursWords,
  type OutHours,
  ruleTimes,
  usualHours,
} from "#client/protected-time/outreach/outreach-words.ts";
import { useBaseMap, useHere, useNow, useOwn } from "#client/protected-time/outreach/use-here.ts";
import {
  draftOf,
  draftOfDate,
  emptyDraft,
  groundOf,
  readDraft,
  stillWrong,
  translatedFaults,
} from "#client/protected-time/session-form/draft.ts";
import {
  type Changed,
  changeDraft,
  type Draft,
  type DraftFaults,
  needsDay,
  timesFromNow,
  usualTimes,
  whenOf,
} from "#client/protected-time/session-form/draft-when.ts";
import { FormFoot } from "#client/protected-time/session-form/FormFoot.tsx";
import { FormHead } from "#client/protected-time/session-form/FormFrame.tsx";
import { Preview } from "#client/protected-time/session-form/Preview.tsx";
import { useFaultInView } from "#client/protected-time/session-form/use-fault-in-view.ts";
import { type Shown, unsaved, useSaving } from "#client/protected-time/session-form/use-saving.ts";
import { WhenFields } from "#client/protected-time/session-form/WhenFields.tsx";
import { WhereFields } from "#client/protected-time/session-form/WhereFields.tsx";
import { say } from "#client/protected-time/words/diary.tsx";
import { address, navigate, replaceParams } from "#client/state/url.ts";
import { useStore } from "#client/state/use-store.ts";
import { Form } from "#client/ui/Form.tsx";
import { Question } from "#client/ui/Question.tsx";
import { Select } from "#client/ui/Select.tsx";
import { scrollToTop } from "#client/ui/scroll-to-top.ts";
import type { H3Cell } from "#core/geo/cell.ts";
import { footprintOf } from "#core/protected-time/footprint.ts";
import { lengthMinutes } from "#core/protected-time/session.ts";
import { askedHours } from "#core/protected-time/settings.ts";
import type { OutreachSessionReply, SavedPlaceReply } from "#core/protected-time/wire/outreach.ts";
import "#client/protected-time/session-form/session-form.css";

export interface SessionFormProps {
  /** Null: adds a session. */
  readonly moved: OutreachSessionReply | null;
  /** The one date of it that is to be moved; null: all that is to come. */
  readonly date?: string | null;
  /** Starts now: asks for a place only, no day or time. */
  readonly isNow?: boolean;
  readonly onLeave: () => void;
}

export function SessionForm(props: SessionFormProps) {
  const { moved, date = null, isNow = false, onLeave } = props;
  const here = useHere();
  const map = useBaseMap();
  const { places } = useOwn();
  const params = useStore(address, (at) => at.params);
  const [start] = useState<Draft>(() =>
    isNow ? draftNow(here) : startOf({ moved, date }, here.today, places),
  );
  const [typed, change] = useReducer(changeDraft, start);
  const [hours, setHours] = useState<OutHours>(usualHours);
  const now = useNow();
  const draft = isNow ? { ...typed, ...timesFromNow({ ...here, now }, Number(hours)) } : typed;
  const [refused, setRefused] = useState<DraftFaults>({});
  const [shown, setShown] = useState<Shown | null>(null);
  const [long, setLong] = useState<Shown | null>(null);
  const saving = useSaving({ moved, date }, isNow ? Number(hours) : null);
  const form = useRef<HTMLFormElement>(null);
  const sessions = useShared(ownSessions);
  const [usual] = useState(() => (hasValue(sessions) ? usualTimes(sessions.value) : []));
  const isPreview = params["step"] === "preview";

  useEffect(() => {
    scrollToTop();
    if (date !== null) {
      // Moving one date: go to its date field.
      form.current?.querySelector<HTMLElement>("[type=date]")?.focus({ preventScroll: true });
    }
    return () => unsaved.set(() => false);
  }, [date]);
  useEffect(() => {
    const entered = JSON.stringify({ ...typed, keepsOnlyDay: false });
    unsaved.set(() => entered !== JSON.stringify(start));
  }, [typed, start]);
  // A preview opened by address alone is empty.
  useEffect(() => {
    if (isPreview && !shown) replaceParams("outreach", { do: params["do"] });
  }, [isPreview, shown, params]);
  useFaultInView(form, refused);
  const read = () => readDraft(draft, places, { ...here, ground: groundOf(map) });
  const faults = translatedFaults(stillWrong(refused, read));

  const when = whenOf(draft, { moved, date }, here);
  const show = (next: Shown) => {
    setLong(null);
    saving.forgetRefusal();
    setShown(next);
    navigate("outreach", { do: params["do"], step: "preview" });
  };
  const preview = () => {
    const result = read();
    setRefused(result.ok ? {} : result.reason);
    if (!result.ok) return;
    const { place, rule } = result.value;
    const cells =
      place.kind === "saved" ? (place.place.cells as H3Cell[]) : footprintOf(place.place);
    const next = { read: result.value, cells, except: when.except };
    if (lengthMinutes(rule) > askedHours * 60) setLong(next);
    else show(next);
  };

  if (isPreview && shown) {
    return (
      <Preview
        shown={shown}
        moved={moved}
        date={date}
        isBusy={saving.isBusy}
        refusal={saving.refusal}
        saveWords={isNow ? say("out.heading", { count: Number(hours) }) : say("save")}
        onBack={() => window.history.back()}
        onSave={() => void saving.save(shown)}
      />
    );
  }
  const where = (
    <WhereFields
      key="where"
      places={places}
      draft={draft}
      faults={faults}
      isNewOnly={isNow}
      onChange={(part) => change({ kind: "fields", part })}
    />
  );
  const times = isNow ? (
    <Select
      key="when"
      label={say("out.how-long")}
      value={hours}
      options={hourOptions()}
      onChange={setHours}
    />
  ) : (
    <WhenFields
      key="when"
      draft={draft}
      faults={faults}
      isOneDate={date !== null}
      here={here}
      usual={usual}
      onChange={change}
    />
  );
  return (
    <Form ref={form} className="session-form" onSend={preview} noValidate autoComplete="off">
      <FormHead onBack={onLeave}>
        {isNow ? say("out.title") : headingOf({ moved, date }, here)}
      </FormHead>
      {date === null ? [where, times] : [times, where]}
      <FormFoot
        draft={draft}
        faults={faults}
        date={date}
        when={needsDay(draft) ? null : when}
        here={here}
      />
      {long ? (
        // Swapped times make a session of most of a day.
        <Question
          title={say("form.really", { hours: hoursWords(lengthMinutes(long.read.rule)) })}
          yes={say("form.change-times")}
          no={say("form.yes-hours", { hours: hoursWords(lengthMinutes(long.read.rule)) })}
          onYes={() => setLong(null)}
          onNo={() => show(long)}
          onClose={() => setLong(null)}
        >
          <p>{ruleTimes(long.read.rule)}.</p>
        </Question>
      ) : null}
    </Form>
  );
}

function startOf({ moved, date }: Changed, today: string, places: readonly SavedPlaceReply[]) {
  if (moved === null) return emptyDraft(today, places);
  return date === null ? draftOf(moved, today, places) : draftOfDate(moved, date, places);
}

/** Named automatically; the name can be changed later. */
function draftNow(here: Here): Draft {
  const draft = emptyDraft(here.today, []);
  return {
    ...draft,
    repeats: "once",
    asksDay: false,
    label: say("form.stop-on", { day: dayIn(here, here.today) }),
  };
}

function headingOf({ moved, date }: Changed, here: Here): string {
  if (moved === null) return say("home.add");
  return date === null ? say("form.change") : say("form.move", { day: dayIn(here, date) });
}
