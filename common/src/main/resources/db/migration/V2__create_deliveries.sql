-- Who has to be told about an event, and what came of it: task → deliveries → attempts.
--
-- As with tasks, what changes is narrow and what is wide never changes. A delivery that is still to be
-- made has a row in delivery_due, which is gone once it is settled.

-- In the states PENDING 0, DELIVERED 1, EXHAUSTED 2, DISABLED 3. No index names a column that an attempt
-- changes, so that recording one is a HOT update.
create table delivery (
  id             uuid        not null primary key,
  event_id       uuid        not null,
  event_sequence bigint      not null,
  task_id        uuid        not null,
  created_at     timestamptz not null,
  ended_at       timestamptz,
  attempts       integer     not null default 0,
  state          smallint    not null default 0,
  kind           smallint    not null,
  tenant         text        not null,
  -- For whom: the task's own callback, or one day a subscription.
  target         text        not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- An event that is consumed twice is delivered once.
create unique index delivery_once on delivery (event_id, target);
create index delivery_task on delivery (task_id);

-- What is sent, the same bytes with every attempt; never changed.
create table delivery_request (
  id     uuid  not null primary key,
  tenant text  not null,
  url    text  not null,
  secret text,
  body   bytea not null
);

-- Pending deliveries. An attempt under way is leased: its owner has until next_at to record how it
-- ended, then somebody else makes it again.
create table delivery_due (
  id       uuid        not null primary key,
  next_at  timestamptz not null,
  owner    uuid,
  -- Host and port, so that an endpoint that is slow holds up itself alone.
  endpoint text        not null
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create index delivery_due_next on delivery_due (endpoint, next_at);

create table delivery_attempt (
  delivery_id     uuid        not null,
  number          integer     not null,
  at              timestamptz not null,
  duration_millis bigint      not null,
  -- The HTTP status, if there was an answer.
  status          smallint,
  tenant          text        not null,
  error           text,
  -- The first 4 KiB of the answer.
  response        text,
  primary key (delivery_id, number)
);
