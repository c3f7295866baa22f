-- Subscriptions: who wants to be told about which events, on which channel. Rows change rarely and
-- are read by every notifier that has not seen their version; a deleted one stays as a mark, because
-- deliveries refer to it, without its secrets.
create table subscription (
  id                    uuid        not null primary key,
  -- Taken under an advisory lock that is held until the commit: whoever has seen a version has missed
  -- no change before it.
  version               bigint      not null,
  created_at            timestamptz not null default now(),
  updated_at            timestamptz not null default now(),
  -- Since when every attempt has failed.
  failing_since         timestamptz,
  -- Until when the former key signs as well.
  former_key_until      timestamptz,
  disable_after_seconds bigint      not null,
  digest_seconds        bigint      not null,
  concurrency           integer     not null,
  per_second            integer     not null,
  -- ACTIVE 0, PAUSED 1, DISABLED 2, DELETED 3.
  state                 smallint    not null,
  -- WEBHOOK 0, EMAIL 1, AMQP 2.
  channel               smallint    not null,
  -- STANDARD 0, CLOUDEVENTS 1, CLOUDEVENTS_BINARY 2.
  format                smallint    not null,
  -- HMAC_SHA256 0, ED25519 1.
  signing               smallint    not null,
  tenant                text        not null,
  name                  text        not null,
  -- A URL, an address or the name of an exchange.
  target                text        not null,
  -- Whom to tell when it was disabled.
  owner                 text,
  -- Why it was disabled.
  reason                text,
  -- Sealed: who reads the table alone cannot sign.
  signing_key           text,
  former_key            text,
  headers               text,
  public_key            text,
  states                text[]      not null,
  types                 text[]      not null,
  queues                text[]      not null,
  tags                  text[]      not null
);

create unique index subscription_version on subscription (version);
create index subscription_tenant on subscription (tenant, id) where state <> 3;
create sequence subscription_versions;

-- Deliveries by the day of their event, so that old ones go with their partition. Their ids begin
-- with the time of the event and are made of the event and the target: an event that is consumed
-- twice is delivered once, because the second delivery has the id of the first.
alter table delivery rename to old_delivery;
alter table delivery_request rename to old_delivery_request;
alter table delivery_attempt rename to old_delivery_attempt;
alter index delivery_pkey rename to old_delivery_pkey;
alter index delivery_request_pkey rename to old_delivery_request_pkey;
alter index delivery_attempt_pkey rename to old_delivery_attempt_pkey;
drop index delivery_once;
drop index delivery_task;

create table delivery (
  id             uuid        not null primary key,
  event_id       uuid        not null,
  -- 0 if it is no event of a task.
  event_sequence bigint      not null,
  task_id        uuid,
  created_at     timestamptz not null,
  ended_at       timestamptz,
  attempts       integer     not null default 0,
  -- The attempts before it was last delivered anew: the schedule begins after them.
  attempt_base   integer     not null default 0,
  state          smallint    not null default 0,
  type           text        not null,
  tenant         text        not null,
  -- For whom: callback, or the id of a subscription.
  target         text        not null
) partition by range (id);

create index delivery_task on delivery (task_id) where task_id is not null;
create index delivery_target on delivery (target, id) where target <> 'callback';

create table delivery_request (
  id       uuid  not null primary key,
  tenant   text  not null,
  url      text  not null,
  -- What stands or falls together: host and port, or the subscription.
  endpoint text  not null,
  -- Sealed; subscriptions keep their own.
  secret   text,
  -- What describes the body, a line each.
  headers  text  not null,
  body     bytea not null
) partition by range (id);

create table delivery_attempt (
  delivery_id     uuid        not null,
  number          integer     not null,
  at              timestamptz not null,
  duration_millis bigint      not null,
  status          smallint,
  tenant          text        not null,
  error           text,
  -- The head of the request, and the head and the first 4 KiB of the answer.
  request         text,
  response_head   text,
  response        text,
  primary key (delivery_id, number)
) partition by range (delivery_id);

-- What belongs to no day there is a partition for; nothing, unless clocks are wrong.
create table delivery_other partition of delivery default;
create table delivery_request_other partition of delivery_request default;
create table delivery_attempt_other partition of delivery_attempt default;

-- The lowest id of a day in UTC.
create function delivery_bound(day date) returns uuid immutable language sql as
$$
  select (lpad(to_hex((extract(epoch from day) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid
$$;

-- Makes room for the deliveries of a day, unless there is.
create function add_delivery_day(day date) returns void language plpgsql as
$$
declare
  suffix text := to_char(day, '_YYYYMMDD');
  bounds text := format('for values from (%L) to (%L)', delivery_bound(day), delivery_bound(day + 1));
begin
  if to_regclass('delivery' || suffix) is null then
    execute format('create table %I partition of delivery %s with (fillfactor = 80,
                    autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000)',
                   'delivery' || suffix, bounds);
    execute format('create table %I partition of delivery_request %s',
                   'delivery_request' || suffix, bounds);
    execute format('create table %I partition of delivery_attempt %s',
                   'delivery_attempt' || suffix, bounds);
  end if;
end
$$;

-- Drops the deliveries of all days before the given one; tells how many days.
create function drop_delivery_days(first date) returns integer language plpgsql as
$$
declare
  suffix text;
  dropped integer := 0;
begin
  for suffix in
    select substring(c.relname from 9) from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'delivery'::regclass and c.relname ~ '^delivery_[0-9]{8}$'
      and substring(c.relname from 10) < to_char(first, 'YYYYMMDD')
  loop
    execute format('drop table %I, %I, %I', 'delivery' || suffix, 'delivery_request' || suffix,
                   'delivery_attempt' || suffix);
    dropped := dropped + 1;
  end loop;
  delete from delivery_due where id < delivery_bound(first);
  delete from delivery_other where id < delivery_bound(first);
  delete from delivery_request_other where id < delivery_bound(first);
  delete from delivery_attempt_other where delivery_id < delivery_bound(first);
  return dropped;
end
$$;

select add_delivery_day((now() at time zone 'UTC')::date + d) from generate_series(-7, 7) as d;

insert into delivery (id, event_id, event_sequence, task_id, created_at, ended_at, attempts, state,
                      type, tenant, target)
select id, event_id, event_sequence, task_id, created_at, ended_at, attempts, state,
       case kind when 1 then 'task.succeeded' when 2 then 'task.failed' when 3 then 'task.retrying'
                 when 4 then 'task.cancelled' when 5 then 'task.expired' else 'task.redriven' end,
       tenant, target
from old_delivery;

insert into delivery_request (id, tenant, url, endpoint, secret, headers, body)
select r.id, r.tenant, r.url, coalesce(u.endpoint, '-'), r.secret, 'content-type: application/json',
       r.body
from old_delivery_request r left join delivery_due u on u.id = r.id;

insert into delivery_attempt (delivery_id, number, at, duration_millis, status, tenant, error,
                              response)
select delivery_id, number, at, duration_millis, status, tenant, error, response
from old_delivery_attempt;

drop table old_delivery, old_delivery_request, old_delivery_attempt;
