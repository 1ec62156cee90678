-- Phones in pockets: which browsers are told, without any content, that a patrol of tonight was lost.
create table push_subscription (
  endpoint text not null constraint push_subscription_endpoint_primary primary key,
  person text not null constraint push_subscription_person_fkey references account (name) on delete cascade,
  device_hash bytea not null constraint push_subscription_device_hash_unique unique,
  sign_in_id uuid not null,
  added_at timestamptz not null,
  told_at timestamptz,
  failed_at timestamptz,
  constraint push_subscription_endpoint_https check (endpoint ~ '^https://' and length(endpoint) <= 1000),
  constraint push_subscription_device_hash_length check (length(device_hash) = 32)
);
create index push_subscription_person on push_subscription (person);
comment on table push_subscription is 'Browsers that are told to look at the plan. The message is empty, so no keys to encrypt it are kept. A row goes with the sign-out of its browser, with whatever ends the sessions of its account, and when the push service no longer knows it.';
comment on column push_subscription.endpoint is 'Where the browser''s push service takes messages for it: whoever has it and this server''s key can send one.';
comment on column push_subscription.device_hash is 'SHA-256 of the 256 random bits in the browser''s cookie.';
comment on column push_subscription.sign_in_id is 'The sign-in that it was last seen under, which may be over.';
comment on column push_subscription.told_at is 'When it was last told: several servers of one database tell it once.';
comment on column push_subscription.failed_at is 'When the push service did not take the last message.';

do $$
declare
  -- Whose phones may be told: those who walk. Never partners: the push service would learn when they act.
  walkers constant text[] := array['sergeant'];
  own constant text := 'person = (select acting_person())';
  entered constant text := 'endpoint, person, device_hash, sign_in_id, added_at';
begin
  perform fence('push_subscription');
  perform allow('push_subscription', 'select', walkers, own, entered);
  perform allow('push_subscription', 'insert', walkers, own, entered);
  perform allow('push_subscription', 'delete', walkers, own);
  perform allow('push_subscription', 'select', array['gate']);
  perform allow('push_subscription', 'update', array['gate'], 'true', 'sign_in_id, told_at, failed_at');
  perform allow('push_subscription', 'select', array['admin', 'operator'], 'true', 'person, failed_at');
  perform allow('push_subscription', 'delete', array['gate', 'admin', 'operator']);
end
$$;

create function take_away_pushes() returns trigger language plpgsql as $$
begin
  delete from push_subscription where person = new.name;
  return null;
end
$$;
create trigger account_pushes_taken_away after update on account
  for each row when (old.epoch <> new.epoch) execute function take_away_pushes();

-- Whatever the cause: a push after keep-clear changes alone would tell the push service when a partner acts.
create function announce_lost_patrol() returns trigger language plpgsql as $$
begin
  perform pg_notify('boxster', 'patrol_lost ' || new.id);
  return null;
end
$$;
comment on function announce_lost_patrol() is 'Says which approved patrol no longer stands.';
create trigger patrol_lost_announced after update of status on patrol_window
  for each row when (old.status = 'agreed' and new.status <> 'agreed') execute function announce_lost_patrol();
