import type { Resource } from "#client/api/resource.ts";
import { hasValue } from "#client/api/resource.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadText } from "#client/ui/download.ts";
import type { BannersReply } from "#core/displacement/wire/displacement.ts";
import { releaseCsv } from "#core/releases/file/csv.ts";
import { releaseHtml } from "#core/releases/file/html.ts";
import { releaseFileName } from "#core/releases/file/name.ts";
import { releaseText } from "#core/releases/file/text.ts";
import type { Shown } from "#core/releases/presentation/slide.ts";

/** The release as one page for any computer, as figures, and as words; made here, from what is on screen. */
export function ReleaseFiles({
  shown: { reply, language },
  banners,
  mark,
}: {
  readonly shown: Shown;
  readonly banners: Resource<BannersReply["banners"]>;
  readonly mark: string | null;
}) {
  const issue = { reply, language, mark, moved: hasValue(banners) ? banners.value : null };
  const name = releaseFileName(reply.release, mark);
  return (
    <>
      <Button
        icon="download"
        title="One file that opens on a locked-down computer, without a network"
        onClick={() => downloadText(`${name}.html`, releaseHtml(issue), "text/html")}
      >
        One file (HTML)
      </Button>
      <Button
        icon="download"
        onClick={() => downloadText(`${name}.csv`, releaseCsv(issue), "text/csv")}
      >
        Figures (CSV)
      </Button>
      <Button
        icon="download"
        title="For screen readers"
        onClick={() => downloadText(`${name}.txt`, releaseText(issue), "text/plain")}
      >
        Text version
      </Button>
    </>
  );
}
