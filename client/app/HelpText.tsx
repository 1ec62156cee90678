import type { Role } from "#core/role.ts";

/** What a screen is for and how it is worked, for one's role. Its own piece of code: few ask for it. */
export function HelpText({ screenId, role }: { readonly screenId: string; readonly role: Role }) {
  const help = helpWords[screenId];
  return (
    <>
      {(help?.of?.[role] ?? help?.all ?? []).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {role === "partner" ? null : (
        <p className="quiet">
          The address bar holds this view: copy it to send the view to a colleague. Escape always
          backs out.
        </p>
      )}
    </>
  );
}

interface ScreenHelp {
  readonly all: readonly string[];
  /** Where a role sees another part of the screen than the others. */
  readonly of?: Partial<Record<Role, readonly string[]>>;
}

/** Plain sentences behind the question mark, by screen: loaded when somebody asks. */
const helpWords: Readonly<Record<string, ScreenHelp>> = {
  hotspots: {
    all: [
      "Each hexagon is coloured by how many reports fell in it during the chosen dates, days and hours. The colour classes are the same for every period of that length with the same days and hours.",
      "An orange outline marks a hotspot: a place that has, alone or with neighbouring cells, significantly more reports than an even spread would give. The legend says how this is tested.",
      "Drag across the bars below the map to choose dates, or across the clock to choose days and hours. With the keyboard: Tab to either, then arrow keys; Shift with an arrow key widens the choice; Escape clears it.",
      "Undo and Redo name the step; Ctrl+Z, and Ctrl+Shift+Z or Ctrl+Y, do the same. Play moves the dates on by day, week or four weeks, and Escape pauses it. On the map, arrow keys move, plus and minus zoom, and Enter chooses what lies under the cross.",
      "Views keeps what you chose under a name: the filters and never the records. A saved view can always show the last so many days, and colleagues on this screen can share it. File prints, or makes a table or a picture of the map; the log takes note first.",
      "Reports come from residents and partners. Arrests and stops are made by police where police already are, so they are kept apart and never ranked together.",
    ],
  },
  plan: {
    all: [
      "Choose the first day, how many days, units and shifts, then Suggest. A first plan shows within a second and is made better while you watch; Cancel stops it.",
      "Every patrol keeps clear of protected time, which is hatched. The hatch does not say why, and is never printed or exported.",
      "Choose a patrol to see why here, why now and its stops. Drag it or its edges, type other times, or use the keys: Alt with an arrow moves it, with Shift its end; a number gives it to that unit, S splits, L locks, Delete removes, N adds. Where that is not possible you are told why and which time is the nearest that fits.",
      "Staffing reads a pasted duty roster in your browser: names stay there. Debrief is for the end of a shift: all done except what you untick.",
      "Approve the plan, then print the briefing, with sheets for each shift. Printed copies can go out of date: check the number before going out.",
    ],
  },
  displacement: {
    all: [
      "Did reports fall where the operation was, and did they rise next to it? Each edge of the command has its own answer, with its interval before its best estimate.",
      "An answer is a rise, a fall, no significant change, or not enough reports to tell. Marks say it as well as colours.",
      "One-sided means that beyond that line nothing is recorded, or not for all of the days compared, so a problem that moved over it would not be seen.",
      "Where the core fell and an edge rose, a banner says so. It cannot be closed.",
      "Operations adds, changes and ends what is assessed: an area, its days, phases, and a control area if you choose one. Every revision is kept. Report puts an assessment on two A4 pages, and its numbers into a file.",
      "Neighbours holds what is agreed with each neighbouring command: exactly what its liaison sees, the totals that it gives back, and alerts handed over. An alert is told to their outreach first, which another person says than handed it over.",
    ],
    of: {
      liaison: [
        "What you see is reports by residents along your line, by whole quarters: 10 or more in steps of 5, or “fewer than 10”. No place, hour or kind of a single report crosses the line, in either direction.",
        "Give the totals of your own side by the form, or download it as a file and fill it in. One fault and nothing of it is taken; each fault says what to do. What you send again takes the place of what you sent, and both are kept.",
        "An alert is handed over to your outreach contact first and appears here after that.",
        "Check a planned patrol before you plan it for certain: it fits, or choose another time. No reason is ever given, and an emergency needs no question.",
        "All this ends with the agreement. What you do here is in the log of the command that you exchange with.",
      ],
    },
  },
  panel: {
    all: [
      "What residents may see: the last release that a second person approved. Figures under 10 are withheld and all others are rounded to the nearest 5, so nobody can be picked out.",
      "F fills the screen and Escape leaves it. Right and left arrow, Page Down and Page Up or Space step through the slides; Home and End go to the first and last; B blanks them; Q opens the ten hardest questions, and a number its answer.",
      "Handout and files: two A4 pages, and the release as one file that opens anywhere, as figures and as text. Printing always prints the handout.",
      "Once it is open it needs no network. Nothing private is loaded on this screen.",
    ],
  },
  partners: {
    all: [
      "A calendar that is out of date is kept clear an hour longer on each side; one that was never given, or could not be read, stops every suggestion of patrols. A reminder stands on the partner's own page until it has confirmed.",
      "A closure larger than about 1.5 km across or longer than six hours closes at once; a second person of the same partner is asked whether it is right.",
      "You see no event, and no place or time of a session. Partners must not learn of each other.",
    ],
  },
  audit: {
    all: [
      "Every read of events, export, print and change is a row here: who, when, for what purpose, with what outcome. A row never holds what was read or written.",
      "Verify works the whole chain out anew and names the first row that is not as it was written.",
      "Rows cut off at the end cannot be seen from inside. Print the head each week, sign it and keep it away from the server; type its hash in when you verify.",
      "A row of refusals by one person can be somebody who tries what they may not, or who asks again and again whether a time is free.",
    ],
  },
  outcomes: {
    all: [
      "Arrests and stops are counted; all else is typed, for exactly the period it is shown for. As it may leave is the same by the public rule, and all that is printed or taken away.",
      "Plans and actions speak of places, never of persons. Pinned figures do not move when records change, nor does a pack once it is made.",
    ],
    of: {
      presenter: [
        "What was released: figures under 10 are withheld, others rounded to the nearest 5. Fewer than 10 does not mean none.",
      ],
    },
  },
  outreach: {
    all: [
      "Say when and where police should stay away. You see exactly what police will see before anything is saved.",
      "Out now closes a place from this minute. Until somebody confirms it, nobody may have seen it: call your police contact.",
      "Where a place really is never leaves this device. Police can tell an area about 350 m across, not where in it, and times on half hours.",
      "Confirm once a week that your sessions are complete. Without it police keep clear an hour longer on each side, and planning may stop.",
      'A late session always saves, and approved patrols in its way are called off. While you read "not confirmed", call your police contact.',
      "Kept clear means that no patrol is planned there. An emergency response can still come.",
      "The name that you give a place is not shown to police users; whoever runs the server can read it. A nickname is safer than an address.",
      "Exit leaves at once for a weather page and signs you out; so does the Esc key, twice. The phone's list of visited sites still holds this address, as Diary.",
    ],
  },
  records: {
    all: [
      "Drop a file of events on the page. Boxster guesses what each column holds and shows the guess before anything is stored.",
      "Rows that cannot be read are listed with line, column, value and reason; the rest of the file is taken in one go or not at all.",
      "Columns that look like names, dates of birth, phone numbers, vehicle marks or addresses are left out before the file leaves this computer.",
      "Boundaries and places: wards, LSOAs, beats and boroughs, and lighting, alleys, stops and venues open late, from GeoJSON. Lines that cross are put right where that can be done, and refused with the place where it cannot.",
      "Quality: what each kind and source of records is worth, and what that does to the maps. Hotspots and Plan say it in one line where it touches what they show.",
    ],
  },
  accounts: {
    all: [
      "Each person has an account of their own, with one role. What a role may see is fixed; it cannot be widened here.",
      "A one-time secret lets the person set a password that you never know. Hand it over yourself: whoever has it is let in.",
      "Disabling an account, and giving it another role, partner or password, signs its person out at once, everywhere.",
      "Accounts are never deleted: the log names them. Every change here is in the log, under your name.",
      "An administrator sees no events, no sessions and no plans.",
    ],
  },
  releases: {
    all: [
      "An analyst drafts a release, a partner or the coordinator may hold it, and the auditor approves it. From then on nobody changes it.",
      "A month is worked out once. Later releases repeat its figures, so that two releases cannot be taken from each other.",
      "One that was wrong is withdrawn with a notice. Its number stays.",
    ],
  },
};
