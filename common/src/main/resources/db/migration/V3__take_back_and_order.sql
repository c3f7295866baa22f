-- Attempts that were taken from the worker that runs them: cancelled, or given to another one while
-- it was silent. The worker collects its rows with every report and stops the handlers.
create table revocation (
  worker   uuid    not null,
  task_id  uuid    not null,
  attempt  integer not null,
  primary key (worker, task_id, attempt)
);

-- How far each queue has been started: a task that was ready well before this time and is still
-- QUEUED was overtaken, so its message is lost.
create table queue_progress (
  queue           text        not null,
  priority        smallint    not null,
  started_through timestamptz not null,
  primary key (queue, priority)
) with (fillfactor = 50);

-- The tasks whose messages a worker has but cannot begin yet: overtaken, but not lost.
alter table process add column holding uuid[];

-- Up to which event it is certain that every callback has its delivery. What the broker has lost of later
-- ones is found in the ledger. One row.
create table notification_progress (
  checked_through bigint not null
);
insert into notification_progress select coalesce(max(sequence), 0) from event;

-- Since when a process has beaten without a gap. Who was cut off from the database, or whose database
-- stood still, takes nobody for dead until the others had the time to show that they live.
alter table process add column beating_since timestamptz not null default now();
