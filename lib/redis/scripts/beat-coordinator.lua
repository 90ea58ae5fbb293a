#!lua flags=allow-oom
-- One heartbeat. Writes no event unless the coordinator's state changes by it.
-- KEYS: 1 coordinator, 2 events, 3 beats, 4 deadlines, 5 settings
-- ARGV: 1 prefix, 2 actor, 3 id, 4 epoch, 5 instance
-- Answers: OK, Redis' time, threshold ms[, nudge: what waits for its owner's attention, such as a
--          breaker that an operator forced] | LOST | FENCED, epoch, count
-- Events: coordinator.started, coordinator.recovered; coordinator.write_refused
local id = ARGV[3]
local r = redis.call('HMGET', KEYS[1], 'epoch', 'instance', 'liveness', 'seenThreshold', 'nudge')

-- Nearly all beats are of one that is active. They go first, and need nothing of what follows: defining
-- that would cost more than the beat.
if r[1] == ARGV[4] and r[2] == ARGV[5] and r[3] == 'active' then
  local time = redis.call('TIME')
  local now = time[1] * 1000 + math.floor(time[2] / 1000)
  redis.call('HSET', KEYS[1], 'lastBeat', now)
  redis.call('ZADD', KEYS[3], now, id)
  redis.call('ZADD', KEYS[4], now + math.ceil(r[4] / 2), 'coordinator:' .. id)
  -- No nudge is a nil, which ends the array.
  return { 'OK', now, r[4], r[5] or nil }
end

--- @include "includes/fence"
--- @include "includes/beat"
local refused = fence(id, ARGV[4], ARGV[5], 'beat')
if refused then return refused end
local record = record_of(id)
-- Somebody marked it as ended, and it lives: it registers again.
if record.liveness == 'stopped' or record.liveness == 'failed' then return { 'LOST' } end
return { 'OK', int(NOW), tostring(beat(id, record)), r[5] or '' }
