/** Languages of residents, partners and handouts; all else is English. */
export const languageCodes = ["en", "tr", "pl", "ro", "so", "sq"] as const;
export type LanguageCode = (typeof languageCodes)[number];

/** As its speakers write it. */
export const ownNames: Readonly<Record<LanguageCode, string>> = {
  en: "English",
  tr: "Türkçe",
  pl: "Polski",
  ro: "Română",
  so: "Soomaali",
  sq: "Shqip",
};

export function isLanguageCode(text: unknown): text is LanguageCode {
  return (languageCodes as readonly unknown[]).includes(text);
}

/** The best liked of an `Accept-Language` that there is; English where there is none. */
export function languageFor(accepted: string | undefined): LanguageCode {
  const liked = (accepted ?? "").split(",").map((one) => {
    const [tag = "", quality = "1"] = one
      .trim()
      .toLowerCase()
      .split(/\s*;\s*q=/);
    return { code: tag.split("-")[0], quality: Number(quality) };
  });
  const [best] = liked
    .filter(({ code, quality }) => isLanguageCode(code) && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return isLanguageCode(best?.code) ? best.code : "en";
}

/** What `Intl.PluralRules` can answer; a test compares. */
export interface PluralForms {
  readonly en: "one" | "other";
  readonly tr: "one" | "other";
  readonly pl: "one" | "few" | "many" | "other";
  readonly ro: "one" | "few" | "other";
  readonly so: "one" | "other";
  readonly sq: "one" | "other";
}

/** Shown in the language and in English until a person's name stands in the dictionary's head. */
export const uncheckedWords: Readonly<Record<LanguageCode, string>> = {
  en: "Translated by machine, not yet checked",
  tr: "Makine çevirisi, henüz kontrol edilmedi",
  pl: "Tłumaczenie maszynowe, jeszcze niesprawdzone",
  ro: "Traducere automată, încă neverificată",
  so: "Waxaa turjumay mashiin, weli lama hubin",
  sq: "Përkthyer nga një makinë, ende e pakontrolluar",
};

/** Shown before what stays English among words of another language. */
export const inEnglishWords: Readonly<Record<Exclude<LanguageCode, "en">, string>> = {
  tr: "(İngilizce)",
  pl: "(po angielsku)",
  ro: "(în engleză)",
  so: "(Ingiriis)",
  sq: "(në anglisht)",
};

/** Our own, for Intl's en-GB writes "Sept", and browsers have no months of Somali and Albanian. */
export const shortMonths: Readonly<Record<LanguageCode, string>> = {
  en: "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
  tr: "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
  pl: "sty lut mar kwi maj cze lip sie wrz paź lis gru",
  ro: "ian feb mar apr mai iun iul aug sept oct nov dec",
  so: "Jan Feb Mar Abr May Jun Lul Ogs Seb Okt Nof Dis",
  sq: "jan shk mar pri maj qer korr gush sht tet nën dhj",
};

/** Chromium has plurals of these, but no dates, numbers or lists. Names: CLDR 46, short weekdays cut; Monday first. */
export const withoutIntl = {
  so: {
    months:
      "Jannaayo Febraayo Maarso Abriil Maajo Juun Luulyo Ogosto Sebteembar Oktoobar Noofeembar Diseembar",
    weekdays: "Isniin,Talaado,Arbaco,Khamiis,Jimco,Sabti,Axad",
    shortWeekdays: "Isn,Tal,Arb,Kha,Jim,Sab,Axd",
    and: "iyo",
    thousands: ",",
  },
  sq: {
    months: "janar shkurt mars prill maj qershor korrik gusht shtator tetor nëntor dhjetor",
    weekdays: "e hënë,e martë,e mërkurë,e enjte,e premte,e shtunë,e diel",
    shortWeekdays: "hën,mar,mër,enj,pre,sht,die",
    and: "dhe",
    thousands: "\u00a0",
  },
} as const;
