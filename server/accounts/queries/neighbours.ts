import type { Transaction } from "#server/db/database.ts";

/** Neighbouring commands by the names of their edges; a line between two boroughs of the command is none. */
export async function neighbourNames(tx: Transaction): Promise<string[]> {
  const rows = await tx.query<{ neighbour: string }>(
    `select neighbour as "neighbour"
     from edge_line
     where not exists (
       select from area first_one, area second_one
       where first_one.in_command and second_one.in_command
         and edge_line.neighbour = first_one.name || '-' || second_one.name
     )
     order by neighbour`,
  );
  return rows.map(({ neighbour }) => neighbour);
}
