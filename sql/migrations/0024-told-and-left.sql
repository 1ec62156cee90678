-- Wardens' phones are told of their own patrols, and a *Leave* that may have been forgotten logs nothing.

do $$
declare
  own constant text := 'person = (select acting_person())';
  entered constant text := 'endpoint, person, device_hash, sign_in_id, added_at';
begin
  perform allow('push_subscription', 'select', array['warden'], own, entered);
  perform allow('push_subscription', 'insert', array['warden'], own, entered);
  perform allow('push_subscription', 'delete', array['warden'], own);
end
$$;

-- Whose it was goes with it: phones of a patrol partner wait for its own patrols alone.
create or replace function announce_lost_patrol() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', 'patrol_lost ' || new.id || coalesce('/' || new.patrol_partner, ''));
  return null;
end
$$;

alter table patrol_stay add column is_answer boolean not null default false;
comment on column patrol_stay.is_answer is 'When it ended is what a person answered when asked, and not a tap as the unit left.';
grant update (is_answer) on patrol_stay to boxster_sergeant, boxster_warden;
comment on column patrol_stay.left_at is 'Null while the unit is there, and where nobody said when it left: then it logs no minutes.';

create function sure_stay(planned interval) returns interval immutable language sql
  return planned + greatest(planned, interval '15 minutes');
comment on function sure_stay(interval) is 'How long a stay may be before a *Leave* has to be asked about: a phone in a pocket logs hours.';

create function hold_late_leave() returns trigger language plpgsql as $$
begin
  if exists (
    select from patrol_stop
    where patrol_stop.window_id = new.window_id and patrol_stop.cell = new.cell
      and new.left_at - new.arrived_at > sure_stay(departs_at - arrives_at)
  ) then
    raise exception 'a stay that is so much longer than planned ends when a person answers that it did'
      using errcode = '23514', constraint = 'patrol_stay_left_at_sure', table = 'patrol_stay';
  end if;
  return new;
end
$$;

-- What was logged before stands as it was said. What nobody said is to be set right.
-- Their owner is fenced out of rows too, but for as long as this takes.
alter table patrol_stay no force row level security;
alter table patrol_stop no force row level security;
update patrol_stay set is_answer = true from patrol_stop
  where patrol_stop.window_id = patrol_stay.window_id and patrol_stop.cell = patrol_stay.cell
    and left_at - arrived_at > sure_stay(departs_at - arrives_at);
update patrol_stay set debrief_id = null where left_at is null;
-- Whatever waits for the end of this transaction is asked now, or the tables could not be altered.
set constraints all immediate;
alter table patrol_stay force row level security;
alter table patrol_stop force row level security;

create trigger patrol_stay_left_at_sure before insert or update of left_at, is_answer on patrol_stay
  for each row when (new.left_at is not null and not new.is_answer) execute function hold_late_leave();
alter table patrol_stay add constraint patrol_stay_debrief_id_left check (debrief_id is null or left_at is not null);
