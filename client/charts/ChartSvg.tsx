import { line } from "d3-shape";
import { type RefObject, Suspense } from "react";
import type { ChartLayout, Mark } from "#client/charts/marks.ts";
import { classNames } from "#client/ui/class-names.ts";
import { lazily } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import type { PictureSubject, Taken } from "#client/ui/picture/still.ts";
import { takeSvg } from "#client/ui/picture/take-svg.ts";
import { useWidth } from "#client/ui/use-media.ts";
import "#client/charts/charts.css";

const firstWidth = 480;

/** As wide as its container; `label` and the table beside it say the same in words. */
export function ChartSvg(props: {
  readonly label: string;
  readonly layOut: (width: number) => ChartLayout;
  /** How it leaves, where it may. */
  readonly picture?: PictureSubject | undefined;
}) {
  const [box, width] = useWidth<HTMLDivElement>(firstWidth);
  const { height, marks } = props.layOut(width);
  return (
    <div ref={box} className="chart shrinks">
      <svg
        viewBox={`0 0 ${width} ${height}`}
        width="100%"
        height={height}
        role="img"
        aria-label={props.label}
      >
        {marks.map((mark, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: marks have no name of their own and are drawn again together.
          <MarkShape key={at} mark={mark} />
        ))}
      </svg>
      {props.picture ? <ChartPicture subject={props.picture} chart={box} /> : null}
    </div>
  );
}

function MarkShape({ mark }: { readonly mark: Mark }) {
  switch (mark.kind) {
    case "rect":
      return (
        <rect
          className={`chart__fill--${mark.tone}`}
          x={mark.x}
          y={mark.y}
          width={mark.width}
          height={mark.height}
        />
      );
    case "text":
      return (
        <text
          className={classNames(
            "chart__text small",
            `chart__fill--${mark.tone}`,
            mark.isStrong && "strong",
          )}
          x={mark.x}
          y={mark.y}
          textAnchor={mark.anchor ?? "start"}
        >
          {mark.text}
        </text>
      );
    case "line":
      return (
        <path
          className={classNames("chart__line", `chart__stroke--${mark.tone}`)}
          d={pathOf(mark.points)}
          strokeWidth={mark.width}
          strokeDasharray={mark.isDashed ? "4 3" : undefined}
        />
      );
    case "area":
      return <path className={`chart__fill--${mark.tone}`} d={`${pathOf(mark.points)}Z`} />;
    case "dot":
      return (
        <circle
          className={
            mark.isHollow
              ? `chart__fill--paper chart__stroke--${mark.tone}`
              : `chart__fill--${mark.tone}`
          }
          cx={mark.x}
          cy={mark.y}
          r={mark.radius}
        />
      );
  }
}

const path = line<readonly [number, number]>();

function pathOf(points: readonly (readonly [number, number])[]): string {
  return path(points) ?? "";
}

const PictureActs = lazily(
  async () => (await import("#client/ui/picture/PictureActs.tsx")).PictureActs,
);

interface ChartPictureProps {
  readonly subject: PictureSubject;
  readonly chart: RefObject<HTMLElement | null>;
}

function ChartPicture({ subject, chart }: ChartPictureProps) {
  const take = (): readonly Taken[] => {
    const svg = chart.current?.querySelector("svg");
    return svg ? [takeSvg(svg)] : [];
  };
  return (
    <div className="no-print">
      <Popover label="Picture" name={`Picture: ${subject.sentence}`} icon="file">
        {() => (
          <Suspense>
            <PictureActs subject={subject} take={take} />
          </Suspense>
        )}
      </Popover>
    </div>
  );
}
