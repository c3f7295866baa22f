-- The ledger: PostgreSQL is the truth, RabbitMQ moves it.
--
-- Rows that change live in small tables, rows that never change in growing ones. An open task is one
-- narrow row in task; when it ends the row moves to finished_task. No index on task names a column
-- that a claim changes, so that claims are HOT updates.

-- Open tasks, in the states SCHEDULED 0, QUEUED 1, RUNNING 2, RETRYING 3.
create table task (
  id            uuid        not null primary key,
  submitted_at  timestamptz not null,
  -- When it was put to its queue last, or is to be: the order by which lost messages are told from
  -- waiting ones.
  ready_at      timestamptz not null,
  started_at    timestamptz,
  deadline      timestamptz,
  -- The process that runs the latest attempt.
  worker        uuid,
  -- The fencing token: the number of the latest attempt, over all runs.
  attempt       integer     not null default 0,
  -- The attempts of earlier runs, which do not count against max_attempts.
  attempt_base  integer     not null default 0,
  events        integer     not null default 0,
  state         smallint    not null,
  priority      smallint    not null,
  max_attempts  smallint    not null,
  callback      boolean     not null,
  tenant        text        not null,
  queue         text        not null,
  type          text        not null
) with (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

create index task_ready on task (queue, priority, ready_at);
create index task_deadline on task (deadline) where deadline is not null;

-- What was submitted; never changed.
create table task_input (
  id               uuid     not null primary key,
  tenant           text     not null,
  timeout_millis   bigint   not null,
  retry_initial_millis bigint not null,
  retry_max_millis bigint   not null,
  retry_factor     double precision not null,
  payload          bytea    not null,
  tags             text[],
  metadata         jsonb,
  callback_url     text,
  callback_secret  text,
  traceparent      text
);

create index task_input_tags on task_input using gin (tags) where tags is not null;

-- Scheduled and retrying tasks by the time they are due.
create table task_due (
  ready_at timestamptz not null,
  id       uuid        not null,
  primary key (ready_at, id)
) with (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- Tasks that are over, in the states SUCCEEDED 10, FAILED 11, CANCELLED 12, EXPIRED 13.
create table finished_task (
  id            uuid        not null primary key,
  submitted_at  timestamptz not null,
  ready_at      timestamptz not null,
  started_at    timestamptz,
  finished_at   timestamptz not null,
  deadline      timestamptz,
  worker        uuid,
  attempt       integer     not null,
  attempt_base  integer     not null,
  events        integer     not null,
  state         smallint    not null,
  priority      smallint    not null,
  max_attempts  smallint    not null,
  callback      boolean     not null,
  permanent     boolean     not null,
  tenant        text        not null,
  queue         text        not null,
  type          text        not null,
  reason        text,
  result        bytea
);

create index finished_task_tenant on finished_task (tenant, id);

-- Attempts that did not end in success; one that did is told by the finished task itself.
create table task_attempt (
  task_id    uuid        not null,
  attempt    integer     not null,
  started_at timestamptz not null,
  ended_at   timestamptz not null,
  worker     uuid,
  lost       boolean     not null,
  permanent  boolean     not null,
  tenant     text        not null,
  reason     text        not null,
  primary key (task_id, attempt)
);

-- What somebody can be told about, written with the transition it announces. The sequence is taken
-- under an advisory lock that is held until the commit, so that it grows in the order of commits.
create sequence event_sequence;

create table event (
  sequence  bigint      not null primary key,
  id        uuid        not null,
  task_id   uuid        not null,
  -- The process that committed it and has to announce it.
  process   uuid        not null,
  at        timestamptz not null,
  number    integer     not null,
  attempt   integer     not null,
  kind      smallint    not null,
  callback  boolean     not null,
  tenant    text        not null,
  queue     text        not null,
  type      text        not null,
  reason    text
);

create index event_task on event (task_id, number);

create table idempotency_key (
  tenant      text        not null,
  key         text        not null,
  task_id     uuid        not null,
  fingerprint text        not null,
  created_at  timestamptz not null default now(),
  primary key (tenant, key)
);

create index idempotency_key_created on idempotency_key (created_at);

-- Every running service process, and the leases of the workers among them: a worker whose heartbeat
-- stops has lost its running tasks.
create table process (
  id                uuid        not null primary key,
  kind              text        not null,
  host              text        not null,
  pid               bigint      not null,
  started_at        timestamptz not null default now(),
  heartbeat_at      timestamptz not null default now(),
  -- Every event of this process up to this sequence has been confirmed by the broker.
  announced_through bigint      not null default 0,
  -- Fallen silent, its tasks and events taken care of: nothing is left to look for.
  settled           boolean     not null default false
) with (fillfactor = 50);

-- The task types that some worker has handled.
create table task_type (
  name          text        not null primary key,
  registered_at timestamptz not null default now()
);
