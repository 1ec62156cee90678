import { type FormEvent, useMemo, useState } from "react";
import { PlanAreaFields, PlanMap } from "#client/place-plans/PlanAreaFields.tsx";
import { bodyOf, openPlan } from "#client/place-plans/place-plans-api.ts";
import { areaAt, faultsOf, usePlanEditor } from "#client/place-plans/plan-draft.ts";
import { Button } from "#client/ui/Button.tsx";
import { Chip } from "#client/ui/Chip.tsx";
import { ConflictNote } from "#client/ui/ConflictNote.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import { responseJudges } from "#core/place-plans/check-plan.ts";
import {
  type PlanArea,
  type PlanAreaWay,
  planChanges,
  planStates,
  planStateWords,
  type ResponsePart,
  responseParts,
  responseWords,
} from "#core/place-plans/plan.ts";
import type { PlacePlanBody, PlacePlanReply } from "#core/place-plans/wire/place-plans.ts";
import { unpackedCommand } from "#core/places/command.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { faultsOfPlaceWords } from "#core/text/outreach-times.ts";
import { formatDate } from "#core/time/words.ts";

export interface PlanEditorProps {
  /** Null: a new one. */
  readonly plan: PlacePlanReply | null;
  readonly asAt: string;
  readonly places: PlacesReply;
}

/** One place plan as a form beside its map. */
export function PlanEditor({ plan, asAt, places }: PlanEditorProps) {
  const command = useMemo(() => unpackedCommand(places), [places]);
  const editor = usePlanEditor(plan);
  const { draft, change } = editor;
  const { body } = draft;
  const faults = useMemo(
    () => faultsOf(draft, { command, asAt, plan }),
    [draft, command, asAt, plan],
  );
  const { way, setWay, takeArea } = useWay(body.area, (area) => change({ area }));
  const discard = () => {
    setWay(null);
    editor.discard();
  };
  const [isAsked, setAsked] = useState(false);
  const shown: Readonly<Record<string, string>> = isAsked ? faults : {};
  const save = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (Object.keys(faults).length === 0) editor.send(draft);
  };
  const isChanged = plan !== null && plan.revision !== draft.revision;
  return (
    <div className="editor">
      <form className="editor__form" onSubmit={save} aria-label="Place plan" noValidate>
        <h2>{plan ? `Change ${plan.name}` : "Add a place plan"}</h2>
        <p className="quiet small">
          About a place, never a person. Names, phone numbers and addresses are refused as you type.
          Not every name is recognised, so check it yourself.
        </p>
        {plan && isChanged ? (
          <PlanConflict
            plan={plan}
            read={draft.read}
            onKeepMine={() => editor.send({ ...draft, revision: plan.revision })}
            onTakeTheirs={discard}
          />
        ) : null}
        <TextField
          label="Place"
          value={body.name}
          hint="A street and its corner, a park or a car park."
          error={shown["name"]}
          onChange={(name) => change({ name })}
        />
        <PlanAreaFields
          area={body.area}
          way={way}
          places={places}
          error={shown["area"]}
          onWay={setWay}
          onChange={takeArea}
        />
        <WordsField
          label="Scanning: what is seen"
          hint="What residents and partners report, where and when."
          value={body.scanning}
          judge={faultsOfPlaceWords}
          error={shown["scanning"]}
          onChange={(scanning) => change({ scanning })}
        />
        <WordsField
          label="Analysis: why there, why then"
          hint="Once the plan is saved, pin figures from Hotspots."
          value={body.analysis}
          judge={faultsOfPlaceWords}
          error={shown["analysis"]}
          onChange={(analysis) => change({ analysis })}
        />
        <ResponseFields body={body} faults={shown} onChange={change} />
        <WordsField
          label="When to stop this plan"
          hint="When it does harm or no good. Agree on this first."
          value={body.stopRule}
          judge={faultsOfPlaceWords}
          error={shown["stopRule"]}
          onChange={(stopRule) => change({ stopRule })}
        />
        <TextField
          label="Review on"
          type="date"
          value={body.reviewOn}
          error={shown["reviewOn"]}
          onChange={(reviewOn) => change({ reviewOn })}
        />
        <Segmented
          label="State"
          value={body.state}
          options={planStates.map((value) => ({ value, label: planStateWords[value] }))}
          onChange={(state) => change({ state })}
        />
        {body.state === "closed" || body.result !== "" ? (
          <WordsField
            label="Result"
            hint="What came of it."
            value={body.result}
            judge={faultsOfPlaceWords}
            error={shown["result"]}
            onChange={(result) => change({ result })}
          />
        ) : null}
        <Chip checked={body.isForMeeting} onChange={(isForMeeting) => change({ isForMeeting })}>
          Partners at the meeting can read its place, response and dates
        </Chip>
        {editor.fault && !isChanged ? (
          <ErrorNote title={editor.fault.title} detail={editor.fault.detail} />
        ) : null}
        {isAsked && Object.keys(faults).length > 0 ? (
          <p className="field__error" role="alert">
            Not saved. Correct the marked fields above.
          </p>
        ) : null}
        <footer className="editor__acts">
          <Button onClick={() => openPlan(plan?.id ?? null)}>Back</Button>
          {editor.isTouched ? <Button onClick={discard}>Discard changes</Button> : null}
          <Button look="filled" type="submit" disabled={editor.isPending}>
            {plan ? "Save" : "Add"}
          </Button>
        </footer>
      </form>
      <PlanMap
        places={places}
        area={body.area}
        onClick={(at) => takeArea(areaAt(body.area, way, at))}
      />
    </div>
  );
}

