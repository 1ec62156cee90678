/**
 * The law of England and Wales in plain words, as far as a hall asks for it. Sources: Sexual Offences
 * Act 2003 ss.47, 51A, 52, 53, 53A; Street Offences Act 1959 s.1 as amended in 2009 and 2015; Sexual
 * Offences Act 1956 ss.33 to 36; Anti-social Behaviour, Crime and Policing Act 2014 Part 4; Police and
 * Criminal Evidence Act 1984 ss.1 and 24 with Codes A and G; Misuse of Drugs Act 1971 s.23; Criminal
 * Justice Act 2003 ss.22 and 23; Modern Slavery Act 2015. To be read by the force's lawyers before use.
 */
export const lawWords = {
  "law.name": "The law on buying",
  "law.heading": "What the law says about buying",
  "law.not-offences":
    "In England and Wales selling sex and buying sex between consenting adults are not offences in themselves.",
  "law.buying-in-street":
    "Asking to buy sex in a street or public place is an offence, also from a car and at the first time. (Sexual Offences Act 2003, s. 51A)",
  "law.exploited":
    "Paying for sex with somebody who is forced, threatened or deceived for another’s gain is an offence, even if the buyer did not know. (The same, s. 53A)",
  "law.child":
    "Paying for sex with anybody under 18 is a serious offence. A child is never to blame. (The same, s. 47)",

  "selling.name": "The law on selling and exploiting",
  "selling.heading": "What the law says about selling, and about exploiting",
  "selling.loitering":
    "Loitering or soliciting in the street to sell sex is an offence only for adults, and only when it is persistent: at least twice in three months. (Street Offences Act 1959, s. 1)",
  "selling.brothel":
    "Keeping or managing a brothel is an offence. (Sexual Offences Act 1956, ss. 33 to 36)",
  "selling.control":
    "Causing somebody to sell sex, or controlling it, for gain is an offence; so is trafficking. (Sexual Offences Act 2003, ss. 52 and 53; Modern Slavery Act 2015)",
  "selling.victims":
    "Somebody who sells sex can be a victim of these. Then police are there to protect that person.",

  "powers.name": "What police can do",
  "powers.heading": "What police can do",
  "powers.support":
    "Help somebody to reach outreach workers, health services and housing. This comes first.",
  "powers.courses":
    "Offer a course, with a conditional caution, instead of court. The person must admit the offence and agree.",
  "powers.warn": "Warn, and where there is evidence caution, report or charge.",
  "powers.notice":
    "Give a community protection warning in writing, then a notice, where conduct is unreasonable, goes on, and harms life in the area. It can also be given to an owner or a business.",
  "powers.exploiters": "Investigate those who exploit, control or traffic others.",
  "powers.places": "Ask the council to change the place: lighting, alleys, empty buildings.",

  "limits.name": "What the law does not allow",
  "limits.heading": "What the law does not allow",
  "limits.presence":
    "Being in the street is not an offence, whoever somebody is or is thought to be.",
  "limits.search":
    "A search normally needs reasonable grounds to suspect a certain item. Looks, clothes or what somebody is known for are not grounds. There is no power to search for soliciting.",
  "limits.arrest": "An arrest needs suspicion of an offence, and it must be necessary.",
  "limits.course": "Nobody can be made to take a course or support by a caution alone.",
  "limits.tell": "Police may not tell you who was stopped, warned or helped.",
  "limits.speed": "Courts, not police, decide on guilt and punishment. That takes time.",

  "you.name": "What helps, what does not",
  "you.heading": "What you can do, and what to leave",
  "you.do": "What helps",
  "you.do-report":
    "Report what you saw, where and when. A late report helps police too, though a month that was shown stays as it was.",
  "you.do-worry": "Report worry about somebody's safety, not only nuisance.",
  "you.do-place": "Tell the council about lighting, litter and empty buildings.",
  "you.do-ask": "Ask here what came of it.",
  "you.leave": "What does not help",
  "you.leave-confront": "Do not confront anybody, buyer or seller. It can end in violence.",
  "you.leave-film":
    "Do not film or photograph people, and post nothing online. It can put somebody in danger.",
  "you.leave-follow": "Do not follow people or cars, or block the road.",
  "you.leave-guess":
    "Do not guess from looks or clothes who sells sex. Women who live here are stopped and stared at.",

  "help.name": "Where help is",
  "help.heading": "Where help is, for the women first",
  "help.emergency": "Somebody is in danger",
  "help.emergency-how":
    "999, textphone 18000. If you cannot speak on a mobile, stay on the line and press 55.",
  "help.violence": "Sexual violence, now or in the past, from age 16",
  "help.violence-how":
    "0808 500 2222, Rape Crisis support line of England and Wales, free, day and night",
  "help.exploited": "Somebody may be controlled",
  "help.exploited-how": "08000 121 700, Modern Slavery and Exploitation Helpline, free",
  "help.local": "Support near here",
  "help.local-how": "Ask the presenter, or the council, for outreach services of this area.",

  "contact.name": "How to report",
  "contact.heading": "How to report",
  "contact.emergency": "A crime is happening now",
  "contact.emergency-how": "999, always before anything else",
  "contact.report": "Not urgent, or over",
  "contact.report-how": "101, textphone 18001 101, or online through www.police.uk",
  "contact.anonymous": "Without your name",
  "contact.anonymous-how":
    "0800 555 111 or crimestoppers-uk.org: Crimestoppers, a charity and not the police",
  "contact.place": "Lighting, litter, empty buildings",
  "contact.place-how": "The council, or the neighbourhood policing team",
} as const;
