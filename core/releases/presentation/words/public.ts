/** The public page alone; what it shares with slides and files is in english.ts. */
export const publicWords = {
  "public.title": "{place}: what residents reported, and what was done",
  "public.skip": "Skip to the figures",
  "public.languages": "Languages",

  "public.find": "Your ward, street or postcode",
  "public.find-kept": "We do not keep what you type.",
  "public.show": "Show",
  "public.choose": "Choose from a list",
  "public.which": "Which area?",
  "public.which-about":
    "A street can be in more than one area, and several can have the same name.",
  "public.whole-area": "These figures are for the whole area, never for one street.",
  "public.why": "Why?",

  "public.contents": "On this page",
  "public.areas": "All areas, {month}",
  "public.done-about": "For all of {place}.",
  "public.done-more": "Earlier dates, and more detail",

  "public.challenge": "Challenge a figure, or complain",
  "public.challenge-figure":
    "Is a figure or a sentence wrong? Write to the neighbourhood policing team with the number of this release. You need not say who you are. A release is never changed. If it is wrong it is withdrawn, and a notice says why.",
  "public.challenge-data":
    "Is it about how your data is used? Complain to the force. Within 30 days it must confirm that it has your complaint. It must look into it without delay and tell you the outcome.",
  "public.challenge-ico":
    "Not content with the answer? Go to the Information Commissioner’s Office: ico.org.uk/make-a-complaint or 0303 123 1113.",
  "public.challenge-police":
    "About how police behaved: complain to the force, then to the Independent Office for Police Conduct: policeconduct.gov.uk.",
  "public.complaints": "Complaints about data protection in {year}: {count}",

  "public.releases": "All releases",
  "public.release": "Release {number}: {from} to {to}, approved {date}",
  "public.release-withdrawn": "Release {number}: withdrawn on {date}",
  "public.newest": "Newest release",
  "public.download": "The figures as data",

  "public.unknown-area":
    "No area, street or postcode of that name is in this release. Choose from the list.",
  "public.unknown-language": "This page is in {languages}.",
  "public.unknown-release": "There is no release with that number.",
  "public.unknown-address": "There is no page at this address.",
  "public.none": "No figures have been released yet.",
  "public.none-left": "All releases were withdrawn, so there are no figures to show.",
  "public.read-only": "This page can only be read.",
  "public.too-many": "Too many requests. Wait a minute and try again.",
  "public.fault": "This page cannot be shown at the moment. Try again later.",
  "public.closed": "There is no public page here.",
} as const;
