-- What was forecast of a week, sealed before it begins, and what came: in its own hash chain, never changed (ADR 38).

create table forecast_seal (
  number integer not null constraint forecast_seal_number_primary primary key,
  kind text not null constraint forecast_seal_kind_known check (kind in ('seal', 'outcome')),
  week date not null constraint forecast_seal_week_monday check (extract(isodow from week) = 1),
  is_replayed boolean not null,
  at timestamptz not null,
  content text not null,
  previous bytea not null constraint forecast_seal_previous_unique unique,
  hash bytea not null constraint forecast_seal_hash_unique unique,
  constraint forecast_seal_hash_length check (length(hash) = 32 and length(previous) = 32),
  constraint forecast_seal_content_length check (length(content) between 2 and 10000000)
);
create unique index forecast_seal_week_once on forecast_seal (week) where kind = 'seal';
comment on table forecast_seal is
  'What the forecast said of a week before it began, and what came of it: shares and counts by cell, no person, no patrol and no protected time.';
comment on column forecast_seal.is_replayed is
  'Made when the demonstration was, from what was known at that moment: such a seal proves nothing.';
comment on column forecast_seal.at is 'Never before the entry before it, nor before the database was last seen at work.';
comment on column forecast_seal.hash is 'SHA-256 of previous and of what core/patrols/seals/file.ts covers.';
select fence('forecast_seal');
select allow('forecast_seal', 'select', '{analyst, operator, system}');
-- The server alone, by its own clock: no person adds one. The loader of a demonstration replays.
select allow('forecast_seal', 'insert', '{system}', 'not is_replayed');
select allow('forecast_seal', 'insert', '{operator}', 'is_replayed');
-- The server forecasts by itself.
grant select (cell, category) on event to boxster_system;

create function chain_forecast_seal() returns trigger language plpgsql as $$
declare
  last forecast_seal;
  fields text;
begin
  -- A restore brings rows as they were, and "boxster forecast verify" follows the chain.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7323);
  select * into last from forecast_seal order by forecast_seal.number desc limit 1;
  new.is_replayed := is_demonstration();
  if not new.is_replayed then
    new.at := greatest(clock_timestamp(), clock_mark_at('seen'));
  end if;
  new.at := date_trunc('milliseconds', greatest(new.at, last.at));
  select string_agg(key, ' ' order by key) into fields from json_object_keys(new.content::json) as key;
  -- The interval is absent until one is learnt.
  if replace(fields, ' high low ', ' ') is distinct from (case new.kind
    when 'seal' then 'asAt cells counts expected format method reports seed shares week weights'
    else 'asAt came format scores total week' end)
    or new.content::json ->> 'week' is distinct from new.week::text
  then
    raise exception 'a seal says what was forecast of its week, and nothing else'
      using errcode = '23514', constraint = 'forecast_seal_content_known', table = 'forecast_seal';
  end if;
  -- Monday begins first 14 hours east of Greenwich. A week that was missed stays without a seal.
  if new.kind = 'seal' and (
    new.at > new.week::timestamp at time zone 'UTC' - interval '14 hours'
    or new.at < new.week::timestamp at time zone 'UTC' - interval '8 days'
    or new.week <= (select max(week) from forecast_seal where kind = 'seal')
    or new.content::json ->> 'asAt' >= new.week::text
  ) then
    raise exception 'a week is sealed in the days before it begins, and never after'
      using errcode = '23514', constraint = 'forecast_seal_before_week', table = 'forecast_seal';
  end if;
  if new.kind = 'outcome' and (
    new.at < new.week::timestamp at time zone 'UTC' + interval '7 days' - interval '14 hours'
    or not exists (select from forecast_seal where kind = 'seal' and forecast_seal.week = new.week)
  ) then
    raise exception 'only a sealed week that is over has an outcome'
      using errcode = '23514', constraint = 'forecast_seal_outcome_after', table = 'forecast_seal';
  end if;
  new.number := coalesce(last.number, 0) + 1;
  new.previous := coalesce(last.hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(concat_ws(
    E'\n', new.number, new.kind, new.week, case when new.is_replayed then 'replayed' else 'live' end,
    to_char(new.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), new.content
  ), 'UTF8'));
  return new;
end
$$;
create trigger forecast_seal_chained before insert on forecast_seal
  for each row execute function chain_forecast_seal();

create function refuse_forecast_seal_change() returns trigger language plpgsql as $$
begin
  raise exception 'a sealed forecast is never changed'
    using errcode = '42501', constraint = 'forecast_seal_frozen', table = 'forecast_seal';
end
$$;
create trigger forecast_seal_frozen before update or delete or truncate on forecast_seal
  for each statement execute function refuse_forecast_seal_change();
