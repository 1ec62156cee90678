-- A clock that was set back dates no row of the audit chain before the one ahead of it: the row carries that one's time,
-- and by how many seconds the clock stands behind it, so that both are known and the chain goes on verifying.
create or replace function chain_audit() returns trigger language plpgsql as $$
declare
  last_id bigint;
  last_at timestamptz;
  last_hash bytea;
begin
  -- A restore brings rows as they were, and verifies the chain afterwards.
  if current_user = 'boxster_copier' then
    return new;
  end if;
  perform pg_advisory_xact_lock(7320);
  select audit.id, audit.at, audit.hash into last_id, last_at, last_hash
  from audit order by audit.id desc limit 1;
  new.id := coalesce(last_id, 0) + 1;
  new.at := greatest(clock_timestamp(), last_at);
  if last_at - clock_timestamp() > interval '1 minute' then
    new.detail := new.detail || jsonb_build_object(
      'clockBehindSeconds', floor(extract(epoch from last_at - clock_timestamp()))::bigint
    );
  end if;
  new.previous := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
  new.hash := sha256(new.previous || convert_to(audit_text(new), 'UTF8'));
  return new;
end
$$;
