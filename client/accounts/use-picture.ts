import { useDemoMark, useSession } from "#client/accounts/session-context.ts";
import { ask } from "#client/api/ask.ts";
import { capitalised } from "#client/ui/format.ts";
import type { PictureSubject } from "#client/ui/picture/still.ts";
import { type PrintedScreen, printCalls } from "#core/accounts/wire/prints.ts";
import { demoSuffix } from "#core/demo-words.ts";
import { formatDate } from "#core/time/words.ts";

/** A map or chart of a screen, as it leaves: logged as a print of that screen is. */
export function usePicture(
  screen: PrintedScreen,
  sentence: string,
  whyNot: string | null = null,
): PictureSubject {
  const { asAt } = useSession();
  const mark = useDemoMark();
  return {
    sentence,
    mark,
    foot: [`Boxster, ${capitalised(screen)}, as at ${formatDate(asAt)}.`],
    fileName: `${screen}-${asAt}${demoSuffix(mark)}.png`,
    note: () => ask(printCalls.picture, { body: { screen } }),
    whyNot,
  };
}
