import { useEffect, useState } from "react";
import { errorFromFailure } from "#client/api/api-error.ts";
import { hasValue } from "#client/api/resource.ts";
import { useFetched, useShared } from "#client/api/use-resource.ts";
import { useLook } from "#client/live/refresh.ts";
import { sourcesOfMap } from "#client/map/base-map.ts";
import { groundsOnTheWay } from "#client/map/streets/use-paper-ground.ts";
import { BriefingSheet } from "#client/patrols/briefing/BriefingSheet.tsx";
import { pagesOf } from "#client/patrols/briefing/briefing-layout.ts";
import { useStanding } from "#client/patrols/briefing/use-standing.ts";
import { BackToPlan, backToPlan } from "#client/patrols/plan-pages.tsx";
import { alarm } from "#client/patrols/tonight/alarm.ts";
import { places } from "#client/places/places.ts";
import { useStore } from "#client/state/use-store.ts";
import { Banner } from "#client/ui/Banner.tsx";
import { Button } from "#client/ui/Button.tsx";
import { EmptyState } from "#client/ui/EmptyState.tsx";
import { Form } from "#client/ui/Form.tsx";
import { formatTimeOfDay } from "#client/ui/format.ts";
import { Icon } from "#client/ui/Icon.tsx";
import { Loaded } from "#client/ui/Loaded.tsx";
import { Papers } from "#client/ui/Papers.tsx";
import { Select } from "#client/ui/Select.tsx";
import { TextField } from "#client/ui/TextField.tsx";
import type { BriefingReply, NumberReply } from "#core/patrols/wire/board.ts";
import "#client/patrols/briefing/briefing.css";
import "#client/patrols/police/police.css";

export interface BriefingSource {
  readonly key: string;
  readonly load: (signal: AbortSignal) => Promise<BriefingReply>;
  readonly check: (number: string) => Promise<NumberReply>;
}

/** What goes on paper: permitted routes alone, one paper a unit of a shift, checked as it is issued. */
export function Briefing({ of }: { readonly of: BriefingSource }) {
  const { resource, reload } = useFetched(`briefing ${of.key}`, of.load);
  const map = useShared(places);
  const isWaiting = useStore(groundsOnTheWay, (count) => count > 0);
  const isLoading = resource.status === "loading" || resource.status === "refreshing";
  const briefing = hasValue(resource) ? resource.value : null;
  const standing = useStanding({ briefing, isLoading }, of.check);
  const stands = standing === "stands";
  const isReady =
    hasValue(resource) && hasValue(map) && resource.value.sheets.length > 0 && !isWaiting && stands;
  /** The start of the one shift that is wanted; null: all. */
  const [only, setOnly] = useState<string | null>(null);
  const name = hasValue(resource)
    ? `${stands ? "" : `${standing.toUpperCase()} `}${resource.value.title} ${resource.value.number}`
    : null;
  return (
    <Papers
      className="briefing"
      name={name}
      back={<BackToPlan />}
      printLabel="Print"
      isReady={isReady}
      acts={
        <>
          {hasValue(resource) && resource.value.sheets.length > 1 ? (
            <Select
              label="Shift"
              value={only ?? allShifts}
              options={[
                { value: allShifts, label: "All shifts" },
                ...resource.value.sheets.map(({ start, title }) => ({
                  value: start,
                  label: title,
                })),
              ]}
              onChange={(start) => setOnly(start === allShifts ? null : start)}
            />
          ) : null}
          <NumberCheck
            number={hasValue(resource) ? resource.value.number : ""}
            checkOf={of.check}
          />
        </>
      }
    >
      <Loaded resource={resource} onRetry={reload}>
        {(briefing) =>
          briefing.sheets.length === 0 ? (
            <EmptyState
              title="Nothing to print"
              action={<Button onClick={backToPlan}>Plan</Button>}
            >
              Approve a patrol of this plan to print its route.
            </EmptyState>
          ) : (
            <>
              {stands ? null : (
                <div className="briefing__void full no-print">
                  <Banner
                    kind="warning"
                    action={<Button onClick={reload}>Get the current briefing</Button>}
                  >
                    {standing === "void"
                      ? `Void: something has changed since ${formatTimeOfDay(briefing.issuedAt)}. Do not use this briefing. Collect copies with number ${briefing.number}.`
                      : "Not checked: the server cannot be reached. Do not print this briefing."}
                  </Banner>
                </div>
              )}
              <p className="briefing__issued no-print">
                Checked and issued {formatTimeOfDay(briefing.issuedAt)}. Printed copies can go out
                of date: {briefing.checkLine}
              </p>
              {pagesOf({ sheets: shiftsOf(briefing, only) }).map((page) => (
                <BriefingSheet
                  key={page.key}
                  briefing={briefing}
                  page={page}
                  standing={standing}
                  gazetteer={hasValue(map) ? map.value.gazetteer : null}
                  tiles={hasValue(map) ? map.value.basemap : null}
                  attributions={hasValue(map) ? sourcesOfMap(map.value) : []}
                />
              ))}
            </>
          )
        }
      </Loaded>
    </Papers>
  );
}

const allShifts = "all";

/** Of one that is gone meanwhile, all: never a blank sheet. */
function shiftsOf({ sheets }: BriefingReply, only: string | null): BriefingReply["sheets"] {
  const chosen = sheets.filter(({ start }) => start === only);
  return chosen.length > 0 ? chosen : sheets;
}

interface Answer {
  readonly stands: boolean;
  readonly words: string;
  /** Was valid when last checked. */
  readonly isVoid?: boolean;
}

/** Whether a printed sheet is still valid. */
function NumberCheck({
  number,
  checkOf,
}: {
  readonly number: string;
  readonly checkOf: BriefingSource["check"];
}) {
  const [typed, setTyped] = useState<string | null>(null);
  const [answer, setAnswer] = useState<Answer | null>(null);
  const asked = typed ?? number;
  const check = async () => {
    if (asked.trim() === "") return;
    try {
      const reply = await checkOf(asked.trim());
      const { stands, sentence, checkedAt, number: of } = reply;
      const words = `${of}, ${formatTimeOfDay(checkedAt)}: ${sentence}`;
      setAnswer((before) => ({ stands, words, isVoid: !stands && (before?.stands ?? false) }));
    } catch (cause) {
      const { title, detail } = errorFromFailure(cause);
      setAnswer({ stands: false, words: `${title}. ${detail}` });
    }
  };
  // A sheet shown as valid is checked again on each change.
  const stood = answer?.stands ?? false;
  useLook("plan", null, () => {
    if (stood) void check();
  });
  const wasVoided = answer?.isVoid ?? false;
  useEffect(() => {
    if (wasVoided) alarm();
  }, [wasVoided]);
  return (
    <Form className="number-check row wrap end gap-2" onSend={() => void check()}>
      <TextField
        label="Number on the sheet"
        value={asked}
        onChange={(next) => {
          setTyped(next);
          setAnswer(null);
        }}
      />
      <Button type="submit">Check it is valid</Button>
      <p className="number-check__answer row middle gap-2" role="status">
        {answer ? (
          <>
            <Icon name={answer.stands ? "check" : "warning"} /> {answer.words}
          </>
        ) : null}
      </p>
      {answer?.isVoid ? (
        <p className="number-check__void rounded pad-3 fault title strong" role="alert">
          This sheet is no longer valid. Stop the patrol. Check Tonight here, or call the desk. An
          emergency call always comes first.
        </p>
      ) : null}
    </Form>
  );
}
