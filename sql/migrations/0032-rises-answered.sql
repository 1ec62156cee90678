-- Once reports have risen at an edge of an operation, its new patrols wait until two people have said what was done
-- (DEFINITIONS, Stop rule; SAFEGUARDS 11).

create table operation_rise (
  operation_id integer not null
    constraint operation_rise_operation_id_fkey references operation (operation_id) on delete cascade,
  neighbour text not null constraint operation_rise_neighbour_length check (length(neighbour) between 1 and 100),
  shown_on date not null,
  kept_at timestamptz not null default clock_timestamp(),
  constraint operation_rise_neighbour_once primary key (operation_id, neighbour)
);
comment on table operation_rise is
  'An edge whose evidence of a rise was full when somebody, or the watch, looked. It stays full, whatever is imported or undone since.';
comment on column operation_rise.shown_on is 'Last day of the week that showed it.';

-- What was answered before two people were asked for holds nothing up.
alter table stop_answer
  add column id integer generated always as identity constraint stop_answer_id_unique unique,
  add column by_two boolean not null default false,
  add column confirmed_on date,
  add column confirmed_by text,
  add constraint stop_answer_confirmed_by_present check ((confirmed_by is null) = (confirmed_on is null)),
  add constraint stop_answer_confirmed_by_another check (confirmed_by <> answered_by),
  add constraint stop_answer_confirmed_on_order check (confirmed_on >= answered_on),
  add constraint stop_answer_by_two_confirmed check (by_two or confirmed_on is null);
alter table stop_answer alter column by_two set default true;
comment on table stop_answer is 'What was done about a rise at an edge: as agreed beforehand, or what else and why. Said by one; it stays once another has confirmed it.';
comment on column stop_answer.by_two is 'Whether it takes a second person; false of answers from before two were asked for.';

do $$
declare
  lookers constant text[] := array['sergeant', 'analyst'];
begin
  perform fence('operation_rise');
  perform allow('operation_rise', 'select', lookers || array['operator', 'keeper']);
  perform allow('operation_rise', 'insert', lookers || array['operator', 'system'],
    columns => 'operation_id, neighbour, shown_on');
  perform allow('stop_answer', 'update', lookers, columns => 'confirmed_on, confirmed_by');
  perform allow('stop_answer', 'delete', lookers, 'by_two and confirmed_on is null');
  -- Whoever approves a patrol, a warden coordinator too, is held by what it may not read.
  perform allow('stop_rule', 'select', '{keeper}', columns => 'id, operation_id, choices, confirmed_on');
  perform allow('stop_answer', 'select', '{keeper}', columns => 'operation_id, neighbour, by_two, confirmed_on');
  perform allow('operation', 'select', '{keeper}', columns => 'operation_id, name, starts_on, ends_on');
  perform allow('operation_cell', 'select', '{keeper}');
end
$$;

create or replace function guard_stop_answer() returns trigger language plpgsql as $$
declare
  said date;
begin
  -- A restore brings rows as they were.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  if tg_op = 'INSERT' then
    new.answered_by := acting_person();
    new.by_two := true;
    new.confirmed_on := null;
    new.confirmed_by := null;
    said := new.answered_on;
  else
    if not old.by_two or old.confirmed_on is not null
      or (to_jsonb(old) - 'confirmed_on' - 'confirmed_by') <> (to_jsonb(new) - 'confirmed_on' - 'confirmed_by')
    then
      raise exception 'what was done is said for good'
        using errcode = '23514', constraint = 'stop_answer_stays', table = 'stop_answer';
    end if;
    new.confirmed_by := acting_person();
    said := new.confirmed_on;
  end if;
  if not is_demonstration() and abs(said - clock_timestamp()::date) > 1 then
    raise exception 'an answer is dated by the day on which it is said'
      using errcode = '23514', constraint = 'stop_answer_dated_today', table = 'stop_answer';
  end if;
  if new.rule_id is distinct from (
    select max(stop_rule.id) from stop_rule
    where stop_rule.operation_id = new.operation_id and stop_rule.confirmed_on is not null
  ) then
    raise exception 'an answer is to the rule that holds'
      using errcode = '23514', constraint = 'stop_answer_rule_holds', table = 'stop_answer';
  end if;
  return new;
end
$$;
drop trigger stop_answer_guarded on stop_answer;
create trigger stop_answer_guarded before insert or update on stop_answer
  for each row execute function guard_stop_answer();

-- What is approved stays; an approved patrol that is changed is new. One whose day is after the operation waits for nothing.
create function hold_new_patrol() returns trigger language plpgsql security definer
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
    join operation on operation.operation_id = rise.operation_id
    join patrol_window as patrol on patrol.id = judged and patrol.status = 'agreed'
      and (patrol.starts_at at time zone 'Europe/London')::date
        between operation.starts_on and coalesce(operation.ends_on, 'infinity')
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
        select from patrol_stop
        join operation_cell on operation_cell.cell = patrol_stop.cell
        where patrol_stop.window_id = judged
          and operation_cell.operation_id = rise.operation_id and operation_cell.part = 'treated'
      )
  ) then
    raise exception 'new patrols of an operation wait until two people have answered a rise'
      using errcode = '23514', constraint = 'patrol_window_rise_answered', table = 'patrol_window';
  end if;
  return null;
end
$$;
comment on function hold_new_patrol() is
  'Refuses a patrol in the treated area of an operation with a rise that two people have not answered, where its stop rule says to pause.';
revoke execute on function hold_new_patrol() from public;
create trigger patrol_window_rise_answered after update of status, starts_at on patrol_window
  for each row when (new.status = 'agreed' and (old.status <> 'agreed' or old.starts_at <> new.starts_at))
  execute function hold_new_patrol();
-- Stops are written again with every change of a patrol, and after a patrol that is new. A restore brings rows as they were.
create trigger patrol_stop_rise_answered after insert or update on patrol_stop
  for each row when (current_user <> 'boxster_copier') execute function hold_new_patrol();
grant create on schema public to boxster_keeper;
alter function hold_new_patrol() owner to boxster_keeper;
revoke create on schema public from boxster_keeper;

-- By row: an assessment says again what is kept already.
create trigger operation_rise_announced after insert on operation_rise for each row execute function announce();
drop trigger stop_answer_announced on stop_answer;
create trigger stop_answer_announced after insert or update or delete on stop_answer
  for each statement execute function announce();
