import { useState } from "react";
import { ApiError } from "#client/api/api-error.ts";
import { useSubmit } from "#client/api/use-submit.ts";
import { Button } from "#client/ui/Button.tsx";
import { downloadBlob } from "#client/ui/download.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { drawSheet } from "#client/ui/picture/draw-sheet.ts";
import type { PictureSubject, Taken } from "#client/ui/picture/still.ts";
import { showToast } from "#client/ui/toast-store.ts";
import "#client/ui/picture/print-picture.css";

interface PictureActsProps {
  readonly subject: PictureSubject;
  readonly take: () => readonly Taken[];
  /** Where a screen prints itself, its picture is not printed as well. */
  readonly isPrinted?: boolean;
}

/** One picture, by the ways in which it leaves: each logged, then made. */
export function PictureActs({ subject, take, isPrinted = false }: PictureActsProps) {
  const { fault, isPending, run } = useSubmit();
  const [what, setWhat] = useState("");
  const make = async () => {
    try {
      return await drawSheet(subject, take);
    } catch (cause) {
      throw faultOf("The picture could not be made", "Try again, or print the screen.", cause);
    }
  };
  const noted = () => subject.note().then(make);
  const act = (words: string, work: () => Promise<unknown>) => {
    setWhat(words);
    run(work);
  };
  if (subject.whyNot !== null) return <p className="quiet small">{subject.whyNot}</p>;
  return (
    <>
      <div className="row wrap gap-2">
        <Button
          look="filled"
          icon="file"
          disabled={isPending}
          onClick={() =>
            act("Copying", async () => {
              await copyPicture(noted);
              showToast("Picture copied. Paste it into your paper.");
            })
          }
        >
          Copy picture
        </Button>
        <Button
          icon="download"
          disabled={isPending}
          onClick={() =>
            act("Preparing the file", async () => downloadBlob(subject.fileName, await noted()))
          }
        >
          Download PNG
        </Button>
        {isPrinted ? (
          <Button
            icon="print"
            disabled={isPending}
            onClick={() => act("Preparing to print", async () => printPicture(await make()))}
          >
            Print
          </Button>
        ) : null}
      </div>
      {fault ? <ErrorNote title={fault.title} detail={fault.detail} /> : null}
      <p className="quiet small" role="status">
        {isPending ? what : "Logged, as every file."}
      </p>
    </>
  );
}

const cannotCopy = "This browser cannot copy pictures";

/** Handed over at once and filled later: a browser lets a page copy only while a press is fresh. */
async function copyPicture(make: () => Promise<Blob>): Promise<void> {
  if (!("ClipboardItem" in window && "clipboard" in navigator)) {
    throw faultOf(cannotCopy, "Use Download PNG instead.");
  }
  const png = make();
  try {
    await navigator.clipboard.write([new ClipboardItem({ "image/png": png })]);
  } catch (cause) {
    await png;
    throw faultOf(cannotCopy, "It may not be allowed here. Use Download PNG instead.", cause);
  }
}

function faultOf(title: string, detail: string, cause?: unknown): ApiError {
  return new ApiError({ status: 0, title, detail }, { cause });
}

/** Prints a picture alone, on one page turned as it is. The print is logged as every print. */
async function printPicture(png: Blob): Promise<void> {
  const image = new Image();
  image.src = URL.createObjectURL(png);
  image.alt = "";
  await image.decode();
  const turn = image.naturalWidth > image.naturalHeight ? "landscape" : "portrait";
  image.className = `picture-paper picture-paper--${turn}`;
  document.body.append(image);
  const done = () => {
    image.remove();
    URL.revokeObjectURL(image.src);
  };
  window.addEventListener("afterprint", done, { once: true });
  window.print();
}
