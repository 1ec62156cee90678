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
import { planChanges } from "#core/place-plans/changes.ts";
import { checkPlan, type PlanGround, responseJudges } from "#core/place-plans/check-plan.ts";
import {
  type PlanAreaWay,
  type PlanText,
  planStates,
  planStateWords,
  planTexts,
  type ResponsePart,
  responseParts,
  responseWords,
} from "#core/place-plans/plan.ts";
import type { PlacePlan, PlacePlanReply, PlanArea } from "#core/place-plans/wire/place-plans.ts";
import { unpackedCommand } from "#core/places/command.ts";
import type { PlacesReply } from "#core/places/wire/places.ts";
import { londonDate } from "#core/text/london-date.ts";
import { faultsOfPlaceWords } from "#core/text/outreach-times.ts";
import { formatDate } from "#core/time/words.ts";

const planEditor = createEditor<PlacePlan, PlacePlanReply>({
  draftOf: (plan) => (plan && bodyOf(plan)) ?? newPlan,
  keep: keepPlan,
  leave: ({ id }) => openPlan(id),
  canUndo: true,
});

const newPlan: PlacePlan = {
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
    (body: PlacePlan) => faultsOf(body, { command, asAt, keptReviewOn: plan?.reviewOn ?? null }),
    [command, asAt, plan],
  );
  const editor = useEditor(planEditor, plan, judge);
  const { draft: body, faults, change, field } = editor;
  const { way, setWay, takeArea } = useWay(body.area, (area) => change({ area }));
  const words = (text: PlanText) => (
    <WordsField judge={faultsOfPlaceWords} {...planTexts[text]} {...field(text)} />
  );
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
      {words("scanning")}
      {words("analysis")}
      <ResponseFields body={body} faults={faults} onChange={change} />
      {words("stopRule")}
      <TextField label="Review on" type="date" {...field("reviewOn")} />
      <Segmented
        label="State"
        {...field("state")}
        options={planStates.map((value) => ({ value, label: planStateWords[value] }))}
      />
      {body.state === "closed" || body.result !== "" ? words("result") : null}
      <Chip checked={body.isForMeeting} onChange={(isForMeeting) => change({ isForMeeting })}>
        Partners at the meeting can read its place, response and dates
      </Chip>
    </EditorFrame>
  );
}

/** By field, with what to do; same checks as the server. */
function faultsOf(body: PlacePlan, about: PlanGround): Faults {
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
  readonly body: PlacePlan;
  readonly faults: Readonly<Record<string, string>>;
  readonly onChange: (part: Partial<PlacePlan>) => void;
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

function conflictWords(plan: PlacePlanReply, read: PlacePlan): string {
  const { changedBy, changedAt, revision } = plan;
  const now = bodyOf(plan);
  const changes = now ? planChanges(read, now) : [];
  const what = changes.length > 0 ? ` ${changes.join("; ")}.` : "";
  return `${changedBy} changed it on ${formatDate(changedAt.slice(0, 10))}, ${formatTimeOfDay(changedAt)}: it is at revision ${revision} now.${what}`;
}
