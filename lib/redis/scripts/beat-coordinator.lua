#!lua flags=allow-oom
-- One heartbeat. Writes no event unless the coordinator's state changes by it.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines, 5 settings
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance
-- Answers: OK, Redis' time, threshold ms, nudge (what waits for its owner's attention, such as a
--          breaker that an operator forced; '' if nothing) | LOST | FENCED, epoch, count
-- Events: coordinator.started, coordinator.recovered; coordinator.phase_changed where its threshold
--         changed; coordinator.write_refused
--- @include "includes/fence"
--- @include "includes/beat"
local id = ARGV[3]
local r = redis.call('HMGET', KEYS[1], 'epoch', 'instance', 'liveness', 'threshold', 'seenThreshold', 'nudge')
if r[1] ~= ARGV[4] or r[2] ~= ARGV[5] then
  -- `fence` has the last word: it alone answers, counts and tells.
  return fence(id, ARGV[4], ARGV[5], 'beat')
end
local liveness = r[3]
-- Somebody marked it as ended, and it lives: it registers again.
if liveness == 'stopped' or liveness == 'failed' then return { 'LOST' } end
local record = { liveness = liveness, threshold = r[4], seenThreshold = r[5] }
if liveness ~= 'active' or r[5] ~= tostring(threshold_of(r[4])) then record = record_of(id) end
return { 'OK', int(NOW), tostring(beat(id, record)), r[6] or '' }