/** How the place is said next. The place itself stays until another is taken, whichever way is looked at. */
function useWay(area: PlanArea, onTake: (area: PlanArea) => void) {
  const [chosen, setWay] = useState<PlanAreaWay | null>(null);
  return {
    way: chosen ?? area.by,
    setWay,
    takeArea: (taken: PlanArea) => {
      setWay(null);
      onTake(taken);
    },
  };
}

interface ResponseProps {
  readonly body: PlacePlanBody;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<PlacePlanBody>) => void;
}

function ResponseFields({ body, faults, onChange }: ResponseProps) {
  return (
    <fieldset className="editor__part">
      <legend>Response: partners first</legend>
      {responseParts.map((part) => (
        <WordsField
          key={part}
          label={responseWords[part]}
          hint={responseHints[part]}
          rows={2}
          value={body.response[part]}
          judge={responseJudges[part]}
          error={faults[`response.${part}`]}
          onChange={(words) => onChange({ response: { ...body.response, [part]: words } })}
        />
      ))}
    </fieldset>
  );
}

const responseHints: Readonly<Record<ResponsePart, string>> = {
  partners: "First: what outreach asks for and leads on. No days or hours.",
  place: "Light, closing times, hedges, bins, through traffic.",
  diversion: "Courses, referrals, advice.",
  enforcement: "Last, and only for conduct that residents report.",
};

/** Somebody else was first: who, when and what, and the two ways on. What was typed stands below, as it was. */
export function PlanConflict(props: {
  readonly plan: PlacePlanReply;
  readonly read: PlacePlanBody;
  readonly onKeepMine: () => void;
  readonly onTakeTheirs: () => void;
}) {
  const { changedBy, changedAt, revision } = props.plan;
  const now = bodyOf(props.plan);
  const changes = now ? planChanges(props.read, now) : [];
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return (
    <ConflictNote onKeepMine={props.onKeepMine} onTakeTheirs={props.onTakeTheirs}>
      {changedBy} changed it on {formatDate(changedAt.slice(0, 10))}, {formatTimeOfDay(changedAt)}:
      it is at revision {revision} now.{what}
    </ConflictNote>
  );
}
