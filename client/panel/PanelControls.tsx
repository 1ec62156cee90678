import { type PanelLevel, partsName } from "#client/panel/panel-view.ts";
import { monthName } from "#client/panel/panel-words.ts";
import { type Slide, slideNames, slides, stepWithin } from "#client/panel/slides.ts";
import { Button } from "#client/ui/Button.tsx";
import { Segmented } from "#client/ui/Segmented.tsx";
import { Select } from "#client/ui/Select.tsx";
import type { PanelReply } from "#core/wire/panel.ts";

export interface PanelControlsProps {
  readonly reply: PanelReply;
  readonly month: string;
  readonly level: PanelLevel;
  readonly slide: Slide;
  readonly isFull: boolean;
  readonly onChange: (part: Readonly<Record<string, string>>) => void;
  readonly onToggleFull: () => void;
}

/** Month, areas, slide, full screen, handout: by click and by key. */
export function PanelControls(props: PanelControlsProps) {
  const { reply, month, level, slide, onChange } = props;
  const step = (by: number) => onChange({ month: stepWithin(reply.months, month, by) });
  return (
    <div className="panel__controls no-print">
      <div className="panel__months-pick">
        <Button
          icon="back"
          label="Month before"
          disabled={month === reply.months[0]}
          onClick={() => step(-1)}
        />
        <Select
          bare
          label="Month"
          value={month}
          options={reply.months.map((value) => ({ value, label: monthName(value) }))}
          onChange={(value) => onChange({ month: value })}
        />
        <Button
          icon="forward"
          label="Month after"
          disabled={month === reply.months.at(-1)}
          onClick={() => step(1)}
        />
      </div>
      <Segmented
        label="Areas"
        value={level}
        options={[
          { value: "part", label: partsName(reply) },
          { value: "borough", label: "Boroughs" },
        ]}
        onChange={(by) => onChange({ by })}
      />
      <Segmented
        label="Slide"
        value={slide}
        options={slides.map((value) => ({ value, label: slideNames[value] }))}
        onChange={(next) => onChange({ slide: next })}
      />
      <div className="panel__acts">
        <Button look={props.isFull ? "plain" : "filled"} title="Key F" onClick={props.onToggleFull}>
          {props.isFull ? "Leave full screen" : "Full screen"}
        </Button>
        {props.isFull ? null : (
          <Button icon="print" onClick={() => window.print()}>
            Handout
          </Button>
        )}
      </div>
    </div>
  );
}
