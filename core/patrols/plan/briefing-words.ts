import type { PatrolPartnerKind } from "#core/patrols/wire/patrol-partners.ts";

/** The same everywhere: buyers' conduct, exploitation and the place, never women's looks. */
export const briefingTitle = "Neighbourhood patrol";

export const lookFor: readonly string[] = [
  "Drivers who circle, stop and pull away, or call to people on the pavement.",
  "Anyone who is watched, controlled, driven or collected by another person, or who seems afraid.",
  "Anyone who looks under 18: treat as a child at risk of exploitation.",
  "The place: lighting that is out, open yards and alleys, needles and litter, blocked views.",
];

export const referralLine =
  "Someone at risk: offer a referral and pass it on before the end of the shift. Modern Slavery and Exploitation Helpline 08000 121 700, free, day and night.";

export const emergencyLine =
  "An emergency call always comes first, wherever it leads. Go, and tell the control room that you have left this sheet.";

export function checkLine(number: string): string {
  return `Number ${number}. Check it before you go and every hour: not valid unless Boxster confirms it.`;
}

interface PaperWords {
  readonly title: string;
  readonly lookFor: string[];
  readonly referral: string;
  readonly emergency: string;
}

/** Who is not police watches, talks and reports: its paper speaks of no power that it does not have. */
export function paperWords(kind: PatrolPartnerKind | null): PaperWords {
  if (kind === null) {
    return {
      title: briefingTitle,
      lookFor: [...lookFor],
      referral: referralLine,
      emergency: emergencyLine,
    };
  }
  const [drivers, ...others] = lookFor;
  return {
    title: `${briefingTitle}, ${kind}`,
    lookFor: [
      `${drivers} Note where and when, and do not follow.`,
      ...others,
      "You watch, talk and pass on what you see. Do not stop, search or hold anyone.",
    ],
    referral: referralLine.replace("pass it on", "pass it on to your coordinator"),
    emergency:
      "In an emergency call 999 first, wherever you are. Then tell your control room that you have left this sheet.",
  };
}
