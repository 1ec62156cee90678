-- Places that were redrawn: what they were before, kept whole and dated (ADR 39). Boundaries and names alone; no event,
-- no person of one, and nothing protected.

create table place_move (
  number integer generated always as identity constraint place_move_number_primary primary key,
  moved_on date not null,
  moved_at timestamptz not null default now(),
  moved_by text not null,
  to_code text not null,
  last_draft integer not null constraint place_move_last_draft_not_negative check (last_draft >= 0),
  content text not null constraint place_move_content_some check (length(content) between 2 and 100000000),
  returned_at timestamptz,
  returned_by text,
  constraint place_move_returned_whole check ((returned_at is null) = (returned_by is null)),
  constraint place_move_returned_in_time check (returned_at <= moved_at + interval '7 days')
);
comment on table place_move is 'One move of the command onto other boundaries, with those of before; never removed.';
comment on column place_move.moved_on is 'The first day of the new boundaries, by the local clock.';
comment on column place_move.to_code is 'The pack that was moved onto.';
comment on column place_move.last_draft is 'Drafts of releases up to this one were counted by the boundaries of before.';
comment on column place_move.content is 'The places of before as JSON: pack, boundaries, borders, names.';
comment on column place_move.returned_at is 'When the boundaries of before were brought back, within seven days.';
select fence('place_move');
select allow('place_move', 'select', '{operator, system}');
select allow('place_move', 'select', '{auditor}', columns => 'number, moved_on, last_draft, returned_at');
select allow('place_move', 'insert', '{operator}', 'moved_by = (select acting_person()) and returned_at is null');
select allow('place_move', 'update', '{operator}', columns => 'returned_at, returned_by');

-- Two sets of boundaries for one month tell what lies between them, which may be one report (SAFEGUARDS 7). The code
-- leaves such months out; this refuses them, whoever asks.
create function keep_months_of_move() returns trigger language plpgsql as $$
begin
  if current_user = 'boxster_copier' then
    return new;
  end if;
  if exists (
    select from place_move, release_draft, json_array_elements_text(release_draft.content::json -> 'months') as month
    where release_draft.id = new.draft_id and place_move.returned_at is null
      and release_draft.id > place_move.last_draft and (month || '-01')::date < place_move.moved_on
  ) then
    raise exception 'a month from before the boundaries moved is counted by new ones'
      using errcode = '23514', constraint = 'release_after_move', table = 'release';
  end if;
  return new;
end
$$;
create trigger release_after_move before insert on release for each row execute function keep_months_of_move();
