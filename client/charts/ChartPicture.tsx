import { type RefObject, Suspense } from "react";
import { lazily } from "#client/ui/lazily.ts";
import { Popover } from "#client/ui/Popover.tsx";
import type { PictureSubject, Taken } from "#client/ui/picture/still.ts";
import { takeSvg } from "#client/ui/picture/take-svg.ts";

const PictureActs = lazily(
  async () => (await import("#client/ui/picture/PictureActs.tsx")).PictureActs,
);

interface ChartPictureProps {
  readonly subject: PictureSubject;
  readonly chart: RefObject<HTMLElement | null>;
}

export function ChartPicture({ subject, chart }: ChartPictureProps) {
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
