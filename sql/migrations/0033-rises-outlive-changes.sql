-- Two people answer a rise; one frees nothing by ending or changing the operation. New patrols wait by every state that it
-- has had since the rise was kept, not by its last alone (DEFINITIONS, Stop rule; SAFEGUARDS 11).

-- Of a rise that was kept before this migration every state of its operation holds.
alter table operation_rise add column revision integer not null default 1;
comment on column operation_rise.revision is
  'State of the operation when the rise was kept: by this and every later one its new patrols wait.';

grant select (revision) on operation to boxster_keeper;
revoke select (starts_on, ends_on) on operation from boxster_keeper;
revoke select on operation_cell from boxster_keeper;
drop policy operation_cell_select_keeper on operation_cell;
do $$
begin
  perform allow('operation_revision', 'select', '{keeper}', columns => 'operation_id, revision, starts_on, ends_on, treated');
end
$$;

create function note_state_of_rise() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
begin
  new.revision := coalesce(
    (select operation.revision from operation where operation.operation_id = new.operation_id), 1
  );
  return new;
end
$$;
comment on function note_state_of_rise() is 'A rise holds patrols by the state of its operation in which it was kept, and by later ones.';
revoke execute on function note_state_of_rise() from public;
-- A restore brings rows as they were.
create trigger operation_rise_state_noted before insert on operation_rise
  for each row when (current_user <> 'boxster_copier') execute function note_state_of_rise();

grant create on schema public to boxster_keeper;
alter function note_state_of_rise() owner to boxster_keeper;
-- 0032 gave the function to this role.
set local role boxster_keeper;

create or replace function hold_new_patrol() returns trigger language plpgsql security definer
set search_path = public, pg_temp as $$
declare
  judged bigint;
begin
  if tg_table_name = 'patrol_window' then
    judged := new.id;
  else
    judged := new.window_id;
  end if;
  if exists (
    select from operation_rise as rise
    join operation_revision as state on state.operation_id = rise.operation_id and state.revision >= rise.revision
    join patrol_window as patrol on patrol.id = judged and patrol.status = 'agreed'
      and (patrol.starts_at at time zone 'Europe/London')::date
        between state.starts_on and coalesce(state.ends_on, 'infinity')
    where 'pause' = any (
        (
          select stop_rule.choices from stop_rule
          where stop_rule.operation_id = rise.operation_id and stop_rule.confirmed_on is not null
          order by stop_rule.id desc limit 1
        )::text[]
      )
      and not exists (
        select from stop_answer as answer
        where answer.operation_id = rise.operation_id and answer.neighbour = rise.neighbour
          and (answer.confirmed_on is not null or not answer.by_two)
      )
      and exists (
        select from patrol_stop where patrol_stop.window_id = judged and patrol_stop.cell = any (state.treated)
      )
  ) then
    raise exception 'new patrols of an operation wait until two people have answered a rise'
      using errcode = '23514', constraint = 'patrol_window_rise_answered', table = 'patrol_window';
  end if;
  return null;
end
$$;
reset role;
revoke create on schema public from boxster_keeper;
