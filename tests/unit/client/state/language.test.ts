import { afterEach, describe, expect, test, vi } from "vitest";
import { languageChoice, languageOfDevice } from "#client/state/language.ts";

afterEach(() => vi.unstubAllGlobals());

function onDevice(...languages: string[]) {
  vi.stubGlobal("navigator", { languages });
  const kept = new Map<string, string>();
  const localStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
  vi.stubGlobal("window", { localStorage });
  return kept;
}

describe("the language of a phone", () => {
  test.each([
    [["pl-PL", "en-GB"], "pl"],
    [["de", "fr-FR", "tr-TR", "pl"], "tr"],
    [["en-GB", "pl"], "en"],
    [["SQ-AL"], "sq"],
    [["de-DE"], "en"],
    [[], "en"],
  ])("of %j is the first that we have: %s", (languages, wanted) => {
    onDevice(...languages);
    expect(languageOfDevice()).toBe(wanted);
  });

  test("is there again once somebody signed out, and nothing of it is kept", () => {
    const kept = onDevice("pl-PL");
    const choice = languageChoice("diary", languageOfDevice);
    expect(choice.chosen.get()).toBe("pl");
    expect(kept.size).toBe(0);
    choice.choose("ro");
    expect(languageChoice("diary", languageOfDevice).chosen.get()).toBe("ro");
    kept.clear();
    choice.readAgain();
    expect(choice.chosen.get()).toBe("pl");
  });

  test("screens of staff stay English whatever the device speaks", () => {
    onDevice("pl-PL");
    expect(languageChoice("panel").chosen.get()).toBe("en");
  });
});
