import { useCallback, useState } from "react";
import { useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { useAnswer } from "#client/api/use-answer.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { type ZoneChoiceProps, ZoneMap } from "#client/neighbours/ZoneMap.tsx";
import { Button } from "#client/ui/Button.tsx";
import { Check } from "#client/ui/Check.tsx";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { Form } from "#client/ui/Form.tsx";
import { fieldOf } from "#client/ui/field-of.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { Position } from "#core/geo/cell.ts";
import { type AgreedArea, exchangeCalls, type PatrolCheckReply } from "#core/neighbours/wire.ts";
import { addDays, createZone, formatInstant, parseLocal } from "#core/time/zone.ts";

/** Does a planned patrol of theirs fit? Yes, or another time, without a reason. */
export function PatrolCheck(props: { readonly area: AgreedArea; readonly contact: string }) {
  const { asAt, timeZone } = useSession();
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const [drawn, setDrawn] = useState<readonly Position[] | null>(null);
  const [time, setTime] = useState({ date: addDays(asAt, 1), from: "18:00", to: "20:00" });
  const { answer, asks, drop } = useAnswer<PatrolCheckReply>();
  const { fault, isPending, run } = useSubmit();
  const field = fieldOf(time, (part) => {
    drop();
    setTime((before) => ({ ...before, ...part }));
  });
  const toggle = (name: string) => {
    drop();
    setDrawn(null);
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(name)) next.add(name);
      return next;
    });
  };
  const draw = useCallback(
    (corners: readonly Position[] | null) => {
      drop();
      setDrawn(corners);
    },
    [drop],
  );
  const isWhole =
    time.date !== "" && time.from !== "" && time.to !== "" && (drawn !== null || chosen.size > 0);
  const check = () => {
    if (!isWhole) return;
    const keep = asks();
    const where =
      drawn === null
        ? { zones: [...chosen] }
        : { corners: drawn.map(([lng, lat]): [number, number] => [lng, lat]) };
    const body = { ...where, ...instants(time, timeZone) };
    run(async () => keep(await ask(exchangeCalls.checkPatrol, { body })));
  };
  return (
    <section className="stack gap-2 shrinks no-print" aria-label="Check a planned patrol">
      <h2>Check a planned patrol</h2>
      <p className="quiet">
        Choose up to 20 places on your side of the boundary, or draw an area, and a time. The answer
        is “fits” or “choose another time”, without a reason. Anything more than 7 days ahead gets
        “choose another time”. Checks are limited and logged.
      </p>
      <Form className="neighbours__check grid gap-4" onSend={check}>
        <ZoneChoice
          area={props.area}
          chosen={chosen}
          onToggle={toggle}
          drawn={drawn}
          onDrawn={draw}
        />
        <div className="stack gap-2 shrinks">
          <TextField label="Day" type="date" {...field("date")} min={asAt} />
          <TextField label="From" type="time" {...field("from")} />
          <TextField
            label="To"
            type="time"
            {...field("to")}
            hint="If not after the start, this is the next day."
          />
          <div className="neighbours__actions row wrap gap-3 end">
            <Button type="submit" disabled={isPending || !isWhole}>
              Check
            </Button>
          </div>
          {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
          <p className="neighbours__answer target strong row middle gap-2" role="status">
            {answer === null ? null : (
              <>
                <Icon name={answer.answer === "fits" ? "check" : "close"} /> {answer.sentence}
              </>
            )}
          </p>
          <p className="quiet small">
            If it cannot wait, contact the {props.contact.toLowerCase()} named in the agreement.
          </p>
        </div>
      </Form>
    </section>
  );
}

function instants(
  time: { readonly date: string; readonly from: string; readonly to: string },
  timeZone: string,
): { readonly from: string; readonly to: string } {
  const zone = createZone(timeZone);
  const end = time.to > time.from ? time.date : addDays(time.date, 1);
  const at = (date: string, clock: string, prefer: "earlier" | "later") =>
    formatInstant(zone, zone.toInstant(parseLocal(`${date}T${clock}`), prefer));
  return { from: at(time.date, time.from, "earlier"), to: at(end, time.to, "later") };
}

function ZoneChoice(props: ZoneChoiceProps) {
  const { area, chosen, onToggle, drawn } = props;
  const [sought, setSought] = useState("");
  const words = sought.trim().toLowerCase();
  const shown = area.zones.filter(
    ({ name }) => chosen.has(name) || name.toLowerCase().includes(words),
  );
  return (
    <div className="zone-choice grid gap-4">
      <ZoneMap {...props} />
      <fieldset className="zone-choice__list stack gap-2">
        <legend>
          {drawn === null ? `Places on your side, ${chosen.size} chosen` : "Places on your side"}
        </legend>
        <TextField label="Search by name" value={sought} onChange={setSought} />
        <ul>
          {shown.map(({ name }) => (
            <li key={name}>
              <Check isChecked={drawn === null && chosen.has(name)} onChange={() => onToggle(name)}>
                {name}
              </Check>
            </li>
          ))}
        </ul>
        {words !== "" && shown.every(({ name }) => !name.toLowerCase().includes(words)) ? (
          <p className="quiet" role="status">
            Nothing found: try part of its name.
          </p>
        ) : null}
      </fieldset>
    </div>
  );
}
