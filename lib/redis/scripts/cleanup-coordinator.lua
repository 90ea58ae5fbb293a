#!lua flags=allow-oom
-- Takes what is left of a coordinator from among the living: its place in the lists, and its cached ACKs
-- by their exact names. One that lives is marked as stopped. Pending signals and work items stay.
-- KEYS: 1 coordinator, 2 events, 3 deadlines, 4 beats, 5 signals
-- ARGV: 1 prefix, 2 actor, 3 id
-- Answers: OK, liveness before ('' where it is unknown), Redis' time
-- Events: coordinator.stopped, for one that lived
--- @include "includes/judge"
local id = ARGV[3]
local r = record_of(id)
if r.liveness == 'active' or r.liveness == 'stale' or r.liveness == 'starting' then stop(id, r, 'cleanup') end
clean_up(id)
return { 'OK', r.liveness or '', int(NOW) }
