-- How far the running attempt of a task has come, and what it keeps for the next one. Only tasks whose
-- handlers tell something have a row. No index names a column that changes.
create table task_progress (
  task_id    uuid        not null primary key,
  at         timestamptz not null,
  -- The attempt that wrote last: an earlier one is refused.
  attempt    integer     not null,
  percent    smallint,
  tenant     text        not null,
  message    text,
  checkpoint bytea
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- What a handler says of its type; whoever registers last decides. Where it says nothing, null.
alter table task_type
  add column payload_schema       json,
  add column timeout_millis       bigint,
  add column max_attempts         smallint,
  add column retry_initial_millis bigint,
  add column retry_max_millis     bigint,
  add column retry_factor         double precision;

-- Which worker handles which types, for as long as the worker is known.
create table worker_type (
  worker uuid not null,
  type   text not null,
  primary key (worker, type)
);
