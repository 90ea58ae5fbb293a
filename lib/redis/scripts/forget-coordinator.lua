#!lua flags=allow-oom
-- Removes the record of a coordinator that has ended and holds nothing any more.
-- KEYS: 1 coordinator, 2 events, 3 deadlines, 4 beats, 5 coordinators, 6 swarms, 7 spawn
-- ARGV: 1 prefix, 2 actor, 3 id, 4 reason
-- Answers: OK | UNKNOWN | ALIVE, liveness | HOLDS, liveness, what
-- Events: coordinator.forgotten
--- @include "includes/forget"
local id = ARGV[3]
local r = record_of(id)
if not r.liveness then return { 'UNKNOWN' } end
if r.liveness == 'active' or r.liveness == 'stale' or r.liveness == 'starting' then return { 'ALIVE', r.liveness } end
local held = holds(id)
if held then return { 'HOLDS', r.liveness, held } end
forget(id, r, ARGV[4] ~= '' and ARGV[4] or nil)
return { 'OK' }
