import { releaseName } from "#client/releases/panel/panel-api.ts";
import { panelLanguage } from "#client/releases/panel/ReadIn.tsx";
import type { Move } from "#client/releases/panel/step.ts";
import { command } from "#client/state/command.ts";
import { useStore } from "#client/state/use-store.ts";
import { Button } from "#client/ui/Button.tsx";
import { capitalised } from "#client/ui/format.ts";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { Deck } from "#core/releases/presentation/deck.ts";
import type { Slide } from "#core/releases/presentation/slide.ts";
import { type PanelLevel, partsName } from "#core/releases/presentation/view.ts";
import type { ReleaseDocument } from "#core/releases/wire/release.ts";
import type { ReleaseLine } from "#core/releases/wire/releases.ts";
import { languageCodes, ownNames } from "#core/text/languages.ts";
import { monthName } from "#core/time/months.ts";

export interface PanelControlsProps {
  readonly release: ReleaseDocument;
  readonly releases: readonly ReleaseLine[];
  readonly onRelease: (number: number) => void;
  readonly deck: Deck;
  readonly slide: Slide;
  readonly month: string;
  readonly level: PanelLevel;
  readonly area: string | undefined;
  readonly isFull: boolean;
  readonly isHandout: boolean;
  readonly onMove: (move: Move) => void;
  readonly onChange: (part: Readonly<Record<string, string>>) => void;
  readonly onToggleFull: () => void;
}

export function PanelControls(props: PanelControlsProps) {
  const { isFull, isHandout, onChange } = props;
  const language = useStore(panelLanguage.chosen, (code) => code);
  return (
    <div className="panel__controls row wrap end gap-2-3 no-print">
      {isHandout && !isFull ? (
        <Button icon="back" onClick={() => onChange({ view: "" })}>
          Slides
        </Button>
      ) : (
        <SlidePick {...props} />
      )}
      <WhatIsShown {...props} />
      <div className="panel__acts row wrap end gap-2-3">
        {isFull || props.releases.length < 2 ? null : (
          <Select
            bare
            label="Release"
            value={String(props.release.number)}
            options={props.releases.map((line) => ({
              value: String(line.number),
              label: releaseName(line),
            }))}
            onChange={(number) => props.onRelease(Number(number))}
          />
        )}
        {isFull ? null : (
          <Select
            bare
            label="Language"
            value={language}
            options={languageCodes.map((value) => ({ value, label: ownNames[value] }))}
            onChange={panelLanguage.choose}
          />
        )}
        {isFull || isHandout ? null : (
          <Button icon="print" onClick={() => onChange({ view: "handout" })}>
            Handout and files
          </Button>
        )}
        {isHandout && !isFull ? null : (
          <Button look={isFull ? "plain" : "filled"} title="Key F" onClick={props.onToggleFull}>
            {isFull ? "Leave full screen" : "Full screen"}
          </Button>
        )}
      </div>
    </div>
  );
}

function SlidePick({ deck, slide, onMove: go, onChange }: PanelControlsProps) {
  const isQuestion = deck.questions.includes(slide);
  const among = isQuestion ? deck.questions : deck.slides;
  return (
    <div className="panel__pick row wrap end gap-1">
      <Button
        icon="back"
        label="Previous slide"
        disabled={slide === among[0]}
        onClick={() => go({ to: "before" })}
      />
      <Select
        bare
        label="Slide"
        value={slide.id}
        options={[
          ...deck.slides.map(({ id, name }, at) => ({
            value: id,
            label: `${at + 1}. ${name}`,
            group: "Slides",
          })),
          ...deck.questions.map(({ id, name }) => ({ value: id, label: name, group: "Questions" })),
        ]}
        onChange={(id) => onChange({ slide: id })}
      />
      <Button
        icon="forward"
        label="Next slide"
        disabled={slide === among.at(-1)}
        onClick={() => go({ to: "next" })}
      />
      <Button title="Key Q" onClick={() => go({ to: "questions" })}>
        {isQuestion ? "Back to the slides" : "Questions"}
      </Button>
    </div>
  );
}

const monthSlides: readonly string[] = ["reported", "where", "list", "when"];
const levelSlides: readonly string[] = ["reported", "where", "list"];

function WhatIsShown(props: PanelControlsProps) {
  const { release, slide, month, level, area, isHandout, isFull, onChange } = props;
  const isPaper = isHandout && !isFull;
  return (
    <>
      {isPaper || monthSlides.includes(slide.id) ? (
        <Select
          bare
          label="Month"
          value={month}
          options={release.months.map((value) => ({ value, label: monthName(value) }))}
          onChange={(value) => onChange({ month: value })}
        />
      ) : null}
      {isPaper || levelSlides.includes(slide.id) ? (
        <Segmented
          hasHiddenLabel
          label="Areas"
          value={level}
          options={[
            { value: "part", label: partsName(release, capitalised(command.get().words.ward[1])) },
            { value: "borough", label: capitalised(command.get().words.part[1]) },
          ]}
          onChange={(by) => onChange({ by })}
        />
      ) : null}
      {!isPaper && slide.id === "when" ? (
        <Select
          bare
          label="Area"
          value={area ?? release.areas[0]?.id ?? ""}
          options={release.areas.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onChange({ area: id })}
        />
      ) : null}
    </>
  );
}
