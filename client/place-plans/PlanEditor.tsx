import { useCallback, useMemo, useState } from "react";
import { PlanAreaFields, PlanMap } from "#client/place-plans/PlanAreaFields.tsx";
import { bodyOf, keepPlan, openPlan } from "#client/place-plans/place-plans-api.ts";
import { areaAt } from "#client/place-plans/plan-area.ts";
import { Chip } from "#client/ui/Chip.tsx";
import { EditorFrame } from "#client/ui/EditorFrame.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import { createEditor, type Faults, firstFaults, useEditor } from "#client/ui/use-editor.ts";
import { WordsField } from "#client/ui/WordsField.tsx";
import { checkPlan, type PlanGround, responseJudges } from "#core/place-plans/check-plan.ts";
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
import { londonDate } from "#core/text/london-date.ts";
import { faultsOfPlaceWords } from "#core/text/outreach-times.ts";
import { formatDate } from "#core/time/words.ts";

const planEditor = createEditor<PlacePlanBody, PlacePlanReply>({
  draftOf: (plan) => (plan && bodyOf(plan)) ?? newPlan,
  keep: keepPlan,
  leave: ({ id }) => openPlan(id),
  canUndo: true,
});

const newPlan: PlacePlanBody = {
  name: "",
  area: { by: "named", name: null, cells: [] },
  scanning: "",
  analysis: "",
  response: { partners: "", place: "", diversion: "", enforcement: "" },
  stopRule: "",
  reviewOn: "",
  state: "open",
  result: "",
  isForMeeting: false,
};

export interface PlanEditorProps {
  /** Null: a new one. */
  readonly plan: PlacePlanReply | null;
  readonly asAt: string;
  readonly places: PlacesReply;
}

export function PlanEditor({ plan, asAt, places }: PlanEditorProps) {
  const command = useMemo(() => unpackedCommand(places), [places]);
  const judge = useCallback(
    (body: PlacePlanBody) =>
      faultsOf(body, { command, asAt, keptReviewOn: plan?.reviewOn ?? null }),
    [command, asAt, plan],
  );
  const editor = useEditor(planEditor, plan, judge);
  const { draft: body, faults, change, field } = editor;
  const { way, setWay, takeArea } = useWay(body.area, (area) => change({ area }));
  return (
    <EditorFrame
      label="Place plan"
      title={plan ? `Change ${plan.name}` : "Add a place plan"}
      editor={editor}
      isNew={plan === null}
      conflict={plan ? conflictWords(plan, editor.read) : null}
      back="Back"
      onBack={() => openPlan(plan?.id ?? null)}
      onDiscard={() => setWay(null)}
      map={
        <PlanMap
          places={places}
          area={body.area}
          onClick={(at) => takeArea(areaAt(body.area, way, at))}
        />
      }
    >
      <p className="quiet small">
        About a place, never a person. Names, phone numbers and addresses are refused as you type.
        Not every name is recognised, so check it yourself.
      </p>
      <TextField
        label="Place"
        {...field("name")}
        hint="A street and its corner, a park or a car park."
      />
      <PlanAreaFields
        area={body.area}
        way={way}
        places={places}
        error={faults["area"]}
        onWay={setWay}
        onChange={takeArea}
      />
      <WordsField
        label="Scanning: what is seen"
        judge={faultsOfPlaceWords}
        hint="What residents and partners report, where and when."
        {...field("scanning")}
      />
      <WordsField
        label="Analysis: why there, why then"
        judge={faultsOfPlaceWords}
        hint="Once the plan is saved, pin figures from Hotspots."
        {...field("analysis")}
      />
      <ResponseFields body={body} faults={faults} onChange={change} />
      <WordsField
        label="When to stop this plan"
        judge={faultsOfPlaceWords}
        hint="When it does harm or no good. Agree on this first."
        {...field("stopRule")}
      />
      <TextField label="Review on" type="date" {...field("reviewOn")} />
      <Segmented
        label="State"
        {...field("state")}
        options={planStates.map((value) => ({ value, label: planStateWords[value] }))}
      />
      {body.state === "closed" || body.result !== "" ? (
        <WordsField
          label="Result"
          judge={faultsOfPlaceWords}
          hint="What came of it."
          {...field("result")}
        />
      ) : null}
      <Chip checked={body.isForMeeting} onChange={(isForMeeting) => change({ isForMeeting })}>
        Partners at the meeting can read its place, response and dates
      </Chip>
    </EditorFrame>
  );
}

/** By field, with what to do; same checks as the server. */
function faultsOf(body: PlacePlanBody, about: PlanGround): Faults {
  const isDate = londonDate.safeParse(body.reviewOn).success;
  return firstFaults([
    ...checkPlan(isDate ? body : { ...body, reviewOn: about.asAt }, about),
    ...(isDate ? [] : [{ field: "reviewOn", reason: "Enter the next review date." }]),
  ]);
}

/** The place stays until another is taken, whichever way is open. */
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
    <fieldset className="editor__part stack gap-2">
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

function conflictWords(plan: PlacePlanReply, read: PlacePlanBody): string {
  const { changedBy, changedAt, revision } = plan;
  const now = bodyOf(plan);
  const changes = now ? planChanges(read, now) : [];
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return `${changedBy} changed it on ${formatDate(changedAt.slice(0, 10))}, ${formatTimeOfDay(changedAt)}: it is at revision ${revision} now.${what}`;
}
