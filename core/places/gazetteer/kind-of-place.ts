const kindsOfPlace = new Set(
  [
    "Airport/Airfield",
    "Bus/Coach Station",
    "Conference/Exhibition Centre",
    "Further/Higher Educational Building",
    "Hospital",
    "Motorway Service Area",
    "Nightclub",
    "No Location",
    "Park/Open Space",
    "Parking Area",
    "Pedestrian Subway",
    "Petrol Station",
    "Police Station",
    "Prison",
    "Race Track",
    "Shopping Area",
    "Sports/Recreation Area",
    "Supermarket",
    "Theatre/Concert Hall",
  ].map((name) => name.toLowerCase()),
);

/** Whether data.police.uk means a kind of place by it, and not a street. */
export function isKindOfPlace(name: string): boolean {
  return kindsOfPlace.has(name.toLowerCase());
}
