import type { ReactNode } from "react";
import { forgetOnSignOut } from "#client/api/private-data.ts";
import { type DiaryWords, english } from "#client/protected-time/words/english.ts";
import { diaryLanguage } from "#client/state/language.ts";
import { createStore } from "#client/state/store.ts";
import { useStore } from "#client/state/use-store.ts";
import { ErrorNote } from "#client/ui/ErrorNote.tsx";
import { showToast } from "#client/ui/toast-store.ts";
import {
  type Dictionaries,
  isUnchecked,
  type LanguageOf,
  type SayOf,
  speak,
} from "#core/text/language.ts";
import { uncheckedWords } from "#core/text/languages.ts";

type Diary = LanguageOf<DiaryWords>;

/** Read when chosen: English loads no other. */
const dictionaries: Dictionaries<DiaryWords> = {
  tr: () => import("#data/words/diary/tr.json", { with: { type: "json" } }),
  pl: () => import("#data/words/diary/pl.json", { with: { type: "json" } }),
  ro: () => import("#data/words/diary/ro.json", { with: { type: "json" } }),
  so: () => import("#data/words/diary/so.json", { with: { type: "json" } }),
  sq: () => import("#data/words/diary/sq.json", { with: { type: "json" } }),
};

const inEnglish: Diary = speak<DiaryWords>("en", english);
const spoken = createStore<Diary>(inEnglish);

export async function readDiary(): Promise<void> {
  const code = diaryLanguage.chosen.get();
  if (code === spoken.get().code) return;
  try {
    const read = code === "en" ? null : (await dictionaries[code]()).default;
    if (code !== diaryLanguage.chosen.get()) return;
    spoken.set(() => (read ? speak<DiaryWords>(code, read.words, read.checkedBy) : inEnglish));
  } catch {
    showToast("This language could not be loaded. Words are English until there is a signal.");
    window.addEventListener("online", () => void readDiary(), { once: true });
  }
}

forgetOnSignOut(diaryLanguage.readAgain);
diaryLanguage.chosen.subscribe(() => void readDiary());

export const say: SayOf<DiaryWords> = (key, ...values) => spoken.get().say(key, ...values);

/** How the partner's language writes dates, times and lists. */
export const diary = (): Diary => spoken.get();
export const useDiary = (): Diary => useStore(spoken, (language) => language);

export const isEnglish = (): boolean => spoken.get().code === "en";

/** `lang` of what comes in English: from the server, and from other rooms. */
export const langOfEnglish = (): "en" | undefined => (isEnglish() ? undefined : "en");

const slot = "\u0000";

/** A sentence with something to press in it: `saying` puts what it is given where that belongs. */
export function around(saying: (slot: string) => string, part: ReactNode): ReactNode {
  const [before, after] = saying(slot).split(slot);
  return (
    <>
      {before}
      {part}
      {after}
    </>
  );
}

/** What rules and server say in English and a partner meets often, as patterns by their key. */
const known = Object.entries(english).flatMap(([key, text]) =>
  key.startsWith("known.") && typeof text === "string"
    ? [{ key: key as keyof DiaryWords, pattern: patternOf(text) }]
    : [],
);

function patternOf(text: string): RegExp {
  const plain = text.replace(/[.?()]/g, "\\$&");
  return new RegExp(`^${plain.replace(/\{(\w+)\}/g, "(?<$1>.+)")}$`, "u");
}

/** In the partner's language; as it came where no dictionary has it. */
export function translated(text: string): string {
  if (isEnglish()) return text;
  for (const { key, pattern } of known) {
    const found = pattern.exec(text);
    const tell = spoken.get().say as (key: string, values: Record<string, string>) => string;
    if (found) return tell(key, { ...found.groups });
  }
  return text;
}

/** What another room says, in English. */
export function InEnglish({ children }: { readonly children: ReactNode }) {
  return isEnglish() ? children : <div lang="en">{children}</div>;
}

/** Marked where it stays English. */
export function Translated({ text }: { readonly text: string }) {
  const shown = translated(text);
  return <span lang={shown === text ? langOfEnglish() : undefined}>{shown}</span>;
}

export function Refusal({
  text,
  children,
}: {
  readonly text: string;
  readonly children?: ReactNode;
}) {
  return (
    <p className="field__error" role="alert">
      <Translated text={text} />
      {children}
    </p>
  );
}

export function Fault({ fault }: { fault: { title: string; detail: string } | null }) {
  if (fault === null) return null;
  const text = `${fault.title}. ${fault.detail}`;
  const shown = translated(text);
  if (shown !== text) return <ErrorNote title={shown} detail="" />;
  return (
    <InEnglish>
      <ErrorNote title={fault.title} detail={fault.detail} />
    </InEnglish>
  );
}

/** That nobody has checked the translation, in it and in English. */
export function Unchecked() {
  const language = useDiary();
  if (!isUnchecked(language)) return null;
  return (
    <p className="quiet small">
      {uncheckedWords[language.code]}. <span lang="en">{uncheckedWords.en}.</span>
    </p>
  );
}

/** Told for a few seconds, outside the Diary. */
export function tell(text: string): void {
  showToast(text, isEnglish() ? undefined : spoken.get().tag);
}
