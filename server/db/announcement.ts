/** What a notification of the database says (sql/migrations 0023 and 0027): which table, and whose row. */
export interface Announced {
  readonly table: string;
  readonly id: string;
}

export function readAnnouncement(announcement: string): Announced {
  const [table = "", id = ""] = announcement.split(" ");
  return { table, id };
}
