-- Tonight's patrols as they are walked: when a unit was at a stop, by a tap, and which lost patrols it knows to be lost.
-- No position: a tap is about a stop of the plan (ADR 37).

create table patrol_stay (
  key uuid not null constraint patrol_stay_key_primary primary key,
  window_id bigint not null,
  cell bigint not null,
  unit integer not null constraint patrol_stay_unit_positive check (unit >= 1),
  patrol_partner text constraint patrol_stay_patrol_partner_fkey references patrol_partner (code),
  arrived_at timestamptz not null, left_at timestamptz,
  said_after integer not null constraint patrol_stay_said_after_range check (said_after between 0 and 86400),
  is_removed boolean not null default false,
  logged_at timestamptz not null, logged_by text,
  debrief_id bigint constraint patrol_stay_debrief_id_fkey references patrol_debrief (id) on delete set null,
  -- At the end of a transaction, for a change of a window writes its stops again.
  constraint patrol_stay_stop_fkey foreign key (window_id, cell) references patrol_stop (window_id, cell)
    deferrable initially deferred,
  constraint patrol_stay_length_range check (left_at >= arrived_at and left_at - arrived_at <= interval '12 hours'),
  constraint patrol_stay_logged_by_until_debrief check (debrief_id is null or logged_by is null)
);
create index patrol_stay_stop on patrol_stay (window_id, cell);
create index patrol_stay_arrived_at on patrol_stay (arrived_at);
create index patrol_stay_debrief on patrol_stay (debrief_id) where debrief_id is not null;
comment on table patrol_stay is 'A unit at a stop of its patrol, as somebody tapped it. It is no record of a person: a debrief makes visits of it.';
comment on column patrol_stay.key is 'Made by the phone, so that a tap that is sent twice is one.';
comment on column patrol_stay.left_at is 'Null while the unit is there, or where nobody tapped that it left.';
comment on column patrol_stay.said_after is 'Seconds after its arrival at which the phone last spoke of it: what it said before that comes too late.';
comment on column patrol_stay.is_removed is 'Taken back. The row stays for a while, so that a tap which arrives late does not bring it back.';
comment on column patrol_stay.logged_by is 'Who tapped; null once it is debriefed, and 14 days later at the latest.';
comment on column patrol_stay.debrief_id is 'The debrief that it is part of; null until then, and again once it is changed.';

create table patrol_seen (
  window_id bigint not null constraint patrol_seen_window_id_primary primary key
    constraint patrol_seen_window_id_fkey references patrol_window (id) on delete cascade,
  patrol_partner text constraint patrol_seen_patrol_partner_fkey references patrol_partner (code),
  seen_at timestamptz not null, seen_by text not null
);
create index patrol_seen_seen_at on patrol_seen (seen_at);
comment on table patrol_seen is 'A lost patrol whose unit, or the desk for it, said that it knows. Once all of a notice are here, the notice is confirmed.';

do $$
declare
  whose text;
  role_name text;
  -- Not who tapped, which is for whoever runs the database to look up.
  told constant text := 'key, window_id, cell, unit, patrol_partner, arrived_at, left_at, said_after, is_removed, debrief_id';
  of_window constant text := 'exists (select from patrol_window where patrol_window.id = window_id
    and patrol_window.patrol_partner is not distinct from %s.patrol_partner and %s)';
  is_now constant text := format(of_window, 'patrol_stay', 'patrol_window.status <> ''suggested''
    and arrived_at between shift_starts_at - interval ''1 hour'' and shift_ends_at + interval ''4 hours''');
  is_lost constant text := format(of_window, 'patrol_seen', 'patrol_window.status in (''unavailable'', ''called_off'')');
begin
  perform fence('patrol_stay');
  perform fence('patrol_seen');
  foreach role_name in array array['sergeant', 'warden'] loop
    whose := case role_name when 'sergeant' then 'patrol_partner is null' else 'patrol_partner = (select acting_partner())' end;
    perform allow('patrol_stay', 'insert', array[role_name], whose || ' and ' || is_now);
    perform allow('patrol_stay', 'update', array[role_name], whose, 'left_at, said_after, is_removed, logged_at, logged_by, debrief_id');
    perform allow('patrol_seen', 'insert', array[role_name], whose || ' and ' || is_lost);
    -- A sergeant leads the joint plan and reads what all of its units did.
    perform allow('patrol_stay', 'select', array[role_name], case role_name when 'sergeant' then 'true' else whose end, told);
    perform allow('patrol_seen', 'select', array[role_name], case role_name when 'sergeant' then 'true' else whose end, 'window_id, seen_at');
  end loop;
  -- Where a place has had its visits is worked out over all units, and a notice confirmed, behind the keeper's door.
  perform allow('patrol_stay', 'select', '{keeper}', columns => told);
  grant select (debrief_id) on patrol_visit to boxster_keeper;
  perform allow('patrol_seen', 'select', '{keeper}', columns => 'window_id, seen_at');
  perform allow('patrol_stay', 'select', '{operator}');
  perform allow('patrol_seen', 'select', '{operator}');
  perform allow('patrol_stay', 'select', '{system}', columns => 'key, logged_at, logged_by, is_removed');
  perform allow('patrol_stay', 'update', '{system}', columns => 'logged_by');
  perform allow('patrol_stay', 'delete', '{system}', 'is_removed');
  perform allow('patrol_seen', 'select', '{system}', columns => 'seen_at');
  perform allow('patrol_seen', 'delete', '{system}');
end
$$;

create trigger patrol_stay_announced after insert or update or delete on patrol_stay
  for each statement execute function announce();
create trigger patrol_stay_partner_announced after insert or update or delete on patrol_stay
  for each row execute function announce_patrol_partner();
create trigger patrol_seen_announced after insert on patrol_seen for each statement execute function announce();
create trigger patrol_seen_partner_announced after insert on patrol_seen
  for each row execute function announce_patrol_partner();

-- A suggestion can be replaced, and its stops with it: what was walked is part of the record, and so is a tap that was
-- taken back, for as long as it is kept.
create function hold_walked_patrol() returns trigger language plpgsql as $$
begin
  if exists (select from patrol_stay where patrol_stay.window_id = new.id) then
    raise exception 'a patrol at whose stop a unit was stays approved or lost'
      using errcode = '23514', constraint = 'patrol_window_walked', table = 'patrol_window';
  end if;
  return new;
end
$$;
create trigger patrol_window_walked before update of status on patrol_window
  for each row when (old.status <> 'suggested' and new.status = 'suggested') execute function hold_walked_patrol();
