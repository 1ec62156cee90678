-- A stop that was not done needs no reason: the sergeant chooses one or leaves it open, and nothing fills one in.

-- Whoever owns the table is fenced out of it too, and what was said before has to be marked.
alter table patrol_outcome no force row level security;
alter table patrol_outcome add column is_done boolean null;
update patrol_outcome set is_done = reason is null;
alter table patrol_outcome alter column is_done set not null;
alter table patrol_outcome add constraint patrol_outcome_reason_missed check (reason is null or not is_done);
alter table patrol_outcome force row level security;

comment on table patrol_outcome is
  'Each stop of a debriefed shift: done or not, and why not where somebody said so. Reasons are of a closed list, so that nobody is named.';
