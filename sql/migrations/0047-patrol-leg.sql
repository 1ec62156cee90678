-- The ways of a window from stop to stop along streets, and the rule that an agreed window occupies all of them.

create table patrol_leg (
  window_id bigint not null,
  ordinal integer not null,
  line geometry(LineString, 4326) null,
  ground geometry(Geometry, 4326) null,
  cells bigint[] not null,
  metres double precision not null,
  seconds double precision not null,
  words text not null,
  constraint patrol_leg_ordinal_primary primary key (window_id, ordinal),
  constraint patrol_leg_stop_fkey foreign key (window_id, ordinal)
    references patrol_stop (window_id, ordinal) on delete cascade,
  constraint patrol_leg_cells_some check (cardinality(cells) >= 1),
  constraint patrol_leg_ground_known check ((ground is null) = (line is null)),
  -- A cell that the line enters and that is not among the cells leaves a gap in the ground. To a centimetre.
  constraint patrol_leg_line_on_ground check (line is null or st_covers(st_buffer(ground, 1e-7), line)),
  -- No cell of resolution 10 is larger than 20,000 square metres anywhere: the ground is not more than so many cells can be.
  constraint patrol_leg_ground_no_larger check (
    line is null
    or st_area(ground) * cos(radians(st_y(st_startpoint(line)))) * 111195.0 * 111195.0
      <= 20000.0 * cardinality(cells)
  )
);
comment on table patrol_leg is
  'The way from a stop of a window to the next. A window without any was planned without streets: its ways are those of the grid between its stops.';
comment on column patrol_leg.ordinal is 'That of the stop where it begins.';
comment on column patrol_leg.line is 'Along streets; null as the crow flies, where no street leads.';
comment on column patrol_leg.ground is
  'What the cells cover, as they were outlined when the row was written: the database cannot tell an H3 cell from its number.';
comment on column patrol_leg.cells is 'Every cell that it enters, ends included: in occupancy with the window.';

select fence('patrol_leg');
select allow('patrol_leg', 'select', '{sergeant,operator,keeper}');
-- They read windows that are over, and nothing of protected time: a way that leads round would say that something was closed.
select allow('patrol_leg', 'select', '{analyst,auditor}', 'false');
select allow('patrol_leg', verb, '{sergeant,operator}')
from unnest(array['insert', 'update', 'delete']) as verbs (verb);

-- Judged when the transaction ends, whoever wrote and in whatever order: an agreed window that has ways holds every cell of
-- them and of its stops for all of its time, and so occupancy_no_patrol_in_protected judges them. The keeper's own function, as
-- who agrees may not read what is occupied.
create function hold_patrol_legs() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  judged bigint;
  person_before text := coalesce(current_setting('boxster.person', true), '');
  broken boolean;
begin
  if tg_table_name = 'patrol_window' then
    judged := new.id;
  elsif tg_op = 'DELETE' then
    judged := old.window_id;
  elsif tg_table_name = 'occupancy' then
    judged := old.window_id;
  else
    judged := new.window_id;
  end if;
  perform set_config('boxster.person', coalesce(nullif(person_before, ''), 'the database'), true);
  select exists (
    select from patrol_window
    where patrol_window.id = judged
      and patrol_window.status = 'agreed'
      and exists (select from patrol_leg where patrol_leg.window_id = judged)
      and (
        (select count(*) from patrol_leg where patrol_leg.window_id = judged)
          <> (select count(*) - 1 from patrol_stop where patrol_stop.window_id = judged)
        or exists (
          select from (
            select unnest(patrol_leg.cells) from patrol_leg where patrol_leg.window_id = judged
            union
            select patrol_stop.cell from patrol_stop where patrol_stop.window_id = judged
          ) as walked (cell)
          where not exists (
            select from occupancy
            where occupancy.window_id = judged
              and occupancy.cell = walked.cell
              and occupancy.active
              and occupancy.during @> tstzrange(patrol_window.starts_at, patrol_window.ends_at, '[)')
          )
        )
      )
  ) into broken;
  perform set_config('boxster.person', person_before, true);
  if broken then
    raise exception 'an agreed patrol holds every cell of its ways for all of its time'
      using errcode = '23514', constraint = 'patrol_leg_held', table = 'patrol_leg';
  end if;
  return null;
end
$$;
revoke execute on function hold_patrol_legs() from public;
create constraint trigger patrol_leg_held after insert or update on patrol_leg
  deferrable initially deferred for each row execute function hold_patrol_legs();
create constraint trigger patrol_leg_held_by_window after insert or update on patrol_window
  deferrable initially deferred for each row when (new.status = 'agreed')
  execute function hold_patrol_legs();
create constraint trigger patrol_leg_held_in_occupancy after update or delete on occupancy
  deferrable initially deferred for each row when (old.kind = 'patrol')
  execute function hold_patrol_legs();

-- Last: who makes the triggers above must own the function.
grant create on schema public to boxster_keeper;
alter function hold_patrol_legs() owner to boxster_keeper;
revoke create on schema public from boxster_keeper;
