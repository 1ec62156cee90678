import { useState } from "react";
import { askAlerts } from "#client/displacement/alerts/alerts-api.ts";
import { Select } from "#client/ui/Select.tsx";
import { SentQuestion } from "#client/ui/SentQuestion.tsx";
import { WordsField } from "#client/ui/WordsField.tsx";
import {
  type HandoverRole,
  handoverRoles,
  handoverRoleWords,
} from "#core/displacement/watch/acts.ts";
import { type AlertReply, alertCalls, mostAlertWords } from "#core/displacement/wire/alerts.ts";
import { faultsOfWords } from "#core/text/free-words.ts";
import { maySpeakOfPerson, personRefusal } from "#core/text/speaks-of-person.ts";

export type Deciding = "acknowledge" | "hand-over" | "close";

interface DecideAlertProps {
  readonly alert: AlertReply;
  readonly deciding: Deciding;
  readonly neighbours: readonly string[];
  readonly onClose: () => void;
}

/** Words are required: the history tells the next shift what this one knew. */
export function DecideAlert({ alert, deciding, neighbours, onClose }: DecideAlertProps) {
  const [words, setWords] = useState("");
  const near = neighbours.find((name) => name === alert.neighbour) ?? neighbours[0] ?? "";
  const [neighbour, setNeighbour] = useState(near);
  const [role, setRole] = useState<HandoverRole>(handoverRoles[0]);
  const text = words.trim();
  const { title, yes, asks } = deeds[deciding];
  const send = async () => {
    const { acknowledge, handOver, close } = alertCalls;
    const said = { id: alert.id, body: { words: text } };
    if (deciding === "acknowledge") await askAlerts(acknowledge, said);
    else if (deciding === "close") await askAlerts(close, said);
    else await askAlerts(handOver, { ...said, body: { words: text, neighbour, role } });
    onClose();
  };
  return (
    <SentQuestion
      title={title}
      yes={yes}
      isDisabled={text === "" || whyRefused(words) !== null}
      send={send}
      onNo={onClose}
    >
      <p>{alert.sentence}</p>
      {deciding === "hand-over" ? (
        <>
          <Select
            label="Neighbour"
            value={neighbour}
            options={neighbours.map((name) => ({ value: name, label: name }))}
            onChange={setNeighbour}
          />
          <Select
            label="Role"
            hint="Tell their outreach first. People who have moved may be at risk."
            value={role}
            options={handoverRoles.map((value) => ({ value, label: handoverRoleWords[value] }))}
            onChange={setRole}
          />
          <p className="quiet">
            If an agreement is in force, their liaison is told about the cluster and its month.
            First a second person must confirm under Neighbours that their outreach was told. No
            figure, no place and none of your words cross; of an alert that partners' reports are
            part of, nothing does.
          </p>
        </>
      ) : null}
      {deciding === "close" ? (
        <p className="quiet">
          These reports will not raise it again. A new alert needs reports at least a week later, or
          half as many again.
        </p>
      ) : null}
      <DecisionWords label={asks} value={words} onChange={setWords} />
    </SentQuestion>
  );
}

interface DecisionWordsProps {
  readonly label: string;
  readonly hint?: string;
  readonly value: string;
  readonly onChange: (words: string) => void;
}

/** One line, about no person. */
export function DecisionWords({ hint, onChange, ...field }: DecisionWordsProps) {
  return (
    <WordsField
      {...field}
      hint={hint ?? "Do not include names."}
      error={whyRefused(field.value) ?? undefined}
      maxLength={mostAlertWords}
      onChange={(typed) => onChange(typed.replace(/[\r\n]+/g, " "))}
    />
  );
}

/** Same rule as the server (core/displacement/wire/alerts.ts). */
export function whyRefused(words: string): string | null {
  const fault = faultsOfWords("words", words)[0];
  if (fault !== undefined) return fault.reason;
  const person = maySpeakOfPerson(words);
  return person === null ? null : personRefusal(person);
}

const deeds: Readonly<Record<Deciding, Readonly<Record<"title" | "yes" | "asks", string>>>> = {
  acknowledge: { title: "Acknowledge the alert", yes: "Acknowledge", asks: "Action taken" },
  "hand-over": { title: "Hand the alert over", yes: "Hand over", asks: "Message" },
  close: { title: "Close the alert", yes: "Close alert", asks: "Outcome" },
};
