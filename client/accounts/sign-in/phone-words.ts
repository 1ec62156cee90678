import { diaryLanguage } from "#client/state/language.ts";
import { useStore } from "#client/state/use-store.ts";
import { type LanguageOf, speak, type Words } from "#core/text/language.ts";
import type { LanguageCode } from "#core/text/languages.ts";

// biome-ignore format: one message a line
const english = {
  language: "Language",
  open: "Open",
  opening: "Opening...",
  "open.label": "Open with PIN",
  "other-ways": "Other ways to sign in",
  ended: "This phone is no longer set up. Ask whoever gave you the link for a new one.",
  "set-up": "Set up this phone",
  "setting-up": "Setting up...",
  choose: "Choose a PIN",
  new: "New PIN",
  hint: "At least six digits, not a date. After {most} wrong attempts this phone is signed out for good.",
  repeat: "Repeat the PIN",
  differ: "The two PINs do not match.",
  cancel: "Cancel",
  about: "The link works once, on this phone only. Nobody can look up your PIN. Lost the phone? Ask the administrator or a colleague to remove it.",
} as const;
type PhoneWords = typeof english;

/** Nobody has checked these. They say no word of what is behind the PIN. */
// biome-ignore format: one message a line
export const phoneDictionaries: { readonly [Code in LanguageCode]: Words<PhoneWords, Code> } = {
  en: english,
  tr: {
    language: "Dil (Language)",
    open: "Aç",
    opening: "Açılıyor...",
    "open.label": "PIN ile aç",
    "other-ways": "Başka giriş yolları",
    ended: "Bu telefon artık kurulu değil. Bağlantıyı veren kişiden yenisini isteyin.",
    "set-up": "Bu telefonu kur",
    "setting-up": "Kuruluyor...",
    choose: "Bir PIN seçin",
    new: "Yeni PIN",
    hint: "En az altı rakam, tarih olmasın. {most} yanlış denemeden sonra bu telefonun girişi tamamen kapanır.",
    repeat: "PIN’i tekrar yazın",
    differ: "İki PIN aynı değil.",
    cancel: "Vazgeç",
    about: "Bağlantı bir kez ve yalnızca bu telefonda çalışır. PIN’inize kimse bakamaz. Telefon kaybolduysa yöneticiden veya bir iş arkadaşından onu kaldırmasını isteyin.",
  },
  pl: {
    language: "Język (Language)",
    open: "Otwórz",
    opening: "Otwieranie...",
    "open.label": "Otwórz PIN-em",
    "other-ways": "Inne sposoby logowania",
    ended: "Ten telefon nie jest już skonfigurowany. Poproś o nowy link osobę, która go dała.",
    "set-up": "Skonfiguruj ten telefon",
    "setting-up": "Konfigurowanie...",
    choose: "Wybierz PIN",
    new: "Nowy PIN",
    hint: "Co najmniej sześć cyfr, nie data. Po {most} błędnych próbach ten telefon zostanie wylogowany na stałe.",
    repeat: "Powtórz PIN",
    differ: "Te dwa PIN-y się różnią.",
    cancel: "Anuluj",
    about: "Link działa raz i tylko na tym telefonie. Nikt nie może sprawdzić Twojego PIN-u. Telefon zgubiony? Poproś administratora albo kogoś z zespołu o jego usunięcie.",
  },
  ro: {
    language: "Limba (Language)",
    open: "Deschide",
    opening: "Se deschide...",
    "open.label": "Deschide cu PIN",
    "other-ways": "Alte moduri de conectare",
    ended: "Acest telefon nu mai este configurat. Cereți un link nou de la persoana care vi l-a dat.",
    "set-up": "Configurează acest telefon",
    "setting-up": "Se configurează...",
    choose: "Alegeți un PIN",
    new: "PIN nou",
    hint: "Cel puțin șase cifre, nu o dată. După {most} încercări greșite, acest telefon este deconectat definitiv.",
    repeat: "Repetați PIN-ul",
    differ: "Cele două PIN-uri nu se potrivesc.",
    cancel: "Anulează",
    about: "Linkul funcționează o singură dată, doar pe acest telefon. Nimeni nu vă poate vedea PIN-ul. Ați pierdut telefonul? Cereți administratorului sau unui coleg să îl scoată.",
  },
  so: {
    language: "Luqadda (Language)",
    open: "Fur",
    opening: "Waa la furayaa...",
    "open.label": "Ku fur PIN",
    "other-ways": "Siyaabo kale oo lagu galo",
    ended: "Taleefankan mar dambe lama habayn. Weydii qofkii ku siiyay linkiga mid cusub.",
    "set-up": "Habee taleefankan",
    "setting-up": "Waa la habaynayaa...",
    choose: "Dooro PIN",
    new: "PIN cusub",
    hint: "Ugu yaraan lix god, oo aan taariikh ahayn. {most} isku day oo khaldan ka dib taleefankan si joogto ah ayaa looga saarayaa.",
    repeat: "Ku celi PIN-ka",
    differ: "Labada PIN isma laha.",
    cancel: "Jooji",
    about: "Linkigu hal mar ayuu shaqeeyaa, taleefankan oo keliya. Qofna ma arki karo PIN-kaaga. Taleefanka ma lumay? Weydii maamulaha ama saaxiib shaqo inuu ka saaro.",
  },
  sq: {
    language: "Gjuha (Language)",
    open: "Hap",
    opening: "Po hapet...",
    "open.label": "Hap me PIN",
    "other-ways": "Mënyra të tjera hyrjeje",
    ended: "Ky telefon nuk është më i konfiguruar. Kërkojini një lidhje të re atij që jua dha.",
    "set-up": "Konfiguro këtë telefon",
    "setting-up": "Po konfigurohet...",
    choose: "Zgjidhni një PIN",
    new: "PIN i ri",
    hint: "Të paktën gjashtë shifra, jo një datë. Pas {most} përpjekjesh të gabuara ky telefon nxirret përgjithmonë.",
    repeat: "Përsëritni PIN-in",
    differ: "Dy PIN-et nuk përputhen.",
    cancel: "Anulo",
    about: "Lidhja funksionon një herë, vetëm në këtë telefon. Askush nuk mund ta shohë PIN-in tuaj. E humbët telefonin? Kërkojini administratorit ose një kolegu ta heqë.",
  },
};

/** As chosen in the Diary, else as the phone itself is set. */
export function usePhoneWords(): LanguageOf<PhoneWords> {
  const code = useStore(diaryLanguage.chosen, (chosen) => chosen);
  return speak<PhoneWords>(code, phoneDictionaries[code]);
}
