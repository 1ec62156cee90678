import { PoliceContact } from "#client/protected-time/outreach/PoliceContact.tsx";
import type { Role } from "#core/role.ts";

export function HelpText({ screenId, role }: { readonly screenId: string; readonly role: Role }) {
  const help = helpWords[screenId];
  return (
    <>
      {(help?.of?.[role] ?? help?.all ?? []).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {role === "partner" ? (
        <p>
          Phone <PoliceContact />.
        </p>
      ) : (
        <p className="quiet">
          Copy the address to send this view to a colleague. Press Esc to close.
        </p>
      )}
      <p>
        <a href="/accessibility.html">Accessibility</a>
      </p>
    </>
  );
}

interface ScreenHelp {
  readonly all: readonly string[];
  readonly of?: Partial<Record<Role, readonly string[]>>;
}

const helpWords: Readonly<Record<string, ScreenHelp>> = {
  hotspots: {
    all: [
      "Each hexagon is coloured by how many reports fell in it during the chosen dates, days and hours. The colour classes are the same for every period of that length with the same days and hours.",
      "An orange outline marks a hotspot: a place that has, alone or with neighbouring cells, significantly more reports than an even spread would give. The legend says how this is tested.",
      "Drag across the bars below the map to choose dates, or across the clock for days and hours. With the keyboard, Tab to either and use the arrow keys. Shift with an arrow key extends the selection; Esc clears it.",
      "Undo is Ctrl+Z; Redo is Ctrl+Shift+Z or Ctrl+Y. Play moves the dates forward by day, week or four weeks, and Esc pauses it. On the map, arrow keys move, plus and minus zoom, and Enter selects the cell under the cross.",
      "Views saves your filters under a name, never the records. A saved view can always show the latest days, and you can share it with colleagues. Download makes a table. Picture or print, on the map, copies, saves or prints what is in view or a frame. Each is logged.",
      "Reports come from residents and partners. Arrests and stops happen where police already are, so they are shown separately and never ranked with reports.",
    ],
  },
  plan: {
    all: [
      "Choose the first day, number of days, units and shifts, then Suggest. A first plan appears within a second and then improves. Cancel stops it.",
      "Patrols stay out of keep-clear time, shown hatched. The hatch gives no reason and is never printed or exported.",
      "Select a patrol to see why here, why now and its stops. Drag it or its edges, or type new times. Keys: Alt with an arrow moves it, with Shift its end. A number assigns it to that unit. S splits, L locks, Delete removes, N adds. If a change is not possible you see why, and the nearest time that fits.",
      "Staffing reads a pasted duty roster in your browser; names stay there. Debrief at the end of a shift: untick anything not done.",
      '"How good is this plan?" says how much of the forecast the patrols cover. It opens how the forecast did, by week and on past months.',
      "Approve the plan, then print the briefing, one paper for each unit. Printed copies can go out of date: check the number before going out.",
    ],
    of: {
      warden: [
        "Your units' patrols of the week. A sergeant suggests them from the hours you enter under Staffing.",
        "Patrols stay out of keep-clear time, shown hatched. The hatch gives no reason and is never printed or exported.",
        "Select a patrol to see its stops and the way. Type new times, or drag it. If it is not possible you see why, and the nearest time that fits.",
        "Approve the patrols, then print the briefing, one paper for each unit. Check its number before going out and every hour.",
        "When a patrol is no longer available, a line appears above the page. Tell your units, then confirm.",
        "After a shift, debrief: untick anything not done.",
      ],
    },
  },
  displacement: {
    all: [
      "Did reports fall in the operation’s area, and did they rise next to it? Each boundary has its own answer, with an interval and a best estimate.",
      "The answer is a rise, a fall, no significant change, or not enough reports to tell. Symbols show it as well as colours.",
      "One-sided: reports beyond that boundary are not recorded, or not for all the days compared. A problem that moved across would not be seen.",
      "Where the core fell and an edge rose, a banner says so. It cannot be closed.",
      "Operations is where you add, change and end operations: area, days, phases and comparison area. Every version is kept. Report gives two A4 pages and a CSV file.",
      "Neighbours shows the agreement with each neighbouring command: what its liaison sees, the totals it sends, and alerts handed over. Their outreach must be told of an alert first, and a second person confirms that.",
    ],
    of: {
      liaison: [
        "You see reports by residents along your boundary by quarter, rounded to 5, or “fewer than 10”. No details of single reports are shared, in either direction.",
        "Enter your own totals in the form, or download the template and fill it in. If anything is wrong nothing is saved, and each error says what to correct. New totals replace earlier ones; both are kept.",
        "Alerts go to your outreach contact first, then appear here.",
        "Check a patrol before you confirm it: it fits, or choose another time. No reason is given. In an emergency, do not check: go.",
        "All this ends with the agreement. What you do here is logged by the command you exchange with.",
      ],
    },
  },
  panel: {
    all: [
      "What residents can see: the latest release that a second person approved. Figures under 10 are withheld and others rounded to the nearest 5, so nobody can be identified.",
      "F is full screen; Esc leaves it. Arrow keys, Page Up, Page Down and Space change the slide; Home and End go to the first and last. B blanks the screen. Q opens hard questions; press a number for its answer.",
      "Handout and files: two A4 pages, and the release as a single file, as CSV and as text. Printing always prints the handout.",
      "Once open it works offline. Nothing private is loaded on this screen.",
    ],
  },
  partners: {
    all: [
      "If a calendar is out of date, police keep clear an hour longer on each side. If one is missing or unreadable, no patrols are suggested. A reminder stays on the partner’s page until they confirm.",
      "A session over about 1.5 km across or six hours long takes effect at once. A second person at the same partner is asked to check it.",
      "You see no events and no session places or times. Partners must not learn of each other.",
    ],
  },
  audit: {
    all: [
      "Every view of events, export, print and change is a row here: who, when, for what purpose and with what outcome. A row never holds what was read or written.",
      "Check the log recalculates every row and names the first one that was changed.",
      "Rows missing at the end cannot be detected from the log alone. Print the head each week, sign it and keep it away from the server. Enter its hash when you check.",
      "Repeated refusals for one person may mean someone is trying things they are not allowed, or probing for free times.",
    ],
  },
  outcomes: {
    all: [
      "Arrests and stops are counted from records. All other totals are entered by hand for exactly the period shown. Rounded for sharing follows the public rule; only rounded figures can be printed or downloaded.",
      "Plans and actions are about places, never about people. Pinned figures and meeting packs do not change when records do.",
    ],
    of: {
      presenter: [
        "What was released: figures under 10 are withheld, others rounded to the nearest 5. “Fewer than 10” means 0 to 9, the same everywhere.",
      ],
    },
  },
  outreach: {
    all: [
      "Say when and where police and wardens should stay away. You see exactly what police will see before anything is saved.",
      "Out now closes a place from this minute. Until somebody confirms it, nobody may have seen it: phone your contact too.",
      "Where a place really is never leaves this device. Police can narrow it to about 350 m, never closer, and times to half hours.",
      "Confirm once a week that your sessions are complete. Without it police keep clear an hour longer on each side, and planning may stop.",
      "A late session always saves, and approved patrols in its way are called off. While you read that nobody has confirmed, phone your contact too.",
      "Kept clear means that no patrol is planned there, and one that was is called off. An emergency response can still come.",
      "Police cannot see the name you give a place; our technical staff can. A nickname is safer than an address.",
      "Leave quickly signs you out and opens a weather page at once, with or without a signal. Pressing Esc twice does the same. Your browser history still lists this page, as Diary.",
    ],
  },
  records: {
    all: [
      "Drop a file of events on the page. Boxster guesses what each column holds. Check it before anything is stored.",
      "Rows that cannot be read are listed with line, column, value and reason. The other rows are imported all together or not at all.",
      "Columns that look like names, dates of birth, phone numbers, number plates or addresses are removed before the file leaves this computer.",
      "Boundaries and places: wards, LSOAs, beats, boroughs, lighting, alleys, stops and late venues, from GeoJSON, GeoPackage, Shapefile, FlatGeobuf, GeoParquet or KML. Crossing lines are repaired where possible; otherwise the file is refused, with the place.",
      "Quality: problems in each kind and source of records, and their effect on the maps. Hotspots and Plan show a note where this matters.",
    ],
  },
  accounts: {
    all: [
      "Each person has their own account, with one role. What a role can see is fixed.",
      "A one-time secret lets the person set a password you never see. Hand it over yourself: anyone who has it can use it.",
      "Disabling an account, or changing its role, partner or password, signs the person out everywhere at once.",
      "Accounts are never deleted, because the log refers to them. Every change is logged under your name.",
      "An administrator sees no events, no sessions and no plans.",
    ],
  },
  releases: {
    all: [
      "An analyst drafts a release, partners and the coordinator can hold it, and the auditor approves it. After that nobody can change it.",
      "Each month is calculated once. Later releases repeat its figures, so comparing two releases reveals nothing.",
      "A wrong release is withdrawn with a notice. Its number is not reused.",
    ],
  },
};
